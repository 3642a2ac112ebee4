"""A case's events, and those of a person outside any case, are found in the order of time by an index.

The index by case and number found them all, and then put them in order; a person's events outside cases were looked for
among everybody's.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0014_reads_are_entered_by_the_system")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="event_case"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["case_id", "at", "id"], name="event_case_at", include=["kind"]),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["person_id", "at", "id"],
                name="event_person_at",
                include=["kind"],
                condition=models.Q(case_id__isnull=True),
            ),
        ),
    ]
