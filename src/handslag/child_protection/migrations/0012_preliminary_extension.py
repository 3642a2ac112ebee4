"""More time for a preliminary assessment is a decision of its own (SoL 20:2)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import handslag.foundation.ids
from handslag.child_protection.migrations._report_policies import OF_CHILD
from handslag.foundation.policies import never_change, protect


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("child_protection", "0011_follow_up_by_decision"),
    ]

    operations = [
        migrations.CreateModel(
            name="PreliminaryExtension",
            fields=[
                ("id", models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("was_due_on", models.DateField()),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("decision_id", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="child_protection.reportedchild")),
                ("decided_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "child_protection_preliminaryextension",
                "constraints": [
                    models.CheckConstraint(condition=Q(until__gt=F("was_due_on")), name="child_preliminary_extended_later"),
                    models.CheckConstraint(condition=~Q(reason=""), name="child_preliminary_extension_reason"),
                ],
            },
        ),
        protect("child_protection_preliminaryextension", read=OF_CHILD, update="false"),
        never_change("child_protection_preliminaryextension"),
    ]  # fmt: skip
