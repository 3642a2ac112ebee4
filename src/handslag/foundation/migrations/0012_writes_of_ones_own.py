"""What a resident, a visitor and a colleague write in the foundation's tables is no more than what is theirs to write."""

from django.db import migrations

from handslag.foundation.policies import run_sql

# A resident's own hand enters reads of their own alone, a visitor's none. What a resident may read of others, or in a
# case, is entered for them by the system (`log_read`).
READS = """
ALTER POLICY foundation_accessentry_insert ON foundation_accessentry WITH CHECK ((SELECT handslag_is_system())
  OR (actor_kind = (SELECT handslag_actor_kind()) AND account_id IS NOT DISTINCT FROM (SELECT handslag_account())
    AND ((SELECT handslag_is_staff())
      OR ((SELECT handslag_is_resident()) AND case_id IS NULL AND reader_person_id = (SELECT handslag_person())
        AND (person_id IS NULL OR person_id = (SELECT handslag_person()))))));
"""

# A visitor does nothing in their own name: what comes of a report is written by the system.
EVENTS = """
ALTER POLICY foundation_event_insert ON foundation_event WITH CHECK (actor_kind = (SELECT handslag_actor_kind())
  AND actor_kind <> 'visitor' AND account_id IS NOT DISTINCT FROM (SELECT handslag_account())
  AND (actor_name = '' OR (SELECT handslag_is_system())));
"""

# A notice is left by the system (`notify`); its receiver acknowledges it and changes nothing else.
NOTICES = """
ALTER POLICY foundation_notice_insert ON foundation_notice WITH CHECK ((SELECT handslag_is_system()));
REVOKE UPDATE ON foundation_notice FROM handslag_app, handslag_job;
GRANT UPDATE (acknowledged_at) ON foundation_notice TO handslag_app, handslag_job;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0011_digest_apart")]

    operations = [run_sql(READS), run_sql(EVENTS), run_sql(NOTICES)]
