"""What a manager shows on a page against a rule that lets a manager alone."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

FROZEN = """
DROP TRIGGER casework_maskedpage_frozen ON casework_maskedpage;
CREATE TRIGGER casework_maskedpage_frozen BEFORE UPDATE OR DELETE ON casework_maskedpage FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_frozen_but('choice', 'ground', 'because', 'areas', 'lifted', 'changed_by_id');
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0045_biased_staff")]

    operations = [
        migrations.AddField("maskedpage", "lifted", models.JSONField(default=list)),
        run_sql(FROZEN),
    ]
