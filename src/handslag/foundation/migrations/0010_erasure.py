"""Erasing on purpose: rows that are never removed may be, by the owner's own functions and for an approved list alone."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# What is being erased is told by a row that the owner's own function alone can write, for its own transaction and while it deletes.
# The events, their seals and the log of reads are never removed by anybody.
TRIGGERS = """
CREATE TABLE foundation_erasing (xact xid8 PRIMARY KEY);
REVOKE ALL ON foundation_erasing FROM PUBLIC;
ALTER TABLE foundation_erasing ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION handslag_is_erasing(wanted_table text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wanted_table NOT IN ('foundation_event', 'foundation_seal', 'foundation_accessentry')
    AND EXISTS (SELECT FROM foundation_erasing WHERE xact = pg_current_xact_id_if_assigned()) $$;
REVOKE ALL ON FUNCTION handslag_is_erasing(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handslag_is_erasing(text) TO handslag_app, handslag_job;
CREATE OR REPLACE FUNCTION handslag_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF handslag_is_erasing(TG_TABLE_NAME::text) THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION handslag_keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE actor text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF handslag_is_erasing(TG_TABLE_NAME::text) THEN RETURN OLD; END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
  actor := handslag_actor();
  INSERT INTO foundation_rowhistory (table_name, row_id, change, at, actor_kind, account_id, before)
  VALUES (TG_TABLE_NAME, OLD.id, TG_OP, clock_timestamp(), coalesce(actor[1], ''), nullif(actor[2], '')::uuid, to_jsonb(OLD));
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""

# Rows and all that their history held. Nobody but the owner's own functions may call it.
ERASE_ROWS = """
DECLARE gone int;
BEGIN
  INSERT INTO foundation_erasing (xact) VALUES (pg_current_xact_id());
  EXECUTE format('DELETE FROM %I WHERE %I = ANY($1)', wanted_table, key_column) USING keys;
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM foundation_rowhistory h WHERE h.table_name = wanted_table AND h.row_id = ANY(keys);
  DELETE FROM foundation_erasing WHERE xact = pg_current_xact_id();
  RETURN gone;
END
"""

LEFTOVERS = """
DECLARE notices uuid[]; jobs int;
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'leftovers are removed by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT coalesce(array_agg(id), '{}') INTO notices FROM foundation_notice WHERE acknowledged_at < notices_before;
  DELETE FROM procrastinate_jobs j WHERE j.status IN ('succeeded', 'cancelled', 'aborted')
    AND (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) < jobs_before;
  GET DIAGNOSTICS jobs = ROW_COUNT;
  RETURN handslag_erase_rows('foundation_notice', 'id', notices) + jobs;
END
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_own_hand")]

    operations = [
        run_sql(TRIGGERS),
        function(
            "handslag_erase_rows(wanted_table text, key_column text, keys uuid[])", "int", ERASE_ROWS, volatility="VOLATILE", grant=False
        ),
        function(
            "handslag_forget_leftovers(notices_before timestamptz, jobs_before timestamptz)", "int", LEFTOVERS, volatility="VOLATILE"
        ),
    ]
