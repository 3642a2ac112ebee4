"""Lists of files to erase (gallring)."""

import django.db.models.deletion
import handslag.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0031_copies_and_record_policies'),
        ('foundation', '0010_erasure'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasureList',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('for_day', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('proposed', 'To approve'), ('approved', 'Approved'), ('done', 'Carried out')], default='proposed', max_length=10)),
                ('approved_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit')),
            ],
            options={
                'db_table': 'casework_erasurelist',
            },
        ),
        migrations.CreateModel(
            name='ErasureItem',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case_uuid', models.UUIDField()),
                ('restricted', models.BooleanField()),
                ('record', models.CharField(max_length=30)),
                ('last_note_on', models.DateField()),
                ('duty_on', models.DateField()),
                ('done_by', models.DateField()),
                ('source', models.CharField(max_length=60)),
                ('status', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('kept', 'Kept'), ('approved', 'To be erased'), ('erased', 'Erased'), ('failed', 'Could not be erased')], default='proposed', max_length=10)),
                ('because', models.TextField(blank=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='casework.erasurelist')),
            ],
            options={
                'db_table': 'casework_erasureitem',
                'ordering': ['done_by', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='erasurelist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), ('state', 'proposed')), ('approved_by__isnull', False), _connector='OR'), name='casework_erasure_approved'),
        ),
        migrations.AddIndex(
            model_name='erasureitem',
            index=models.Index(fields=['list', 'done_by', 'id'], name='casework_erasure_list'),
        ),
        migrations.AddConstraint(
            model_name='erasureitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'approved'])), fields=('case_uuid',), name='casework_erasure_once'),
        ),
        migrations.AddConstraint(
            model_name='erasureitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='casework_erasure_kept_why'),
        ),
    ]
