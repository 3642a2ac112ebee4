"""The counts of the wall walk along indexes, whatever the size of the table."""

from django.db import migrations, models

from handslag.foundation.policies import function

TODAY = """
SELECT (SELECT count(*)::int FROM income_support_application, midnight WHERE submitted_at >= at),
  (SELECT count(*)::int FROM income_support_application, midnight WHERE decided_at >= at),
  (SELECT count(*)::int FROM income_support_application, midnight WHERE decided_at >= at AND automated)
"""
MIDNIGHT = "WITH midnight AS (SELECT handslag_today()::timestamp AT TIME ZONE 'Europe/Stockholm' AS at)"


class Migration(migrations.Migration):
    dependencies = [("income_support", "0006_payment_policies")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["submitted_at"], name="income_application_arrived"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["kind", "state"],
                condition=~models.Q(state__in=["decided", "withdrawn"]),
                name="income_application_standing",
            ),
        ),
        function("handslag_applications_today()", "TABLE(received int, decided int, automated int)", MIDNIGHT + TODAY),
    ]
