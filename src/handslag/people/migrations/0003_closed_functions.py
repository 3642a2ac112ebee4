"""Trigger functions that run as the owner are nobody's to hang on a table of their own."""

from django.db import migrations

from handslag.foundation.policies import run_sql


class Migration(migrations.Migration):
    dependencies = [("people", "0002_policies")]

    operations = [run_sql("REVOKE ALL ON FUNCTION people_person_name_keys() FROM PUBLIC;")]
