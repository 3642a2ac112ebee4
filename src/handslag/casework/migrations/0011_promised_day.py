"""The day promised to the person orders the work list together with the law's day."""

from django.db import migrations, models
from django.db.models import F, Q

from handslag.foundation.policies import run_sql

ATTEND = """
CREATE FUNCTION casework_case_attend() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.attend_on := least(NEW.due_on, NEW.promised_on);
  RETURN NEW;
END $$;
CREATE TRIGGER casework_case_attend BEFORE INSERT OR UPDATE ON casework_case
  FOR EACH ROW EXECUTE FUNCTION casework_case_attend();
UPDATE casework_case SET attend_on = due_on WHERE due_on IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_answer_before_decision")]
    run_before = [("casework", "0030_copies_and_record")]

    operations = [
        migrations.AddField("case", "promised_on", models.DateField(null=True)),
        migrations.AddField("case", "attend_on", models.DateField(editable=False, null=True)),
        run_sql(ATTEND, "DROP TRIGGER casework_case_attend ON casework_case; DROP FUNCTION casework_case_attend();"),
        migrations.RemoveIndex("case", "casework_case_worker_due"),
        *[
            migrations.AddIndex(
                "case",
                models.Index(
                    F(owner), F("attend_on").asc(nulls_last=True), F("id"),
                    condition=Q(state="open"), name=f"casework_case_{owner}_attend",
                ),
            )
            for owner in ("unit", "worker")
        ],
    ]  # fmt: skip
