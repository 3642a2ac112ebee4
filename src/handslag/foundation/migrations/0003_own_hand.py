"""What an intruder with the web's password, or with somebody's own signature, could still do; found by trying."""

from django.db import migrations

from handslag.foundation.policies import function, own_hand, run_sql

# Columns that say whose hand it was hold the hand of the one who acts; the system writes on behalf of others.
OWN_HAND = """
CREATE FUNCTION handslag_own_hand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE field text; was jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ELSE '{}' END; is_now jsonb := to_jsonb(NEW);
BEGIN
  IF current_user NOT IN ('handslag_app', 'handslag_job') OR handslag_is_system() THEN RETURN NEW; END IF;
  FOREACH field IN ARRAY TG_ARGV LOOP
    IF (is_now ->> field) IS NOT NULL AND is_now -> field IS DISTINCT FROM was -> field
       AND (is_now ->> field)::uuid IS DISTINCT FROM handslag_account() THEN
      RAISE EXCEPTION '% of % is written in the name of another', field, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION handslag_own_hand() FROM PUBLIC;
"""

# A trigger function that anybody may hang on a temporary table of their own would write history under our name.
CLOSED_FUNCTIONS = """
REVOKE ALL ON FUNCTION handslag_refuse_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION handslag_tell_event() FROM PUBLIC;
REVOKE ALL ON FUNCTION handslag_keep() FROM PUBLIC;
"""

SEAL_FOR_THE_SYSTEM = """
ALTER FUNCTION handslag_seal_events(int) RENAME TO handslag_seal_batch;
REVOKE ALL ON FUNCTION handslag_seal_batch(int) FROM PUBLIC, handslag_app, handslag_job;
"""
SEAL = """
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'the log is sealed by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN handslag_seal_batch(most);
END
"""

POLICIES = """
ALTER POLICY foundation_accessentry_insert ON foundation_accessentry WITH CHECK ((SELECT handslag_is_system())
  OR (actor_kind = (SELECT handslag_actor_kind()) AND account_id IS NOT DISTINCT FROM (SELECT handslag_account())));
ALTER POLICY foundation_event_insert ON foundation_event WITH CHECK (actor_kind = (SELECT handslag_actor_kind())
  AND account_id IS NOT DISTINCT FROM (SELECT handslag_account()) AND (actor_name = '' OR (SELECT handslag_is_system())));
ALTER POLICY foundation_rolegrant_insert ON foundation_rolegrant WITH CHECK ((SELECT handslag_is_system())
  OR ((SELECT handslag_has_role('administrator')) AND account_id IS DISTINCT FROM (SELECT handslag_account())));
ALTER POLICY foundation_rolegrant_update ON foundation_rolegrant WITH CHECK ((SELECT handslag_is_system())
  OR ((SELECT handslag_has_role('administrator')) AND account_id IS DISTINCT FROM (SELECT handslag_account())));
ALTER POLICY foundation_breakglass_insert ON foundation_breakglass WITH CHECK ((SELECT handslag_is_system())
  OR (account_id = (SELECT handslag_account()) AND ends_at <= clock_timestamp() + interval '25 hours'));
ALTER POLICY foundation_breakglass_update ON foundation_breakglass
  USING ((SELECT handslag_is_system()) OR (account_id = (SELECT handslag_account()) AND ended_at IS NULL))
  WITH CHECK ((SELECT handslag_is_system()) OR (account_id = (SELECT handslag_account()) AND ended_at IS NOT NULL));
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_actor_and_events")]

    operations = [
        run_sql(OWN_HAND),
        own_hand("foundation_logreview", "reviewed_by_id"),
        run_sql(CLOSED_FUNCTIONS),
        run_sql(SEAL_FOR_THE_SYSTEM),
        function("handslag_seal_events(most int)", "int", SEAL, volatility="VOLATILE"),
        run_sql(POLICIES),
    ]
