"""A resident's event is about somebody whom the resident may read or lives with; who is left out of a home is not in it."""

from django.db import migrations

from handslag.foundation.policies import function, run_sql

# Restrictive: it narrows the foundation's own policy, which knows no persons.
EVENTS = """
CREATE POLICY foundation_event_names_own_person ON foundation_event AS RESTRICTIVE FOR INSERT TO handslag_app, handslag_job
  WITH CHECK (person_id IS NULL OR NOT (SELECT handslag_is_resident()) OR handslag_resident_may_name(person_id));
"""
MAY_NAME = "SELECT handslag_may_read_person(pid) OR people_share_household(handslag_person(), pid)"

# The context that keeps secrets toward named persons says who is left out (coordination); without it nobody is.
LEFT_OUT = "SELECT '{}'::uuid[]"

HOUSEHOLD = """
WITH found AS (
  SELECT p.id, p.given_name::text, p.family_name::text, extract(year FROM p.born)::int AS birth_year, m.role::text, m.share::int,
    m.valid_from, m.valid_to
  FROM people_householdmember m JOIN people_person p ON p.id = m.person_id
  WHERE m.household_id = hid AND m.valid_from <= day AND (m.valid_to IS NULL OR m.valid_to > day)
    AND EXISTS (
      SELECT FROM people_householdmember mine WHERE mine.household_id = hid AND mine.valid_from <= day
        AND (mine.valid_to IS NULL OR mine.valid_to > day) AND handslag_may_read_person(mine.person_id))
    AND handslag_open_person(p.id))
SELECT * FROM found WHERE handslag_may_read_person(found.id)
  OR NOT found.id = ANY((SELECT handslag_left_out_of_home(hid, ARRAY(SELECT id FROM found)))::uuid[])
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0013_why_a_mark_ended"), ("foundation", "0012_writes_of_ones_own")]

    operations = [
        function("handslag_resident_may_name(pid uuid)", "boolean", MAY_NAME),
        run_sql(EVENTS),
        function("handslag_left_out_of_home(hid uuid, pids uuid[])", "uuid[]", LEFT_OUT, grant=False),
        function(
            "handslag_household(hid uuid, day date)",
            "TABLE(person_id uuid, given_name text, family_name text, birth_year int, role text, share int, valid_from date, valid_to date)",
            HOUSEHOLD,
        ),
    ]
