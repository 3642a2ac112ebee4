"""What a page of a copy says, in words for who listens: written by whoever masks, asked of the rules as the page is."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

FROZEN = """
DROP TRIGGER casework_maskedpage_frozen ON casework_maskedpage;
CREATE TRIGGER casework_maskedpage_frozen BEFORE UPDATE OR DELETE ON casework_maskedpage FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_frozen_but('choice', 'ground', 'because', 'areas', 'lifted', 'spoken', 'changed_by_id');
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0048_age_in_one_place")]

    operations = [
        migrations.AddField("maskedpage", "spoken", models.TextField(blank=True, default=""), preserve_default=False),
        run_sql(FROZEN),
    ]
