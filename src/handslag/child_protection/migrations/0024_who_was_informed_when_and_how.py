"""Who was told that an investigation is open, on which day and how (SoL 20:4). What was recorded before says none of it."""

from django.db import migrations, models
from django.db.models import Q

from handslag.foundation.policies import run_sql

_WAYS = [
    ("meeting", "At a meeting"),
    ("home_visit", "On a home visit"),
    ("phone", "By telephone"),
    ("letter", "By letter"),
    ("message", "In a digital message"),
]
FROZEN = """
DROP TRIGGER child_protection_investigation_frozen ON child_protection_investigation;
CREATE TRIGGER child_protection_investigation_frozen BEFORE UPDATE OR DELETE ON child_protection_investigation FOR EACH ROW
  EXECUTE FUNCTION handslag_casework_frozen_but('path', 'path_reason', 'target_on', 'informed_at', 'informed_whom',
    'informed_on', 'informed_how', 'not_informed_because', 'state', 'extended_until', 'closed_on', 'closed_at', 'outcome',
    'closing_ground', 'proposed_intervention', 'accepted', 'version');
"""


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0023_kept_by_who_answers_for_a_file")]

    operations = [
        migrations.AddField("investigation", "informed_whom", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
        migrations.AddField("investigation", "informed_on", models.DateField(null=True)),
        migrations.AddField("investigation", "informed_how", models.CharField(blank=True, choices=_WAYS, default="", max_length=12), preserve_default=False),
        migrations.AddConstraint(
            "investigation",
            models.CheckConstraint(
                condition=Q(informed_whom="", informed_on__isnull=True, informed_how="")
                | (~Q(informed_whom="") & Q(informed_on__isnull=False) & ~Q(informed_how="")),
                name="child_investigation_informed_whole",
            ),
        ),
        run_sql(FROZEN),
    ]  # fmt: skip
