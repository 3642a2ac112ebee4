"""How many open cases stand where, for the wall: counts alone, walked from what is under way, not from every case."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# A case counts once. A question that waits for an answer goes before what we do; what we do before what we wait for.
BALANCE = """
WITH asked AS (SELECT DISTINCT case_id FROM casework_completionrequest WHERE state = 'open'),
applied AS (
  SELECT case_id, bool_or(state = 'assessing') AS worked_out, bool_or(state = 'with_worker') AS with_worker,
    bool_or(state = 'submitted') AS submitted
  FROM income_support_application WHERE state NOT IN ('decided', 'withdrawn') GROUP BY case_id),
under_way AS (SELECT case_id FROM asked UNION SELECT case_id FROM applied)
SELECT 'state', c.kind, CASE WHEN asked.case_id IS NOT NULL THEN 'waits'
    WHEN worked_out OR (with_worker AND c.worker_id IS NOT NULL) THEN 'work'
    WHEN with_worker OR submitted THEN 'new' ELSE 'waits' END, count(*)
  FROM under_way JOIN casework_case c ON c.id = under_way.case_id AND c.state = 'open' AND c.kind = 'income_support'
  LEFT JOIN asked ON asked.case_id = c.id LEFT JOIN applied ON applied.case_id = c.id GROUP BY 2, 3
"""

# What the wall asked before, which told of applications alone.
STANDING = """
SELECT kind, state, count(*) FROM income_support_application
WHERE state NOT IN ('decided', 'withdrawn') GROUP BY kind, state
"""


class Migration(migrations.Migration):
    dependencies = [
        ("income_support", "0021_cases_with_the_account"),
        ("casework", "0054_a_childs_wish_in_ones_own_name"),
    ]

    operations = [
        function(
            "handslag_balance_of_aid()", "TABLE(measure text, kind text, bucket text, number bigint)", BALANCE
        ),
        run_sql(
            "DROP FUNCTION handslag_applications_standing()",
            f"CREATE FUNCTION handslag_applications_standing() RETURNS TABLE(kind text, state text, number bigint) "
            f"LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $handslag$ {STANDING} $handslag$",
        ),
    ]
