"""The actor that the database believes in, the sealed log, history, and the policies of the foundation's tables."""

from django.db import migrations

from handslag.foundation.policies import function, keep_history, never_change, protect, run_sql

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'handslag_app') THEN CREATE ROLE handslag_app NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'handslag_job') THEN CREATE ROLE handslag_job NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'handslag_stats') THEN CREATE ROLE handslag_stats NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO handslag_app, handslag_job;
CREATE SCHEMA IF NOT EXISTS stats;
GRANT USAGE ON SCHEMA stats TO handslag_stats, handslag_app, handslag_job;
GRANT SELECT ON django_migrations TO handslag_app, handslag_job;
"""

KEY = """
CREATE TABLE foundation_actor_key (
  single boolean PRIMARY KEY DEFAULT true CHECK (single), inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);
REVOKE ALL ON foundation_actor_key FROM PUBLIC;
"""

# HMAC-SHA256 as in RFC 2104, with the two padded keys kept ready; the connection's own number is in the
# signed words, so a signature seen in another session is worth nothing.
ACTOR = """
DECLARE
  words text := current_setting('handslag.actor', true);
  parts text[];
  signature text;
  key foundation_actor_key%ROWTYPE;
BEGIN
  IF words IS NULL OR words = '' THEN RETURN NULL; END IF;
  parts := string_to_array(words, '|');
  IF array_length(parts, 1) <> 7 THEN RETURN NULL; END IF;
  signature := parts[7];
  SELECT * INTO key FROM foundation_actor_key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF signature <> encode(sha256(key.outer_pad || sha256(key.inner_pad ||
       convert_to(left(words, length(words) - 65), 'UTF8'))), 'hex') THEN RETURN NULL; END IF;
  IF parts[5]::int <> pg_backend_pid() OR parts[6]::bigint < extract(epoch FROM clock_timestamp()) THEN RETURN NULL; END IF;
  RETURN parts;
END
"""

UNITS = """
SELECT coalesce(array_agg(DISTINCT g.unit_id), '{}') FROM foundation_rolegrant g JOIN foundation_account a ON a.id = g.account_id
WHERE g.account_id = handslag_account() AND a.is_active AND g.valid_from <= handslag_today()
  AND (g.valid_to IS NULL OR g.valid_to > handslag_today())
"""

EVENTS = """
CREATE FUNCTION handslag_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE FUNCTION handslag_tell_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('handslag_events', ''); RETURN NULL; END $$;
CREATE TRIGGER foundation_event_tell AFTER INSERT ON foundation_event FOR EACH STATEMENT EXECUTE FUNCTION handslag_tell_event();
CREATE TRIGGER foundation_event_no_truncate BEFORE TRUNCATE ON foundation_event EXECUTE FUNCTION handslag_refuse_change();
CREATE FUNCTION handslag_keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE actor text[] := handslag_actor();
BEGIN
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
  INSERT INTO foundation_rowhistory (table_name, row_id, change, at, actor_kind, account_id, before)
  VALUES (TG_TABLE_NAME, OLD.id, TG_OP, clock_timestamp(), coalesce(actor[1], ''), nullif(actor[2], '')::uuid, to_jsonb(OLD));
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION handslag_event_text(e foundation_event) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws('|', e.id, e.kind, extract(epoch FROM e.at), extract(epoch FROM e.recorded_at), e.actor_kind, e.actor_name,
    e.account_id, e.case_id, e.person_id, e.unit_id, e.data::text) $$;
"""

# A batch ends at the last event that no running transaction can still precede: ids are given before commit.
SEAL = """
DECLARE
  before_id bigint; previous_digest text; upto bigint; total int; digest text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('handslag_seal'));
  LOCK TABLE foundation_event IN SHARE MODE;
  SELECT last_event, s.digest INTO before_id, previous_digest FROM foundation_seal s ORDER BY id DESC LIMIT 1;
  before_id := coalesce(before_id, 0); previous_digest := coalesce(previous_digest, repeat('0', 64));
  SELECT max(id), count(*) INTO upto, total FROM (SELECT id FROM foundation_event WHERE id > before_id ORDER BY id LIMIT most) batch;
  IF upto IS NULL THEN RETURN 0; END IF;
  SELECT encode(sha256(convert_to(previous_digest || string_agg(handslag_event_text(e), E'\\n' ORDER BY e.id), 'UTF8')), 'hex')
    INTO digest FROM foundation_event e WHERE id > before_id AND id <= upto;
  INSERT INTO foundation_seal (first_event, last_event, events, digest, previous, sealed_at)
    VALUES (before_id + 1, upto, total, digest, previous_digest, clock_timestamp());
  RETURN total;
END
"""

VERIFY = """
SELECT s.id, s.first_event, s.last_event,
  (SELECT count(*)::int FROM foundation_event e WHERE e.id BETWEEN s.first_event AND s.last_event) = s.events
  AND s.previous = coalesce((SELECT p.digest FROM foundation_seal p WHERE p.id < s.id ORDER BY p.id DESC LIMIT 1), repeat('0', 64))
  AND s.first_event = coalesce((SELECT p.last_event + 1 FROM foundation_seal p WHERE p.id < s.id ORDER BY p.id DESC LIMIT 1), 1)
  AND s.digest = (SELECT encode(sha256(convert_to(s.previous || string_agg(handslag_event_text(e), E'\\n' ORDER BY e.id), 'UTF8')), 'hex')
    FROM foundation_event e WHERE e.id BETWEEN s.first_event AND s.last_event)
FROM foundation_seal s ORDER BY s.id
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        run_sql(ROLES),
        run_sql(KEY),
        function("handslag_today()", "date", "SELECT (clock_timestamp() AT TIME ZONE 'Europe/Stockholm')::date"),
        function("handslag_actor()", "text[]", ACTOR, grant=False),
        function("handslag_actor_kind()", "text", "SELECT (handslag_actor())[1]"),
        function("handslag_account()", "uuid", "SELECT nullif((handslag_actor())[2], '')::uuid"),
        function("handslag_person()", "uuid", "SELECT CASE WHEN a[1] = 'resident' THEN nullif(a[3], '')::uuid END FROM (SELECT handslag_actor() AS a) s"),
        function("handslag_is_staff()", "boolean", "SELECT coalesce((handslag_actor())[1] = 'staff', false) AND EXISTS (SELECT FROM foundation_account WHERE id = handslag_account() AND is_active)"),
        function("handslag_is_resident()", "boolean", "SELECT coalesce((handslag_actor())[1] = 'resident', false)"),
        function("handslag_is_system()", "boolean", "SELECT coalesce((handslag_actor())[1] = 'system', false)"),
        function("handslag_units()", "uuid[]", UNITS),
        function("handslag_units_as(wanted text)", "uuid[]", UNITS + " AND g.role = wanted"),
        function("handslag_has_role(wanted text)", "boolean", "SELECT cardinality(handslag_units_as(wanted)) > 0"),
        run_sql(EVENTS),
        function("handslag_seal_events(most int)", "int", SEAL, volatility="VOLATILE"),
        function("handslag_verify_seals()", "TABLE(seal bigint, first_event bigint, last_event bigint, whole boolean)", VERIFY),
        never_change("foundation_event"),
        never_change("foundation_seal"),
        never_change("foundation_rowhistory"),
        never_change("foundation_accessentry"),
        protect(
            "foundation_account",
            read="handslag_is_system() OR handslag_is_staff() OR id = handslag_account()",
            write="handslag_is_system() OR handslag_has_role('administrator')",
        ),
        keep_history("foundation_account"),
        protect("foundation_unit", read="true", write="handslag_is_system() OR handslag_has_role('administrator')"),
        protect("foundation_rolegrant", read="handslag_is_system() OR handslag_is_staff()", write="handslag_is_system() OR handslag_has_role('administrator')"),
        keep_history("foundation_rolegrant"),
        protect("foundation_delegationrule", read="true", write="handslag_is_system() OR handslag_has_role('rules_officer')"),
        keep_history("foundation_delegationrule"),
        # Staff read the events of cases they may read through a further policy that casework adds.
        protect(
            "foundation_event",
            read="handslag_is_system() OR account_id = handslag_account()",
            insert="actor_kind = handslag_actor_kind() AND account_id IS NOT DISTINCT FROM handslag_account()",
            update="false",
        ),
        protect("foundation_seal", read="handslag_is_system() OR handslag_has_role('administrator')", write="false"),
        protect("foundation_rowhistory", read="handslag_is_system()", write="false"),
        protect(
            "foundation_accessentry",
            read="handslag_is_system() OR handslag_has_role('manager') OR account_id = handslag_account() OR person_id = handslag_person()",
            insert="handslag_actor_kind() IS NOT NULL",
            update="false",
        ),
        protect(
            "foundation_breakglass",
            read="handslag_is_system() OR account_id = handslag_account() OR handslag_has_role('manager')",
            insert="handslag_is_system() OR account_id = handslag_account()",
            update="handslag_is_system() OR account_id = handslag_account()",
        ),
        keep_history("foundation_breakglass"),
        protect("foundation_logreview", read="handslag_is_system() OR handslag_has_role('manager')", write="handslag_has_role('manager')", update="false"),
        protect(
            "foundation_notice",
            read="handslag_is_system() OR account_id = handslag_account()",
            insert="handslag_is_system() OR handslag_is_staff()",
            update="handslag_is_system() OR account_id = handslag_account()",
        ),
        run_sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO handslag_app, handslag_job; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO handslag_app, handslag_job;"),
    ]
