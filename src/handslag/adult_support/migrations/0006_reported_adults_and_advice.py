"""Who was reported is no applicant, and advice that nobody decides on has no time of FL 12."""

from typing import Any

from django.conf import settings
from django.db import migrations

from handslag.foundation.policies import run_sql

CONCERNED = """
UPDATE casework_caseparty p SET role = 'concerned' FROM casework_case c JOIN adult_support_matter m ON m.case_id = c.id
  WHERE p.case_id = c.id AND p.person_id = c.person_id AND p.role = 'applicant' AND m.came_as <> 'own';
"""
# The time ceases to apply; what was closed before stays as it was told then.
NO_TIME = """
UPDATE casework_legalclock k SET state = 'lapsed', closed_on = greatest(k.starts_on, least(k.last_day, current_date))
  FROM casework_case c WHERE c.id = k.case_id AND c.kind = 'debt_counselling' AND k.rule = 'FL12' AND k.closed_on IS NULL;
UPDATE casework_case SET due_on = NULL, due_rule = '' WHERE kind = 'debt_counselling' AND due_rule = 'FL12';
"""


def end_times_of_advice(apps: Any, schema_editor: Any) -> None:
    """Where the municipality decides such applications the time goes on."""
    if not settings.HANDSLAG_DEBT_COUNSELLING_DECIDES:
        schema_editor.execute(NO_TIME)


class Migration(migrations.Migration):
    dependencies = [
        ("adult_support", "0005_balance_by_state"),
        ("casework", "0057_the_person_concerned"),
    ]

    operations = [run_sql(CONCERNED), migrations.RunPython(end_times_of_advice, migrations.RunPython.noop)]
