"""Whether somebody may read a person is asked of the tables once, not five times for each person on a page; the rules
are those of before (0002).
"""

from django.db import migrations

from handslag.foundation.policies import function

# A grant to the very account counts whatever the mark, as long as the account holds a role; one to a unit, and broken
# glass, for those without a mark alone.
MAY_READ = """
DECLARE
  actor text[] := handslag_actor();
  me uuid; day date;
BEGIN
  IF actor IS NULL OR pid IS NULL THEN RETURN false; END IF;
  IF actor[1] = 'system' THEN RETURN true; END IF;
  IF actor[1] = 'resident' THEN
    RETURN pid = nullif(actor[3], '')::uuid
      OR EXISTS (SELECT FROM people_person WHERE id = nullif(actor[3], '')::uuid AND merged_into_id = pid);
  END IF;
  IF actor[1] <> 'staff' THEN RETURN false; END IF;
  me := nullif(actor[2], '')::uuid;
  day := handslag_today();
  RETURN EXISTS (
    SELECT FROM people_person p, foundation_account a WHERE p.id = pid AND a.id = me AND a.is_active AND (
      EXISTS (
        SELECT FROM people_persongrant g JOIN foundation_rolegrant r ON r.account_id = me
          AND r.valid_from <= day AND (r.valid_to IS NULL OR r.valid_to > day)
        WHERE g.person_id = pid AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day)
          AND (g.account_id = me OR (p.protection = 'none' AND g.account_id IS NULL AND r.unit_id = g.unit_id)))
      OR (p.protection = 'none' AND EXISTS (
        SELECT FROM foundation_breakglass b WHERE b.account_id = me AND b.person_id = pid
          AND b.ended_at IS NULL AND clock_timestamp() < b.ends_at))));
END
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0015_or_in_a_case_of_theirs")]

    operations = [function("handslag_may_read_person(pid uuid)", "boolean", MAY_READ)]
