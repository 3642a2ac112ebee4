"""How steps of a plan were changed, what is chosen of a talk before it is signed, and proposals to extend an investigation."""

import django.db.models.deletion
import handslag.foundation.ids
from django.conf import settings
from django.db import migrations, models

from handslag.child_protection.migrations._investigation_policies import READS, WORKS, frozen_but
from handslag.foundation.policies import keep_history, never_change, own_hand, protect

OWN = "handslag_is_system() OR (account_id = handslag_account() AND handslag_may_work_in_case(case_id))"
POLICIES = [
    protect("child_protection_planstepchange", read=READS, insert=WORKS, update="false"),
    never_change("child_protection_planstepchange"),
    own_hand("child_protection_planstepchange", "changed_by_id"),
    protect("child_protection_extensionproposal", read=READS, write=WORKS),
    keep_history("child_protection_extensionproposal"),
    frozen_but("child_protection_extensionproposal", "state", "answer", "answered_by_id", "answered_at"),
    own_hand("child_protection_extensionproposal", "proposed_by_id", "answered_by_id"),
    # What is chosen before a talk is signed is its author's alone, and goes when it is signed.
    protect("child_protection_talkdraft", read=OWN, write=OWN, delete=OWN),
    own_hand("child_protection_talkdraft", "account_id"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0047_print_queue'),
        ('child_protection', '0018_reports_opened_again'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanStepChange',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('changed', 'Changed'), ('struck', 'Struck out')], max_length=8)),
                ('due_before', models.DateField()),
                ('due_after', models.DateField()),
                ('who_before', models.CharField(blank=True, max_length=120)),
                ('who_after', models.CharField(blank=True, max_length=120)),
                ('because', models.TextField()),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('changed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='child_protection.planstep')),
            ],
            options={
                'db_table': 'child_protection_planstepchange',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TalkDraft',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('note_id', models.UUIDField(unique=True)),
                ('kind', models.CharField(blank=True, choices=[('child_alone', 'With the child alone'), ('child_with_others', 'With the child and somebody else'), ('parent', 'With a parent or guardian'), ('network', 'With somebody in the network'), ('professional', 'With a professional')], max_length=20)),
                ('consent', models.CharField(blank=True, choices=[('given', 'The guardian agreed'), ('not_asked', 'The guardian was not asked'), ('refused', 'The guardian said no'), ('not_needed', 'Not a talk with the child')], max_length=12)),
                ('because', models.TextField(blank=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='child_protection.investigation')),
            ],
            options={
                'db_table': 'child_protection_talkdraft',
            },
        ),
        migrations.CreateModel(
            name='ExtensionProposal',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('until', models.DateField()),
                ('ground', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waits for a decision'), ('decided', 'Decided'), ('declined', 'Not decided so'), ('lapsed', 'The investigation was closed first')], default='waiting', max_length=8)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_proposals', to='child_protection.investigation')),
                ('proposed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'child_protection_extensionproposal',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('investigation',), name='child_extension_proposal_one_waits'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='child_extension_proposal_answered')],
            },
        ),
        *POLICIES,
    ]
