"""Which children's files a member of staff must not see because of bias, and who may be biased; asked by the system alone."""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import function

_before = import_module("handslag.child_protection.migrations.0013_bias_hides")

# A relation whose first day is its last was a mistake that has been undone; one that has ended still binds.
_TRUE = "r.kind <> 'contact' AND r.valid_to IS DISTINCT FROM r.valid_from"


def _without_mistakes(sql: str) -> str:
    if sql.count("r.kind <> 'contact'") != 2:
        raise ValueError("the function of 0013_bias_hides has changed")
    return sql.replace("r.kind <> 'contact'", _TRUE)


# Themselves and those whom they are close to, by what has been said and by the relations that are known.
_NEAR = """
  SELECT array_agg(p) INTO selves FROM (
    SELECT a.person_id AS p FROM foundation_account a WHERE a.id = wanted AND a.person_id IS NOT NULL
    UNION SELECT b.person_id FROM child_protection_bias b
      WHERE b.account_id = wanted AND b.kind = 'self' AND b.ended_at IS NULL AND b.person_id IS NOT NULL) s;
  SELECT array_agg(DISTINCT p) INTO near FROM (
    SELECT unnest(selves) AS p
    UNION SELECT b.person_id FROM child_protection_bias b WHERE b.account_id = wanted AND b.ended_at IS NULL AND b.person_id IS NOT NULL
    UNION SELECT r.other_id FROM people_relation r WHERE r.person_id = ANY(selves) AND r.kind <> 'contact' AND r.valid_to IS DISTINCT FROM r.valid_from
    UNION SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(selves) AND r.kind <> 'contact' AND r.valid_to IS DISTINCT FROM r.valid_from) n;
"""

# The files of those close to them, and of every child in a report that is about, or was made by, somebody close. What one
# has reported in one's work keeps nobody from the file: that is the work.
FILES = f"""
DECLARE selves uuid[]; near uuid[]; touched uuid[]; mains uuid[];
BEGIN
  IF NOT handslag_is_system() THEN RETURN '{{}}'; END IF;
{_NEAR}
  SELECT array_agg(DISTINCT id) INTO touched FROM (
    SELECT b.report_id AS id FROM child_protection_bias b WHERE b.account_id = wanted AND b.ended_at IS NULL AND b.report_id IS NOT NULL
    UNION SELECT c.report_id FROM child_protection_reportedchild c WHERE c.person_id = ANY(near)
    UNION SELECT m.report_id FROM child_protection_reporter m WHERE m.person_id = ANY(near)
    UNION SELECT m.report_id FROM child_protection_reporter m WHERE m.account_id = wanted AND m.kind <> 'professional') t;
  mains := ARRAY(SELECT DISTINCT coalesce(r.duplicate_of_id, r.id) FROM child_protection_report r WHERE r.id = ANY(touched));
  RETURN ARRAY(
    SELECT c.case_id FROM child_protection_reportedchild c JOIN child_protection_report r ON r.id = c.report_id
      WHERE (r.id = ANY(mains) OR r.duplicate_of_id = ANY(mains)) AND c.case_id IS NOT NULL
    UNION SELECT f.id FROM casework_case f WHERE f.kind = 'child_protection' AND f.person_id = ANY(near));
END
"""

# The members of staff to ask again when something has happened to persons or reports: themselves, their relatives, those
# who have said a bias, and who reported.
STAFF_NEAR = """
DECLARE about uuid[];
BEGIN
  IF NOT handslag_is_system() THEN RETURN '{}'; END IF;
  SELECT array_agg(DISTINCT p) INTO about FROM (
    SELECT unnest(persons) AS p
    UNION SELECT c.person_id FROM child_protection_reportedchild c WHERE c.report_id = ANY(reports)
    UNION SELECT m.person_id FROM child_protection_reporter m WHERE m.report_id = ANY(reports)) a WHERE p IS NOT NULL;
  SELECT array_agg(DISTINCT p) INTO about FROM (
    SELECT unnest(about) AS p
    UNION SELECT r.other_id FROM people_relation r WHERE r.person_id = ANY(about) AND r.kind <> 'contact' AND r.valid_to IS DISTINCT FROM r.valid_from
    UNION SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(about) AND r.kind <> 'contact' AND r.valid_to IS DISTINCT FROM r.valid_from) n;
  RETURN ARRAY(
    SELECT n.id FROM (
      SELECT a.id FROM foundation_account a WHERE a.person_id = ANY(about)
      UNION SELECT b.account_id FROM child_protection_bias b WHERE b.person_id = ANY(about) OR b.report_id = ANY(reports)
      UNION SELECT m.account_id FROM child_protection_reporter m WHERE m.report_id = ANY(reports) AND m.account_id IS NOT NULL) n
    WHERE EXISTS (SELECT FROM foundation_rolegrant g WHERE g.account_id = n.id));
END
"""


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0016_telling_words"), ("casework", "0045_biased_staff")]

    operations = [
        function(
            "handslag_reports_hidden_from(wanted uuid)", "uuid[]", _without_mistakes(_before.HIDDEN_FROM), grant=False
        ),
        function("handslag_files_kept_from(wanted uuid)", "uuid[]", FILES),
        function("handslag_staff_near(persons uuid[], reports uuid[])", "uuid[]", STAFF_NEAR),
    ]
