"""A read is entered by the product alone, whoever reads: nobody's own hand writes in the log of reads.

The function is shown the system's signature for this very connection, which only the process's key makes, and enters
the reads in the name of the one who acts. So it costs one statement, and no look at who may read whom.
"""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

CLOSED = """
DROP POLICY foundation_accessentry_insert ON foundation_accessentry;
REVOKE INSERT ON foundation_accessentry FROM handslag_app, handslag_job;
"""

ENTER = """
DECLARE
  said text := coalesce(current_setting('handslag.actor', true), '');
  reader text[] := handslag_actor();
BEGIN
  IF reader IS NULL OR (reader[1] <> 'system' AND (reader[1] <> kind OR nullif(reader[2], '')::uuid IS DISTINCT FROM account
      OR nullif(reader[3], '')::uuid IS DISTINCT FROM as_person)) THEN
    RAISE EXCEPTION 'a read is entered in the name of another' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('handslag.actor', words, true);
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'reads are entered by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO foundation_accessentry (at, actor_kind, account_id, reader_person_id, person_id, case_id, page, why)
    SELECT read_at, kind, account, as_person, one.person_id, about_case, shown, one.why
    FROM unnest(persons, whys) AS one (person_id, why);
  PERFORM set_config('handslag.actor', said, true);
END
"""
SIGNATURE = (
    "handslag_enter_reads(words text, read_at timestamptz, kind text, account uuid, as_person uuid, shown text, "
    "about_case uuid, persons uuid[], whys text[])"
)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0013_delegation_written_by_the_system")]

    operations = [run_sql(CLOSED), function(SIGNATURE, "void", ENTER, volatility="VOLATILE")]
