"""The unit on call opens an investigation that cannot wait for the office; the child's unit has it from then."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.models import Investigation, Report
from handslag.child_protection.operations.investigations import open_as
from handslag.child_protection.operations.notices import tell_managers
from handslag.child_protection.report_access import OWN_HAND
from handslag.child_protection.report_errors import DayUnitOpens
from handslag.foundation import public as foundation

DECISION = "child_protection.open_on_call"


def may_open_on_call(report: Report, by: foundation.Actor, at: datetime) -> bool:
    """Whether the report is still with the unit on call and the delegation order lets the actor open there."""
    waits_there = report.unit_id != report.day_unit_id
    return waits_there and foundation.may_decide(by, DECISION, None, report.unit_id, foundation.day_of(at))


def open_on_call(
    report: Report, *, case_id: UUID, questions: Sequence[str], path: str, path_reason: str, cannot_wait: str,
    reported_child_id: UUID, violence: bool, by: foundation.Actor, at: datetime,
) -> Investigation:  # fmt: skip
    """Within an operation: open it in the child's file by the system's hand, decided by the one on call.

    The one on call gets no right in the file by it. Its unit's managers are told, and its clock runs. Raises
    DayUnitOpens without the delegation, BadInput without why it cannot wait.
    """
    if not may_open_on_call(report, by, at):
        raise DayUnitOpens
    if not cannot_wait.strip():
        raise foundation.BadInput(
            "Write why it cannot wait for the child's own unit.",
            where="cannot_wait",
            do="A sentence or two; it stands in the decision.",
        )
    with foundation.acting(OWN_HAND):
        case = casework.get_case(case_id, OWN_HAND)
        opened = open_as(
            case, questions=questions, path=path, path_reason=path_reason, reported_child_id=reported_child_id,
            violence=violence, why=cannot_wait.strip(), decision=DECISION, delegated_in=report.unit_id, decider=by,
            by=OWN_HAND, at=at,
        )  # fmt: skip
        day_unit = Report(
            id=report.id, number=report.number, unit_id=case.unit_id, restricted=report.restricted
        )
    tell_managers(day_unit, "child_protection.opened_on_call", at=at)
    return opened
