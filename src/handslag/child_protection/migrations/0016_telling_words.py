"""The municipality's own words that may tell who reported, by group and from a day on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import handslag.foundation.ids
from handslag.foundation.policies import keep_history, own_hand, protect, run_sql

OFFICER = "handslag_is_system() OR handslag_has_role('rules_officer')"


class Migration(migrations.Migration):
    dependencies = [
        ("child_protection", "0015_reporters_of_files"),
        ("casework", "0002_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "TellingWords",
            [
                ("id", models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("words", models.JSONField(default=list)),
                ("source", models.CharField(max_length=200)),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"db_table": "child_protection_tellingwords", "verbose_name_plural": "telling words"},
        ),
        migrations.AddConstraint(
            "tellingwords", models.UniqueConstraint(fields=("code", "valid_from"), name="child_telling_words_once")
        ),
        migrations.AddConstraint(
            "tellingwords",
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="child_telling_words_period"
            ),
        ),
        # The words are no secret. A version is never changed: its end is set once.
        protect("child_protection_tellingwords", read="true", write=OFFICER),
        own_hand("child_protection_tellingwords", "decided_by_id"),
        run_sql(
            "CREATE TRIGGER child_protection_tellingwords_frozen BEFORE UPDATE OR DELETE ON child_protection_tellingwords "
            "FOR EACH ROW EXECUTE FUNCTION handslag_casework_set_once('valid_to');"
        ),
        keep_history("child_protection_tellingwords"),
    ]  # fmt: skip
