"""Anyone may report; the system administrator reads and answers."""

from django.db import migrations

from handslag.foundation.policies import protect


class Migration(migrations.Migration):
    dependencies = [("shell", "0001_initial"), ("foundation", "0002_actor_and_events")]

    operations = [
        protect(
            "shell_faultreport",
            read="handslag_is_system() OR handslag_has_role('administrator')",
            insert="handslag_actor_kind() IS NOT NULL",
            update="handslag_is_system() OR handslag_has_role('administrator')",
        )
    ]
