"""Who has a report: somebody who takes it on, and the on-call unit that hands over to the day unit."""

from datetime import datetime
from uuid import UUID

from handslag.child_protection import report_events as events
from handslag.child_protection.models import Report, ReportedChild
from handslag.child_protection.operations.bias import is_biased
from handslag.child_protection.operations.keeping import end_keeping
from handslag.child_protection.operations.landing import office_is_open
from handslag.child_protection.operations.notices import tell_managers
from handslag.child_protection.report_access import OWN_HAND, Role, report_for
from handslag.child_protection.report_errors import Biased
from handslag.child_protection.states import ReportState
from handslag.foundation import public as foundation


@foundation.operation
def take_report(
    *, report_id: UUID, account_id: UUID | None = None, version: int | None = None, by: foundation.Actor, at: datetime
) -> Report:  # fmt: skip
    """Take a report on, oneself without `account_id`; a manager may give it to another. Raises Biased, and Conflict
    when a colleague has taken it since the actor looked."""
    report = report_for(report_id, by)
    if version is not None and version != report.version:
        raise foundation.Conflict(
            "Somebody else has changed the report since you opened it.", do="Open it again and look."
        )
    who = account_id or by.account_id
    if who != by.account_id:
        foundation.require_role(by, Role.MANAGER, unit_id=report.unit_id)
    with foundation.acting(OWN_HAND):
        children = list(ReportedChild.objects.filter(report=report))
        if who is not None and is_biased(who, children, report.id):
            raise Biased
        report.taken_by_id, report.version = who, report.version + 1
        report.save(update_fields=["taken_by", "version"])
    taken = events.ReportTaken(report_id=report.id, unit_id=report.unit_id, taken_by_id=who)
    events.tell(taken, by=by, at=at)
    return report


@foundation.operation
def hand_over_report(*, report_id: UUID, by: foundation.Actor, at: datetime) -> Report:
    """The on-call unit hands a report over to the day unit with everything: what was told, assessed and done, the
    reporter, and those of the same event. Twice is the same as once."""
    report = report_for(report_id, by)
    return report if report.unit_id == report.day_unit_id else hand_over(report, by=by, at=at)


def hand_over(report: Report, *, by: foundation.Actor, at: datetime) -> Report:
    """Within an operation: the report, locked, and those of the same event go over to the day unit."""
    left = report.unit_id
    with foundation.acting(OWN_HAND):
        for one in (report, *Report.objects.filter(duplicate_of_id=report.id, unit_id=left)):
            end_keeping(one, at=at)
            one.unit_id, one.handed_over_at, one.taken_by_id = one.day_unit_id, at, None
            one.version += 1
            one.save(update_fields=["unit", "handed_over_at", "taken_by", "kept_by", "version"])
    over = events.ReportHandedOver(report_id=report.id, unit_id=report.unit_id, from_unit_id=left)
    events.tell(over, by=by, at=at)
    tell_managers(report, "child_protection.handed_over", at=at)
    return report


@foundation.operation
def hand_over_due(*, by: foundation.Actor, at: datetime) -> int:
    """When the office opens: hand over what the on-call unit still has; gives how many."""
    foundation.require_role(by)
    with foundation.acting(OWN_HAND):
        rows = Report.objects.filter(out_of_hours=True, handed_over_at__isnull=True)
        waiting = rows.exclude(state=ReportState.MERGED).values_list("id", "unit_id", "day_unit_id")
        due = [one for one, unit, day_unit in waiting if unit != day_unit and office_is_open(day_unit, at)]
        for report_id in due:
            hand_over_report(report_id=report_id, by=by, at=at)
    return len(due)
