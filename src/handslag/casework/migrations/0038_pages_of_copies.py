"""The pages of papers in a copy, and the municipality's own note templates with who decided them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import handslag.foundation.ids
from handslag.foundation.policies import keep_history, own_hand, protect, run_sql

READS = "handslag_is_system() OR (handslag_is_staff() AND handslag_may_read_case(case_id))"
WORKS = "handslag_is_system() OR handslag_may_work_in_case(case_id)"
OPEN_COPY = "EXISTS (SELECT FROM casework_maskedcopy c WHERE c.id = copy_id AND c.state IN ('draft', 'returned'))"
OFFICER = "handslag_is_system() OR handslag_has_role('rules_officer')"

KEY = models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)
KINDS = [
    ("note", "Note"),
    ("call", "Telephone call"),
    ("meeting", "Meeting"),
    ("home_visit", "Home visit"),
    ("contact", "Contact with another authority"),
]
CHOICES = [
    ("unseen", "Nobody has looked at it yet"),
    ("shown", "Goes with the copy"),
    ("left_out", "The whole page is left out"),
]


def _to(model: str, *, null: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0036_attester_reads_no_case"),
        ("casework", "0037_guardians_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "MaskedPage",
            [
                ("id", KEY),
                ("place", models.PositiveIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("source_day", models.DateField()),
                ("source_type", models.CharField(blank=True, max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("has_text", models.BooleanField()),
                ("choice", models.CharField(choices=CHOICES, default="unseen", max_length=10)),
                ("ground", models.CharField(blank=True, max_length=20)),
                ("because", models.TextField(blank=True)),
                ("areas", models.JSONField(default=list)),
                ("case", _to("casework.case")),
                ("changed_by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("copy", _to("casework.maskedcopy", name="pages")),
                ("document", _to("casework.document")),
            ],
            options={"db_table": "casework_maskedpage", "ordering": ["place"]},
        ),
        migrations.AddConstraint(
            "maskedpage", models.UniqueConstraint(fields=("copy", "place"), name="casework_page_place")
        ),
        migrations.AddConstraint(
            "maskedpage",
            models.UniqueConstraint(fields=("copy", "document", "number"), name="casework_page_once"),
        ),
        migrations.AddConstraint(
            "maskedpage",
            models.CheckConstraint(
                condition=~Q(choice="left_out") | ~Q(ground=""), name="casework_page_left_out_has_ground"
            ),
        ),
        migrations.AddConstraint(
            "maskedpage",
            models.CheckConstraint(
                condition=~Q(choice="shown") | Q(changed_by__isnull=False),
                name="casework_page_shown_by_a_person",
            ),
        ),
        protect(
            "casework_maskedpage",
            read=READS,
            insert=f"({WORKS}) AND {OPEN_COPY}",
            update=f"({WORKS}) AND {OPEN_COPY}",
        ),
        own_hand("casework_maskedpage", "changed_by_id"),
        run_sql(
            "CREATE TRIGGER casework_maskedpage_frozen BEFORE UPDATE OR DELETE ON casework_maskedpage FOR EACH ROW "
            "EXECUTE FUNCTION handslag_casework_frozen_but('choice', 'ground', 'because', 'areas', 'changed_by_id');"
        ),
        keep_history("casework_maskedpage"),
        migrations.CreateModel(
            "NoteHeadings",
            [
                ("id", KEY),
                ("code", models.SlugField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("case_kinds", models.JSONField(default=list)),
                ("label_sv", models.CharField(max_length=80)),
                ("label_en", models.CharField(max_length=80)),
                ("headings_sv", models.JSONField(default=list)),
                ("headings_en", models.JSONField(default=list)),
                ("source", models.CharField(max_length=200)),
                ("decided_at", models.DateTimeField()),
                ("decided_by", _to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"db_table": "casework_noteheadings", "verbose_name_plural": "note headings"},
        ),
        migrations.AddConstraint(
            "noteheadings",
            models.UniqueConstraint(fields=("code", "valid_from"), name="casework_headings_once"),
        ),
        migrations.AddConstraint(
            "noteheadings",
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="casework_headings_period",
            ),
        ),
        # Headings are no secret. A version is never changed: its end is set once.
        protect("casework_noteheadings", read="true", write=OFFICER),
        own_hand("casework_noteheadings", "decided_by_id"),
        run_sql(
            "CREATE TRIGGER casework_noteheadings_frozen BEFORE UPDATE OR DELETE ON casework_noteheadings FOR EACH ROW "
            "EXECUTE FUNCTION handslag_casework_set_once('valid_to');"
        ),
        keep_history("casework_noteheadings"),
        migrations.AddField("recordrule", "decided_by", _to(settings.AUTH_USER_MODEL, null=True)),
        migrations.AddField("recordrule", "decided_at", models.DateTimeField(null=True)),
        own_hand("casework_recordrule", "decided_by_id"),
    ]
