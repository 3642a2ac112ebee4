"""One function for the statistics page: counts by month, for those who lead, control or govern the unit."""

from django.db import migrations

from handslag.foundation.policies import function

# Months are Swedish calendar months. Nothing of a person or a worker leaves it; the page hides small groups besides.
STATISTICS = """
WITH units AS (SELECT u.id, u.name FROM foundation_unit u WHERE u.id = ANY(
  handslag_units_as('manager') || handslag_units_as('controller') || handslag_units_as('board'))),
months AS (SELECT m::date AS first, ((m + interval '1 month')::date)::timestamp AT TIME ZONE 'Europe/Stockholm' AS ends,
  (m::date)::timestamp AT TIME ZONE 'Europe/Stockholm' AS begins
  FROM generate_series(date_trunc('month', handslag_today()::timestamp) - make_interval(months => back_months - 1),
    date_trunc('month', handslag_today()::timestamp), interval '1 month') m)
SELECT m.first, 'opened', c.kind, count(*) FROM months m JOIN casework_case c ON c.opened_at >= m.begins AND c.opened_at < m.ends
  WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
UNION ALL
SELECT m.first, 'closed', c.kind, count(*) FROM months m JOIN casework_case c ON c.state = 'closed' AND c.closed_at >= m.begins AND c.closed_at < m.ends
  WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
UNION ALL
SELECT m.first, 'open', c.kind, count(*) FROM months m JOIN casework_case c
  ON c.opened_at < least(m.ends, now()) AND (c.closed_at IS NULL OR c.closed_at >= m.ends)
  WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
UNION ALL
SELECT m.first, 'decided_' || d.outcome, c.kind, count(*) FROM months m JOIN casework_decision d ON d.decided_at >= m.begins AND d.decided_at < m.ends
  JOIN casework_case c ON c.id = d.case_id WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 2, 3
UNION ALL
SELECT m.first, 'automated', c.kind, count(*) FROM months m JOIN casework_decision d ON d.decided_at >= m.begins AND d.decided_at < m.ends
  JOIN casework_case c ON c.id = d.case_id WHERE d.automated AND c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_policies"), ("foundation", "0002_actor_and_events")]

    operations = [
        function("handslag_lead_statistics(back_months int)", "TABLE(month date, measure text, kind text, number bigint)", STATISTICS)
    ]
