"""Who may act on a report, beside what the database itself refuses."""

from collections.abc import Iterable
from uuid import UUID

from handslag.child_protection.models import Report, ReportedChild
from handslag.child_protection.report_errors import ReportNotFound
from handslag.foundation import public as foundation

KIND = "child_protection"
OWN_HAND = foundation.system("child_protection")
Role = foundation.Role
_HANDLERS = (Role.RECEPTION, Role.CASE_WORKER, Role.MANAGER)


def report_for(report_id: UUID, by: foundation.Actor) -> Report:
    """The report, locked for a change by somebody who reads it and handles reports. Raises ReportNotFound, Refused."""
    with foundation.acting(by):
        if not Report.objects.filter(id=report_id).exists():
            raise ReportNotFound
        foundation.require_role(by, *_HANDLERS)
    with foundation.acting(OWN_HAND):
        return Report.objects.select_for_update().get(id=report_id)


def child_for(reported_child_id: UUID, by: foundation.Actor) -> ReportedChild:
    """A child of a report that the actor may act on; the report is locked and in `child.report`."""
    with foundation.acting(by):
        found = ReportedChild.objects.filter(id=reported_child_id).values_list("report_id", flat=True).first()
    if found is None:
        raise ReportNotFound
    report = report_for(found, by)
    with foundation.acting(OWN_HAND):
        child = ReportedChild.objects.select_for_update(of=("self",)).get(id=reported_child_id)
    child.report = report
    return child


def units_of(report: Report) -> Iterable[UUID]:
    """The unit that has the report, then the one that keeps the files."""
    return dict.fromkeys((report.unit_id, report.day_unit_id))


def require_delegation(report: Report, decision: str, by: foundation.Actor, at: object) -> None:
    """Raise `Refused` unless the delegation order lets the actor decide, in the unit that has the report or keeps
    the file; for a restricted report, those named act with the role that they hold."""
    units: list[UUID | None] = list(units_of(report))
    if report.restricted:
        units.append(None)
    day = foundation.day_of(at)  # type: ignore[arg-type]
    if not any(foundation.may_decide(by, decision, None, unit, day) for unit in units):
        foundation.require_delegation(by, decision, None, report.unit_id, day)
