import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handslag.foundation.ids


class Migration(migrations.Migration):

    dependencies = [
        ('adult_support', '0002_policies'),
        ('casework', '0051_a_residents_own_answer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportAssessment',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('offered', 'The person is offered support and may apply'), ('coercion', 'Care without consent is looked into (LVM)'), ('nothing', 'Nothing more is done')], max_length=20)),
                ('reason', models.TextField()),
                ('assessed_at', models.DateTimeField()),
                ('assessed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
            ],
            options={
                'db_table': 'adult_support_reportassessment',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='adult_support_assessed_why')],
            },
        ),
        migrations.CreateModel(
            name='ClosedWithout',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('because', models.CharField(max_length=40)),
                ('steps', models.JSONField()),
                ('why', models.TextField()),
                ('closed_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'closed without',
                'db_table': 'adult_support_closedwithout',
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='adult_support_without_why')],
            },
        ),
    ]
