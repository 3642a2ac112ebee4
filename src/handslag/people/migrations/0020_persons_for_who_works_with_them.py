"""A role in a unit opens the unit's persons to those who work with persons (`handslag_is_people_worker`), as the pages do:
not to the board, a controller, an attester, a rules officer or an administrator of the same unit. So does broken glass.
"""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# A grant to the very account counts whatever the mark; one to a unit, and broken glass, for those without a mark alone.
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
          AND r.role IN ('case_worker', 'reception', 'manager', 'protected')
          AND r.valid_from <= day AND (r.valid_to IS NULL OR r.valid_to > day)
        WHERE g.person_id = pid AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day)
          AND (g.account_id = me OR (p.protection = 'none' AND g.account_id IS NULL AND r.unit_id = g.unit_id)))
      OR (p.protection = 'none' AND handslag_is_people_worker() AND EXISTS (
        SELECT FROM foundation_breakglass b WHERE b.account_id = me AND b.person_id = pid
          AND b.ended_at IS NULL AND clock_timestamp() < b.ends_at))));
END
"""
GLASS = """
ALTER POLICY foundation_breakglass_insert ON foundation_breakglass WITH CHECK ((SELECT handslag_is_system()) OR (
  (SELECT handslag_is_people_worker()) AND account_id = (SELECT handslag_account())
  AND ends_at <= clock_timestamp() + interval '25 hours'));
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0019_staff_name_whom_they_read")]

    operations = [function("handslag_may_read_person(pid uuid)", "boolean", MAY_READ), run_sql(GLASS)]
