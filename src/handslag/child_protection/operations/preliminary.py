"""The preliminary assessment: whether an investigation is opened (SoL 20:2)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection import investigation_door
from handslag.child_protection import report_events as events
from handslag.child_protection.investigation_errors import InvestigationIsOpen
from handslag.child_protection.models import PreliminaryAssessment, Report, ReportedChild, Reporter
from handslag.child_protection.operations import file_notes, identification
from handslag.child_protection.operations.bias import require_no_bias
from handslag.child_protection.operations.handing_over import hand_over
from handslag.child_protection.operations.last_day import settle_last_day
from handslag.child_protection.operations.time_proposals import settle_time_proposal
from handslag.child_protection.queries.steps import missing_to_decide
from handslag.child_protection.reasons import in_words
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.report_access import OWN_HAND, child_for, require_delegation
from handslag.child_protection.report_errors import (
    AlreadyDecided,
    ChildNotIdentified,
    DangerNotCountersigned,
    NoInvestigationOpen,
    NotDecidedYet,
    ProtectionNotAssessed,
    RepeatNotAnswered,
    ViolenceIsInvestigated,
)
from handslag.child_protection.states import (
    VIOLENCE,
    PreliminaryOutcome,
    ReportState,
    TimeProposalState,
)
from handslag.foundation import public as foundation

Outcome = PreliminaryOutcome
# Steps of the process that have a refusal of their own, which leads there.
_REFUSALS: dict[str, Callable[[], foundation.Refused]] = {
    "reported": ChildNotIdentified,
    "protection": ProtectionNotAssessed,
}


@foundation.operation
def decide_preliminary(
    *, reported_child_id: UUID, outcome: str, violence: bool, reason: str, questions: Sequence[str] = (),
    path: str = "ordinary", path_reason: str = "", cannot_wait: str = "", by: foundation.Actor, at: datetime,
) -> PreliminaryAssessment:  # fmt: skip
    """Decide for one child: `open` an investigation (opened in the same transaction), `not_open`, or `already_open`:
    the report joins the one that runs.

    Violence or abuse, told in the report or said here, makes an investigation mandatory: the database refuses the row
    too. Without `questions`, the investigation asks what the report was about. The unit on call opens what cannot
    wait, with `cannot_wait` for why, where the delegation order lets it; the report then goes over to the child's unit
    as soon as every child in it is decided. What must be done before is what the process declares
    (`CHILD_INVESTIGATION`). Raises ChildNotIdentified, ProtectionNotAssessed, NotDecidedYet, DangerNotCountersigned,
    ViolenceIsInvestigated, RepeatNotAnswered, InvestigationIsOpen,
    NoInvestigationOpen, AlreadyDecided, Biased, and Refused without delegation.
    """
    child = child_for(reported_child_id, by)
    report, codes = child.report, concerns_of(child.report)
    if hasattr(child, "preliminary"):
        raise AlreadyDecided
    require_no_bias(child, by)
    violence = violence or bool(VIOLENCE & codes)
    _require_may(child, outcome, violence, reason, by, at)
    assert child.case_id is not None and child.person_id is not None
    investigation_id = investigation_door.open_in(child.case_id)
    if outcome == Outcome.OPEN:
        investigation_id = investigation_door.open_through(
            report, case_id=child.case_id, questions=list(questions) or _questions(codes), path=path,
            path_reason=path_reason or reason.strip(), reported_child_id=child.id, violence=violence,
            cannot_wait=cannot_wait, by=by, at=at,
        )  # fmt: skip
    decided = PreliminaryAssessment(
        child=child, outcome=outcome, violence=violence, reason=reason.strip(), decided_by_id=by.account_id,
        decided_at=at, investigation_id=investigation_id,
    )  # fmt: skip
    with foundation.acting(OWN_HAND):
        decided.note_id = file_notes.write(
            child.case_id, f"child_protection.note.{outcome}", report, hand=by.account_id, at=at,
            reason=decided.reason,
        )  # fmt: skip
        decided.save(force_insert=True)
        identification.stop_clock(child, "FORH", at, at=at)
        settle_time_proposal(child, TimeProposalState.LAPSED, by=by, at=at)
        owe_feedback(report, child.case_id, decided_on=foundation.day_of(at), at=at)
        settle_state(report)
    told = events.PreliminaryDecided(
        report_id=report.id, reported_child_id=child.id, case_id=child.case_id, person_id=child.person_id,
        unit_id=report.unit_id, outcome=outcome, violence=violence, investigation_id=investigation_id,
        days=(foundation.day_of(at) - foundation.day_of(report.received_at)).days,
    )  # fmt: skip
    events.tell(told, by=by, at=at)
    if (
        outcome == Outcome.OPEN
        and report.state == ReportState.DECIDED
        and report.unit_id != report.day_unit_id
    ):
        hand_over(report, by=by, at=at)
    return decided


def concerns_of(report: Report) -> set[str]:
    """What a report and those of the same event are about."""
    with foundation.acting(OWN_HAND):
        joined = Report.objects.filter(duplicate_of_id=report.id).values_list("concern_codes", flat=True)
        return {*report.concern_codes, *(code for codes in joined for code in codes)}


def settle_state(report: Report) -> None:
    """Within an operation: a report is decided when every child in it is; its last day follows those who wait."""
    if report.state == ReportState.MERGED:
        return
    waiting = ReportedChild.objects.filter(report=report, preliminary__isnull=True).exists()
    state = ReportState.RECEIVED if waiting else ReportState.DECIDED
    if state != report.state:
        report.state, report.version = state, report.version + 1
        report.save(update_fields=["state", "version"])
    settle_last_day(report)


def _require_may(
    child: ReportedChild, outcome: str, violence: bool, reason: str, by: foundation.Actor, at: datetime
) -> None:
    if outcome not in Outcome.values:
        raise foundation.BadInput("There is no such outcome.", where="outcome", do="Choose one of the three.")
    in_words(reason, "reason")
    _require_steps(child)
    assert child.case_id is not None
    running = investigation_door.open_in(child.case_id) is not None
    with foundation.acting(OWN_HAND):
        assessed = child.protection.order_by("-assessed_at", "-id").first()
        answered = child.repeat_answers.exists()
    if outcome == Outcome.NOT_OPEN:
        if violence:
            raise ViolenceIsInvestigated
        if assessed is not None and assessed.danger and assessed.countersigned_at is None:
            raise DangerNotCountersigned
        if child.repeat_warned and not answered:
            raise RepeatNotAnswered
    if running and outcome != Outcome.ALREADY_OPEN:
        raise InvestigationIsOpen
    if not running and outcome == Outcome.ALREADY_OPEN:
        raise NoInvestigationOpen
    if outcome != Outcome.OPEN:
        require_delegation(child.report, "child_protection.preliminary_assessment", by, at)


def _require_steps(child: ReportedChild) -> None:
    """Refuse while a step is missing that the process asks for before this one."""
    with foundation.acting(OWN_HAND):
        missing = missing_to_decide(child)
    for step in missing:
        raise _REFUSALS[step.code]() if step.code in _REFUSALS else NotDecidedYet(missing)


def _questions(codes: set[str]) -> list[str]:
    return sorted("other" if code == "health" else code for code in codes) or ["other"]


def owe_feedback(report: Report, case_id: UUID, *, decided_on: date, at: datetime) -> None:
    """Within an operation: those under duty who asked, or all by the setting, are told within the time of the law from the
    decision (SoL 19:6); so are those of the reports that have joined this one, each with a time of their own."""
    joined = Report.objects.filter(duplicate_of_id=report.id).values("id")
    owed = Reporter.objects.filter(under_duty=True)
    if not reception_settings().tell_every_reporter_under_duty:
        owed = owed.filter(wants_feedback=True)
    arguments: dict[str, Any] = {
        "rule": "AATERK",
        "starts_on": decided_on,
        "by": OWN_HAND,
        "at": at,
    }
    for reporter in owed.filter(report_id=report.id) | owed.filter(report_id__in=joined):
        told = reporter.feedback.exists()
        running = casework.LegalClock.objects.filter(rule="AATERK", about=reporter.id).exists()
        if not told and not running:
            casework.start_clock(case_id=case_id, about=reporter.id, **arguments)
