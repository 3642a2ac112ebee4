"""Who proposes, approves and carries out an erasure; what an approved list lets the system remove, and nothing else."""

from django.db import migrations

from handslag.foundation.policies import function, own_hand, protect, run_sql

ITEM_READ = (
    "handslag_is_system() OR (NOT restricted AND EXISTS (SELECT FROM casework_erasurelist l WHERE l.id = list_id)) "
    "OR handslag_may_read_case(case_uuid)"
)
LIST = "handslag_is_system() OR unit_id = ANY(handslag_units_as('manager')) OR handslag_has_role('administrator')"

TRIGGERS = """
CREATE OR REPLACE FUNCTION handslag_casework_set_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE field text; was jsonb := to_jsonb(OLD); is_now jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF handslag_is_erasing(TG_TABLE_NAME::text) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  is_now := to_jsonb(NEW);
  IF (was - TG_ARGV) <> (is_now - TG_ARGV) THEN
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
    RAISE EXCEPTION 'what is written in % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

# A person approves, in their own name; the system cannot approve, and nobody turns a carried out list back.
APPROVED_BY_A_PERSON = """
CREATE FUNCTION handslag_erasure_hand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'casework_erasurelist' THEN
    IF TG_OP = 'INSERT' AND NEW.state <> 'proposed' OR TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND NEW.state = 'approved'
       AND (NEW.approved_by_id IS NULL OR NEW.approved_by_id IS DISTINCT FROM handslag_account()) THEN
      RAISE EXCEPTION 'a list is approved by a person in their own name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state = 'done' OR OLD.state = 'approved' AND NEW.state = 'proposed' OR OLD.state = 'proposed' AND NEW.state = 'done'
       OR OLD.approved_by_id IS NOT NULL AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id) THEN
      RAISE EXCEPTION 'a list of erasure goes one way' USING ERRCODE = 'restrict_violation';
    END IF;
  ELSE
    IF TG_OP = 'INSERT' AND NEW.state <> 'proposed' OR TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND NEW.state = 'approved'
       AND (NEW.decided_by_id IS NULL OR NEW.decided_by_id IS DISTINCT FROM handslag_account()) THEN
      RAISE EXCEPTION 'a file is approved for erasure by a person in their own name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.case_uuid <> OLD.case_uuid OR NEW.list_id <> OLD.list_id OR OLD.state IN ('erased', 'kept')
       OR OLD.state = 'proposed' AND NEW.state = 'erased') THEN
      RAISE EXCEPTION 'a file of a list of erasure goes one way' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_erasure_hand() FROM PUBLIC;
CREATE TRIGGER casework_erasurelist_hand BEFORE INSERT OR UPDATE ON casework_erasurelist FOR EACH ROW EXECUTE FUNCTION handslag_erasure_hand();
CREATE TRIGGER casework_erasureitem_hand BEFORE INSERT OR UPDATE ON casework_erasureitem FOR EACH ROW EXECUTE FUNCTION handslag_erasure_hand();
"""

MAY_ERASE = """
SELECT handslag_is_system() AND EXISTS (
  SELECT FROM casework_erasureitem i JOIN casework_erasurelist l ON l.id = i.list_id
  WHERE i.case_uuid = wanted AND i.state = 'approved' AND l.state = 'approved' AND l.approved_by_id IS NOT NULL)
AND EXISTS (SELECT FROM casework_case c WHERE c.id = wanted AND c.state = 'closed')
"""

# Rows of one context: those that name the case, and those that hang on a row of the same context that does.
ERASE_PART = """
DECLARE
  edges jsonb; edge record; keys uuid[]; known uuid[]; reached jsonb := jsonb_build_object('casework_case', jsonb_build_array(wanted));
  grown boolean := true; gone int := 0;
BEGIN
  IF NOT handslag_may_erase_case(wanted) THEN
    RAISE EXCEPTION 'no person has approved that this case is erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF context !~ '^[a-z]+(_[a-z]+)*$' OR context IN ('foundation', 'people', 'procrastinate', 'django') THEN
    RAISE EXCEPTION 'no context keeps rows of cases under this name' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT jsonb_agg(jsonb_build_object('child', r.relname, 'field', a.attname, 'parent', p.relname, 'key', k.attname)) INTO edges
    FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_index x ON x.indrelid = c.conrelid AND x.indisprimary
    JOIN pg_attribute k ON k.attrelid = c.conrelid AND k.attnum = x.indkey[0]
    WHERE c.contype = 'f' AND r.relnamespace = 'public'::regnamespace AND starts_with(r.relname, context || '_')
      AND (p.relname = 'casework_case' OR starts_with(p.relname, context || '_')) AND r.relname <> p.relname;
  WHILE grown LOOP
    grown := false;
    FOR edge IN SELECT e.* FROM jsonb_to_recordset(edges) AS e(child text, field text, parent text, key text)
      WHERE e.parent = 'casework_case' OR NOT EXISTS (
        SELECT FROM jsonb_to_recordset(edges) AS own(child text, parent text) WHERE own.child = e.child AND own.parent = 'casework_case')
    LOOP
      CONTINUE WHEN NOT reached ? edge.parent;
      known := ARRAY(SELECT v::uuid FROM jsonb_array_elements_text(reached -> edge.parent) v);
      EXECUTE format('SELECT array_agg(%I) FROM %I WHERE %I = ANY($1)', edge.key, edge.child, edge.field) INTO keys USING known;
      CONTINUE WHEN keys IS NULL;
      known := ARRAY(SELECT v::uuid FROM jsonb_array_elements_text(coalesce(reached -> edge.child, '[]')) v);
      CONTINUE WHEN keys <@ known;
      reached := reached || jsonb_build_object(edge.child, to_jsonb(ARRAY(SELECT DISTINCT unnest(keys || known))));
      grown := true;
    END LOOP;
  END LOOP;
  FOR edge IN SELECT DISTINCT e.child, e.key FROM jsonb_to_recordset(edges) AS e(child text, key text) LOOP
    CONTINUE WHEN NOT reached ? edge.child;
    keys := ARRAY(SELECT v::uuid FROM jsonb_array_elements_text(reached -> edge.child) v);
    gone := gone + handslag_erase_rows(edge.child, edge.key, keys);
  END LOOP;
  IF context = 'casework' THEN
    SELECT coalesce(array_agg(id), '{}') INTO keys FROM foundation_breakglass WHERE case_id = wanted;
    gone := gone + handslag_erase_rows('foundation_breakglass', 'id', keys) + handslag_erase_rows('casework_case', 'id', ARRAY[wanted]);
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
  END IF;
  RETURN gone;
END
"""

# The last day that something was written in a case, and the last that what was decided in it concerned.
LAST_NOTES = """
SELECT c.id, greatest(c.opened_at, c.closed_at,
    (SELECT max(coalesce(n.signed_at, n.saved_at)) FROM casework_note n WHERE n.case_id = c.id),
    (SELECT max(a.at) FROM casework_noteaddition a WHERE a.case_id = c.id),
    (SELECT max(d.added_at) FROM casework_document d WHERE d.case_id = c.id),
    (SELECT max(m.sent_at) FROM casework_message m WHERE m.case_id = c.id),
    (SELECT max(greatest(r.asked_at, r.answered_at)) FROM casework_completionrequest r WHERE r.case_id = c.id),
    (SELECT max(greatest(k.sent_at, k.answered_at)) FROM casework_communication k WHERE k.case_id = c.id),
    (SELECT max(greatest(x.decided_at, x.delivered_at)) FROM casework_decision x WHERE x.case_id = c.id)),
  greatest((c.closed_at AT TIME ZONE 'Europe/Stockholm')::date, (SELECT max(x.period_to) FROM casework_decision x WHERE x.case_id = c.id))
FROM casework_case c WHERE c.id = ANY(wanted) AND handslag_is_system()
"""

EMPTY_DRAFTS = """
DECLARE gone uuid[];
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'empty drafts are removed by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT coalesce(array_agg(id), '{}') INTO gone FROM casework_note
    WHERE state = 'draft' AND body = '' AND subject = '' AND said IS NULL AND saved_at < before_at;
  RETURN handslag_erase_rows('casework_note', 'id', gone);
END
"""

class Migration(migrations.Migration):
    dependencies = [("casework", "0032_erasure"), ("foundation", "0010_erasure"), ("people", "0010_erasure")]

    operations = [
        run_sql(TRIGGERS),
        protect("casework_erasurelist", read=LIST, insert="handslag_is_system()", update=LIST),
        protect("casework_erasureitem", read=ITEM_READ, insert="handslag_is_system()", update=ITEM_READ),
        run_sql(APPROVED_BY_A_PERSON),
        own_hand("casework_erasurelist", "approved_by_id"),
        own_hand("casework_erasureitem", "decided_by_id"),
        function("handslag_may_erase_case(wanted uuid)", "boolean", MAY_ERASE, grant=False),
        function("handslag_erase_part(wanted uuid, context text)", "int", ERASE_PART, volatility="VOLATILE"),
        function("handslag_last_notes(wanted uuid[])", "TABLE(case_id uuid, last_at timestamptz, ended_on date)", LAST_NOTES),
        function("handslag_forget_empty_drafts(before_at timestamptz)", "int", EMPTY_DRAFTS, volatility="VOLATILE"),
    ]
