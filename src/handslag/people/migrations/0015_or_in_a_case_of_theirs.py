"""In a case of their own a resident's event also names a partner who lives elsewhere; casework asks whose the case is."""

from django.db import migrations

from handslag.foundation.policies import run_sql

EVENTS = """
ALTER POLICY foundation_event_names_own_person ON foundation_event WITH CHECK (
  person_id IS NULL OR case_id IS NOT NULL OR NOT (SELECT handslag_is_resident()) OR handslag_resident_may_name(person_id));
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0014_what_a_resident_names")]

    operations = [run_sql(EVENTS)]
