"""Why a mark of protection ended, and by whose hand: asked for where no register has answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from handslag.foundation.policies import own_hand


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0012_accounts_of_residents"),
    ]

    operations = [
        migrations.AddField("protectionmark", "ended_because", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField(
            "protectionmark",
            "ended_by",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        own_hand("people_protectionmark", "ended_by_id"),
    ]
