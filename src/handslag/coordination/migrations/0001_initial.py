"""The tables of coordination."""

import django.db.models.deletion
import handslag.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casework', '0003_own_hand'),
        ('foundation', '0003_own_hand'),
        ('people', '0003_closed_functions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='JointMatter',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('family_violence', 'Family violence team'), ('family', 'Joint work with a family')], max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_because', models.CharField(blank=True, choices=[('done', 'The joint work is done'), ('alone', 'The parts go on each by itself'), ('not_wanted', 'Those concerned do not want it any more')], max_length=20)),
                ('opened_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.unit')),
            ],
            options={
                'db_table': 'coordination_jointmatter',
            },
        ),
        migrations.CreateModel(
            name='JointMember',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('valid_from', models.DateTimeField()),
                ('valid_to', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='coordination.jointmatter')),
                ('named_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'coordination_jointmember',
            },
        ),
        migrations.CreateModel(
            name='JointPart',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('victim', 'Exposed to violence'), ('child', 'Child'), ('perpetrator', 'Has used violence'), ('adult', 'Adult in the family')], max_length=20)),
                ('known_to_team', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('contact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='coordination.jointmatter')),
            ],
            options={
                'db_table': 'coordination_jointpart',
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=120)),
                ('way', models.CharField(choices=[('office', 'At our office'), ('home', 'Home visit'), ('phone', 'By telephone'), ('video', 'By video'), ('elsewhere', 'Somewhere else')], max_length=12)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=12)),
                ('planned_at', models.DateTimeField()),
                ('cancelled_because', models.TextField(blank=True)),
                ('note_id', models.UUIDField(null=True)),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('matter', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='coordination.jointmatter')),
                ('planned_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'coordination_meeting',
            },
        ),
        migrations.CreateModel(
            name='MeetingPart',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='coordination.meeting')),
                ('part', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coordination.jointpart')),
            ],
            options={
                'db_table': 'coordination_meetingpart',
            },
        ),
        migrations.CreateModel(
            name='MeetingPerson',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='coordination.meeting')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'coordination_meetingperson',
            },
        ),
        migrations.CreateModel(
            name='MeetingStaff',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='coordination.meeting')),
            ],
            options={
                'db_table': 'coordination_meetingstaff',
            },
        ),
        migrations.CreateModel(
            name='SecretToward',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', models.BooleanField()),
                ('contact', models.BooleanField()),
                ('placement', models.BooleanField()),
                ('ground', models.CharField(choices=[('lvu_14', 'Care of young persons, secret placement (LVU 14 §)'), ('lag_2024_79', 'Sheltered housing, secret address (lag 2024:79 5:4)'), ('osl_26_1', 'Secrecy of the social services (OSL 26:1)')], max_length=20)),
                ('because', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('decided_at', models.DateTimeField()),
                ('ended_because', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('toward', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name_plural': 'secrets toward',
                'db_table': 'coordination_secrettoward',
            },
        ),
        migrations.CreateModel(
            name='SharedNote',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.TextField()),
                ('ground', models.CharField(choices=[('consent', 'The person has consented'), ('needed', 'Needed for the work in the same board (OSL 26:1)'), ('duty', 'A duty of law to tell')], max_length=20)),
                ('ground_text', models.TextField(help_text='who consented and when, or why it is needed')),
                ('at', models.DateTimeField()),
                ('from_part', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='told', to='coordination.jointpart')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared', to='coordination.jointmatter')),
                ('written_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'coordination_sharednote',
            },
        ),
        migrations.CreateModel(
            name='SharedNoteFor',
            fields=[
                ('id', models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('note', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='told_to', to='coordination.sharednote')),
                ('part', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='got', to='coordination.jointpart')),
            ],
            options={
                'verbose_name_plural': 'shared notes for',
                'db_table': 'coordination_sharednotefor',
            },
        ),
        migrations.AddConstraint(
            model_name='jointmatter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_because', '')), models.Q(('closed_at__isnull', False), models.Q(('closed_because', ''), _negated=True)), _connector='OR'), name='jointmatter_closed_has_reason'),
        ),
        migrations.AddIndex(
            model_name='jointmember',
            index=models.Index(fields=['account', 'matter'], name='jointmember_account'),
        ),
        migrations.AddConstraint(
            model_name='jointmember',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('matter', 'account'), name='jointmember_once'),
        ),
        migrations.AddConstraint(
            model_name='jointmember',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='jointmember_period'),
        ),
        migrations.AddIndex(
            model_name='jointpart',
            index=models.Index(fields=['case', 'matter'], name='jointpart_case'),
        ),
        migrations.AddConstraint(
            model_name='jointpart',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('matter', 'case'), name='jointpart_once'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['case', '-starts_at'], name='meeting_case'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['matter', '-starts_at'], name='meeting_matter'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('matter__isnull', True)), models.Q(('case__isnull', True), ('matter__isnull', False)), _connector='OR'), name='meeting_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_has_length'),
        ),
        migrations.AddConstraint(
            model_name='meetingpart',
            constraint=models.UniqueConstraint(fields=('meeting', 'part'), name='meetingpart_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingperson',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='meetingperson_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingstaff',
            constraint=models.UniqueConstraint(fields=('meeting', 'account'), name='meetingstaff_once'),
        ),
        migrations.AddIndex(
            model_name='secrettoward',
            index=models.Index(fields=['person', 'toward'], name='secrettoward_person'),
        ),
        migrations.AddIndex(
            model_name='secrettoward',
            index=models.Index(fields=['toward', 'person'], name='secrettoward_toward'),
        ),
        migrations.AddConstraint(
            model_name='secrettoward',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('toward')), _negated=True), name='secrettoward_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='secrettoward',
            constraint=models.CheckConstraint(condition=models.Q(('address', True), ('contact', True), ('placement', True), _connector='OR'), name='secrettoward_something'),
        ),
        migrations.AddConstraint(
            model_name='secrettoward',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='secrettoward_period'),
        ),
        migrations.AddConstraint(
            model_name='secrettoward',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person', 'toward', 'ground'), name='secrettoward_once'),
        ),
        migrations.AddIndex(
            model_name='sharednotefor',
            index=models.Index(fields=['part', 'note'], name='sharednotefor_part'),
        ),
        migrations.AddConstraint(
            model_name='sharednotefor',
            constraint=models.UniqueConstraint(fields=('note', 'part'), name='sharednotefor_once'),
        ),
    ]
