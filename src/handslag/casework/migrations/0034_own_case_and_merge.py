"""An event names a case that its writer may read; papers follow a person whose two records became one."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# Some acts end the actor's own access, or begin it: moving a case, closing it around a person, opening one, breaking glass.
# Whose transaction has changed the case may name it, in that transaction.
TOUCHED = """
CREATE TABLE casework_touched (xact xid8 NOT NULL, case_id uuid NOT NULL, PRIMARY KEY (xact, case_id));
REVOKE ALL ON casework_touched FROM PUBLIC;
ALTER TABLE casework_touched ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION handslag_casework_touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO casework_touched (xact, case_id) VALUES (pg_current_xact_id(), (to_jsonb(NEW) ->> TG_ARGV[0])::uuid) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION handslag_casework_touch() FROM PUBLIC;
CREATE TRIGGER casework_case_touch AFTER INSERT OR UPDATE ON casework_case FOR EACH ROW
  WHEN (current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION handslag_casework_touch('id');
CREATE TRIGGER casework_casestaff_touch AFTER INSERT OR UPDATE ON casework_casestaff FOR EACH ROW
  WHEN (current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION handslag_casework_touch('case_id');
CREATE TRIGGER casework_caseparty_touch AFTER INSERT OR UPDATE ON casework_caseparty FOR EACH ROW
  WHEN (current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION handslag_casework_touch('case_id');
CREATE TRIGGER foundation_breakglass_touch AFTER INSERT OR UPDATE ON foundation_breakglass FOR EACH ROW
  WHEN (NEW.case_id IS NOT NULL AND current_user IN ('handslag_app', 'handslag_job')) EXECUTE FUNCTION handslag_casework_touch('case_id');
"""
MAY_NAME = """
SELECT handslag_may_read_case(wanted)
  OR EXISTS (SELECT FROM casework_touched WHERE xact = pg_current_xact_id_if_assigned() AND case_id = wanted)
"""
EMPTY_DRAFTS = """
DECLARE gone uuid[];
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'empty drafts are removed by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM casework_touched WHERE xact < pg_snapshot_xmin(pg_current_snapshot());
  SELECT coalesce(array_agg(id), '{}') INTO gone FROM casework_note
    WHERE state = 'draft' AND body = '' AND subject = '' AND said IS NULL AND saved_at < before_at;
  RETURN handslag_erase_rows('casework_note', 'id', gone);
END
"""

# Restrictive: it narrows the foundation's own policy, which knows no cases.
EVENTS = """
CREATE POLICY foundation_event_names_own_case ON foundation_event AS RESTRICTIVE FOR INSERT TO handslag_app, handslag_job
  WITH CHECK (case_id IS NULL OR (SELECT handslag_is_system()) OR handslag_may_name_case(case_id));
"""

# Only whose a row is may change, and only from a record to the one that it was merged into.
SAME_PERSON = """
CREATE FUNCTION handslag_is_merged_row(was jsonb, is_now jsonb) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (was - 'person_id') = (is_now - 'person_id') AND EXISTS (
    SELECT FROM people_person p WHERE p.id = (was ->> 'person_id')::uuid AND p.merged_into_id = (is_now ->> 'person_id')::uuid) $$;
REVOKE ALL ON FUNCTION handslag_is_merged_row(jsonb, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handslag_is_merged_row(jsonb, jsonb) TO handslag_app, handslag_job;
CREATE OR REPLACE FUNCTION handslag_casework_set_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE field text; was jsonb := to_jsonb(OLD); is_now jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF handslag_is_erasing(TG_TABLE_NAME::text) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  is_now := to_jsonb(NEW);
  IF (was - TG_ARGV) <> (is_now - TG_ARGV) THEN
    IF handslag_is_merged_row(was, is_now) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'what is written in % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  FOREACH field IN ARRAY TG_ARGV LOOP
    IF was -> field IS DISTINCT FROM is_now -> field AND (was ->> field) IS NOT NULL AND (was ->> field) NOT IN ('', 'false') THEN
      RAISE EXCEPTION '% of % is set once', field, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION handslag_casework_frozen_but() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF handslag_is_erasing(TG_TABLE_NAME::text) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  IF (to_jsonb(OLD) - TG_ARGV) <> (to_jsonb(NEW) - TG_ARGV) THEN
    IF handslag_is_merged_row(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'what is written in % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER casework_document_never_change ON casework_document;
CREATE TRIGGER casework_document_frozen BEFORE UPDATE OR DELETE ON casework_document FOR EACH ROW EXECUTE FUNCTION handslag_casework_frozen_but();
DROP TRIGGER casework_noteaddition_never_change ON casework_noteaddition;
CREATE TRIGGER casework_noteaddition_frozen BEFORE UPDATE OR DELETE ON casework_noteaddition FOR EACH ROW EXECUTE FUNCTION handslag_casework_frozen_but();
"""

MOVE = """
DECLARE part text; moved int; total int := 0;
BEGIN
  IF NOT handslag_is_system() OR NOT EXISTS (SELECT FROM people_person WHERE id = duplicate AND merged_into_id = keep) THEN
    RAISE EXCEPTION 'papers follow a person whose two records became one' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOREACH part IN ARRAY ARRAY['message', 'document', 'noteaddition', 'completionrequest', 'completionitem', 'communication', 'decision'] LOOP
    EXECUTE format('UPDATE casework_%s SET person_id = $1 WHERE person_id = $2', part) USING keep, duplicate;
    GET DIAGNOSTICS moved = ROW_COUNT;
    total := total + moved;
  END LOOP;
  RETURN total;
END
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0033_erasure_policies"), ("people", "0011_no_oracle")]

    operations = [
        run_sql(TOUCHED),
        function("handslag_may_name_case(wanted uuid)", "boolean", MAY_NAME),
        function("handslag_forget_empty_drafts(before_at timestamptz)", "int", EMPTY_DRAFTS, volatility="VOLATILE"),
        run_sql(EVENTS),
        run_sql(SAME_PERSON),
        function("handslag_move_papers(keep uuid, duplicate uuid)", "int", MOVE, volatility="VOLATILE"),
    ]
