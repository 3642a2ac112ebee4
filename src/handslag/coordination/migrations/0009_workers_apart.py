"""Whoever works with one end of a secret takes the other's case by a manager's hand alone, in the database too."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# The case's worker and those named for it. The operations ask the same (`coordination.apart`); the system is exempt.
APART = """
CREATE FUNCTION handslag_keep_workers_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE worker uuid; about uuid; unit uuid;
BEGIN
  IF handslag_is_system() THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'casework_case' THEN
    worker := NEW.worker_id; about := NEW.person_id; unit := NEW.unit_id;
  ELSE
    worker := NEW.account_id;
    SELECT c.person_id, c.unit_id INTO about, unit FROM casework_case c WHERE c.id = NEW.case_id;
  END IF;
  IF worker IS NULL OR unit = ANY(handslag_units_as('manager')) THEN RETURN NEW; END IF;
  IF EXISTS (
      SELECT FROM coordination_secrettoward s
      JOIN casework_case o ON o.person_id = CASE WHEN s.person_id = about THEN s.toward_id ELSE s.person_id END
      WHERE (s.person_id = about OR s.toward_id = about) AND coordination_secret_holds(s, 'any')
        AND o.state = 'open' AND o.worker_id = worker) THEN
    IF TG_TABLE_NAME = 'casework_case' AND TG_OP = 'INSERT' THEN
      NEW.worker_id := NULL; -- it waits in the unit until a manager assigns it
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'only a manager gives this case to this worker' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_keep_workers_apart() FROM PUBLIC;
CREATE TRIGGER casework_case_apart BEFORE INSERT ON casework_case FOR EACH ROW
  WHEN (NEW.worker_id IS NOT NULL AND current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION handslag_keep_workers_apart();
CREATE TRIGGER casework_case_apart_later BEFORE UPDATE OF worker_id ON casework_case FOR EACH ROW
  WHEN (NEW.worker_id IS NOT NULL AND OLD.worker_id IS DISTINCT FROM NEW.worker_id AND current_user IN ('handslag_app', 'handslag_job'))
  EXECUTE FUNCTION handslag_keep_workers_apart();
CREATE TRIGGER casework_casestaff_apart BEFORE INSERT ON casework_casestaff FOR EACH ROW
  WHEN (current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION handslag_keep_workers_apart();
"""

# As before; but to be named for a person counts only while the person is protected, when none but a manager or one with
# that role can name: anybody may give themselves reading of another.
WORKS_WITH = """
SELECT coalesce(array_agg(one.pid), '{}') FROM (SELECT DISTINCT unnest(pids) AS pid) one
WHERE handslag_is_system() OR (handslag_is_staff() AND (
  EXISTS (
    SELECT FROM casework_case c WHERE c.person_id = one.pid AND c.state = 'open' AND handslag_may_read_case(c.id)
      AND (c.worker_id = handslag_account() OR c.unit_id = ANY(handslag_units_as('manager')) OR EXISTS (
        SELECT FROM casework_casestaff s WHERE s.case_id = c.id AND s.account_id = handslag_account()
          AND (s.valid_to IS NULL OR s.valid_to > clock_timestamp()))))
  OR EXISTS (
    SELECT FROM people_persongrant g JOIN people_person p ON p.id = g.person_id AND p.protection <> 'none'
    WHERE g.person_id = one.pid AND g.account_id = handslag_account() AND g.because = 'named'
      AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today()))))
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0008_secrets_are_no_answer"), ("casework", "0003_own_hand")]

    operations = [
        run_sql(APART),
        function("handslag_works_with(pids uuid[])", "uuid[]", WORKS_WITH),
    ]
