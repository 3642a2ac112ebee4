"""A decision to open, extend or close an investigation is counted apart: it neither grants nor refuses."""

from django.db import migrations

from handslag.foundation.policies import run_sql

FACTS = """
UPDATE stats.decision_fact SET outcome = 'decided' WHERE outcome = 'granted' AND amount_kr IS NULL AND type IN (
  'child_protection.open', 'child_protection.extend', 'child_protection.close', 'child_protection.close_early');
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_stats_schema"), ("casework", "0035_neutral_decision")]

    operations = [run_sql(FACTS)]
