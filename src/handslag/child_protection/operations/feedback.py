"""Telling a reporter under duty what came of the report (återkoppling, SoL 19:6)."""

from datetime import datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection import report_events as events
from handslag.child_protection.models import Feedback, PreliminaryAssessment, Report, ReportedChild, Reporter
from handslag.child_protection.report_access import OWN_HAND, report_for
from handslag.child_protection.report_errors import MayNotBeTold
from handslag.child_protection.states import FeedbackText, FeedbackWay, PreliminaryOutcome
from handslag.foundation import public as foundation

_SAYS = {
    PreliminaryOutcome.OPEN.value: FeedbackText.OPENED.value,
    PreliminaryOutcome.NOT_OPEN.value: FeedbackText.NOT_OPENED.value,
    PreliminaryOutcome.ALREADY_OPEN.value: FeedbackText.ALREADY_OPEN.value,
}


@foundation.operation
def give_feedback(
    *, report_id: UUID, text_code: str, way: str, by: foundation.Actor, at: datetime
) -> Feedback:
    """Record that the reporter was told, by a code of `FeedbackText`: whether an investigation was opened, was not, or
    was open already, and never anything of the family. The time of the law stops.

    Only one who must report by law may be told, and only after the decision; a code that says otherwise than was
    decided is refused. Raises MayNotBeTold, BadInput.
    """
    report = report_for(report_id, by)
    with foundation.acting(by):
        reporter = Reporter.objects.filter(report_id=report.id).first()
    if reporter is None or not reporter.under_duty:
        raise MayNotBeTold
    if way not in FeedbackWay.values or text_code not in _may_be_said(report):
        raise foundation.BadInput(
            "This cannot be said, or not that way.",
            where="text_code",
            do="Decide first for the child, then say what was decided and nothing more.",
        )
    with foundation.acting(OWN_HAND):
        given = Feedback(
            reporter=reporter, text_code=text_code, way=way, given_by_id=by.account_id, given_at=at
        )
        given.save(force_insert=True)
        clocks = casework.LegalClock.objects.filter(rule="AATERK", about=reporter.id, closed_on__isnull=True)
        for owed_in in clocks.values_list("case_id", flat=True):
            casework.stop_clock(
                case_id=owed_in,
                rule="AATERK",
                about=reporter.id,
                on=foundation.day_of(at),
                by=OWN_HAND,
                at=at,
            )
        main = ReportedChild.objects.filter(report_id=report.duplicate_of_id or report.id, case__isnull=False)
        case_id = main.values_list("case_id", flat=True).first()
    told = events.FeedbackGiven(
        report_id=report.id, case_id=case_id, unit_id=report.unit_id, text_code=text_code, way=way
    )
    events.tell(told, by=by, at=at)
    return given


def _may_be_said(report: Report) -> set[str]:
    with foundation.acting(OWN_HAND):
        main = report.duplicate_of_id or report.id
        outcomes = PreliminaryAssessment.objects.filter(child__report_id=main).values_list(
            "outcome", flat=True
        )
        codes = {_SAYS[outcome] for outcome in outcomes}
    return {*codes, FeedbackText.NOT_SUITABLE.value} if codes else set()
