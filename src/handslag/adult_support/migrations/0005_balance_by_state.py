"""How many adults' cases stand where, by kind, for the wall: counts alone."""

from django.db import migrations

from handslag.foundation.policies import function

# A case counts once; what has a decision, and nothing is asked about, is decided or followed.
BALANCE = """
WITH asked AS (SELECT DISTINCT case_id FROM casework_completionrequest WHERE state = 'open'),
standing AS (
  SELECT c.kind, CASE WHEN asked.case_id IS NOT NULL THEN 'waits'
      WHEN EXISTS (SELECT FROM casework_decision d WHERE d.case_id = c.id) THEN 'decided'
      WHEN c.worker_id IS NULL THEN 'new' ELSE 'work' END AS stands
  FROM casework_case c LEFT JOIN asked ON asked.case_id = c.id
  WHERE c.state = 'open' AND c.kind IN ('addiction', 'partner_violence', 'debt_counselling'))
SELECT 'state', kind, stands, count(*) FROM standing WHERE stands <> 'decided' GROUP BY 2, 3
"""


class Migration(migrations.Migration):
    dependencies = [
        ("adult_support", "0004_policies_of_assessed_and_closed_without"),
        ("casework", "0054_a_childs_wish_in_ones_own_name"),
    ]

    operations = [
        function(
            "handslag_balance_of_adults()",
            "TABLE(measure text, kind text, bucket text, number bigint)",
            BALANCE,
        ),
    ]
