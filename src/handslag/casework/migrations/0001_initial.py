"""The tables of casework."""

import django.db.models.deletion
import handslag.foundation.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0002_actor_and_events"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "Received document"),
                            ("attachment", "Attachment to an application"),
                            ("letter", "Letter"),
                            ("decision_letter", "Decision letter"),
                            ("internal", "Working paper"),
                        ],
                        default="received",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("media_type", models.CharField(max_length=80)),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "scan",
                    models.CharField(
                        choices=[("not_scanned", "Not scanned"), ("clean", "Scanned, nothing found")],
                        max_length=12,
                    ),
                ),
                ("open_to_party", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("idempotency_key", models.CharField(blank=True, max_length=80)),
                (
                    "added_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_document",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True)),
                ("kind", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=12
                    ),
                ),
                ("restricted", models.BooleanField(default=False)),
                ("restricted_because", models.CharField(blank=True, max_length=40)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_because", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField(null=True)),
                ("due_rule", models.CharField(blank=True, max_length=24)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.unit",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_case",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("because", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "assigned_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.unit",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "db_table": "casework_assignment",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CaseParty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("co_applicant", "Co-applicant"),
                            ("child", "Child"),
                            ("guardian", "Guardian"),
                            ("representative", "Representative"),
                            ("other", "Other party"),
                        ],
                        max_length=20,
                    ),
                ),
                ("has_insight", models.BooleanField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="casework.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_parties",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "case parties",
                "db_table": "casework_caseparty",
            },
        ),
        migrations.CreateModel(
            name="CaseSeries",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("prefix", models.CharField(max_length=8)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "casework_caseseries",
                "constraints": [
                    models.UniqueConstraint(fields=("prefix", "year"), name="casework_series_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStaff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("because", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="casework.case",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "case staff",
                "db_table": "casework_casestaff",
            },
        ),
        migrations.CreateModel(
            name="Communication",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("matter_id", models.UUIDField(null=True)),
                ("material", models.TextField(blank=True)),
                ("said", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent, time to answer"),
                            ("answered", "Answered"),
                            ("waived", "Not needed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("answer_until", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_orally", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(null=True)),
                ("waived_because", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communications",
                        to="casework.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_communication",
            },
        ),
        migrations.CreateModel(
            name="CompletionRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for the person"),
                            ("answered", "Answered"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("overdue_at", models.DateTimeField(null=True)),
                ("matter_id", models.UUIDField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completions",
                        to="casework.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "db_table": "casework_completionrequest",
            },
        ),
        migrations.CreateModel(
            name="DocumentContent",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="stored",
                        serialize=False,
                        to="casework.document",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={
                "db_table": "casework_documentcontent",
            },
        ),
        migrations.AddField(
            model_name="document",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("matter_id", models.UUIDField(null=True)),
                ("type", models.CharField(max_length=60)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("partly_granted", "Partly granted"),
                            ("refused", "Refused"),
                            ("dismissed", "Dismissed without examination"),
                        ],
                        max_length=20,
                    ),
                ),
                ("legal_ground", models.CharField(max_length=60)),
                ("amount_kr", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("period_from", models.DateField(null=True)),
                ("period_to", models.DateField(null=True)),
                ("reasons", models.JSONField()),
                ("automated", models.BooleanField(default=False)),
                ("took_part", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField()),
                ("name_left_out", models.BooleanField(default=False)),
                ("appeal", models.CharField(max_length=40)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("delivered_by_way", models.CharField(blank=True, max_length=20)),
                ("appeal_last_day", models.DateField(null=True)),
                ("idempotency_key", models.CharField(blank=True, max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="casework.case",
                    ),
                ),
                (
                    "communication",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="casework.communication",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "rapporteur",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="casework.decision",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                    ),
                ),
            ],
            options={
                "db_table": "casework_decision",
            },
        ),
        migrations.CreateModel(
            name="CompletionItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("what", models.TextField(blank=True)),
                ("said", models.JSONField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="casework.completionrequest",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                    ),
                ),
            ],
            options={
                "db_table": "casework_completionitem",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="communication",
            name="document",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.document",
            ),
        ),
        migrations.CreateModel(
            name="LegalClock",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("rule", models.CharField(max_length=24)),
                ("about", models.UUIDField()),
                ("starts_on", models.DateField()),
                ("last_day", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("met", "Met"),
                            ("late", "Done too late"),
                            ("breached", "Broken and still open"),
                            ("extended", "Extended"),
                            ("lapsed", "No longer applies"),
                        ],
                        default="running",
                        max_length=12,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("soft", models.BooleanField(default=False)),
                ("counts", models.BooleanField(default=True)),
                ("source", models.CharField(max_length=120)),
                ("extended_because", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "db_table": "casework_legalclock",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("to_person", "To the person"), ("from_person", "From the person")],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField(blank=True)),
                ("said", models.JSONField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("idempotency_key", models.CharField(blank=True, max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="casework.message",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="casework.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_message",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Note"),
                            ("call", "Telephone call"),
                            ("meeting", "Meeting"),
                            ("home_visit", "Home visit"),
                            ("contact", "Contact with another authority"),
                        ],
                        default="note",
                        max_length=20,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("said", models.JSONField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("signed", "Signed")], default="draft", max_length=10
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "db_table": "casework_note",
            },
        ),
        migrations.CreateModel(
            name="NoteAddition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "Correction"), ("objection", "The person's objection")],
                        max_length=12,
                    ),
                ),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="casework.note",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "casework_noteaddition",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("unit"),
                models.OrderBy(models.F("due_on"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("state", "open")),
                name="casework_case_unit_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("worker"),
                models.OrderBy(models.F("due_on"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("state", "open")),
                name="casework_case_worker_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["person", "-opened_at"], name="casework_case_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["opened_at", "kind"], name="casework_case_opened"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["closed_at", "kind"],
                name="casework_case_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["kind", "opened_at", "due_on"],
                name="casework_case_balance",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state", "open")),
                    models.Q(("closed_at__isnull", False), ("state", "closed")),
                    _connector="OR",
                ),
                name="casework_closed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                ),
                name="casework_closed_after_opened",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["case", "at"], name="casework_assignment_case"),
        ),
        migrations.AddIndex(
            model_name="caseparty",
            index=models.Index(fields=["person", "case"], name="casework_party_person"),
        ),
        migrations.AddConstraint(
            model_name="caseparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("case", "person"),
                name="casework_party_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="casework_party_period",
            ),
        ),
        migrations.AddIndex(
            model_name="casestaff",
            index=models.Index(fields=["account", "case"], name="casework_staff_account"),
        ),
        migrations.AddIndex(
            model_name="casestaff",
            index=models.Index(fields=["case", "account"], name="casework_staff_case"),
        ),
        migrations.AddConstraint(
            model_name="casestaff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="casework_staff_period",
            ),
        ),
        migrations.AddIndex(
            model_name="completionrequest",
            index=models.Index(fields=["case", "-asked_at"], name="casework_completion_case"),
        ),
        migrations.AddIndex(
            model_name="completionrequest",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["due_on"], name="casework_completion_due"
            ),
        ),
        migrations.AddIndex(
            model_name="completionrequest",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["person"], name="casework_completion_person"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["case", "-added_at", "-id"], name="casework_document_case"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("idempotency_key", ""), _negated=True),
                fields=("case", "idempotency_key"),
                name="casework_document_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("size_bytes__gt", 0)), name="casework_document_not_empty"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["case", "-decided_at", "-id"], name="casework_decision_case"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["person", "-decided_at"], name="casework_decision_person"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["decided_at", "type"], name="casework_decision_at"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("delivered_at__isnull", True)),
                fields=["decided_at"],
                name="casework_decision_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("idempotency_key", ""), _negated=True),
                fields=("case", "idempotency_key"),
                name="casework_decision_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_kr__isnull", True), ("amount_kr__gte", 0), _connector="OR"),
                name="casework_decision_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("period_from__isnull", True), ("period_to__isnull", True)),
                    ("period_to__gte", models.F("period_from")),
                    _connector="OR",
                ),
                name="casework_decision_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("automated", True), ("decided_by__isnull", True), ("outcome", "granted")),
                    models.Q(("automated", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="casework_decision_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="completionitem",
            constraint=models.UniqueConstraint(
                fields=("request", "position"), name="casework_completion_item_once"
            ),
        ),
        migrations.AddIndex(
            model_name="communication",
            index=models.Index(fields=["case", "-sent_at"], name="casework_communication_case"),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waived"), _negated=True),
                    models.Q(("waived_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="casework_waived_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="communication",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "waived"), ("answer_until__isnull", False), _connector="OR"),
                name="casework_communication_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="legalclock",
            index=models.Index(
                condition=models.Q(("closed_on__isnull", True)),
                fields=["last_day", "id"],
                name="casework_clock_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalclock",
            constraint=models.UniqueConstraint(fields=("case", "rule", "about"), name="casework_clock_once"),
        ),
        migrations.AddConstraint(
            model_name="legalclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True), ("last_day__gte", models.F("starts_on")), _connector="OR"
                ),
                name="casework_clock_days",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["case", "-sent_at", "-id"], name="casework_message_case"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["person", "-sent_at"], name="casework_message_person"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("direction", "from_person"), ("read_at__isnull", True)),
                fields=["case"],
                name="casework_message_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("idempotency_key", ""), _negated=True),
                fields=("case", "idempotency_key"),
                name="casework_message_once",
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["case", "-happened_on", "-id"], name="casework_note_case"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                condition=models.Q(("state", "draft")), fields=["author"], name="casework_note_drafts"
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__isnull", True), ("state", "draft")),
                    models.Q(("signed_at__isnull", False), ("state", "signed")),
                    _connector="OR",
                ),
                name="casework_note_signed_has_time",
            ),
        ),
        migrations.AddIndex(
            model_name="noteaddition",
            index=models.Index(fields=["note", "at"], name="casework_note_addition_note"),
        ),
    ]
