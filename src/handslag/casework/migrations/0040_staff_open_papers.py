"""Staff open a paper that the rules have gone through already: the row is theirs to change when they write it in their own name."""

from django.db import migrations

from handslag.foundation.policies import run_sql

OPENED = """
DROP POLICY casework_paperclearance_update ON casework_paperclearance;
CREATE POLICY casework_paperclearance_update ON casework_paperclearance FOR UPDATE TO handslag_app, handslag_job
  USING ((SELECT handslag_is_system()) OR handslag_may_work_in_case(case_id))
  WITH CHECK ((SELECT handslag_is_system())
    OR (opened_by_id = (SELECT handslag_account()) AND handslag_may_work_in_case(case_id)));
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0039_papers_of_the_record")]

    operations = [run_sql(OPENED)]
