"""With a right signature in SQL a resident applies, signs as a partner and takes back: those moves and no others."""

from django.db import migrations

from handslag.foundation.policies import run_sql

OWN_MOVES = """
CREATE FUNCTION handslag_application_own_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE moving text[] := '{}'; me uuid;
BEGIN
  IF NOT handslag_is_resident() THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> (CASE WHEN NEW.co_applicant_id IS NULL THEN 'submitted' ELSE 'awaiting_co_applicant' END)
       OR NEW.automated IS TRUE OR num_nonnulls(NEW.decided_at, NEW.withdrawn_at, NEW.registers_at, NEW.taken_down_by_id) > 0 THEN
      RAISE EXCEPTION 'an application is sent, and nothing more' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  me := handslag_person();
  IF OLD.state = 'awaiting_co_applicant' AND NEW.state = 'submitted' AND OLD.co_applicant_id = me THEN
    moving := ARRAY['state', 'state_since', 'version', 'complete_at', 'promised_on'];
  ELSIF OLD.state NOT IN ('decided', 'withdrawn') AND NEW.state = 'withdrawn' AND OLD.applicant_id = me THEN
    moving := ARRAY['state', 'state_since', 'version', 'withdrawn_at'];
  END IF;
  IF (to_jsonb(OLD) - moving) <> (to_jsonb(NEW) - moving) THEN
    RAISE EXCEPTION 'a resident signs or takes back an application, and moves it no other way' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_application_own_moves() FROM PUBLIC;
CREATE TRIGGER income_support_application_own_moves BEFORE INSERT OR UPDATE ON income_support_application
  FOR EACH ROW EXECUTE FUNCTION handslag_application_own_moves();
"""
GONE = """
DROP TRIGGER income_support_application_own_moves ON income_support_application;
DROP FUNCTION handslag_application_own_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("income_support", "0018_account_of_somebody_else")]

    operations = [run_sql(OWN_MOVES, GONE)]
