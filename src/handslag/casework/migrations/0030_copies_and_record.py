"""Copies with parts left out, and the record online: clearance, holds, consent, and the rule of ages."""

import django.db.models.deletion
import handslag.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0010_answer_before_decision'),
        ('people', '0003_closed_functions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordRule',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(unique=True)),
                ('valid_to', models.DateField(null=True)),
                ('own_from_age', models.PositiveSmallIntegerField()),
                ('guardian_until_age', models.PositiveSmallIntegerField()),
                ('own_delay_days', models.PositiveSmallIntegerField()),
                ('guardian_delay_days', models.PositiveSmallIntegerField()),
                ('child_may_agree', models.BooleanField()),
                ('status', models.CharField(max_length=12)),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'casework_recordrule',
            },
        ),
        migrations.CreateModel(
            name='MaskedCopy',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('receiver_kind', models.CharField(choices=[('party', 'A party of the case'), ('authority', 'Another authority'), ('request', 'Somebody who asks for public documents')], max_length=20)),
                ('receiver_name', models.CharField(blank=True, max_length=200)),
                ('purpose', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Being masked'), ('for_review', 'Waits for a second reader'), ('returned', 'Sent back by the second reader'), ('approved', 'Read through, may be given'), ('given', 'Given'), ('cancelled', 'Not given')], default='draft', max_length=12)),
                ('rules', models.JSONField(default=list)),
                ('version', models.PositiveIntegerField(default=1)),
                ('prepared_at', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review_words', models.TextField(blank=True)),
                ('given_at', models.DateTimeField(null=True)),
                ('given_way', models.CharField(blank=True, max_length=20)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='casework.case')),
                ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.document')),
                ('given_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('reviewed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'masked copies',
                'db_table': 'casework_maskedcopy',
            },
        ),
        migrations.CreateModel(
            name='MaskedPassage',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveIntegerField()),
                ('source_kind', models.CharField(max_length=12)),
                ('source_id', models.UUIDField()),
                ('source_day', models.DateField()),
                ('source_type', models.CharField(blank=True, max_length=20)),
                ('text', models.TextField()),
                ('masked', models.BooleanField(default=False)),
                ('ground', models.CharField(blank=True, max_length=20)),
                ('because', models.TextField(blank=True)),
                ('rule', models.CharField(blank=True, max_length=60)),
                ('may_lift', models.BooleanField(default=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='casework.maskedcopy')),
            ],
            options={
                'db_table': 'casework_maskedpassage',
                'ordering': ['place'],
            },
        ),
        migrations.CreateModel(
            name='NoteClearance',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('hidden', models.BooleanField()),
                ('ground', models.CharField(blank=True, max_length=20)),
                ('rule', models.CharField(blank=True, max_length=60)),
                ('asked_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('note', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='casework.note')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'casework_noteclearance',
            },
        ),
        migrations.CreateModel(
            name='RecordConsent',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('agreed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('guardian', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'casework_recordconsent',
            },
        ),
        migrations.CreateModel(
            name='RecordHold',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(max_length=20)),
                ('because', models.TextField()),
                ('until', models.DateField(null=True)),
                ('held_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('held_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='casework.note')),
                ('toward', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'casework_recordhold',
            },
        ),
        migrations.AddIndex(
            model_name='maskedcopy',
            index=models.Index(fields=['case', '-prepared_at'], name='casework_copy_case'),
        ),
        migrations.AddConstraint(
            model_name='maskedcopy',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='casework_copy_second_reader'),
        ),
        migrations.AddConstraint(
            model_name='maskedcopy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), _negated=True), models.Q(('document__isnull', False), ('given_at__isnull', False), ('given_by__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='casework_copy_given_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='maskedpassage',
            constraint=models.UniqueConstraint(fields=('copy', 'place'), name='casework_passage_place'),
        ),
        migrations.AddConstraint(
            model_name='maskedpassage',
            constraint=models.CheckConstraint(condition=models.Q(('masked', False), models.Q(('ground', ''), _negated=True), _connector='OR'), name='casework_passage_masked_has_ground'),
        ),
        migrations.AddConstraint(
            model_name='maskedpassage',
            constraint=models.CheckConstraint(condition=models.Q(('masked', True), ('may_lift', True), _connector='OR'), name='casework_passage_stays_hidden'),
        ),
        migrations.AddConstraint(
            model_name='maskedpassage',
            constraint=models.CheckConstraint(condition=models.Q(('masked', True), ('rule', ''), models.Q(('because', ''), _negated=True), _connector='OR'), name='casework_passage_lifted_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='noteclearance',
            constraint=models.UniqueConstraint(fields=('note', 'reader'), name='casework_clearance_once'),
        ),
        migrations.AddConstraint(
            model_name='recordconsent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'guardian'), name='casework_consent_once'),
        ),
        migrations.AddConstraint(
            model_name='recordconsent',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('guardian')), _negated=True), name='casework_consent_two_persons'),
        ),
        migrations.AddIndex(
            model_name='recordhold',
            index=models.Index(condition=models.Q(('lifted_at__isnull', True)), fields=['case'], name='casework_hold_case'),
        ),
    ]
