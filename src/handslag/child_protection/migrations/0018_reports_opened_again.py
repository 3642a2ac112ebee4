"""A closed report can be opened again: with the child's file, or by a manager with a reason."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

FROZEN = """
DROP TRIGGER child_protection_report_frozen ON child_protection_report;
CREATE TRIGGER child_protection_report_frozen BEFORE UPDATE OR DELETE ON child_protection_report FOR EACH ROW
  EXECUTE FUNCTION handslag_child_report_frozen('unit_id', 'handed_over_at', 'state', 'duplicate_of_id', 'merged_because',
    'restricted', 'opened_because', 'taken_by_id', 'version');
"""


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0017_biased_staff_and_files")]

    operations = [
        migrations.AddField("report", "opened_because", models.TextField(blank=True, default=""), preserve_default=False),
        run_sql(FROZEN),
    ]
