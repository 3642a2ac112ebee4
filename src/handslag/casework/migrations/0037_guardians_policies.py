"""A guardian reads what was told to them while custody lasts, and nothing of a case that keeps them out."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, own_hand, protect, run_sql

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"

KEPT_OUT = """
SELECT EXISTS (SELECT FROM casework_keptout k WHERE k.case_id = wanted AND k.person_id = about AND k.lifted_at IS NULL)
"""

# Custody as registered today, of a child: it ends at 18 (FB 6:2).
HAS_CUSTODY = """
SELECT EXISTS (
  SELECT FROM casework_case c JOIN people_relation r ON r.other_id = c.person_id AND r.person_id = about AND r.kind = 'guardian'
  WHERE c.id = wanted AND r.valid_from <= handslag_today() AND (r.valid_to IS NULL OR r.valid_to > handslag_today())
    AND coalesce(handslag_age(c.person_id), 0) < 18)
"""

# Staff and the system are narrowed by other policies. A resident has what a case has told them unless they are kept
# out; one whose part in it is a guardian's, only while that part and custody last.
TOLD_HERE = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
BEGIN
  IF actor IS NULL OR wanted IS NULL THEN RETURN false; END IF;
  IF actor[1] <> 'resident' THEN RETURN true; END IF;
  me := nullif(actor[3], '')::uuid;
  IF me IS NULL OR handslag_is_kept_out(wanted, me) THEN RETURN false; END IF;
  IF NOT EXISTS (SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = me AND p.role = 'guardian') THEN RETURN true; END IF;
  IF EXISTS (SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = me AND p.role <> 'guardian'
      AND (p.valid_to IS NULL OR p.valid_to > clock_timestamp())) THEN RETURN true; END IF;
  RETURN handslag_has_custody(wanted, me) AND EXISTS (
    SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = me AND p.role = 'guardian'
      AND (p.valid_to IS NULL OR p.valid_to > clock_timestamp()));
END
"""

# Not answered, and neither it nor its matter has a decision that the person has been told of; the case is open.
STILL_OPEN = """
SELECT EXISTS (
  SELECT FROM casework_communication k JOIN casework_case c ON c.id = k.case_id AND c.state = 'open'
  WHERE k.id = wanted AND k.state = 'sent' AND k.person_id = handslag_person() AND handslag_told_here(k.case_id)
    AND NOT EXISTS (
      SELECT FROM casework_decision d WHERE d.case_id = k.case_id AND d.delivered_at IS NOT NULL AND (
        d.communication_id = k.id
        OR (d.communication_id IS NOT NULL AND d.matter_id = k.matter_id AND d.decided_at > k.sent_at))))
"""

# Who was asked may send a paper with the answer, also one who reads nothing else of the case.
MAY_ANSWER_IN = """
SELECT (handslag_actor())[1] = 'resident' AND handslag_told_here(wanted) AND EXISTS (
  SELECT FROM casework_communication k JOIN casework_case c ON c.id = k.case_id AND c.state = 'open'
  WHERE k.case_id = wanted AND k.person_id = handslag_person() AND k.state = 'sent' AND k.answer_until IS NOT NULL)
"""

MAY_NAME = """
SELECT handslag_may_read_case(wanted)
  OR EXISTS (SELECT FROM casework_touched WHERE xact = pg_current_xact_id_if_assigned() AND case_id = wanted)
  OR ((handslag_actor())[1] = 'resident' AND handslag_told_here(wanted) AND EXISTS (
    SELECT FROM casework_communication k WHERE k.case_id = wanted AND k.person_id = handslag_person() AND k.answer_until IS NOT NULL))
"""

# A decision that was told by notices is read by residents as it was told to each; else only in the record online, where
# the masking rules have been asked for the reader. That function comes with the papers of the record.
TOLD_BY_NOTICE = """
BEGIN
  IF NOT EXISTS (SELECT FROM casework_decisionnotice n WHERE n.decision_id = wanted) THEN RETURN false; END IF;
  IF to_regprocedure('handslag_may_read_decision_online(uuid)') IS NULL THEN RETURN true; END IF;
  RETURN NOT handslag_may_read_decision_online(wanted);
END
"""

MOVE = """
DECLARE part text; moved int; total int := 0;
BEGIN
  IF NOT handslag_is_system() OR NOT EXISTS (SELECT FROM people_person WHERE id = duplicate AND merged_into_id = keep) THEN
    RAISE EXCEPTION 'papers follow a person whose two records became one' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOREACH part IN ARRAY ARRAY['message', 'document', 'noteaddition', 'completionrequest', 'completionitem', 'communication', 'decision'] LOOP
    EXECUTE format('UPDATE casework_%s SET person_id = $1 WHERE person_id = $2', part) USING keep, duplicate;
    GET DIAGNOSTICS moved = ROW_COUNT;
    total := total + moved;
  END LOOP;
  -- Who was kept out under either record is kept out; who was told under both keeps what was told to each.
  UPDATE casework_keptout k SET person_id = keep WHERE k.person_id = duplicate AND NOT EXISTS (
    SELECT FROM casework_keptout o WHERE o.case_id = k.case_id AND o.person_id = keep AND o.lifted_at IS NULL AND k.lifted_at IS NULL);
  GET DIAGNOSTICS moved = ROW_COUNT;
  total := total + moved;
  UPDATE casework_decisionnotice n SET person_id = keep WHERE n.person_id = duplicate AND NOT EXISTS (
    SELECT FROM casework_decisionnotice o WHERE o.decision_id = n.decision_id AND o.person_id = keep
      AND o.told_at IS NOT NULL AND n.told_at IS NOT NULL);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN total + moved;
END
"""

TOLD_TABLES = ("caseparty", "communication", "message", "document", "completionrequest", "completionitem",
               "note", "noteaddition", "legalclock")  # fmt: skip
RESTRICTIVE = "CREATE POLICY casework_{table}_told_here ON casework_{table} AS RESTRICTIVE FOR SELECT TO handslag_app, handslag_job USING ({condition});"
NO_RESIDENT = "NOT (SELECT handslag_is_resident())"
FROZEN = (
    "CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION "
    "handslag_casework_{kind}({fields});"
)


def restrict(table: str, condition: str) -> str:
    return RESTRICTIVE.format(table=table, condition=f"{NO_RESIDENT} OR ({condition})")


class Migration(migrations.Migration):
    dependencies = [("casework", "0036_guardians")]

    operations = [
        function("handslag_is_kept_out(wanted uuid, about uuid)", "boolean", KEPT_OUT, grant=False),
        function("handslag_has_custody(wanted uuid, about uuid)", "boolean", HAS_CUSTODY, grant=False),
        function("handslag_told_here(wanted uuid)", "boolean", TOLD_HERE),
        function("handslag_communication_open(wanted uuid)", "boolean", STILL_OPEN),
        function("handslag_may_answer_in(wanted uuid)", "boolean", MAY_ANSWER_IN),
        function("handslag_may_name_case(wanted uuid)", "boolean", MAY_NAME),
        function("handslag_told_by_notice(wanted uuid)", "boolean", TOLD_BY_NOTICE),
        function("handslag_move_papers(keep uuid, duplicate uuid)", "int", MOVE, volatility="VOLATILE"),
        protect("casework_keptout", read=READS, insert=WORKS, update=WORKS),
        own_hand("casework_keptout", "kept_by_id", "lifted_by_id"),
        run_sql(
            FROZEN.format(table="casework_keptout", kind="set_once", fields="'lifted_by_id', 'lifted_at'")
        ),
        keep_history("casework_keptout"),
        protect(
            "casework_decisionnotice",
            read=f"{READS} OR (told_at IS NOT NULL AND person_id = handslag_person() AND handslag_told_here(case_id))",
            insert=WORKS,
            update="false",
        ),
        own_hand("casework_decisionnotice", "sent_by_id"),
        run_sql(FROZEN.format(table="casework_decisionnotice", kind="frozen_but", fields="")),
        protect("casework_leftout", read=READS, insert=WORKS, update="false"),
        run_sql(FROZEN.format(table="casework_leftout", kind="frozen_but", fields="")),
        run_sql(
            "CREATE POLICY casework_document_answered ON casework_document FOR INSERT TO handslag_app, handslag_job "
            "WITH CHECK ((SELECT handslag_is_resident()) AND person_id = (SELECT handslag_person()) AND NOT open_to_party"
            " AND kind IN ('received', 'attachment') AND handslag_may_answer_in(case_id));"
        ),
        run_sql(restrict("case", "handslag_told_here(id)")),
        run_sql(restrict("decision", "handslag_told_here(case_id) AND NOT handslag_told_by_notice(id)")),
        *(run_sql(restrict(table, "handslag_told_here(case_id)")) for table in TOLD_TABLES),
    ]
