"""What a child asks is kept from a guardian: followed at once, opened by two, read by staff alone."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import handslag.foundation.ids
from handslag.foundation.policies import function, keep_history, own_hand, protect, run_sql

_age = import_module("handslag.casework.migrations.0048_age_in_one_place")
_queue = import_module("handslag.casework.migrations.0047_print_queue")

STATES = [
    ("asked", "Followed, not weighed yet"),
    ("kept", "Weighed, and followed"),
    ("proposed", "Followed until a second person agrees to open"),
    ("opened", "No longer kept from the guardian"),
]
WAYS = [("page", "On the child's own page"), ("talk", "In a talk with the child")]

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
# A worker writes down the wish of the child whose file it is, and of nobody else.
WRITES = (
    "handslag_is_system() OR (handslag_may_work_in_case(case_id)"
    " AND person_id = (SELECT c.person_id FROM casework_case c WHERE c.id = case_id))"
)

# What a child asked to keep is held back as a hold is: a note of the case, or the whole record in all files of the child.
HELD = (
    _age.HELD
    + """
OR EXISTS (
  SELECT FROM casework_case c JOIN casework_childwish w ON w.person_id = c.person_id
  WHERE c.id = wanted AND c.person_id IS DISTINCT FROM reader AND w.state <> 'opened'
    AND w.note_id IS NOT DISTINCT FROM of_note
    AND (w.toward_id IS NULL OR w.toward_id = reader OR handslag_same_person(w.toward_id, reader)))
"""
)

# What the child said stands as it was said. It is opened only from a proposal, by somebody else than who proposed it.
MOVES = """
CREATE FUNCTION handslag_casework_wish_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'asked' THEN
      RAISE EXCEPTION 'a child''s wish begins as it was said' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF handslag_is_merged_row(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  IF OLD.state = 'opened' OR (OLD.case_id IS NOT NULL AND NEW.case_id IS DISTINCT FROM OLD.case_id) OR (
      NEW.state = 'opened' AND (OLD.state <> 'proposed' OR NEW.weighed_by_id IS DISTINCT FROM OLD.weighed_by_id
        OR NEW.because <> OLD.because OR NEW.maturity <> OLD.maturity
        OR NEW.reviewed_by_id IS NULL OR NEW.reviewed_by_id = OLD.weighed_by_id)) THEN
    RAISE EXCEPTION 'a child''s wish is opened by two persons' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_casework_wish_moves() FROM PUBLIC;
CREATE TRIGGER casework_childwish_frozen BEFORE UPDATE OR DELETE ON casework_childwish FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_frozen_but('case_id', 'state', 'maturity', 'because', 'weighed_by_id', 'weighed_at',
    'review_words', 'reviewed_by_id', 'reviewed_at');
CREATE TRIGGER casework_childwish_moves BEFORE INSERT OR UPDATE ON casework_childwish FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_wish_moves();
ALTER TABLE casework_childwish ADD CONSTRAINT casework_wish_note_in_case
  FOREIGN KEY (note_id, case_id) REFERENCES casework_note (id, case_id) DEFERRABLE INITIALLY DEFERRED;
"""
MOVE = _queue.MOVE.replace("'printqueueitem']", "'printqueueitem', 'childwish']")


def _to(model: str, *, null: bool = False, index: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=index, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0051_a_residents_own_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "ChildWish",
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
                ("passage", models.TextField(blank=True)),
                ("words", models.TextField()),
                ("way", models.CharField(choices=WAYS, max_length=8)),
                ("asked_at", models.DateTimeField()),
                ("age_years", models.PositiveSmallIntegerField(null=True)),
                ("state", models.CharField(choices=STATES, max_length=8)),
                ("maturity", models.TextField(blank=True)),
                ("because", models.TextField(blank=True)),
                ("weighed_at", models.DateTimeField(null=True)),
                ("review_words", models.TextField(blank=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("person", _to("people.person", index=True)),
                ("case", _to("casework.case", null=True, index=True, name="wishes")),
                ("note", _to("casework.note", null=True, name="wishes")),
                ("toward", _to("people.person", null=True)),
                ("recorded_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("weighed_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("reviewed_by", _to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"db_table": "casework_childwish", "verbose_name_plural": "child wishes"},
        ),
        migrations.AddConstraint(
            "childwish", models.CheckConstraint(condition=~Q(words=""), name="casework_wish_has_words")
        ),
        migrations.AddConstraint(
            "childwish",
            models.CheckConstraint(
                condition=Q(passage="") | Q(note__isnull=False), name="casework_wish_passage_of_note"
            ),
        ),
        migrations.AddConstraint(
            "childwish",
            models.CheckConstraint(
                condition=Q(note__isnull=True) | Q(case__isnull=False), name="casework_wish_note_of_case"
            ),
        ),
        migrations.AddConstraint(
            "childwish",
            models.CheckConstraint(
                condition=Q(state="asked")
                | (~Q(because="") & ~Q(maturity="") & Q(weighed_by__isnull=False, weighed_at__isnull=False)),
                name="casework_wish_weighed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            "childwish",
            models.CheckConstraint(
                condition=~Q(state="opened")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("weighed_by"))),
                name="casework_wish_opened_by_two",
            ),
        ),
        run_sql(MOVES, "DROP FUNCTION handslag_casework_wish_moves() CASCADE;"),
        protect("casework_childwish", read=READS, insert=WRITES, update=WORKS),
        own_hand("casework_childwish", "recorded_by_id", "weighed_by_id", "reviewed_by_id"),
        keep_history("casework_childwish"),
        function(
            "handslag_record_held(wanted uuid, of_note uuid, reader uuid)", "boolean", HELD, grant=False
        ),
        function("handslag_move_papers(keep uuid, duplicate uuid)", "int", MOVE, volatility="VOLATILE"),
    ]
