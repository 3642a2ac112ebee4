"""The age at which custody ends stands in one place, and two records of one person are one, also after several merges."""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import function

_sight = import_module("handslag.casework.migrations.0043_sight_policies")
_guardians = import_module("handslag.casework.migrations.0037_guardians_policies")

# FB 6:2, 9:1. The product reads it from `parameters/record.yaml` (of_age); a test holds the two together, and that no
# other function of the database writes the number.
OF_AGE = "SELECT 18"

# A record, and whatever was merged into it: one person. Merges may stand after each other.
SAME_PERSON = """
WITH RECURSIVE later AS (
  SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = earlier
  UNION SELECT p.id, p.merged_into_id FROM people_person p JOIN later l ON p.id = l.merged_into_id)
SELECT EXISTS (SELECT FROM later WHERE id = now)
"""

_TOWARD = "(h.toward_id IS NULL OR h.toward_id = reader OR handslag_same_person(h.toward_id, reader))"
HELD = _sight.HELD.replace(_sight.TOWARD, _TOWARD)
PAPER_HELD = _sight.PAPER_HELD.replace(_sight.TOWARD, _TOWARD)
RULE = _sight.RULE.replace("SELECT 3, 18, 0, 18,", "SELECT 3, handslag_of_age(), 0, handslag_of_age(),")
HINDRANCE = _sight.HINDRANCE.replace("years >= 18", "years >= handslag_of_age()")
HAS_CUSTODY = _guardians.HAS_CUSTODY.replace("< 18)", "< handslag_of_age())")


class Migration(migrations.Migration):
    dependencies = [("casework", "0047_print_queue")]

    operations = [
        function("handslag_of_age()", "int", OF_AGE, volatility="IMMUTABLE"),
        function("handslag_same_person(earlier uuid, now uuid)", "boolean", SAME_PERSON, grant=False),
        function(
            "handslag_record_rule()",
            "TABLE(own_from_age int, guardian_until_age int, told_from_age int, own_delay_days int,"
            " guardian_delay_days int, child_may_agree boolean)",
            RULE,
        ),
        function("handslag_record_held(wanted uuid, of_note uuid, reader uuid)", "boolean", HELD, grant=False),
        function("handslag_record_paper_held(of_paper uuid, reader uuid)", "boolean", PAPER_HELD, grant=False),
        function("handslag_record_hindrance(wanted uuid, reader uuid)", "text", HINDRANCE, grant=False),
        function("handslag_has_custody(wanted uuid, about uuid)", "boolean", HAS_CUSTODY, grant=False),
    ]
