"""The reception's list knows urgency and last day; more time for an assessment can be asked for by who may not decide it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import handslag.foundation.ids
from handslag.child_protection.migrations._report_policies import OF_CHILD, frozen_but
from handslag.foundation.policies import keep_history, protect, run_sql

FROZEN = """
DROP TRIGGER child_protection_report_frozen ON child_protection_report;
CREATE TRIGGER child_protection_report_frozen BEFORE UPDATE OR DELETE ON child_protection_report FOR EACH ROW
  EXECUTE FUNCTION handslag_child_report_frozen('unit_id', 'handed_over_at', 'state', 'duplicate_of_id', 'merged_because',
    'restricted', 'opened_because', 'taken_by_id', 'kept_by_id', 'urgency', 'decide_by', 'version');
"""

# What stands in the rows already, put in its place; nothing that was told changes, so no history is kept of it. A child
# who is not known yet has the last day of the law, as in the clocks of those who are (SoL 20:2). A row that is written twice
# waits for its keys to be checked, and a table with such rows is not altered: so they are checked before.
PLACED = """
ALTER TABLE child_protection_report DISABLE TRIGGER USER;
UPDATE child_protection_report r SET urgency = (SELECT min(CASE WHEN e.danger_now THEN 0
    WHEN e.concern_codes && ARRAY['violence', 'witnessed_violence', 'sexual_abuse', 'honour']::varchar[] THEN 1 ELSE 2 END)
  FROM child_protection_report e WHERE e.id = r.id OR e.duplicate_of_id = r.id);
UPDATE child_protection_report r SET decide_by = w.nearest FROM (
  SELECT c.report_id, min(CASE WHEN c.person_id IS NULL THEN (n.received_at AT TIME ZONE 'Europe/Stockholm')::date + 14
      ELSE c.due_on END) AS nearest
    FROM child_protection_reportedchild c JOIN child_protection_report n ON n.id = c.report_id
    WHERE n.state = 'received' AND NOT EXISTS (SELECT FROM child_protection_preliminaryassessment p WHERE p.child_id = c.id)
    GROUP BY c.report_id) w WHERE w.report_id = r.id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE child_protection_report ENABLE TRIGGER USER;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("child_protection", "0020_kept_by_who_registered"),
    ]

    operations = [
        migrations.AddField(
            "report",
            "urgency",
            models.PositiveSmallIntegerField(
                choices=[(0, "Danger now"), (1, "Violence or abuse"), (2, "Something else")], db_default=2, default=2
            ),
        ),
        migrations.AddField("report", "decide_by", models.DateField(null=True)),
        run_sql(FROZEN),
        run_sql(PLACED),
        migrations.RemoveIndex("report", "child_report_waiting"),
        migrations.AddIndex(
            "report",
            models.Index(
                F("unit"), F("urgency"), F("received_at").desc(), F("id").desc(),
                condition=Q(state="received"), name="child_report_waiting",
            ),
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                F("unit"), F("urgency"), F("decide_by"), F("received_at").desc(), F("id").desc(),
                condition=Q(state="received"), name="child_report_last_day",
            ),
        ),
        migrations.AddIndex(
            "protectionassessment",
            models.Index(
                fields=["child"], condition=Q(danger=True, countersigned_at__isnull=True), name="child_protection_unsigned"
            ),
        ),
        migrations.CreateModel(
            name="PreliminaryProposal",
            fields=[
                ("id", models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("state", models.CharField(choices=[("waiting", "Waits for a decision"), ("decided", "Extended by decision"), ("declined", "Not extended"), ("lapsed", "The assessment was decided first")], default="waiting", max_length=8)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("child", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="time_proposals", to="child_protection.reportedchild")),
                ("proposed_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "child_protection_preliminaryproposal",
                "constraints": [
                    models.UniqueConstraint(fields=["child"], condition=Q(state="waiting"), name="child_time_proposal_one_waits"),
                    models.CheckConstraint(
                        condition=Q(state="waiting", answered_at__isnull=True) | (~Q(state="waiting") & Q(answered_at__isnull=False)),
                        name="child_time_proposal_answered",
                    ),
                ],
                "indexes": [models.Index(fields=["child", "-proposed_at"], name="child_time_proposal_child")],
            },
        ),
        protect("child_protection_preliminaryproposal", read=OF_CHILD),
        keep_history("child_protection_preliminaryproposal"),
        frozen_but("child_protection_preliminaryproposal", "state", "answer", "answered_by_id", "answered_at"),
    ]  # fmt: skip
