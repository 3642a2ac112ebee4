"""Whom a case is about who has not asked for it is no applicant: a part of its own."""

from django.db import migrations, models

ROLES = [
    ("concerned", "The person concerned"), ("applicant", "Applicant"), ("co_applicant", "Co-applicant"),
    ("child", "Child"), ("guardian", "Guardian"), ("representative", "Representative"), ("other", "Other party"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("casework", "0056_rest_of_a_note")]

    operations = [
        migrations.AlterField("caseparty", "role", models.CharField(choices=ROLES, max_length=20)),
        migrations.AlterField("decisionnotice", "role", models.CharField(choices=ROLES, max_length=20)),
    ]
