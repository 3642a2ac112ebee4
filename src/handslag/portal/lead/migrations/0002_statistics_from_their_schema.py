"""The statistics page reads the schema of statistics; nothing counts the casework for it any more."""

from django.db import migrations

from handslag.foundation.policies import run_sql


class Migration(migrations.Migration):
    dependencies = [("lead", "0001_statistics"), ("analytics", "0001_stats_schema")]

    operations = [run_sql("DROP FUNCTION handslag_lead_statistics(int);")]
