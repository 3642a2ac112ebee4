"""Papers and delivered decisions in the record online: what has been gone through for one reader, and what is held back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import handslag.foundation.ids
from handslag.foundation.policies import function, keep_history, own_hand, protect, run_sql

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
# The rules write as the system. A person writes only what they have read themselves, in their own name.
OPENS = "handslag_is_system() OR (opened_by_id = handslag_account() AND handslag_may_work_in_case(case_id))"

HELD = """
SELECT EXISTS (
  SELECT FROM casework_recordhold h WHERE h.case_id = wanted AND h.note_id IS NOT DISTINCT FROM of_note
    AND h.document_id IS NULL AND h.lifted_at IS NULL AND (h.until IS NULL OR h.until >= handslag_today())
    AND (h.toward_id IS NULL OR h.toward_id = reader))
"""

PAPER_HELD = """
SELECT EXISTS (
  SELECT FROM casework_recordhold h WHERE h.document_id = of_paper AND h.lifted_at IS NULL
    AND (h.until IS NULL OR h.until >= handslag_today()) AND (h.toward_id IS NULL OR h.toward_id = reader))
"""

# Nobody's working paper, nobody else's paper, and no copy that was masked toward somebody else. A paper of the reader's
# own is theirs wherever it lies (the policy of papers says so), and is not asked for here.
READS_PAPER = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  paper casework_document%ROWTYPE;
  about uuid;
  days int;
BEGIN
  IF actor IS NULL OR actor[1] <> 'resident' THEN RETURN false; END IF;
  me := nullif(actor[3], '')::uuid;
  SELECT * INTO paper FROM casework_document WHERE id = wanted;
  IF NOT FOUND OR paper.kind = 'internal' THEN RETURN false; END IF;
  SELECT person_id INTO about FROM casework_case WHERE id = paper.case_id;
  IF paper.person_id IS NOT NULL AND paper.person_id <> me AND paper.person_id <> about THEN RETURN false; END IF;
  IF paper.person_id IS DISTINCT FROM me AND EXISTS (SELECT FROM casework_maskedcopy k WHERE k.document_id = wanted) THEN
    RETURN false;
  END IF;
  days := handslag_record_delay(paper.case_id, me);
  IF days IS NULL OR paper.added_at + make_interval(days => days) > clock_timestamp() THEN RETURN false; END IF;
  RETURN NOT handslag_record_paper_held(wanted, me)
    AND EXISTS (SELECT FROM casework_paperclearance k WHERE k.document_id = wanted AND k.reader_id = me AND NOT k.hidden);
END
"""

READS_DECISION = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  one casework_decision%ROWTYPE;
  days int;
BEGIN
  IF actor IS NULL OR actor[1] <> 'resident' THEN RETURN false; END IF;
  me := nullif(actor[3], '')::uuid;
  SELECT * INTO one FROM casework_decision WHERE id = wanted;
  IF NOT FOUND OR one.delivered_at IS NULL THEN RETURN false; END IF;
  days := handslag_record_delay(one.case_id, me);
  IF days IS NULL OR one.delivered_at + make_interval(days => days) > clock_timestamp() THEN RETURN false; END IF;
  RETURN EXISTS (SELECT FROM casework_paperclearance k WHERE k.decision_id = wanted AND k.reader_id = me AND NOT k.hidden);
END
"""


def _to(model: str, *, null: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0038_pages_of_copies"),
        ("people", "0011_no_oracle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "recordhold", "document", _to("casework.document", null=True, name="holds")
        ),
        migrations.CreateModel(
            "PaperClearance",
            [
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("hidden", models.BooleanField()),
                ("ground", models.CharField(blank=True, max_length=20)),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("because", models.TextField(blank=True)),
                ("case", _to("casework.case")),
                ("decision", _to("casework.decision", null=True, name="clearances")),
                ("document", _to("casework.document", null=True, name="clearances")),
                ("opened_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("reader", _to("people.person")),
            ],
            options={"db_table": "casework_paperclearance"},
        ),
        migrations.AddConstraint(
            "paperclearance",
            models.UniqueConstraint(fields=("document", "reader"), name="casework_paper_clearance_once"),
        ),
        migrations.AddConstraint(
            "paperclearance",
            models.UniqueConstraint(fields=("decision", "reader"), name="casework_decision_clearance_once"),
        ),
        migrations.AddConstraint(
            "paperclearance",
            models.CheckConstraint(
                condition=Q(document__isnull=True, decision__isnull=False)
                | Q(document__isnull=False, decision__isnull=True),
                name="casework_paper_clearance_of_one",
            ),
        ),
        migrations.AddConstraint(
            "paperclearance",
            models.CheckConstraint(
                condition=Q(opened_by__isnull=True) | ~Q(because=""), name="casework_paper_opened_with_reason"
            ),
        ),
        protect("casework_paperclearance", read=READS, insert=OPENS, update=OPENS),
        own_hand("casework_paperclearance", "opened_by_id"),
        keep_history("casework_paperclearance"),
        function("handslag_record_held(wanted uuid, of_note uuid, reader uuid)", "boolean", HELD, grant=False),
        function("handslag_record_paper_held(of_paper uuid, reader uuid)", "boolean", PAPER_HELD, grant=False),
        function("handslag_may_read_paper_online(wanted uuid)", "boolean", READS_PAPER),
        function("handslag_may_read_decision_online(wanted uuid)", "boolean", READS_DECISION),
        run_sql(
            "CREATE POLICY casework_document_record ON casework_document FOR SELECT TO handslag_app, handslag_job "
            "USING ((SELECT handslag_is_resident()) AND handslag_may_read_paper_online(id));"
        ),
        run_sql(
            "CREATE POLICY casework_decision_record ON casework_decision FOR SELECT TO handslag_app, handslag_job "
            "USING ((SELECT handslag_is_resident()) AND handslag_may_read_decision_online(id));"
        ),
    ]
