"""A draft of a note is thrown away by its author; a signed note never, as its trigger says."""

from django.db import migrations

from handslag.foundation.policies import USERS, run_sql

DELETE = f"""
GRANT DELETE ON casework_note TO {USERS};
CREATE POLICY casework_note_delete ON casework_note FOR DELETE TO {USERS}
  USING (state = 'draft' AND author_id = (SELECT handslag_account()) AND handslag_may_work_in_case(case_id));
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0049_spoken_pages")]

    operations = [run_sql(DELETE, "DROP POLICY casework_note_delete ON casework_note;")]
