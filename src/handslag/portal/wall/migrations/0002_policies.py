"""Administrators and managers open and close screens; the wall itself asks as the system."""

from django.db import migrations

from handslag.foundation.policies import protect

OPENERS = "handslag_is_system() OR handslag_has_role('administrator') OR handslag_has_role('manager')"


class Migration(migrations.Migration):
    dependencies = [("wall", "0001_initial"), ("foundation", "0002_actor_and_events")]

    operations = [protect("wall_screen", read=OPENERS, write=OPENERS)]
