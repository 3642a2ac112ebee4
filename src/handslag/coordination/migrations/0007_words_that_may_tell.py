"""Words that may tell where somebody is whose whereabouts are secret toward a named person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coordination", "0006_meetings_of_staff")]

    operations = [migrations.AddField("secrettoward", "telling", models.JSONField(default=dict))]
