"""An attester reads what there is to attest, for as long as it waits for that very person, and changes nothing else."""

from django.db import migrations, models
from django.db.models import Q

from handslag.foundation.policies import function, run_sql

# Cases in which a sum over the limit waits for this attester: of the unit, not decided or ordered by the attester,
# and not closed around somebody unless the attester is named. Empty at once for everybody else.
TO_ATTEST = """
DECLARE units uuid[] := handslag_units_as('attester');
BEGIN
  IF cardinality(units) = 0 THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT DISTINCT o.case_id FROM income_support_paymentorder o
      JOIN casework_case c ON c.id = o.case_id JOIN casework_decision d ON d.id = o.decision_id
    WHERE o.state = 'planned' AND o.unit_id = ANY(units)
      AND o.ordered_by_id IS DISTINCT FROM handslag_account() AND d.decided_by_id IS DISTINCT FROM handslag_account()
      AND (NOT c.restricted OR EXISTS (
        SELECT FROM casework_casestaff s WHERE s.case_id = c.id AND s.account_id = handslag_account()
          AND (s.valid_to IS NULL OR s.valid_to > clock_timestamp()))));
END
"""
WAITS = "ANY((SELECT handslag_cases_to_attest())::uuid[])"

# What the attest rests on. No notes, no messages, no registers, no papers of the unit's own.
SHOWN = {
    "casework_case": f"id = {WAITS}",
    "casework_caseparty": f"case_id = {WAITS}",
    "casework_decision": f"case_id = {WAITS}",
    "casework_document": f"kind <> 'internal' AND case_id = {WAITS}",
    "income_support_application": f"case_id = {WAITS}",
    "income_support_assessment": f"case_id = {WAITS}",
    "income_support_assessmentchange": f"case_id = {WAITS}",
    "income_support_sectionapproval": f"case_id = {WAITS}",
    "income_support_warning": f"case_id = {WAITS}",
    "income_support_payee": f"case_id = {WAITS}",
    # The row that one has put one's name to stays visible to oneself, and so the change itself is possible.
    "income_support_paymentorder": f"case_id = {WAITS} OR attested_by_id = (SELECT handslag_account())",
}
TO_ROLES = "TO handslag_app, handslag_job"
POLICIES = "\n".join(
    f"CREATE POLICY {table}_to_attest ON {table} FOR SELECT {TO_ROLES} USING ({condition});"
    for table, condition in SHOWN.items()
)
# An attest and nothing else: from waiting to ordered, by one's own hand. It may be named in the log of events by whoever
# made it, whose reading ends with it (casework's rule: whose transaction has changed the case may name it).
ATTEST = f"""
CREATE POLICY income_support_paymentorder_attest ON income_support_paymentorder FOR UPDATE {TO_ROLES}
  USING (state = 'planned' AND case_id = {WAITS})
  WITH CHECK (state = 'ordered' AND attested_by_id = (SELECT handslag_account()));
CREATE TRIGGER income_support_paymentorder_touch AFTER UPDATE OF attested_by_id ON income_support_paymentorder FOR EACH ROW
  WHEN (NEW.attested_by_id IS NOT NULL AND current_user IN ('handslag_app', 'handslag_job'))
  EXECUTE FUNCTION handslag_casework_touch('case_id');
"""
UNDO = "\n".join(
    [
        *(f"DROP POLICY {table}_to_attest ON {table};" for table in SHOWN),
        "DROP POLICY income_support_paymentorder_attest ON income_support_paymentorder;",
        "DROP TRIGGER income_support_paymentorder_touch ON income_support_paymentorder;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("income_support", "0011_promised_day"), ("casework", "0036_attester_reads_no_case")]

    operations = [
        migrations.AddIndex(
            "paymentorder",
            models.Index(fields=["unit"], condition=Q(state="planned"), name="income_payment_to_attest"),
        ),
        function("handslag_cases_to_attest()", "uuid[]", TO_ATTEST),
        run_sql(POLICIES + ATTEST, UNDO),
    ]
