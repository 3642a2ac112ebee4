"""Who reads and writes the rows of casework, what is never changed, and the numbers of the wall."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, never_change, open_table, protect, run_sql

# The roles that work with cases. A role as controller or administrator in a unit opens no case.
CASE_UNITS = """
SELECT coalesce(array_agg(DISTINCT g.unit_id), '{}') FROM foundation_rolegrant g JOIN foundation_account a ON a.id = g.account_id
WHERE g.account_id = handslag_account() AND handslag_is_staff() AND a.is_active
  AND g.role IN ('case_worker', 'manager', 'reception', 'attester')
  AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today())
"""

# One look-up by key for one row; the actor's signature is checked once. Rows are never written for a time to come,
# so only their ends are asked for: a server whose clock is set back shuts nobody out of the case just opened.
_STAFF = """
    me := nullif(actor[2], '')::uuid;
    RETURN EXISTS (SELECT FROM foundation_account a WHERE a.id = me AND a.is_active) AND EXISTS (
      SELECT FROM casework_case c WHERE c.id = wanted AND (
        (NOT c.restricted AND EXISTS (
          SELECT FROM foundation_rolegrant g WHERE g.account_id = me AND g.unit_id = c.unit_id
            AND g.role IN ('case_worker', 'manager', 'reception', 'attester')
            AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today())))
        OR EXISTS (
          SELECT FROM casework_casestaff s WHERE s.case_id = c.id AND s.account_id = me
            AND (s.valid_to IS NULL OR s.valid_to > clock_timestamp()))
"""

_START = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
BEGIN
  IF actor IS NULL OR wanted IS NULL THEN RETURN false; END IF;
  IF actor[1] = 'system' THEN RETURN true; END IF;
  IF actor[1] = 'staff' THEN
"""

# Broken glass opens a case for reading until its end, but never one that is closed around a protected person.
# A party reads the case while they are one.
MAY_READ_CASE = f"""
{_START}{_STAFF}
        OR (c.restricted_because <> 'protected_person' AND EXISTS (
          SELECT FROM foundation_breakglass b WHERE b.case_id = c.id AND b.account_id = me
            AND b.ends_at > clock_timestamp() AND b.ended_at IS NULL))));
  END IF;
  IF actor[1] = 'resident' THEN
    RETURN EXISTS (
      SELECT FROM casework_caseparty p WHERE p.case_id = wanted AND p.person_id = nullif(actor[3], '')::uuid
        AND p.has_insight AND (p.valid_to IS NULL OR p.valid_to > clock_timestamp()));
  END IF;
  RETURN false;
END
"""

# Who writes in a case: those who read it by their work, not through broken glass, and no resident.
MAY_WORK_IN_CASE = f"""
{_START}{_STAFF}));
  END IF;
  RETURN false;
END
"""

NEXT_NUMBER = """
BEGIN
  IF NOT (handslag_is_system() OR handslag_is_staff()) THEN
    RAISE EXCEPTION 'a case number is given to staff and to the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework_caseseries AS s (id, prefix, year, last) VALUES (gen_random_uuid(), wanted_prefix, wanted_year, 1)
    ON CONFLICT (prefix, year) DO UPDATE SET last = s.last + 1 RETURNING s.last INTO given;
END
"""

# What is not named in the trigger's arguments stays as it was; what is named is set once, from nothing.
FROZEN = """
CREATE FUNCTION handslag_casework_set_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE field text; was jsonb := to_jsonb(OLD); is_now jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  is_now := to_jsonb(NEW);
  IF (was - TG_ARGV) <> (is_now - TG_ARGV) THEN
    RAISE EXCEPTION 'what is written in % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  FOREACH field IN ARRAY TG_ARGV LOOP
    IF was -> field IS DISTINCT FROM is_now -> field AND (was ->> field) IS NOT NULL AND (was ->> field) NOT IN ('', 'false') THEN
      RAISE EXCEPTION '% of % is set once', field, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE FUNCTION handslag_casework_frozen_but() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(OLD) - TG_ARGV) <> (to_jsonb(NEW) - TG_ARGV) THEN
    RAISE EXCEPTION 'what is written in % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

# Counts alone, by kind: nothing of a person, a worker or a unit leaves it.
BALANCE = """
SELECT 'open', kind, CASE WHEN opened_at > now() - interval '7 days' THEN 'week'
    WHEN opened_at > now() - interval '30 days' THEN 'month' WHEN opened_at > now() - interval '90 days' THEN 'quarter'
    ELSE 'older' END, count(*) FROM casework_case WHERE state = 'open' GROUP BY 1, 2, 3
UNION ALL
SELECT 'due', kind, CASE WHEN due_on IS NULL THEN 'unclocked' WHEN due_on < handslag_today() THEN 'overdue'
    WHEN due_on = handslag_today() THEN 'today' WHEN due_on <= handslag_today() + 7 THEN 'week' ELSE 'later' END, count(*)
  FROM casework_case WHERE state = 'open' GROUP BY 1, 2, 3
UNION ALL
SELECT 'opened', kind, 'today', count(*) FROM casework_case
  WHERE opened_at >= handslag_today()::timestamp AT TIME ZONE 'Europe/Stockholm' GROUP BY 2
UNION ALL
SELECT 'closed', kind, 'today', count(*) FROM casework_case
  WHERE state = 'closed' AND closed_at >= handslag_today()::timestamp AT TIME ZONE 'Europe/Stockholm' GROUP BY 2
UNION ALL
SELECT 'decided', type, CASE WHEN automated THEN 'automated' ELSE 'by_hand' END, count(*) FROM casework_decision
  WHERE decided_at >= handslag_today()::timestamp AT TIME ZONE 'Europe/Stockholm' GROUP BY 2, 3
"""

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
OWN = "person_id = handslag_person()"


def frozen(table: str, *fields: str, once: bool) -> migrations.RunSQL:
    """Nothing but the named fields of a row may change; with `once`, and those from empty only."""
    name = "set_once" if once else "frozen_but"
    arguments = ", ".join(f"'{field}'" for field in fields)
    return run_sql(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION handslag_casework_{name}({arguments});",
        f"DROP TRIGGER {table}_frozen ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("foundation", "0002_actor_and_events")]

    operations = [
        function("handslag_case_units()", "uuid[]", CASE_UNITS),
        function("handslag_may_read_case(wanted uuid)", "boolean", MAY_READ_CASE),
        function("handslag_may_work_in_case(wanted uuid)", "boolean", MAY_WORK_IN_CASE),
        run_sql(
            "CREATE FUNCTION handslag_next_case_number(wanted_prefix text, wanted_year int, OUT given int) LANGUAGE plpgsql "
            f"VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $handslag$ {NEXT_NUMBER} $handslag$; "
            "REVOKE ALL ON FUNCTION handslag_next_case_number(text, int) FROM PUBLIC; "
            "GRANT EXECUTE ON FUNCTION handslag_next_case_number(text, int) TO handslag_app, handslag_job;"
        ),
        run_sql(FROZEN),
        function("handslag_case_balance()", "TABLE(measure text, kind text, bucket text, number bigint)", BALANCE),
        open_table("casework_caseseries"),
        protect(
            "casework_case",
            read="handslag_is_system() OR (NOT restricted AND unit_id = ANY(handslag_case_units())) OR handslag_may_read_case(id)",
            insert="handslag_is_system() OR unit_id = ANY(handslag_case_units())",
            update="handslag_is_system() OR handslag_may_work_in_case(id)",
        ),
        keep_history("casework_case"),
        protect(
            "casework_caseparty",
            read=f"handslag_is_system() OR {OWN} OR handslag_may_read_case(case_id)",
            write=WORKS,
        ),
        keep_history("casework_caseparty"),
        protect("casework_casestaff", read=f"account_id = handslag_account() OR {READS}", write=WORKS),
        keep_history("casework_casestaff"),
        protect("casework_assignment", read=READS, insert=WORKS, update="false"),
        never_change("casework_assignment"),
        protect(
            "casework_note",
            read="handslag_is_system() OR (handslag_is_staff() AND (state = 'signed' OR author_id = handslag_account())"
            " AND handslag_may_read_case(case_id))",
            write="handslag_is_system() OR (author_id = handslag_account() AND handslag_may_work_in_case(case_id))",
        ),
        never_change("casework_note", when="OLD.state = 'signed'"),
        protect("casework_noteaddition", read=READS, insert=WORKS, update="false"),
        never_change("casework_noteaddition"),
        protect(
            "casework_document",
            read=f"{READS} OR (kind <> 'internal' AND ({OWN} OR"
            " (open_to_party AND person_id IS NULL AND handslag_is_resident() AND handslag_may_read_case(case_id))))",
            insert=f"{WORKS} OR ({OWN} AND kind IN ('received', 'attachment') AND handslag_may_read_case(case_id))",
            update="false",
        ),
        never_change("casework_document"),
        protect(
            "casework_documentcontent",
            read="EXISTS (SELECT FROM casework_document d WHERE d.id = document_id)",
            insert="EXISTS (SELECT FROM casework_document d WHERE d.id = document_id)",
            update="false",
        ),
        never_change("casework_documentcontent"),
        protect(
            "casework_message",
            read=f"{READS} OR {OWN}",
            insert="handslag_is_system() OR (direction = 'to_person' AND handslag_may_work_in_case(case_id))"
            f" OR (direction = 'from_person' AND {OWN} AND handslag_may_read_case(case_id))",
            update="handslag_is_system() OR (direction = 'from_person' AND handslag_may_work_in_case(case_id))"
            f" OR (direction = 'to_person' AND {OWN})",
        ),
        frozen("casework_message", "read_at", "read_by_id", once=True),
        protect("casework_completionrequest", read=f"{READS} OR {OWN}", insert=WORKS, update=f"{WORKS} OR {OWN}"),
        frozen("casework_completionrequest", "due_on", "state", "answered_at", "overdue_at", once=False),
        keep_history("casework_completionrequest"),
        protect("casework_completionitem", read=f"{READS} OR {OWN}", insert=WORKS, update=f"{WORKS} OR {OWN}"),
        frozen("casework_completionitem", "answer", "document_id", "answered_at", once=False),
        protect(
            "casework_communication",
            read=f"{READS} OR (answer_until IS NOT NULL AND {OWN})",
            insert=WORKS,
            update=f"{WORKS} OR (state <> 'waived' AND {OWN})",
        ),
        frozen(
            "casework_communication", "state", "answer", "answered_orally", "answered_at", "answer_until", once=False
        ),
        keep_history("casework_communication"),
        protect(
            "casework_decision",
            read=f"{READS} OR (delivered_at IS NOT NULL AND ({OWN} OR (handslag_is_resident() AND handslag_may_read_case(case_id))))",
            insert="handslag_is_system() OR (decided_by_id = handslag_account() AND handslag_may_work_in_case(case_id))",
            update=WORKS,
        ),
        frozen("casework_decision", "delivered_at", "delivered_by_way", "appeal_last_day", "letter_id", once=True),
        protect("casework_legalclock", read=f"handslag_is_system() OR handslag_may_read_case(case_id)", write=WORKS),
        keep_history("casework_legalclock"),
        # Who reads a case reads its history; the foundation knows no cases, so its policy cannot say so.
        run_sql(
            "CREATE POLICY foundation_event_of_case ON foundation_event FOR SELECT TO handslag_app, handslag_job USING "
            "(case_id IS NOT NULL AND (SELECT handslag_is_staff()) AND handslag_may_read_case(case_id));",
            "DROP POLICY foundation_event_of_case ON foundation_event;",
        ),
    ]
