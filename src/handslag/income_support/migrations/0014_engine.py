"""An assessment keeps the engine that it was made by; those of before tell it themselves."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

# The first engine left the job stimulus as the system had it when a case worker changed a salary. Final calculations with
# such a change whose stimulus is still the system's were made so; all others come out the same by the second engine.
# Final rows never change, so the triggers that hold it rest while this column is filled in by the owner.
FIRST = """
ALTER TABLE income_support_assessment DISABLE TRIGGER USER;
UPDATE income_support_assessment a SET engine = 1
WHERE a.final_at IS NOT NULL
  AND a.result -> 'job_stimulus_disregarded' IS NOT DISTINCT FROM a.system -> 'job_stimulus_disregarded'
  AND EXISTS (SELECT FROM income_support_assessmentchange c WHERE c.assessment_id = a.id AND c.withdrawn_at IS NULL
    AND split_part(c.line, ':', 1) = 'income.salary');
ALTER TABLE income_support_assessment ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("income_support", "0013_local_rules_reviewed")]

    operations = [
        migrations.AddField("assessment", "engine", models.PositiveSmallIntegerField(default=2)),
        run_sql(FIRST),
    ]
