"""The schema of statistics: pseudonyms, codes, days and sums. Nothing here tells who somebody is."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# No names, numbers, addresses, free text, answers or union membership. A protected person's case is counted, without
# person, sex or age. `tests/analytics/test_schema.py` holds the columns to this list.
TABLES = """
CREATE TABLE stats.case_fact (
  case_key uuid PRIMARY KEY, person_key uuid, unit_id uuid NOT NULL, kind text NOT NULL, opened_on date NOT NULL,
  closed_on date, sex text NOT NULL, age_band text NOT NULL);
CREATE TABLE stats.decision_fact (
  decision_key uuid PRIMARY KEY, case_key uuid NOT NULL, person_key uuid, unit_id uuid NOT NULL, kind text NOT NULL, type text NOT NULL,
  outcome text NOT NULL, automated boolean NOT NULL, decided_on date NOT NULL, period_from date, period_to date, amount_kr numeric(14, 2));
CREATE TABLE stats.application_fact (
  application_key uuid PRIMARY KEY, case_key uuid NOT NULL, person_key uuid, unit_id uuid NOT NULL, kind text NOT NULL, month text NOT NULL,
  submitted_on date NOT NULL, complete_on date, decided_on date, minutes_to_decision int, automated boolean, state text NOT NULL);
CREATE TABLE stats.refreshed (single boolean PRIMARY KEY DEFAULT true CHECK (single), last_event bigint NOT NULL, at timestamptz NOT NULL);
CREATE INDEX case_fact_opened ON stats.case_fact (opened_on, kind);
CREATE INDEX decision_fact_case ON stats.decision_fact (case_key);
CREATE INDEX decision_fact_decided ON stats.decision_fact (decided_on, kind);
CREATE INDEX application_fact_case ON stats.application_fact (case_key);
CREATE INDEX application_fact_submitted ON stats.application_fact (submitted_on);
CREATE INDEX application_fact_decided ON stats.application_fact (decided_on) WHERE decided_on IS NOT NULL;
"""

NAMES = ("case_fact", "decision_fact", "application_fact", "refreshed")

# The statistician's role reads the schema and nothing else; the product writes it as the system alone.
RIGHTS = "\n".join(
    f"ALTER TABLE stats.{name} ENABLE ROW LEVEL SECURITY;"
    f"GRANT SELECT ON stats.{name} TO handslag_stats;"
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON stats.{name} TO handslag_app, handslag_job;"
    f"CREATE POLICY {name}_statistician ON stats.{name} FOR SELECT TO handslag_stats USING (true);"
    f"CREATE POLICY {name}_system ON stats.{name} FOR ALL TO handslag_app, handslag_job "
    "USING ((SELECT handslag_is_system())) WITH CHECK ((SELECT handslag_is_system()));"
    for name in NAMES
) + "\nREVOKE ALL ON SCHEMA public FROM handslag_stats;"

# Months are Swedish calendar months; what the page shows hides small groups besides.
_UNITS = """
WITH units AS (SELECT u.id FROM foundation_unit u WHERE u.id = ANY(
  handslag_units_as('manager') || handslag_units_as('controller') || handslag_units_as('board'))),
months AS (SELECT m::date AS first, (m + interval '1 month')::date AS next
  FROM generate_series(date_trunc('month', handslag_today()::timestamp) - make_interval(months => back_months - 1),
    date_trunc('month', handslag_today()::timestamp), interval '1 month') m)
"""
BALANCE = f"""{_UNITS}
SELECT m.first, 'opened', c.kind, count(*) FROM months m JOIN stats.case_fact c ON c.opened_on >= m.first AND c.opened_on < m.next
  WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
UNION ALL
SELECT m.first, 'closed', c.kind, count(*) FROM months m JOIN stats.case_fact c ON c.closed_on >= m.first AND c.closed_on < m.next
  WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
UNION ALL
SELECT m.first, 'open', c.kind, count(*) FROM months m JOIN stats.case_fact c
  ON c.opened_on < m.next AND (c.closed_on IS NULL OR c.closed_on >= m.next)
  WHERE c.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
UNION ALL
SELECT m.first, 'decided_' || d.outcome, d.kind, count(*) FROM months m JOIN stats.decision_fact d
  ON d.decided_on >= m.first AND d.decided_on < m.next WHERE d.unit_id IN (SELECT id FROM units) GROUP BY 1, 2, 3
UNION ALL
SELECT m.first, 'automated', d.kind, count(*) FROM months m JOIN stats.decision_fact d
  ON d.decided_on >= m.first AND d.decided_on < m.next WHERE d.automated AND d.unit_id IN (SELECT id FROM units) GROUP BY 1, 3
"""
AID = f"""{_UNITS}
SELECT m.first,
  (SELECT count(*) FROM stats.application_fact a WHERE a.submitted_on >= m.first AND a.submitted_on < m.next AND a.unit_id IN (SELECT id FROM units)),
  d.decided, d.waited, d.median, d.p90, g.households, g.kr
FROM months m
CROSS JOIN LATERAL (SELECT count(*) AS decided, count(a.minutes_to_decision) AS waited,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY a.minutes_to_decision) / 1440.0)::float8 AS median,
    (percentile_cont(0.9) WITHIN GROUP (ORDER BY a.minutes_to_decision) / 1440.0)::float8 AS p90
  FROM stats.application_fact a WHERE a.decided_on >= m.first AND a.decided_on < m.next AND a.unit_id IN (SELECT id FROM units)) d
CROSS JOIN LATERAL (SELECT count(DISTINCT x.case_key) AS households, coalesce(sum(x.amount_kr), 0) AS kr
  FROM stats.decision_fact x WHERE x.decided_on >= m.first AND x.decided_on < m.next AND x.kind = 'income_support'
    AND x.outcome IN ('granted', 'partly_granted') AND x.unit_id IN (SELECT id FROM units)) g
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_own_hand"), ("casework", "0003_own_hand"), ("income_support", "0008_own_hand")]

    operations = [
        run_sql(TABLES),
        run_sql(RIGHTS),
        function("handslag_stats_balance(back_months int)", "TABLE(month date, measure text, kind text, number bigint)", BALANCE),
        function(
            "handslag_stats_aid(back_months int)",
            "TABLE(month date, received bigint, decided bigint, waited bigint, median_days float8, p90_days float8, households bigint, granted_kr numeric)",
            AID,
        ),
        function("handslag_stats_as_of()", "timestamptz", "SELECT at FROM stats.refreshed"),
    ]
