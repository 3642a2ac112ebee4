"""Who reads and writes investigations and measures: staff who read, or work in, the child's file. No party reads them."""

from handslag.foundation.policies import keep_history, never_change, own_hand, protect, run_sql

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"


def frozen_but(table: str, *fields: str) -> object:
    """Nothing but the named fields of a row may change."""
    arguments = ", ".join(f"'{field}'" for field in fields)
    return run_sql(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION handslag_casework_frozen_but({arguments});",
        f"DROP TRIGGER {table}_frozen ON {table};",
    )


# What a closed investigation says stays said; only the family's answer to what was proposed may come later.
CLOSED = """
CREATE FUNCTION handslag_investigation_stays_closed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.state = 'closed' AND (to_jsonb(OLD) - ARRAY['accepted', 'version']) <> (to_jsonb(NEW) - ARRAY['accepted', 'version']) THEN
    RAISE EXCEPTION 'a closed investigation is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER child_protection_investigation_closed BEFORE UPDATE ON child_protection_investigation
  FOR EACH ROW EXECUTE FUNCTION handslag_investigation_stays_closed();
"""
_CHANGING = {
    "investigation": (
        "path", "path_reason", "target_on", "informed_at", "not_informed_because", "state", "extended_until",
        "closed_on", "closed_at", "outcome", "closing_ground", "proposed_intervention", "accepted", "version",
    ),
    "planstep": ("due_on", "done_on", "done_by_id", "result", "dropped_because", "account_id", "who"),
    "obtaineddata": ("received_on", "body", "document_id"),
    "followup": ("ended_on", "ended_because", "ended_by_id"),
    "measure": ("ended_on", "ended_because"),
}  # fmt: skip
_WRITTEN_ONCE = ("areatext", "statement", "talk", "measurestep")
_HANDS = {
    "investigation": ("opened_by_id",), "areatext": ("written_by_id",), "statement": ("written_by_id",),
    "talk": ("noted_by_id",), "measure": ("recorded_by_id",), "measurestep": ("noted_by_id",),
    "followup": ("started_by_id", "ended_by_id"),
}  # fmt: skip

POLICIES = [
    *(
        operation
        for name, fields in _CHANGING.items()
        for operation in (
            protect(f"child_protection_{name}", read=READS, write=WORKS),
            keep_history(f"child_protection_{name}"),
            frozen_but(f"child_protection_{name}", *fields),
        )
    ),
    *(
        operation
        for name in _WRITTEN_ONCE
        for operation in (
            protect(f"child_protection_{name}", read=READS, insert=WORKS, update="false"),
            never_change(f"child_protection_{name}"),
        )
    ),
    *(own_hand(f"child_protection_{name}", *columns) for name, columns in _HANDS.items()),
    run_sql(CLOSED, "DROP FUNCTION handslag_investigation_stays_closed() CASCADE;"),
]
