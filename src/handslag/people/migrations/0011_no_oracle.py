"""A number of somebody whom the writer may not find is taken as if it were free; those named for her are told."""

from django.db import migrations

from handslag.foundation.policies import run_sql

# The column is nobody's to read: a row that says `rival` would tell what the refusal used to tell.
COLUMN = """
ALTER TABLE people_identitynumber ADD COLUMN rival boolean NOT NULL DEFAULT false;
DROP INDEX identitynumber_one_person;
CREATE UNIQUE INDEX identitynumber_one_person ON people_identitynumber (number) WHERE withdrawn_at IS NULL AND NOT rival;
CREATE INDEX identitynumber_rivals ON people_identitynumber (number) WHERE withdrawn_at IS NULL AND rival;
REVOKE SELECT, INSERT, UPDATE ON people_identitynumber FROM handslag_app, handslag_job;
GRANT SELECT (id, person_id, number, kind, valid_from, valid_to, withdrawn_at, withdrawn_because),
  INSERT (id, person_id, number, kind, valid_from, valid_to, withdrawn_at, withdrawn_because),
  UPDATE (person_id, number, kind, valid_from, valid_to, withdrawn_at, withdrawn_because) ON people_identitynumber TO handslag_app, handslag_job;
"""

RIVAL = """
CREATE FUNCTION people_identitynumber_rival() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE holder uuid; mark text; day date := handslag_today();
BEGIN
  IF handslag_is_system() OR NEW.withdrawn_at IS NOT NULL THEN RETURN NEW; END IF;
  SELECT n.person_id, p.protection INTO holder, mark FROM people_identitynumber n JOIN people_person p ON p.id = n.person_id
    WHERE n.number = NEW.number AND n.withdrawn_at IS NULL AND NOT n.rival AND n.person_id <> NEW.person_id;
  IF holder IS NULL OR mark = 'none' OR people_is_named(holder, handslag_account(), day) THEN RETURN NEW; END IF;
  NEW.rival := true;
  INSERT INTO foundation_notice (id, account_id, text, link, created_at)
    SELECT gen_random_uuid(), account, '{"code": "people.number_given_again", "values": {}}'::jsonb, '/handlaggare/person/' || holder || '/', clock_timestamp()
    FROM (SELECT DISTINCT g.account_id AS account FROM people_persongrant g WHERE g.person_id = holder AND g.account_id IS NOT NULL
          AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day)) named;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION people_identitynumber_rival() FROM PUBLIC;
CREATE TRIGGER people_identitynumber_rival BEFORE INSERT ON people_identitynumber FOR EACH ROW
  WHEN (current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION people_identitynumber_rival();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_erasure")]

    operations = [run_sql(COLUMN), run_sql(RIVAL)]
