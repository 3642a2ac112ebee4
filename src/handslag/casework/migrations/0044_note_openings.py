"""Notes that a member of staff has looked at and lets one reader of the record online see."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import handslag.foundation.ids
from handslag.foundation.policies import never_change, own_hand, protect, run_sql

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
OPENS = "handslag_is_system() OR (opened_by_id = handslag_account() AND handslag_may_work_in_case(case_id))"


def _to(model: str, *, null: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0043_sight_policies"),
        ("people", "0011_no_oracle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "NoteOpening",
            [
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "passages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None),
                ),
                ("because", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("case", _to("casework.case")),
                ("note", _to("casework.note", name="openings")),
                ("opened_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("reader", _to("people.person")),
            ],
            options={"db_table": "casework_noteopening"},
        ),
        migrations.AddConstraint(
            "noteopening",
            models.CheckConstraint(condition=~Q(because=""), name="casework_note_opened_with_reason"),
        ),
        migrations.AddIndex(
            "noteopening", models.Index(fields=["note", "reader"], name="casework_note_opening_note")
        ),
        # Of the same case as the note: nobody opens what lies in a file where they do not work.
        run_sql(
            "ALTER TABLE casework_noteopening ADD CONSTRAINT casework_noteopening_in_case"
            " FOREIGN KEY (note_id, case_id) REFERENCES casework_note (id, case_id) DEFERRABLE INITIALLY DEFERRED;",
            "ALTER TABLE casework_noteopening DROP CONSTRAINT casework_noteopening_in_case;",
        ),
        protect("casework_noteopening", read=READS, insert=OPENS, update="false"),
        own_hand("casework_noteopening", "opened_by_id"),
        never_change("casework_noteopening"),
    ]
