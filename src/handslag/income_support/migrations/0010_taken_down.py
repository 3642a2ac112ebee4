"""An application that staff write down for the person: by whom, and how it came."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from handslag.foundation.policies import own_hand


class Migration(migrations.Migration):
    dependencies = [
        ("income_support", "0008_own_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "application",
            "taken_down_by",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "application",
            "taken_down_way",
            models.CharField(
                blank=True, choices=[("phone", "By telephone"), ("paper", "On paper"), ("visit", "At a visit")],
                default="", max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "application",
            models.CheckConstraint(
                condition=Q(taken_down_by__isnull=True, taken_down_way="")
                | (Q(taken_down_by__isnull=False) & ~Q(taken_down_way="")),
                name="income_application_taken_down",
            ),
        ),
        own_hand("income_support_application", "taken_down_by_id"),
    ]  # fmt: skip
