"""What casework asks before a guardian reads a child's record online: whether something is secret toward the guardian."""

from django.db import migrations

from handslag.foundation.policies import function

SECRET_TOWARD = """
SELECT EXISTS (SELECT FROM coordination_secrettoward s
  WHERE s.person_id = about AND s.toward_id = toward AND coordination_secret_holds(s, 'any'))
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_family"), ("casework", "0031_copies_and_record_policies")]

    operations = [
        function("handslag_record_secret_toward(about uuid, toward uuid)", "boolean", SECRET_TOWARD, grant=False)
    ]
