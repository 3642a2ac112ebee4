"""A draft is seen by the transaction that names it, and erased by the system when it is old."""

from django.db import migrations

from handslag.foundation.policies import protect

SHOWN = "id::text = (SELECT current_setting('handslag.concern_draft', true)) OR handslag_is_system()"
OF_SHOWN = SHOWN.replace("id::text", "draft_id::text", 1)


class Migration(migrations.Migration):
    dependencies = [("concern", "0001_initial"), ("foundation", "0002_actor_and_events")]

    operations = [
        protect("concern_draft", read=SHOWN, write=SHOWN, delete=SHOWN),
        protect("concern_paper", read=OF_SHOWN, write=OF_SHOWN, delete=OF_SHOWN),
        protect("concern_pace", read="true", write="true", delete="handslag_is_system()"),
    ]
