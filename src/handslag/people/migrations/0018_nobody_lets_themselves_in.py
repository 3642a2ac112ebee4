"""Staff pass on the reading of whom they read, to others; nobody gives it to themselves. The product does it as the system."""

from django.db import migrations

from handslag.foundation.policies import function

BEFORE = """
DECLARE mark text; own uuid := handslag_person();
BEGIN
  IF handslag_is_system() THEN RETURN true; END IF;
  IF own IS NOT NULL THEN RETURN account IS NULL AND (pid = own OR people_share_household(own, pid)); END IF;
  IF NOT handslag_is_people_worker() THEN RETURN false; END IF;
  SELECT protection INTO mark FROM people_person WHERE id = pid;
  IF mark = 'none' THEN
    RETURN handslag_may_read_person(pid) OR unit = ANY(handslag_units()) OR account = handslag_account()
      OR EXISTS (SELECT FROM foundation_rolegrant r WHERE r.account_id = account AND r.unit_id = ANY(handslag_units()));
  END IF;
  RETURN handslag_may_read_person(pid) AND (unit IS NOT NULL OR handslag_has_role('protected') OR handslag_has_role('manager'));
END
"""
WIDE = BEFORE[BEFORE.index("    RETURN handslag_may_read_person(pid) OR") : BEFORE.index("  END IF;\n  RETURN handslag")]
NOW = BEFORE.replace(
    WIDE, "    RETURN handslag_may_read_person(pid) AND account IS DISTINCT FROM handslag_account();\n"
)
SIGNATURE = "handslag_may_grant_person(pid uuid, unit uuid, account uuid)"


class Migration(migrations.Migration):
    dependencies = [("people", "0017_own_persons_first")]

    operations = [function(SIGNATURE, "boolean", NOW)]
