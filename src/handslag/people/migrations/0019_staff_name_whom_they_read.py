"""An event of staff that stands in no case names a person whom its writer may read."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# Broken glass is told to the managers before it opens anything, and opens nobody who is protected: the event that it was
# broken, and that it ended, names the person all the same. A relation is ended from either's page, and its event names the
# first of the two. Whoever sets a mark may lose the reading by it, and names the person in that transaction.
MAY_NAME = """
DECLARE actor text[] := handslag_actor();
BEGIN
  IF actor[1] = 'system' THEN RETURN true; END IF;
  IF actor[1] = 'resident' THEN RETURN handslag_resident_may_name(pid); END IF;
  RETURN handslag_may_read_person(pid)
    OR EXISTS (SELECT FROM foundation_breakglass b WHERE b.account_id = nullif(actor[2], '')::uuid AND b.person_id = pid)
    OR EXISTS (
      SELECT FROM foundation_rowhistory h WHERE h.table_name = 'people_person' AND h.row_id = pid
        AND h.account_id = nullif(actor[2], '')::uuid AND h.at >= transaction_timestamp())
    OR EXISTS (
      SELECT FROM people_relation r WHERE r.person_id = pid AND handslag_may_read_person(r.other_id) AND handslag_open_person(pid));
END
"""
EVENTS = """
ALTER POLICY foundation_event_names_own_person ON foundation_event WITH CHECK (
  person_id IS NULL OR case_id IS NOT NULL OR (SELECT handslag_is_system()) OR handslag_may_name_person(person_id));
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0018_nobody_lets_themselves_in")]

    operations = [function("handslag_may_name_person(pid uuid)", "boolean", MAY_NAME), run_sql(EVENTS)]
