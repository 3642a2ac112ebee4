"""What a guardian with sight of the record reads, row by row; a correction waits as its note does; who may name the file."""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import function, keep_history, own_hand, protect, run_sql

_moved = import_module("handslag.casework.migrations.0037_guardians_policies").MOVE
_named = import_module("handslag.casework.migrations.0037_guardians_policies").MAY_NAME

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"

# The municipality's own rule for today, else what we ship: the numbers of `parameters/record.yaml`, with source and
# status there (a test holds the two together). On a day that neither covers nobody under 18 reads, and no guardian.
RULE = """
SELECT own_from_age, guardian_until_age, told_from_age, own_delay_days, guardian_delay_days, child_may_agree FROM (
  SELECT 1 AS place, r.own_from_age::int, r.guardian_until_age::int, r.told_from_age::int, r.own_delay_days::int,
    r.guardian_delay_days::int, r.child_may_agree
  FROM casework_recordrule r WHERE r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today())
  UNION ALL SELECT 2, 15, 15, 15, 0, 14, true WHERE handslag_today() >= DATE '2025-07-01'
  UNION ALL SELECT 3, 18, 0, 18, 0, 120, false) AS known
ORDER BY place LIMIT 1
"""

# What is held back toward somebody whose two records became one is held back toward the one that was kept.
TOWARD = """(h.toward_id IS NULL OR h.toward_id = reader
      OR EXISTS (SELECT FROM people_person d WHERE d.id = h.toward_id AND d.merged_into_id = reader))"""

HELD = f"""
SELECT EXISTS (
  SELECT FROM casework_recordhold h WHERE h.case_id = wanted AND h.note_id IS NOT DISTINCT FROM of_note
    AND h.document_id IS NULL AND h.lifted_at IS NULL AND (h.until IS NULL OR h.until >= handslag_today())
    AND {TOWARD})
"""

PAPER_HELD = f"""
SELECT EXISTS (
  SELECT FROM casework_recordhold h WHERE h.document_id = of_paper AND h.lifted_at IS NULL
    AND (h.until IS NULL OR h.until >= handslag_today()) AND {TOWARD})
"""

# Why a guardian does not read the record of a child's file: a code, or nothing when they do. What forbids it goes before
# what only lacks. The sight counts while the part in the case and the custody are those that it was given for.
HINDRANCE = """
DECLARE
  one casework_case%ROWTYPE;
  sight casework_recordsight%ROWTYPE;
  rule record;
  years int;
  mark text;
BEGIN
  IF wanted IS NULL OR reader IS NULL THEN RETURN 'no_part'; END IF;
  SELECT * INTO one FROM casework_case WHERE id = wanted;
  IF NOT FOUND OR one.person_id = reader THEN RETURN 'no_part'; END IF;
  SELECT protection INTO mark FROM people_person WHERE id = one.person_id;
  years := handslag_age(one.person_id);
  IF one.restricted THEN RETURN 'restricted'; END IF;
  IF mark IS DISTINCT FROM 'none' THEN RETURN 'protected'; END IF;
  IF years IS NULL OR years >= 18 THEN RETURN 'of_age'; END IF;
  IF handslag_is_kept_out(wanted, reader) THEN RETURN 'kept_out'; END IF;
  IF NOT handslag_has_custody(wanted, reader) THEN RETURN 'no_custody'; END IF;
  IF NOT EXISTS (SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = reader AND p.role = 'guardian'
      AND (p.valid_to IS NULL OR p.valid_to > clock_timestamp())) THEN RETURN 'no_part'; END IF;
  IF handslag_record_secret_toward(one.person_id, reader) THEN RETURN 'secret'; END IF;
  IF handslag_record_held(wanted, NULL, reader) THEN RETURN 'held'; END IF;
  SELECT * INTO sight FROM casework_recordsight s WHERE s.case_id = wanted AND s.person_id = reader AND s.ended_at IS NULL;
  IF NOT FOUND THEN RETURN 'no_sight'; END IF;
  IF NOT EXISTS (SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = reader AND p.role = 'guardian'
        AND p.valid_from <= sight.given_at AND (p.valid_to IS NULL OR p.valid_to > clock_timestamp()))
      OR NOT EXISTS (SELECT FROM people_relation r WHERE r.person_id = reader AND r.other_id = one.person_id AND r.kind = 'guardian'
        AND r.valid_from <= (sight.given_at AT TIME ZONE 'Europe/Stockholm')::date
        AND (r.valid_to IS NULL OR r.valid_to > handslag_today())) THEN RETURN 'given_before'; END IF;
  SELECT * INTO rule FROM handslag_record_rule();
  IF years >= rule.guardian_until_age AND NOT (rule.child_may_agree AND EXISTS (
      SELECT FROM casework_recordconsent k WHERE k.person_id = one.person_id AND k.guardian_id = reader AND k.withdrawn_at IS NULL))
    THEN RETURN 'child_decides'; END IF;
  RETURN '';
END
"""

# The same for whoever works with the file, for the page on the desk.
WHY_NOT = """
SELECT CASE WHEN handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(wanted))
  THEN handslag_record_hindrance(wanted, reader) END
"""

# How many days after its signing a note is shown to the reader; null when the record is not theirs to read.
DELAY = """
DECLARE
  one casework_case%ROWTYPE;
  rule record;
  years int;
BEGIN
  IF wanted IS NULL OR reader IS NULL THEN RETURN NULL; END IF;
  SELECT * INTO one FROM casework_case WHERE id = wanted;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO rule FROM handslag_record_rule();
  IF one.person_id = reader THEN
    years := handslag_age(one.person_id);
    IF years IS NULL OR years < rule.own_from_age OR handslag_record_held(wanted, NULL, reader)
      OR (one.restricted AND one.restricted_because <> 'protected_person') THEN RETURN NULL; END IF;
    RETURN rule.own_delay_days;
  END IF;
  IF handslag_record_hindrance(wanted, reader) <> '' THEN RETURN NULL; END IF;
  RETURN rule.guardian_delay_days;
END
"""

# The files whose record the reader may open: what the list shows and nothing else of the case.
RECORDS = """
SELECT c.id, c.number::text, c.person_id, c.opened_at FROM casework_case c
WHERE (handslag_actor())[1] = 'resident' AND c.id IN (
    SELECT own.id FROM casework_case own WHERE own.person_id = handslag_person()
    UNION ALL SELECT s.case_id FROM casework_recordsight s WHERE s.person_id = handslag_person() AND s.ended_at IS NULL)
  AND handslag_may_read_record(c.id)
"""

# A correction is read with its note, when it has waited as long itself; an objection by the one who made it.
READS_ADDITION = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  one casework_noteaddition%ROWTYPE;
  days int;
BEGIN
  IF actor IS NULL OR actor[1] <> 'resident' THEN RETURN false; END IF;
  me := nullif(actor[3], '')::uuid;
  SELECT * INTO one FROM casework_noteaddition WHERE id = wanted;
  IF NOT FOUND OR NOT handslag_may_read_note_online(one.note_id) THEN RETURN false; END IF;
  IF one.person_id = me THEN RETURN true; END IF;
  days := handslag_record_delay(one.case_id, me);
  RETURN one.kind = 'correction' AND days IS NOT NULL AND one.at + make_interval(days => days) <= clock_timestamp();
END
"""

# A letter that told somebody else of a decision is theirs, also the child's own; and where a decision is not shown, neither
# is its letter.
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
  IF EXISTS (SELECT FROM casework_decisionnotice n WHERE n.letter_id = wanted AND n.person_id <> me)
      OR EXISTS (SELECT FROM casework_decision d WHERE d.letter_id = wanted AND d.person_id <> me
        AND NOT handslag_may_read_decision_online(d.id)) THEN
    RETURN false;
  END IF;
  days := handslag_record_delay(paper.case_id, me);
  IF days IS NULL OR paper.added_at + make_interval(days => days) > clock_timestamp() THEN RETURN false; END IF;
  RETURN NOT handslag_record_paper_held(wanted, me)
    AND EXISTS (SELECT FROM casework_paperclearance k WHERE k.document_id = wanted AND k.reader_id = me AND NOT k.hidden);
END
"""

# A decision that was told by notices is not shown to who was left untold on a ground; nor to a guardian who was not told.
READS_DECISION = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  one casework_decision%ROWTYPE;
  about uuid;
  days int;
BEGIN
  IF actor IS NULL OR actor[1] <> 'resident' THEN RETURN false; END IF;
  me := nullif(actor[3], '')::uuid;
  SELECT * INTO one FROM casework_decision WHERE id = wanted;
  IF NOT FOUND OR one.delivered_at IS NULL THEN RETURN false; END IF;
  SELECT person_id INTO about FROM casework_case WHERE id = one.case_id;
  IF NOT EXISTS (SELECT FROM casework_decisionnotice n WHERE n.decision_id = wanted AND n.person_id = me AND n.told_at IS NOT NULL)
      AND EXISTS (SELECT FROM casework_decisionnotice n WHERE n.decision_id = wanted AND (n.person_id = me OR me <> about)) THEN
    RETURN false;
  END IF;
  days := handslag_record_delay(one.case_id, me);
  IF days IS NULL OR one.delivered_at + make_interval(days => days) > clock_timestamp() THEN RETURN false; END IF;
  RETURN EXISTS (SELECT FROM casework_paperclearance k WHERE k.decision_id = wanted AND k.reader_id = me AND NOT k.hidden);
END
"""

# Who reads the record may object, and the event of that names the file.
MAY_NAME = f"{_named} OR handslag_may_read_record(wanted)"

MOVE = _moved.replace(
    "  RETURN total + moved;",
    """  total := total + moved;
  UPDATE casework_recordsight s SET person_id = keep WHERE s.person_id = duplicate AND NOT EXISTS (
    SELECT FROM casework_recordsight o WHERE o.case_id = s.case_id AND o.person_id = keep AND o.ended_at IS NULL AND s.ended_at IS NULL);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN total + moved;""",
)

POLICIES = """
DROP POLICY casework_case_record ON casework_case;
CREATE POLICY casework_case_record ON casework_case FOR SELECT TO handslag_app, handslag_job
  USING ((SELECT handslag_is_resident()) AND person_id = (SELECT handslag_person()) AND handslag_may_read_record(id));
DROP POLICY casework_noteaddition_record ON casework_noteaddition;
CREATE POLICY casework_noteaddition_record ON casework_noteaddition FOR SELECT TO handslag_app, handslag_job
  USING ((SELECT handslag_is_resident()) AND handslag_may_read_addition_online(id));
DROP POLICY casework_recordconsent_select ON casework_recordconsent;
CREATE POLICY casework_recordconsent_select ON casework_recordconsent FOR SELECT TO handslag_app, handslag_job
  USING ((SELECT handslag_is_system()) OR person_id = (SELECT handslag_person())
    OR ((SELECT handslag_is_staff()) AND handslag_may_read_person(person_id)));
DROP FUNCTION handslag_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0042_sight_of_the_record")]

    operations = [
        run_sql("DROP FUNCTION handslag_record_rule();"),
        function(
            "handslag_record_rule()",
            "TABLE(own_from_age int, guardian_until_age int, told_from_age int, own_delay_days int,"
            " guardian_delay_days int, child_may_agree boolean)",
            RULE,
        ),
        function("handslag_record_held(wanted uuid, of_note uuid, reader uuid)", "boolean", HELD, grant=False),
        function("handslag_record_paper_held(of_paper uuid, reader uuid)", "boolean", PAPER_HELD, grant=False),
        function("handslag_record_hindrance(wanted uuid, reader uuid)", "text", HINDRANCE, grant=False),
        function("handslag_why_no_record(wanted uuid, reader uuid)", "text", WHY_NOT),
        function("handslag_record_delay(wanted uuid, reader uuid)", "int", DELAY, grant=False),
        function(
            "handslag_records()", "TABLE(id uuid, number text, person_id uuid, opened_at timestamptz)", RECORDS
        ),
        function("handslag_may_read_addition_online(wanted uuid)", "boolean", READS_ADDITION),
        function("handslag_may_read_decision_online(wanted uuid)", "boolean", READS_DECISION),
        function("handslag_may_read_paper_online(wanted uuid)", "boolean", READS_PAPER),
        function("handslag_may_name_case(wanted uuid)", "boolean", MAY_NAME),
        function("handslag_move_papers(keep uuid, duplicate uuid)", "int", MOVE, volatility="VOLATILE"),
        protect("casework_recordsight", read=READS, insert=WORKS, update=WORKS),
        own_hand("casework_recordsight", "given_by_id", "ended_by_id"),
        run_sql(
            "CREATE TRIGGER casework_recordsight_frozen BEFORE UPDATE OR DELETE ON casework_recordsight FOR EACH ROW "
            "EXECUTE FUNCTION handslag_casework_set_once('ended_ground', 'ended_because', 'ended_by_id', 'ended_at');"
        ),
        keep_history("casework_recordsight"),
        run_sql(POLICIES),
    ]
