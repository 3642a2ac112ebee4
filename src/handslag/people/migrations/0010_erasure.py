"""A person whom nothing points at any more is erased whole, with the search keys and the history of her rows."""

from django.db import migrations

from handslag.foundation.policies import function

# Whoever is still in a case, has an account or is what another record was merged into stays: then it answers false.
ERASE_PERSON = """
DECLARE part text; ids uuid[]; homes uuid[];
BEGIN
  IF NOT handslag_is_system() THEN
    RAISE EXCEPTION 'persons are erased by the system' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM foundation_account WHERE person_id = pid) THEN RETURN false; END IF;
  SELECT coalesce(array_agg(household_id), '{}') INTO homes FROM people_householdmember WHERE person_id = pid;
  BEGIN
    FOREACH part IN ARRAY ARRAY['identitynumber', 'protectionmark', 'persongrant', 'householdmember', 'address', 'contactway'] LOOP
      EXECUTE format('SELECT coalesce(array_agg(id), ''{}'') FROM people_%s WHERE person_id = $1', part) INTO ids USING pid;
      PERFORM handslag_erase_rows('people_' || part, 'id', ids);
    END LOOP;
    SELECT coalesce(array_agg(id), '{}') INTO ids FROM people_relation WHERE person_id = pid OR other_id = pid;
    PERFORM handslag_erase_rows('people_relation', 'id', ids);
    DELETE FROM people_namekey WHERE person_id = pid;
    SELECT coalesce(array_agg(id), '{}') INTO ids FROM foundation_breakglass WHERE person_id = pid;
    PERFORM handslag_erase_rows('foundation_breakglass', 'id', ids);
    PERFORM handslag_erase_rows('people_person', 'id', ARRAY[pid]);
    SELECT coalesce(array_agg(h.id), '{}') INTO ids FROM people_household h WHERE h.id = ANY(homes)
      AND NOT EXISTS (SELECT FROM people_householdmember m WHERE m.household_id = h.id);
    PERFORM handslag_erase_rows('people_household', 'id', ids);
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN true;
  EXCEPTION WHEN foreign_key_violation THEN
    RETURN false;
  END;
END
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_closed_functions"), ("foundation", "0010_erasure")]

    operations = [function("handslag_erase_person(pid uuid)", "boolean", ERASE_PERSON, volatility="VOLATILE")]
