"""A restricted report is read through the files of its children only when every child of it has one."""

from django.db import migrations

from handslag.child_protection.migrations import _report_policies as _before
from handslag.foundation.policies import function

_ANY_FILE = (
    "OR (EXISTS (SELECT FROM child_protection_reportedchild c"
    " WHERE c.report_id = coalesce(joined, wanted) AND c.case_id IS NOT NULL)"
)
_EVERY_CHILD_HAS_ONE = (
    "AND NOT EXISTS (SELECT FROM child_protection_reportedchild c"
    " WHERE c.report_id = coalesce(joined, wanted) AND c.case_id IS NULL)"
)
# Also the children who stay with a report that has joined another: whoever may not work in one of them reads neither.
_IN_MAIN = "c.report_id = coalesce(joined, wanted) AND c.case_id IS NOT NULL\n            AND NOT"
_IN_BOTH = "c.report_id IN (wanted, joined) AND c.case_id IS NOT NULL\n            AND NOT"


def _stricter(body: str) -> str:
    for old, new in ((_ANY_FILE, f"{_ANY_FILE} {_EVERY_CHILD_HAS_ONE}"), (_IN_MAIN, _IN_BOTH)):
        if body.count(old) != 1:
            raise ValueError("the function has changed")
        body = body.replace(old, new)
    return body


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0013_bias_hides")]

    operations = [
        function("handslag_may_read_report(wanted uuid)", "boolean", _stricter(_before.MAY_READ_REPORT)),
        function("handslag_may_read_reporter(wanted uuid)", "boolean", _stricter(_before.MAY_READ_REPORTER)),
    ]
