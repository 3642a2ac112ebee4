"""A guardian toward whom something about the child is secret does not read the child's record online."""

from django.db import migrations

from handslag.foundation.policies import function

SECRET = """
SELECT EXISTS (
  SELECT FROM coordination_secrettoward s WHERE s.person_id = about AND s.toward_id = toward
    AND s.valid_from <= handslag_today() AND (s.valid_to IS NULL OR s.valid_to > handslag_today()))
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_family"), ("casework", "0031_copies_and_record_policies")]

    # Casework asks this of whoever stands above it; until now nobody had said that anything is secret.
    operations = [function("handslag_record_secret_toward(about uuid, toward uuid)", "boolean", SECRET, grant=False)]
