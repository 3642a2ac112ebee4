"""Who is biased (jäv) does not see the report at all; the managers of the units see from whom it is hidden."""

from django.db import migrations, models

from handslag.foundation.policies import function, run_sql

# The reports that an account may not see: declared by it or of it, made by it or by somebody close, about somebody close;
# by what has been said and by the relations that are known. Those of the same event go together.
HIDDEN_FROM = """
DECLARE selves uuid[]; near uuid[]; touched uuid[]; mains uuid[];
BEGIN
  SELECT array_agg(p) INTO selves FROM (
    SELECT a.person_id AS p FROM foundation_account a WHERE a.id = wanted AND a.person_id IS NOT NULL
    UNION SELECT b.person_id FROM child_protection_bias b
      WHERE b.account_id = wanted AND b.kind = 'self' AND b.ended_at IS NULL AND b.person_id IS NOT NULL) s;
  SELECT array_agg(DISTINCT p) INTO near FROM (
    SELECT unnest(selves) AS p
    UNION SELECT b.person_id FROM child_protection_bias b WHERE b.account_id = wanted AND b.ended_at IS NULL AND b.person_id IS NOT NULL
    UNION SELECT r.other_id FROM people_relation r WHERE r.person_id = ANY(selves) AND r.kind <> 'contact'
    UNION SELECT r.person_id FROM people_relation r WHERE r.other_id = ANY(selves) AND r.kind <> 'contact') n;
  SELECT array_agg(DISTINCT id) INTO touched FROM (
    SELECT b.report_id AS id FROM child_protection_bias b WHERE b.account_id = wanted AND b.ended_at IS NULL AND b.report_id IS NOT NULL
    UNION SELECT c.report_id FROM child_protection_reportedchild c WHERE c.person_id = ANY(near)
    UNION SELECT m.report_id FROM child_protection_reporter m WHERE m.person_id = ANY(near)
    UNION SELECT m.report_id FROM child_protection_reporter m WHERE m.account_id = wanted) t;
  IF touched IS NULL THEN RETURN '{}'; END IF;
  mains := ARRAY(SELECT DISTINCT coalesce(r.duplicate_of_id, r.id) FROM child_protection_report r WHERE r.id = ANY(touched));
  RETURN ARRAY(SELECT r.id FROM child_protection_report r WHERE r.id = ANY(mains)
    UNION SELECT r.id FROM child_protection_report r WHERE r.duplicate_of_id = ANY(mains));
END
"""

HIDDEN = "SELECT CASE WHEN handslag_is_staff() THEN handslag_reports_hidden_from(handslag_account()) ELSE '{}' END"

# Told to a manager of a unit that has the report or keeps its file, who sees it. Not told: to whom somebody is close.
WHO_DOES_NOT_SEE = """
DECLARE has_it uuid; keeps uuid;
BEGIN
  SELECT r.unit_id, r.day_unit_id INTO has_it, keeps FROM child_protection_report r WHERE r.id = wanted;
  IF NOT handslag_may_read_report(wanted) OR wanted = ANY(handslag_hidden_reports())
     OR NOT (handslag_units_as('manager') && ARRAY[has_it, keeps]) THEN RETURN '{}'; END IF;
  RETURN ARRAY(SELECT DISTINCT g.account_id FROM foundation_rolegrant g JOIN foundation_account a ON a.id = g.account_id
    WHERE g.unit_id IN (has_it, keeps) AND a.is_active AND g.role IN ('reception', 'case_worker', 'manager')
      AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today())
      AND wanted = ANY(handslag_reports_hidden_from(g.account_id)));
END
"""

SEEN = "NOT (%s = ANY((SELECT handslag_hidden_reports())::uuid[]))"
OF_REPORT = f"(SELECT handslag_is_system()) OR ({SEEN % 'report_id'} AND handslag_may_read_report(report_id))"
POLICIES = f"""
ALTER POLICY child_protection_report_select ON child_protection_report USING ((SELECT handslag_is_system()) OR ({SEEN % "id"}
  AND ((NOT restricted AND unit_id = ANY((SELECT handslag_reception_units())::uuid[])) OR handslag_may_read_report(id))));
ALTER POLICY child_protection_reporter_select ON child_protection_reporter
  USING ((SELECT handslag_is_system()) OR ({SEEN % "report_id"} AND handslag_may_read_reporter(report_id)));
ALTER POLICY child_protection_reportedchild_select ON child_protection_reportedchild USING ({OF_REPORT});
ALTER POLICY child_protection_reportattachment_select ON child_protection_reportattachment USING ({OF_REPORT});
"""


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0012_preliminary_extension")]

    operations = [
        migrations.AddIndex(
            "reporter",
            models.Index(
                fields=["account"], condition=models.Q(account__isnull=False), name="child_reporter_account"
            ),
        ),
        function("handslag_reports_hidden_from(wanted uuid)", "uuid[]", HIDDEN_FROM, grant=False),
        function("handslag_hidden_reports()", "uuid[]", HIDDEN),
        function("handslag_report_hidden_from(wanted uuid)", "uuid[]", WHO_DOES_NOT_SEE),
        run_sql(POLICIES),
    ]
