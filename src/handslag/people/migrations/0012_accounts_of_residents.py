"""That a resident has an account is known to staff who may read the person; colleagues' names are known to all staff."""

from django.db import migrations

from handslag.foundation.policies import run_sql

READ = """
ALTER POLICY foundation_account_select ON foundation_account USING (
  (SELECT handslag_is_system()) OR id = (SELECT handslag_account())
  OR ((SELECT handslag_is_staff()) AND (person_id IS NULL OR handslag_holds_role(id) OR handslag_may_read_person(person_id))));
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_no_oracle"), ("foundation", "0011_digest_apart")]

    operations = [run_sql(READ)]
