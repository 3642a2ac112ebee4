"""Who reads and writes copies, and what the person and the guardians read of the record online."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, never_change, own_hand, protect, run_sql

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
OPEN_COPY = "EXISTS (SELECT FROM casework_maskedcopy c WHERE c.id = copy_id AND c.state IN ('draft', 'returned'))"

# Replaced by coordination: whether something about a person is secret toward another. Here nobody has said so.
SECRET_TOWARD = "SELECT false AND about IS NOT NULL AND toward IS NOT NULL"

# The municipality's own rule for today, else the one that we ship. OSL 12:3 has not been read: the ages and the delay are ours.
RULE = """
SELECT r.own_from_age::int, r.guardian_until_age::int, r.own_delay_days::int, r.guardian_delay_days::int, r.child_may_agree
FROM casework_recordrule r WHERE r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today())
UNION ALL SELECT 15, 15, 0, 14, true LIMIT 1
"""

AGE = "SELECT extract(year FROM age(handslag_today(), p.born))::int FROM people_person p WHERE p.id = about"

HELD = """
SELECT EXISTS (
  SELECT FROM casework_recordhold h WHERE h.case_id = wanted AND h.note_id IS NOT DISTINCT FROM of_note
    AND h.lifted_at IS NULL AND (h.until IS NULL OR h.until >= handslag_today())
    AND (h.toward_id IS NULL OR h.toward_id = reader))
"""

# How many days after its signing a note is shown to the reader; null when the record is not theirs to read.
# The person reads the own file from the age of the rule. A guardian reads a child's: registered as guardian today, a
# party with insight, the child neither protected nor of age, the case not restricted, nothing secret toward them, and
# from the age of the rule only with the child's consent.
DELAY = """
DECLARE
  one casework_case%ROWTYPE;
  rule record;
  years int;
  mark text;
BEGIN
  IF wanted IS NULL OR reader IS NULL THEN RETURN NULL; END IF;
  SELECT * INTO one FROM casework_case WHERE id = wanted;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO rule FROM handslag_record_rule();
  years := handslag_age(one.person_id);
  IF years IS NULL OR handslag_record_held(wanted, NULL, reader) THEN RETURN NULL; END IF;
  IF one.person_id = reader THEN
    IF years < rule.own_from_age OR (one.restricted AND one.restricted_because <> 'protected_person') THEN RETURN NULL; END IF;
    RETURN rule.own_delay_days;
  END IF;
  SELECT protection INTO mark FROM people_person WHERE id = one.person_id;
  IF one.restricted OR mark IS DISTINCT FROM 'none' OR years >= 18 OR handslag_record_secret_toward(one.person_id, reader) THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM people_relation r WHERE r.person_id = reader AND r.other_id = one.person_id AND r.kind = 'guardian'
      AND r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today())) THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = reader AND p.has_insight
      AND (p.valid_to IS NULL OR p.valid_to > clock_timestamp())) THEN RETURN NULL; END IF;
  IF years >= rule.guardian_until_age AND NOT (rule.child_may_agree AND EXISTS (
      SELECT FROM casework_recordconsent k WHERE k.person_id = one.person_id AND k.guardian_id = reader AND k.withdrawn_at IS NULL))
    THEN RETURN NULL; END IF;
  RETURN rule.guardian_delay_days;
END
"""

READS_RECORD = """
SELECT (handslag_actor())[1] = 'resident' AND handslag_record_delay(wanted, nullif((handslag_actor())[3], '')::uuid) IS NOT NULL
"""

READS_NOTE = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  note casework_note%ROWTYPE;
  days int;
BEGIN
  IF actor IS NULL OR actor[1] <> 'resident' THEN RETURN false; END IF;
  me := nullif(actor[3], '')::uuid;
  SELECT * INTO note FROM casework_note WHERE id = wanted;
  IF NOT FOUND OR note.state <> 'signed' THEN RETURN false; END IF;
  days := handslag_record_delay(note.case_id, me);
  IF days IS NULL OR note.signed_at + make_interval(days => days) > clock_timestamp() THEN RETURN false; END IF;
  RETURN NOT handslag_record_held(note.case_id, wanted, me)
    AND EXISTS (SELECT FROM casework_noteclearance k WHERE k.note_id = wanted AND k.reader_id = me AND NOT k.hidden);
END
"""

GUARDED = """
SELECT r.other_id FROM people_relation r JOIN people_person p ON p.id = r.other_id
WHERE (handslag_actor())[1] = 'resident' AND r.person_id = nullif((handslag_actor())[3], '')::uuid AND r.kind = 'guardian'
  AND r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today()) AND p.protection = 'none'
"""


def once_set(table: str, *fields: str) -> migrations.RunSQL:
    """Nothing of a row changes but the named fields, and those from empty only."""
    named = ", ".join(f"'{field}'" for field in fields)
    return run_sql(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION handslag_casework_set_once({named});"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0030_copies_and_record"),
        ("people", "0003_closed_functions"),
        ("foundation", "0003_own_hand"),
    ]

    operations = [
        protect("casework_maskedcopy", read=READS, insert=WORKS, update=WORKS),
        own_hand("casework_maskedcopy", "prepared_by_id", "reviewed_by_id", "given_by_id"),
        never_change("casework_maskedcopy", when="OLD.state IN ('given', 'cancelled')"),
        keep_history("casework_maskedcopy"),
        protect(
            "casework_maskedpassage",
            read=READS,
            insert=f"({WORKS}) AND {OPEN_COPY}",
            update=f"({WORKS}) AND {OPEN_COPY}",
        ),
        own_hand("casework_maskedpassage", "changed_by_id"),
        run_sql(
            "CREATE TRIGGER casework_maskedpassage_frozen BEFORE UPDATE OR DELETE ON casework_maskedpassage FOR EACH ROW "
            "EXECUTE FUNCTION handslag_casework_frozen_but('masked', 'ground', 'because', 'rule', 'may_lift', 'changed_by_id');"
        ),
        keep_history("casework_maskedpassage"),
        # The rule of ages and delays is no secret.
        protect("casework_recordrule", read="true", write="handslag_is_system() OR handslag_has_role('rules_officer')"),
        keep_history("casework_recordrule"),
        function(
            "handslag_record_rule()",
            "TABLE(own_from_age int, guardian_until_age int, own_delay_days int, guardian_delay_days int, child_may_agree boolean)",
            RULE,
        ),
        function("handslag_record_secret_toward(about uuid, toward uuid)", "boolean", SECRET_TOWARD, grant=False),
        function("handslag_age(about uuid)", "int", AGE, grant=False),
        function("handslag_record_held(wanted uuid, of_note uuid, reader uuid)", "boolean", HELD, grant=False),
        function("handslag_record_delay(wanted uuid, reader uuid)", "int", DELAY, grant=False),
        function("handslag_may_read_record(wanted uuid)", "boolean", READS_RECORD),
        function("handslag_may_read_note_online(wanted uuid)", "boolean", READS_NOTE),
        function("handslag_guarded()", "SETOF uuid", GUARDED),
        protect("casework_noteclearance", read=READS),
        protect("casework_recordhold", read=READS, insert=WORKS, update=WORKS),
        own_hand("casework_recordhold", "held_by_id", "lifted_by_id"),
        once_set("casework_recordhold", "lifted_by_id", "lifted_at"),
        keep_history("casework_recordhold"),
        protect(
            "casework_recordconsent",
            read="person_id = handslag_person() OR guardian_id = handslag_person() OR handslag_may_read_person(person_id)",
            insert="handslag_is_system() OR person_id = handslag_person()",
            update="handslag_is_system() OR person_id = handslag_person()",
        ),
        once_set("casework_recordconsent", "withdrawn_at"),
        keep_history("casework_recordconsent"),
        run_sql(
            "CREATE POLICY casework_case_record ON casework_case FOR SELECT TO handslag_app, handslag_job "
            "USING ((SELECT handslag_is_resident()) AND handslag_may_read_record(id));"
        ),
        run_sql(
            "CREATE POLICY casework_note_record ON casework_note FOR SELECT TO handslag_app, handslag_job "
            "USING ((SELECT handslag_is_resident()) AND handslag_may_read_note_online(id));"
        ),
        # A correction is read with its note; an objection by the one who made it.
        run_sql(
            "CREATE POLICY casework_noteaddition_record ON casework_noteaddition FOR SELECT TO handslag_app, handslag_job "
            "USING ((SELECT handslag_is_resident()) AND (person_id = (SELECT handslag_person())"
            " OR (kind = 'correction' AND handslag_may_read_note_online(note_id))));"
        ),
        run_sql(
            "CREATE POLICY casework_noteaddition_objected ON casework_noteaddition FOR INSERT TO handslag_app, handslag_job "
            "WITH CHECK ((SELECT handslag_is_resident()) AND kind = 'objection' AND person_id = (SELECT handslag_person())"
            " AND case_id = (SELECT n.case_id FROM casework_note n WHERE n.id = note_id) AND handslag_may_read_note_online(note_id));"
        ),
    ]
