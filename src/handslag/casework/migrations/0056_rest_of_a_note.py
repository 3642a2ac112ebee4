"""The rest of a note in which a child wants some words kept: a row of its own for each guardian, the note itself stays closed."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import handslag.foundation.ids
from handslag.foundation.policies import function, protect, run_sql

_before = import_module("handslag.casework.migrations.0054_a_childs_wish_in_ones_own_name").MOVES
_additions = import_module("handslag.casework.migrations.0043_sight_policies").READS_ADDITION
_held = import_module("handslag.casework.migrations.0048_age_in_one_place").HELD

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"


def _replaced(body: str, old: str, new: str, times: int = 1) -> str:
    if body.count(old) != times:
        raise ValueError("the function has changed")
    return body.replace(old, new)


# That the rest is read is weighed in one's own name too, and begins with no wish.
MOVES = _replaced(
    _replaced(
        _replaced(
            _before,
            "(NEW.maturity, NEW.because, NEW.weighed_by_id, NEW.weighed_at)",
            "(NEW.rest_shown, NEW.maturity, NEW.because, NEW.weighed_by_id, NEW.weighed_at)",
        ),
        "(OLD.maturity, OLD.because, OLD.weighed_by_id, OLD.weighed_at)",
        "(OLD.rest_shown, OLD.maturity, OLD.because, OLD.weighed_by_id, OLD.weighed_at)",
    ),
    "IF NEW.state <> 'asked' THEN",
    "IF NEW.state <> 'asked' OR NEW.rest_shown THEN",
)

FROZEN = """
DROP TRIGGER casework_childwish_frozen ON casework_childwish;
CREATE TRIGGER casework_childwish_frozen BEFORE UPDATE OR DELETE ON casework_childwish FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_frozen_but('case_id', 'state', 'rest_shown', 'maturity', 'because', 'weighed_by_id', 'weighed_at',
    'review_words', 'reviewed_by_id', 'reviewed_at');
"""

# As a note is read, and in the same days: by the sight of the record, unless staff hold the note back. Read only while every
# wish about the note toward the reader lets the rest be read and was followed when the row was made; the note itself is closed.
READS_REST = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  note casework_note%ROWTYPE;
  made casework_maskednote%ROWTYPE;
  days int;
BEGIN
  IF actor IS NULL OR actor[1] <> 'resident' THEN RETURN false; END IF;
  me := nullif(actor[3], '')::uuid;
  SELECT * INTO note FROM casework_note WHERE id = wanted;
  IF NOT FOUND OR note.state <> 'signed' THEN RETURN false; END IF;
  SELECT * INTO made FROM casework_maskednote k WHERE k.note_id = wanted AND k.reader_id = me;
  IF NOT FOUND OR made.case_id <> note.case_id OR cardinality(made.wishes) = 0 THEN RETURN false; END IF;
  days := handslag_record_delay(note.case_id, me);
  IF days IS NULL OR note.signed_at + make_interval(days => days) > clock_timestamp() THEN RETURN false; END IF;
  IF handslag_record_held_by_staff(note.case_id, wanted, me) THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT FROM casework_noteclearance k WHERE k.note_id = wanted AND k.reader_id = me AND k.hidden) THEN RETURN false; END IF;
  RETURN NOT EXISTS (
    SELECT FROM casework_case c JOIN casework_childwish w ON w.person_id = c.person_id
    WHERE c.id = note.case_id AND w.note_id = wanted AND w.state <> 'opened'
      AND (w.toward_id IS NULL OR w.toward_id = me OR handslag_same_person(w.toward_id, me))
      AND NOT (w.state = 'kept' AND w.rest_shown AND w.id = ANY(made.wishes) AND w.weighed_at <= made.made_at))
    AND EXISTS (SELECT FROM casework_childwish w WHERE w.id = ANY(made.wishes) AND w.state = 'kept' AND w.note_id = wanted);
END
"""

# One's own objection stands beside the rest as it does beside a whole note; corrections are in the row itself.
READS_ADDITION = _replaced(
    _additions,
    "  IF NOT FOUND OR NOT handslag_may_read_note_online(one.note_id) THEN RETURN false; END IF;",
    "  IF NOT FOUND THEN RETURN false; END IF;\n"
    "  IF NOT handslag_may_read_note_online(one.note_id) THEN\n"
    "    RETURN one.person_id IS NOT DISTINCT FROM me AND handslag_may_read_rest_online(one.note_id);\n"
    "  END IF;",
)

POLICIES = """
CREATE POLICY casework_maskednote_record ON casework_maskednote FOR SELECT TO handslag_app, handslag_job
  USING ((SELECT handslag_is_resident()) AND reader_id = (SELECT handslag_person()) AND handslag_may_read_rest_online(note_id));
CREATE POLICY casework_noteaddition_objected_to_rest ON casework_noteaddition FOR INSERT TO handslag_app, handslag_job
  WITH CHECK ((SELECT handslag_is_resident()) AND kind = 'objection' AND person_id = (SELECT handslag_person())
    AND case_id = (SELECT m.case_id FROM casework_maskednote m WHERE m.note_id = casework_noteaddition.note_id
      AND m.reader_id = (SELECT handslag_person()))
    AND handslag_may_read_rest_online(note_id));
ALTER TABLE casework_maskednote ADD CONSTRAINT casework_masked_note_in_case
  FOREIGN KEY (note_id, case_id) REFERENCES casework_note (id, case_id) DEFERRABLE INITIALLY DEFERRED;
"""


def _to(model: str, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0055_nobody_counts_wishes")]

    operations = [
        migrations.AddField("childwish", "rest_shown", models.BooleanField(default=False, db_default=False)),
        migrations.AddConstraint(
            "childwish",
            models.CheckConstraint(
                condition=Q(rest_shown=False) | (Q(state="kept") & ~Q(passage="")),
                name="casework_wish_rest_of_words",
            ),
        ),
        run_sql(FROZEN),
        run_sql(MOVES, _before),
        migrations.CreateModel(
            "MaskedNote",
            [
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("happened_on", models.DateField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("corrections", models.JSONField(default=list)),
                (
                    "wishes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("case", _to("casework.case")),
                ("note", _to("casework.note", "masked")),
                ("reader", _to("people.person")),
            ],
            options={"db_table": "casework_maskednote"},
        ),
        migrations.AddConstraint(
            "maskednote",
            models.UniqueConstraint(fields=["note", "reader"], name="casework_masked_note_once"),
        ),
        function(
            "handslag_record_held_by_staff(wanted uuid, of_note uuid, reader uuid)",
            "boolean",
            _held,
            grant=False,
        ),
        function("handslag_may_read_rest_online(wanted uuid)", "boolean", READS_REST),
        function("handslag_may_read_addition_online(wanted uuid)", "boolean", READS_ADDITION),
        protect("casework_maskednote", read=READS),
        run_sql(POLICIES),
    ]
