"""A decision on the way, such as to open or to close an investigation, neither grants nor refuses."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

OUTCOMES = [
    ("granted", "Granted"),
    ("partly_granted", "Partly granted"),
    ("refused", "Refused"),
    ("dismissed", "Dismissed without examination"),
    ("decided", "Decided"),
]

# They were signed as granted because there was no other word. Who decided what, when and why stands as it was signed.
NEITHER_GRANTED_NOR_REFUSED = """
ALTER TABLE casework_decision DISABLE TRIGGER casework_decision_frozen;
UPDATE casework_decision SET outcome = 'decided' WHERE outcome = 'granted' AND amount_kr IS NULL AND type IN (
  'child_protection.open', 'child_protection.extend', 'child_protection.close', 'child_protection.close_early');
ALTER TABLE casework_decision ENABLE TRIGGER casework_decision_frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0034_own_case_and_merge")]

    operations = [
        migrations.AlterField("decision", "outcome", models.CharField(max_length=20, choices=OUTCOMES)),
        run_sql(NEITHER_GRANTED_NOR_REFUSED),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=~models.Q(outcome="decided") | models.Q(amount_kr__isnull=True),
                name="casework_decided_no_amount",
            ),
        ),
    ]
