"""A kept report may also be kept by the case worker of a running file of a child in it, whatever unit has the file; one who
does not take reports in is not shown a reporter who asked not to be known."""

from importlib import import_module

from django.db import migrations

from handslag.child_protection.migrations import _report_policies as _first
from handslag.foundation.policies import function

_before = import_module("handslag.child_protection.migrations.0020_kept_by_who_registered")

_TAKES_IN = (
    f"EXISTS (SELECT FROM foundation_rolegrant g WHERE {_first._HOLDS} "
    "AND g.role IN ('reception', 'case_worker', 'manager'))"
)
# Who answers for an open file of a child of the event, and is a case worker where the file is. A file that is closed for
# more than a missing number ends every keeping in the conditions that follow.
_ANSWERS = f"""EXISTS (SELECT FROM child_protection_reportedchild c JOIN child_protection_report r ON r.id = c.report_id
          JOIN casework_case f ON f.id = c.case_id JOIN foundation_rolegrant g ON g.unit_id = f.unit_id
          WHERE {_before._OF_THE_EVENT} AND f.state = 'open' AND f.worker_id = me AND g.account_id = me AND g.role = 'case_worker'
            AND g.valid_from <= handslag_today() AND (g.valid_to IS NULL OR g.valid_to > handslag_today()))"""
_CLOSED = "  IF closed THEN\n"
_NOT_KNOWN_TO = f"""  IF keeper = me AND EXISTS (SELECT FROM child_protection_reporter m WHERE m.report_id = wanted AND m.wants_protection)
    AND NOT EXISTS (SELECT FROM foundation_rolegrant g WHERE {_first._HOLDS} AND g.role IN ('reception', 'manager'))
  THEN RETURN false; END IF;
"""


def _replaced(body: str, old: str, new: str) -> str:
    if body.count(old) != 1:
        raise ValueError("the function has changed")
    return body.replace(old, new)


def _also_by_file(body: str) -> str:
    return _replaced(_before._kept(body), _TAKES_IN, f"({_TAKES_IN} OR {_ANSWERS})")


class Migration(migrations.Migration):
    dependencies = [("child_protection", "0022_balance_by_state")]

    operations = [
        function(
            "handslag_may_read_report(wanted uuid)", "boolean", _also_by_file(_first.MAY_READ_REPORT)
        ),
        function(
            "handslag_may_read_reporter(wanted uuid)",
            "boolean",
            _replaced(_also_by_file(_first.MAY_READ_REPORTER), _CLOSED, _NOT_KNOWN_TO + _CLOSED),
        ),
    ]
