"""Reports of concern and investigations counted by unit and year: sums alone, no row about anybody."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

TABLE = """
CREATE TABLE stats.children_year (
  unit_id uuid NOT NULL, year int NOT NULL, measure text NOT NULL, number bigint NOT NULL,
  PRIMARY KEY (unit_id, year, measure));
ALTER TABLE stats.children_year ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON stats.children_year TO handslag_stats;
GRANT SELECT, INSERT, UPDATE, DELETE ON stats.children_year TO handslag_app, handslag_job;
CREATE POLICY children_year_statistician ON stats.children_year FOR SELECT TO handslag_stats USING (true);
CREATE POLICY children_year_system ON stats.children_year FOR ALL TO handslag_app, handslag_job
  USING ((SELECT handslag_is_system())) WITH CHECK ((SELECT handslag_is_system()));
"""

# The units that the present actor leads, controls or governs, together.
CHILDREN = """
SELECT c.year, c.measure, sum(c.number)::bigint FROM stats.children_year c
WHERE c.unit_id = ANY(handslag_units_as('manager') || handslag_units_as('controller') || handslag_units_as('board'))
  AND c.year > extract(year FROM handslag_today())::int - back_years
GROUP BY 1, 2
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_neutral_decisions")]

    operations = [
        run_sql(TABLE, "DROP TABLE stats.children_year;"),
        function(
            "handslag_stats_children(back_years int)", "TABLE(year int, measure text, number bigint)", CHILDREN
        ),
    ]
