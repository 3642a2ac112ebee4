"""Who reads the reception's rows in the database itself. They are written by the system's hand alone, for the
one whom the operation has let act."""

from handslag.foundation.policies import function, keep_history, never_change, protect, run_sql

# Where the actor takes reports in: the reception, and the manager who countersigns.
RECEPTION_UNITS = """
SELECT coalesce(array_agg(DISTINCT g.unit_id), '{}') FROM foundation_rolegrant g JOIN foundation_account a ON a.id = g.account_id
WHERE g.account_id = handslag_account() AND handslag_is_staff() AND a.is_active AND g.role IN ('reception', 'manager')
  AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today())
"""

_START = """
DECLARE
  actor text[] := handslag_actor();
  me uuid;
  closed boolean;
  has_it uuid;
  joined uuid;
BEGIN
  IF actor IS NULL OR wanted IS NULL THEN RETURN false; END IF;
  IF actor[1] = 'system' THEN RETURN true; END IF;
  IF actor[1] <> 'staff' THEN RETURN false; END IF;
  me := nullif(actor[2], '')::uuid;
  IF NOT EXISTS (SELECT FROM foundation_account a WHERE a.id = me AND a.is_active) THEN RETURN false; END IF;
  SELECT r.restricted, r.unit_id, r.duplicate_of_id INTO closed, has_it, joined FROM child_protection_report r WHERE r.id = wanted;
  IF NOT FOUND THEN RETURN false; END IF;
"""

_HOLDS = (
    "g.account_id = me AND g.unit_id = has_it AND g.valid_from <= handslag_today() "
    "AND (g.valid_to IS NULL OR g.valid_to > handslag_today())"
)

# A restricted report is read by the manager who may see protected persons, and by those who may work in the file of
# every child in it; another by the reception that has it, and by those who may work in the file of one of them.
_END = f"""
  IF closed THEN
    RETURN (EXISTS (SELECT FROM foundation_rolegrant g WHERE {_HOLDS} AND g.role = 'manager')
        AND EXISTS (SELECT FROM foundation_rolegrant g WHERE {_HOLDS} AND g.role = 'protected'))
      OR (EXISTS (SELECT FROM child_protection_reportedchild c WHERE c.report_id = coalesce(joined, wanted) AND c.case_id IS NOT NULL)
        AND NOT EXISTS (
          SELECT FROM child_protection_reportedchild c WHERE c.report_id = coalesce(joined, wanted) AND c.case_id IS NOT NULL
            AND NOT handslag_may_work_in_case(c.case_id)));
  END IF;
  RETURN EXISTS (SELECT FROM foundation_rolegrant g WHERE {_HOLDS} AND g.role IN (%s))
    OR EXISTS (
      SELECT FROM child_protection_reportedchild c WHERE c.report_id IN (wanted, joined) AND c.case_id IS NOT NULL
        AND handslag_may_work_in_case(c.case_id));
END
"""

MAY_READ_REPORT = _START + _END % "'reception', 'manager'"

# Nobody who has declared a bias about the report reads who made it, nor the very person who is told to be close.
MAY_READ_REPORTER = (
    _START
    + """
  IF EXISTS (SELECT FROM child_protection_bias b WHERE b.account_id = me AND b.ended_at IS NULL AND b.report_id IN (wanted, joined))
  THEN RETURN false; END IF;
"""
    + _END % "'reception'"
)

# What was told of a concern is never changed; what the reception does with it is.
FROZEN = """
CREATE FUNCTION handslag_child_report_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(OLD) - TG_ARGV) <> (to_jsonb(NEW) - TG_ARGV) THEN
    RAISE EXCEPTION 'what was told in % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_child_report_frozen() FROM PUBLIC;
"""

# Violence or abuse, told in the report or in one of the same event, or seen by the one who decides, is investigated:
# the row that would say otherwise is refused here too. So is one about a repeated report that nobody has answered.
MUST_INVESTIGATE = """
CREATE FUNCTION handslag_child_must_investigate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE main uuid; warned boolean;
BEGIN
  IF NEW.outcome <> 'not_open' THEN RETURN NEW; END IF;
  SELECT coalesce(r.duplicate_of_id, r.id), c.repeat_warned INTO main, warned
    FROM child_protection_reportedchild c JOIN child_protection_report r ON r.id = c.report_id WHERE c.id = NEW.child_id;
  IF EXISTS (SELECT FROM child_protection_report r WHERE (r.id = main OR r.duplicate_of_id = main)
      AND r.concern_codes && ARRAY['violence', 'witnessed_violence', 'sexual_abuse', 'honour']::varchar[]) THEN
    RAISE EXCEPTION 'violence or abuse is investigated' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_violence_is_investigated';
  END IF;
  IF warned AND NOT EXISTS (SELECT FROM child_protection_repeatanswer a WHERE a.child_id = NEW.child_id) THEN
    RAISE EXCEPTION 'a repeated report is answered first' USING ERRCODE = 'check_violation', CONSTRAINT = 'child_repeat_is_answered';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_child_must_investigate() FROM PUBLIC;
CREATE TRIGGER child_protection_must_investigate BEFORE INSERT OR UPDATE ON child_protection_preliminaryassessment
  FOR EACH ROW EXECUTE FUNCTION handslag_child_must_investigate();
"""


def frozen_but(table: str, *fields: str) -> object:
    """Nothing but the named fields of a row may change."""
    arguments = ", ".join(f"'{field}'" for field in fields)
    return run_sql(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION handslag_child_report_frozen({arguments});"
    )


OF_REPORT = "handslag_is_system() OR handslag_may_read_report(report_id)"
OF_CHILD = (
    "handslag_is_system() OR EXISTS (SELECT FROM child_protection_reportedchild c WHERE c.id = child_id)"
)

POLICIES = [
    function("handslag_reception_units()", "uuid[]", RECEPTION_UNITS),
    function("handslag_may_read_report(wanted uuid)", "boolean", MAY_READ_REPORT),
    function("handslag_may_read_reporter(wanted uuid)", "boolean", MAY_READ_REPORTER),
    run_sql(FROZEN),
    run_sql(MUST_INVESTIGATE),
    protect(
        "child_protection_report",
        read="handslag_is_system() OR (NOT restricted AND unit_id = ANY(handslag_reception_units()))"
        " OR handslag_may_read_report(id)",
    ),
    keep_history("child_protection_report"),
    frozen_but(
        "child_protection_report", "unit_id", "handed_over_at", "state", "duplicate_of_id", "merged_because",
        "restricted", "taken_by_id", "version",
    ),
    protect(
        "child_protection_reporter",
        read="handslag_is_system() OR handslag_may_read_reporter(report_id)",
    ),
    never_change("child_protection_reporter"),
    protect("child_protection_reportedchild", read=OF_REPORT),
    keep_history("child_protection_reportedchild"),
    frozen_but(
        "child_protection_reportedchild", "report_id", "person_id", "case_id", "identified_at", "identified_by_id",
        "repeat_number", "repeat_warned", "due_on",
    ),
    protect("child_protection_reportattachment", read=OF_REPORT),
    never_change("child_protection_reportattachment"),
    protect(
        "child_protection_reportattachmentcontent",
        read="EXISTS (SELECT FROM child_protection_reportattachment a WHERE a.id = attachment_id)",
    ),
    never_change("child_protection_reportattachmentcontent"),
    protect("child_protection_protectionassessment", read=OF_CHILD),
    keep_history("child_protection_protectionassessment"),
    frozen_but("child_protection_protectionassessment", "countersigned_by_id", "countersigned_at", "note_id"),
    protect("child_protection_preliminaryassessment", read=OF_CHILD, update="false"),
    never_change("child_protection_preliminaryassessment"),
    protect("child_protection_repeatanswer", read=OF_CHILD, update="false"),
    never_change("child_protection_repeatanswer"),
    protect(
        "child_protection_feedback",
        read="handslag_is_system() OR EXISTS (SELECT FROM child_protection_reporter r WHERE r.id = reporter_id)",
        update="false",
    ),
    never_change("child_protection_feedback"),
    protect("child_protection_receptionunit", read="true"),
    keep_history("child_protection_receptionunit"),
    protect("child_protection_bias", read="handslag_is_system() OR account_id = handslag_account()"),
    keep_history("child_protection_bias"),
    protect(
        "child_protection_professional", read="handslag_is_system() OR account_id = handslag_account()"
    ),
    keep_history("child_protection_professional"),
]  # fmt: skip
