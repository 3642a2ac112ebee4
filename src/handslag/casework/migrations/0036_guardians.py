"""Who is kept out of what a case tells, whom a decision was told to, and what was left out of a text."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handslag.foundation.ids

GROUNDS = [
    ("violence", "Violence, or a risk of it (OSL 10:3, 26:1)"),
    ("harm_to_child", "The child would come to harm (OSL 12:3)"),
    ("secrecy", "Somebody else must be protected (OSL 10:3)"),
]
ROLES = [
    ("applicant", "Applicant"), ("co_applicant", "Co-applicant"), ("child", "Child"), ("guardian", "Guardian"),
    ("representative", "Representative"), ("other", "Other party"),
]  # fmt: skip
OUTCOMES = [
    ("granted", "Granted"), ("partly_granted", "Partly granted"), ("refused", "Refused"),
    ("dismissed", "Dismissed without examination"), ("decided", "Decided"),
]  # fmt: skip


def _id() -> models.UUIDField:
    return models.UUIDField(
        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
    )


def _key(to: str, name: str = "+", *, null: bool = False, index: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=index, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0036_attester_reads_no_case"),
        ("people", "0011_no_oracle"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("communication", "partial", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="KeptOut",
            fields=[
                ("id", _id()),
                ("ground", models.CharField(choices=GROUNDS, max_length=20)),
                ("because", models.TextField()),
                ("kept_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("case", _key("casework.case", "kept_out")),
                ("person", _key("people.person")),
                ("kept_by", _key(settings.AUTH_USER_MODEL, null=True)),
                ("lifted_by", _key(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "verbose_name_plural": "kept out",
                "db_table": "casework_keptout",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(lifted_at__isnull=True),
                        fields=("case", "person"),
                        name="casework_keptout_once",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(because=""), name="casework_keptout_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionNotice",
            fields=[
                ("id", _id()),
                ("role", models.CharField(choices=ROLES, max_length=20)),
                ("told_at", models.DateTimeField(null=True)),
                ("way", models.CharField(blank=True, max_length=20)),
                ("ground", models.CharField(blank=True, choices=GROUNDS, max_length=20)),
                ("because", models.TextField(blank=True)),
                ("type", models.CharField(max_length=60)),
                ("outcome", models.CharField(choices=OUTCOMES, max_length=20)),
                ("legal_ground", models.CharField(max_length=60)),
                ("reasons", models.JSONField(default=list)),
                ("partial", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField()),
                ("decided_by_name", models.CharField(blank=True, max_length=200)),
                ("appeal", models.CharField(max_length=40)),
                ("appeal_last_day", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("decision", _key("casework.decision", "notices")),
                ("case", _key("casework.case")),
                ("person", _key("people.person")),
                ("letter", _key("casework.document", null=True)),
                ("sent_by", _key(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "db_table": "casework_decisionnotice",
                "indexes": [
                    models.Index(fields=["person", "-told_at"], name="casework_notice_person"),
                    models.Index(fields=["case", "-at"], name="casework_notice_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(told_at__isnull=False),
                        fields=("decision", "person"),
                        name="casework_notice_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(told_at__isnull=False, ground="")
                        | (models.Q(told_at__isnull=True) & ~models.Q(ground="") & ~models.Q(because="")),
                        name="casework_notice_told_or_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", _id()),
                ("place", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("ground", models.CharField(max_length=20)),
                ("rule", models.CharField(max_length=60)),
                ("shown_because", models.TextField(blank=True)),
                ("case", _key("casework.case")),
                ("communication", _key("casework.communication", "left_out", null=True, index=True)),
                ("notice", _key("casework.decisionnotice", "left_out", null=True, index=True)),
            ],
            options={
                "verbose_name_plural": "left out",
                "db_table": "casework_leftout",
                "ordering": ["place"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(communication__isnull=True, notice__isnull=False)
                        | models.Q(communication__isnull=False, notice__isnull=True),
                        name="casework_leftout_of_one",
                    )
                ],
            },
        ),
    ]
