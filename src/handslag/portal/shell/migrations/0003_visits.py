"""When an account last looked at its start page; everybody reads and writes their own alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from handslag.foundation.policies import protect


class Migration(migrations.Migration):
    dependencies = [("shell", "0002_policies"), ("foundation", "0003_own_hand")]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+",
                        serialize=False, to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seen_at", models.DateTimeField()),
                ("since", models.DateTimeField(null=True)),
            ],
            options={"db_table": "shell_visit"},
        ),
        protect("shell_visit", read="account_id = handslag_account()", write="account_id = handslag_account()"),
    ]  # fmt: skip
