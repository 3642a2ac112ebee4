"""Above how much a cost is unusually high is settled by the municipality, from a month on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handslag.foundation.ids
from handslag.foundation.policies import never_change, own_hand, protect


class Migration(migrations.Migration):
    dependencies = [
        ("income_support", "0019_a_residents_own_moves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnusualCostLimits",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_from", models.DateField()),
                ("limits", models.JSONField()),
                ("paragraph", models.CharField(max_length=40)),
                ("decided_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "unusual cost limits",
                "db_table": "income_support_unusualcostlimits",
                "indexes": [models.Index(fields=["-valid_from", "-entered_at"], name="income_unusual_latest")],
            },
        ),
        protect(
            "income_support_unusualcostlimits",
            read="true",
            insert="handslag_is_system() OR handslag_has_role('rules_officer')",
            update="false",
        ),
        never_change("income_support_unusualcostlimits"),
        own_hand("income_support_unusualcostlimits", "entered_by_id"),
    ]  # fmt: skip
