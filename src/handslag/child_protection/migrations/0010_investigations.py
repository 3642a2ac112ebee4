"""Investigations of children, and the measures of law around a child, with their policies."""

import django.db.models.deletion
import handslag.foundation.ids
from django.conf import settings
from django.db import migrations, models

from handslag.child_protection.migrations._investigation_policies import POLICIES


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_own_hand'),
        ('child_protection', '0001_reports'),
        ('people', '0003_closed_functions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Investigation',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reported_child_id', models.UUIDField(null=True)),
                ('questions', models.JSONField()),
                ('violence', models.BooleanField(default=False)),
                ('path', models.CharField(choices=[('simplified', 'Simplified'), ('ordinary', 'Ordinary'), ('intensive', 'Intensive')], max_length=12)),
                ('path_reason', models.TextField()),
                ('target_on', models.DateField(null=True)),
                ('opened_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('days_before', models.PositiveIntegerField(default=0)),
                ('informed_at', models.DateTimeField(null=True)),
                ('not_informed_because', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=8)),
                ('extended_until', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('with_intervention', 'Closed with an intervention proposed'), ('without_intervention', 'Closed without an intervention'), ('early', 'Closed early')], max_length=24)),
                ('closing_ground', models.TextField(blank=True)),
                ('proposed_intervention', models.TextField(blank=True)),
                ('accepted', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='investigations', to='casework.case')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('continues', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='child_protection.investigation')),
                ('opened_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_investigation',
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('because', models.TextField()),
                ('with_consent', models.BooleanField()),
                ('started_on', models.DateField()),
                ('last_day', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='follow_up', to='child_protection.investigation')),
            ],
            options={
                'db_table': 'child_protection_followup',
            },
        ),
        migrations.CreateModel(
            name='AreaText',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.CharField(choices=[('health', 'Health'), ('education', 'Education'), ('feelings', 'Feelings and behaviour'), ('relations', 'Social relations'), ('basic_care', 'Basic care'), ('guidance', 'Stimulation and guidance'), ('availability', 'Emotional availability'), ('safety', 'Safety'), ('family_now', "The family's present situation"), ('background', "The family's background"), ('living', 'Housing, work and economy'), ('network', 'Social network and integration')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('body', models.TextField()),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='area_texts', to='child_protection.investigation')),
            ],
            options={
                'db_table': 'child_protection_areatext',
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('placement_sol', 'placement_sol'), ('lvu_care2', 'lvu_care2'), ('lvu_care3', 'lvu_care3'), ('skb_care', 'skb_care'), ('skb_limits', 'skb_limits'), ('lvu_immediate', 'lvu_immediate'), ('lvu_judgment', 'lvu_judgment'), ('contact_limit14', 'contact_limit14'), ('compulsion22', 'compulsion22'), ('moving_ban26', 'moving_ban26'), ('moving_ban_temporary', 'moving_ban_temporary'), ('exit_ban31c', 'exit_ban31c'), ('exit_ban_temporary', 'exit_ban_temporary'), ('skb_immediate', 'skb_immediate'), ('youth_service', 'youth_service')], max_length=24)),
                ('form', models.CharField(blank=True, max_length=20)),
                ('starts_on', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='casework.case')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('continues', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='child_protection.measure')),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_measure',
            },
        ),
        migrations.CreateModel(
            name='MeasureStep',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=24)),
                ('happened_on', models.DateField()),
                ('body', models.TextField(blank=True)),
                ('noted_at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('decision', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.decision')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='child_protection.measure')),
                ('noted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_measurestep',
            },
        ),
        migrations.CreateModel(
            name='ObtainedData',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('school', 'School'), ('preschool', 'Preschool'), ('health_care', 'Health and medical care'), ('child_psychiatry', 'Child and youth psychiatry'), ('dental_care', 'Dental care'), ('police', 'Police'), ('authority', 'Another authority'), ('own_files', 'Earlier files of the board'), ('other', 'Other source')], max_length=20)),
                ('source_name', models.CharField(max_length=160)),
                ('basis', models.CharField(choices=[('consent', 'With consent'), ('duty', 'The source must tell (SoL 20:6)'), ('own', "The board's own files")], max_length=8)),
                ('asked_on', models.DateField()),
                ('received_on', models.DateField(null=True)),
                ('body', models.TextField(blank=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('document', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.document')),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obtained', to='child_protection.investigation')),
                ('noted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_obtaineddata',
            },
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300)),
                ('who', models.CharField(blank=True, max_length=120)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('result', models.TextField(blank=True)),
                ('dropped_because', models.TextField(blank=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('done_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='child_protection.investigation')),
            ],
            options={
                'db_table': 'child_protection_planstep',
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('child_view', "The child's own view"), ('best_interests', "How the child's best was weighed"), ('risk', 'Risk and protection'), ('assessment', 'Assessment')], max_length=16)),
                ('body', models.TextField()),
                ('how', models.CharField(blank=True, choices=[('talk', 'In talks'), ('play', 'In play, drawings or observation'), ('other_adult', 'Through somebody whom the child trusts'), ('not_obtained', 'It could not be obtained')], max_length=12)),
                ('level', models.CharField(blank=True, choices=[('none_seen', 'No risk seen'), ('some', 'Some risk'), ('high', 'High risk')], max_length=12)),
                ('protection', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='child_protection.investigation')),
                ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_statement',
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('child_alone', 'With the child alone'), ('child_with_others', 'With the child and somebody else'), ('parent', 'With a parent or guardian'), ('network', 'With somebody in the network'), ('professional', 'With a professional')], max_length=20)),
                ('with_whom', models.CharField(max_length=200)),
                ('held_on', models.DateField()),
                ('consent', models.CharField(choices=[('given', 'The guardian agreed'), ('not_asked', 'The guardian was not asked'), ('refused', 'The guardian said no'), ('not_needed', 'Not a talk with the child')], max_length=12)),
                ('without_consent', models.BooleanField(default=False)),
                ('because', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='child_protection.investigation')),
                ('note', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.note')),
                ('noted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_talk',
            },
        ),
        migrations.AddIndex(
            model_name='investigation',
            index=models.Index(fields=['child', 'opened_on'], name='child_investigation_child'),
        ),
        migrations.AddIndex(
            model_name='investigation',
            index=models.Index(fields=['case', '-opened_at'], name='child_investigation_case'),
        ),
        migrations.AddIndex(
            model_name='investigation',
            index=models.Index(fields=['opened_on'], name='child_investigation_opened'),
        ),
        migrations.AddIndex(
            model_name='investigation',
            index=models.Index(condition=models.Q(('reported_child_id__isnull', False)), fields=['reported_child_id'], name='child_investigation_report'),
        ),
        migrations.AddConstraint(
            model_name='investigation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('case',), name='child_investigation_one_open'),
        ),
        migrations.AddConstraint(
            model_name='investigation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('outcome', ''), ('state', 'open')), models.Q(('closed_on__isnull', False), ('state', 'closed'), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='child_investigation_closed_has_day'),
        ),
        migrations.AddConstraint(
            model_name='investigation',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='child_investigation_closed_after'),
        ),
        migrations.AddConstraint(
            model_name='investigation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'early'), _negated=True), models.Q(('closing_ground', ''), _negated=True), _connector='OR'), name='child_investigation_early_has_ground'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='child_followup_ends_after'),
        ),
        migrations.AddConstraint(
            model_name='areatext',
            constraint=models.UniqueConstraint(fields=('investigation', 'area', 'version'), name='child_areatext_once'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['child', 'starts_on'], name='child_measure_child'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['case'], name='child_measure_open'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='child_measure_days'),
        ),
        migrations.AddConstraint(
            model_name='measurestep',
            constraint=models.UniqueConstraint(fields=('measure', 'code', 'happened_on'), name='child_measurestep_once'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'child_view'), _negated=True), models.Q(('how', ''), _negated=True), _connector='OR'), name='child_statement_view_how'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'risk'), _negated=True), models.Q(('level', ''), _negated=True), _connector='OR'), name='child_statement_risk_level'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('without_consent', False), models.Q(('because', ''), _negated=True), _connector='OR'), name='child_talk_without_consent_reason'),
        ),
        *POLICIES,
    ]

