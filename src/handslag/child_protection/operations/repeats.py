"""Reports that come again and again about one child without an investigation."""

from datetime import datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection import investigation_door
from handslag.child_protection import report_events as events
from handslag.child_protection.models import RepeatAnswer, ReportedChild
from handslag.child_protection.reasons import in_words
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.report_access import OWN_HAND, child_for
from handslag.child_protection.report_errors import ChildNotIdentified
from handslag.child_protection.rules.repeats import start_of_day
from handslag.child_protection.states import PreliminaryOutcome, ReportState
from handslag.foundation import public as foundation


@foundation.operation
def answer_repeat(
    *, reported_child_id: UUID, reason: str, by: foundation.Actor, at: datetime
) -> RepeatAnswer:
    """Say why there has been no investigation although the child has been reported again and again.

    Without it the preliminary assessment cannot end in no investigation.
    """
    child = child_for(reported_child_id, by)
    if child.case_id is None or child.person_id is None:
        raise ChildNotIdentified
    reason = in_words(reason, "reason")
    with foundation.acting(OWN_HAND):
        answer = RepeatAnswer(
            child=child, reason=reason, answered_by_id=by.account_id, answered_at=at
        )
        answer.save(force_insert=True)
    answered = events.RepeatAnswered(
        report_id=child.report_id,
        reported_child_id=child.id,
        case_id=child.case_id,
        person_id=child.person_id,
    )
    events.tell(answered, by=by, at=at)
    return answer


def count(child: ReportedChild, *, by: foundation.Actor, at: datetime) -> None:
    """Within an operation: which report of the child this is within the time of the setting, without an
    investigation; raised at once from the number of the setting. Reports of the same event count as one."""
    assert child.person_id is not None and child.case_id is not None
    settings = reception_settings()
    with foundation.acting(OWN_HAND):
        joins = investigation_door.open_in(child.case_id) is not None
        began = investigation_door.latest_began(child.person_id, child.report.received_at)
        number = 1 if joins else _number(child.person_id, child, settings.repeat_months, began)
        warned, was = number >= settings.repeat_reports, child.repeat_warned
        if (number, warned) != (child.repeat_number, child.repeat_warned):
            child.repeat_number, child.repeat_warned = number, warned
            child.save(update_fields=["repeat_number", "repeat_warned"])
    if warned and not was:
        raised = events.RepeatRaised(
            report_id=child.report_id, reported_child_id=child.id, case_id=child.case_id,
            person_id=child.person_id, unit_id=child.report.unit_id, number=number,
        )  # fmt: skip
        events.tell(raised, by=by, at=at)


def _number(person_id: UUID, child: ReportedChild, months: int, began: datetime | None) -> int:
    since = casework.add_months(foundation.day_of(child.report.received_at), -months)
    rows = ReportedChild.objects.filter(
        person_id=person_id, report__received_at__gte=start_of_day(since),
        report__received_at__lte=child.report.received_at,
    ).exclude(report__state=ReportState.MERGED)  # fmt: skip
    opened = rows.filter(
        preliminary__outcome__in=(PreliminaryOutcome.OPEN, PreliminaryOutcome.ALREADY_OPEN)
    ).order_by("-report__received_at")
    last = opened.values_list("report__received_at", flat=True).first()
    # An investigation ends the count whatever it began from: a report, or what the office saw itself.
    since_one = [moment for moment in (last, began) if moment is not None]
    if since_one:
        rows = rows.filter(report__received_at__gt=max(since_one))
    return max(1, rows.values("report_id").distinct().count())
