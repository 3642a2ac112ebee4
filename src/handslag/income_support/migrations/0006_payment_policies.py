"""Who reads and writes payments and letters to print; that a decision never pays more than it gives."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, never_change, protect, run_sql

STAFF_READ = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
OWN = "person_id = handslag_person()"
ATTESTS = "handslag_is_system() OR unit_id = ANY(handslag_units_as('attester'))"
ATTESTS_FILE = "EXISTS (SELECT FROM income_support_paymentfile f WHERE f.id = file_id)"

# The decision's row is locked, so two workers at once wait for each other; what is stopped no longer counts.
WITHIN_DECISION = """
DECLARE given numeric; ordered numeric;
BEGIN
  SELECT amount_kr INTO given FROM casework_decision
    WHERE id = NEW.decision_id AND outcome IN ('granted', 'partly_granted') FOR UPDATE;
  SELECT coalesce(sum(amount_kr), 0) INTO ordered FROM income_support_paymentorder
    WHERE decision_id = NEW.decision_id AND state <> 'stopped';
  IF given IS NULL OR ordered > given THEN
    RAISE EXCEPTION 'the payments of a decision are more than it gives' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'income_payment_within_decision';
  END IF;
  RETURN NEW;
END
"""


def frozen_but(table: str, *columns: str) -> migrations.RunSQL:
    """Only the named columns may change, and no row is removed."""
    named = ", ".join(f"'{column}'" for column in columns)
    return run_sql(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION handslag_casework_frozen_but({named});",
        f"DROP TRIGGER {table}_frozen ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("income_support", "0005_payments"), ("foundation", "0002_actor_and_events")]

    operations = [
        protect("income_support_payee", read=f"{STAFF_READ} OR {OWN}", write=WORKS),
        frozen_but("income_support_payee", "ended_at"),
        protect("income_support_paymentorder", read=f"{STAFF_READ} OR {OWN}", write=WORKS),
        frozen_but(
            "income_support_paymentorder", "state", "state_since", "attempt", "attested_by_id", "attested_at",
            "file_id", "paid_at", "pay_on", "reason_code", "stopped_because",
        ),
        keep_history("income_support_paymentorder"),
        function("handslag_payment_within_decision()", "trigger", WITHIN_DECISION, volatility="VOLATILE"),
        run_sql(
            "CREATE TRIGGER income_support_paymentorder_within AFTER INSERT OR UPDATE OF state "
            "ON income_support_paymentorder FOR EACH ROW EXECUTE FUNCTION handslag_payment_within_decision();",
            "DROP TRIGGER income_support_paymentorder_within ON income_support_paymentorder;",
        ),
        protect("income_support_paymentfile", read=ATTESTS, write=ATTESTS),
        frozen_but(
            "income_support_paymentfile", "state", "released_by_id", "released_at", "withdrawn_by_id", "withdrawn_at"
        ),
        never_change("income_support_paymentfile", when="OLD.state = 'released'"),
        keep_history("income_support_paymentfile"),
        # Whoever sees the file's row sees its content and its reports: attesters of the unit.
        protect("income_support_paymentfilecontent", read=ATTESTS_FILE, insert=ATTESTS_FILE, update="false"),
        never_change("income_support_paymentfilecontent"),
        protect("income_support_bankreport", read=ATTESTS_FILE, insert=ATTESTS_FILE, update="false"),
        never_change("income_support_bankreport"),
        protect("income_support_printqueueitem", read=STAFF_READ, write=WORKS),
        frozen_but("income_support_printqueueitem", "state", "printed_at", "printed_by_id"),
    ]
