from django.db import migrations, models

import handslag.foundation.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FaultReport",
            fields=[
                ("id", models.UUIDField(default=handslag.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("page", models.CharField(blank=True, max_length=200)),
                ("what", models.TextField(max_length=4000)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("reported_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"db_table": "shell_faultreport"},
        ),
    ]
