"""The day that the person was told to expect a decision by is kept as it was told."""

from django.db import migrations, models

from handslag.foundation.policies import run_sql

FROZEN = """
CREATE OR REPLACE FUNCTION handslag_application_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE moving text[] := ARRAY['state', 'state_since', 'complete_at', 'promised_on', 'registers_at', 'handed_because',
  'decided_at', 'automated', 'withdrawn_at', 'version'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'applications are never removed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(OLD) - moving) <> (to_jsonb(NEW) - moving) THEN
    RAISE EXCEPTION 'what was applied for is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.promised_on IS DISTINCT FROM NEW.promised_on AND OLD.promised_on IS NOT NULL THEN
    RAISE EXCEPTION 'a promise stays as it was told' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state IN ('decided', 'withdrawn') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'a finished application stays finished' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("income_support", "0010_taken_down"), ("casework", "0011_promised_day")]

    operations = [
        migrations.AddField("application", "promised_on", models.DateField(null=True)),
        run_sql(FROZEN),
    ]
