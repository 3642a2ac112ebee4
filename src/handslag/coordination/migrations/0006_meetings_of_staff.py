"""One's own next meetings are found by who comes, without looking through everybody's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coordination", "0005_joint_meetings_in_timeline")]

    operations = [
        migrations.AddIndex(
            model_name="meetingstaff",
            index=models.Index(fields=["account", "meeting"], name="meetingstaff_account"),
        )
    ]
