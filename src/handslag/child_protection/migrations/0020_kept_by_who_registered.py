"""A report that is closed only because a child was registered without a number is kept by the one who works on it."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from handslag.child_protection.migrations import _report_policies as _first
from handslag.foundation.policies import function, run_sql

_before = import_module("handslag.child_protection.migrations.0014_restricted_until_every_child_is_known")

# The keeper, who still takes reports in where the report is, and only while nothing but "unknown" closes it: no mark of
# protection of a child or of who reported, and no file that is closed for another reason, in it or in those of the event.
_OF_THE_EVENT = "(r.id = coalesce(joined, wanted) OR r.duplicate_of_id = coalesce(joined, wanted))"
_KEEPS = f"""keeper IS NOT NULL AND keeper = me
        AND EXISTS (SELECT FROM foundation_rolegrant g WHERE {_first._HOLDS} AND g.role IN ('reception', 'case_worker', 'manager'))
        AND NOT EXISTS (SELECT FROM child_protection_reportedchild c JOIN child_protection_report r ON r.id = c.report_id
          LEFT JOIN people_person p ON p.id = c.person_id LEFT JOIN casework_case f ON f.id = c.case_id
          WHERE {_OF_THE_EVENT} AND (p.protection NOT IN ('none', 'unknown') OR (f.restricted AND p.protection <> 'unknown')))
        AND NOT EXISTS (SELECT FROM child_protection_reporter m JOIN child_protection_report r ON r.id = m.report_id
          JOIN people_person p ON p.id = m.person_id WHERE {_OF_THE_EVENT} AND p.protection <> 'none')"""

_CHANGES = (
    ("  joined uuid;\n", "  joined uuid;\n  keeper uuid;\n"),
    (
        "r.duplicate_of_id INTO closed, has_it, joined FROM",
        "r.duplicate_of_id, r.kept_by_id INTO closed, has_it, joined, keeper FROM",
    ),
    ("    RETURN (EXISTS (", f"    RETURN ({_KEEPS})\n      OR (EXISTS ("),
)

FROZEN = """
DROP TRIGGER child_protection_report_frozen ON child_protection_report;
CREATE TRIGGER child_protection_report_frozen BEFORE UPDATE OR DELETE ON child_protection_report FOR EACH ROW
  EXECUTE FUNCTION handslag_child_report_frozen('unit_id', 'handed_over_at', 'state', 'duplicate_of_id', 'merged_because',
    'restricted', 'opened_because', 'taken_by_id', 'kept_by_id', 'version');
"""


def _kept(body: str) -> str:
    body = _before._stricter(body)
    for old, new in _CHANGES:
        if body.count(old) != 1:
            raise ValueError("the function has changed")
        body = body.replace(old, new)
    return body


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("child_protection", "0019_plan_changes_and_extension_proposals"),
    ]

    operations = [
        migrations.AddField(
            "report",
            "kept_by",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        run_sql(FROZEN),
        function("handslag_may_read_report(wanted uuid)", "boolean", _kept(_first.MAY_READ_REPORT)),
        function("handslag_may_read_reporter(wanted uuid)", "boolean", _kept(_first.MAY_READ_REPORTER)),
    ]  # fmt: skip
