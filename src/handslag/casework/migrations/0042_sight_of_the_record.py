"""A guardian's sight of a child's record online, given by the unit; guardians have no insight; from which age a child is told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import handslag.foundation.ids
from handslag.foundation.policies import run_sql

GROUNDS = [
    ("party", "A party's right to read the file (FL 10, OSL 10:3)"),
    ("custody", "Custody of a child who does not decide itself (OSL 12:3)"),
]
ENDS = [
    ("violence", "Violence, or a risk of it (OSL 10:3, 26:1)"),
    ("harm_to_child", "The child would come to harm (OSL 12:3)"),
    ("secrecy", "Somebody else must be protected (OSL 10:3)"),
    ("child_asks", "The child asks that it is kept from the guardian"),
    ("guardian_asks", "The guardian does not want it any more"),
    ("mistake", "It was given by mistake"),
]


def _to(model: str, *, null: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0041_additions_of_the_same_case"),
        ("people", "0011_no_oracle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Insight opened the whole case. Who had it as a guardian (a demo alone) is given sight of the record anew.
        run_sql("UPDATE casework_caseparty SET has_insight = false WHERE role = 'guardian' AND has_insight;"),
        migrations.AddConstraint(
            "caseparty",
            models.CheckConstraint(
                condition=~Q(role="guardian", has_insight=True), name="casework_guardian_without_insight"
            ),
        ),
        migrations.AddField(
            "recordrule",
            "told_from_age",
            models.PositiveSmallIntegerField(default=15),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "RecordSight",
            [
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ground", models.CharField(choices=GROUNDS, max_length=20)),
                ("because", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("ended_ground", models.CharField(blank=True, choices=ENDS, max_length=20)),
                ("ended_because", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("case", _to("casework.case", name="sights")),
                ("person", _to("people.person")),
                ("given_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("ended_by", _to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"db_table": "casework_recordsight"},
        ),
        migrations.AddIndex(
            "recordsight",
            models.Index(fields=["person"], condition=Q(ended_at__isnull=True), name="casework_sight_person"),
        ),
        migrations.AddConstraint(
            "recordsight",
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(ended_at__isnull=True), name="casework_sight_once"
            ),
        ),
        migrations.AddConstraint(
            "recordsight",
            models.CheckConstraint(condition=~Q(because=""), name="casework_sight_has_reason"),
        ),
        migrations.AddConstraint(
            "recordsight",
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_ground="")
                | (Q(ended_at__isnull=False) & ~Q(ended_ground="") & ~Q(ended_because="")),
                name="casework_sight_ended_with_reason",
            ),
        ),
    ]
