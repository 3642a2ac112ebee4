"""An unusually high cost is a kind of warning. The table itself is as before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("income_support", "0016_print_queue_of_casework")]

    operations = [
        migrations.AlterField(
            model_name="warning",
            name="kind",
            field=models.CharField(choices=[
                ("UNHANDLED_INCOME", "UNHANDLED_INCOME"), ("INCOME_CHANGE", "INCOME_CHANGE"),
                ("MISSING_REGISTER", "MISSING_REGISTER"), ("INCOME_DROPPED", "INCOME_DROPPED"),
                ("NEW_INCOME", "NEW_INCOME"), ("HOUSEHOLD_CHANGE", "HOUSEHOLD_CHANGE"),
                ("HOUSING_COST_CHANGE", "HOUSING_COST_CHANGE"), ("EXPENSE_REVIEW", "EXPENSE_REVIEW"),
                ("EXPENSE_CAPPED", "EXPENSE_CAPPED"), ("EXPENSE_UNUSUAL", "EXPENSE_UNUSUAL"),
            ], max_length=24),
        ),
    ]  # fmt: skip
