"""Nobody writes the delegation order alone: a row comes of a decision that a second person has confirmed."""

from django.db import migrations

from handslag.foundation.policies import run_sql

BY_THE_SYSTEM = """
ALTER POLICY foundation_delegationrule_insert ON foundation_delegationrule WITH CHECK ((SELECT handslag_is_system()));
ALTER POLICY foundation_delegationrule_update ON foundation_delegationrule
  USING ((SELECT handslag_is_system())) WITH CHECK ((SELECT handslag_is_system()));
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0012_writes_of_ones_own")]

    operations = [run_sql(BY_THE_SYSTEM)]
