"""What is added to a note stands in the note's own case: nobody writes into another unit's note from a case of their own."""

from django.db import migrations

from handslag.foundation.policies import run_sql


class Migration(migrations.Migration):
    dependencies = [("casework", "0040_staff_open_papers")]

    operations = [
        run_sql(
            "ALTER TABLE casework_note ADD CONSTRAINT casework_note_in_case UNIQUE (id, case_id);"
            "ALTER TABLE casework_noteaddition ADD CONSTRAINT casework_noteaddition_in_case"
            " FOREIGN KEY (note_id, case_id) REFERENCES casework_note (id, case_id) DEFERRABLE INITIALLY DEFERRED;",
            "ALTER TABLE casework_noteaddition DROP CONSTRAINT casework_noteaddition_in_case;"
            "ALTER TABLE casework_note DROP CONSTRAINT casework_note_in_case;",
        )
    ]
