"""An answer before a decision may lean on a paper, and the party may ask to speak first (FL 24-25)."""

import django.db.models.deletion
from django.db import migrations, models

from handslag.foundation.policies import run_sql

_TRIGGER = (
    "DROP TRIGGER casework_communication_frozen ON casework_communication; "
    "CREATE TRIGGER casework_communication_frozen BEFORE UPDATE OR DELETE ON casework_communication FOR EACH ROW "
    "EXECUTE FUNCTION handslag_casework_frozen_but({fields});"
)
BEFORE = "'state', 'answer', 'answered_orally', 'answered_at', 'answer_until'"
NOW = f"{BEFORE}, 'answer_document_id', 'wants_to_speak_at'"


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_own_hand")]

    operations = [
        migrations.AddField(
            "communication",
            "answer_document",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="casework.document",
            ),
        ),
        migrations.AddField("communication", "wants_to_speak_at", models.DateTimeField(null=True)),
        run_sql(_TRIGGER.format(fields=NOW), _TRIGGER.format(fields=BEFORE)),
    ]  # fmt: skip
