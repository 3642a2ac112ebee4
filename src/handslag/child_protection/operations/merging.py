"""Several reports of the same event: they are handled together, and every reporter is kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from handslag.child_protection import report_events as events
from handslag.child_protection.models import PreliminaryAssessment, Report, ReportedChild
from handslag.child_protection.operations import biased_files, file_notes, identification, repeats
from handslag.child_protection.operations.preliminary import owe_feedback, settle_state
from handslag.child_protection.report_access import OWN_HAND, report_for
from handslag.child_protection.states import PreliminaryOutcome, ReportState
from handslag.foundation import public as foundation


@foundation.operation
def merge_report(
    *, report_id: UUID, into_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> Report:
    """A report tells of the same event as an earlier one: it joins that one and stands, with its reporter, beside it.

    Always into the one that came first, so that no time of law is won. A child that the earlier does not tell of goes
    over to it, with its clocks; the others are one with the child there. What both tell of counts for both: violence
    told by one is investigated. Raises BadInput, and Refused when a child of the later one is decided already, or the same
    child of the earlier one is not investigated: what is told anew is decided on its own.
    """
    report, into = _two(report_id, into_id, by)
    if report.duplicate_of_id == into.id:
        return report
    _require_may_merge(report, into, because)
    with foundation.acting(OWN_HAND):
        there = list(ReportedChild.objects.filter(report=into))
        for child in ReportedChild.objects.filter(report=report).select_related("report"):
            same = _same_child(child, there)
            if same is None:
                _go_over(child, into)
            else:
                _become_one(child, same, into, by=by, at=at)
        report.state, report.duplicate_of_id = ReportState.MERGED, into.id
        report.merged_because, report.version = because.strip(), report.version + 1
        report.save(update_fields=["state", "duplicate_of", "merged_because", "version"])
        # Those that had joined the later one join the first one with it.
        Report.objects.filter(duplicate_of_id=report.id).update(duplicate_of=into.id)
        if report.urgency < into.urgency:
            into.urgency = report.urgency
            into.save(update_fields=["urgency"])
        if report.restricted or into.restricted:
            identification.close_both(report, into, by=by, at=at)
        settle_state(into)
        _owe_after_decision(into, at=at)
    merged = events.ReportMerged(report_id=report.id, into_id=into.id, unit_id=into.unit_id)
    events.tell(merged, by=by, at=at)
    biased_files.ask_again(report_ids=[report.id, into.id], at=at)
    for child in there:
        if child.person_id is not None:
            repeats.count(child, by=by, at=at)
    return report


@foundation.operation
def merge_reports(
    *, report_ids: Sequence[UUID], because: str, by: foundation.Actor, at: datetime
) -> Report:
    """Several reports of the same event are joined in one round: all join the one that came first, which is given.

    All or none, each as `merge_report` would, with its event. Raises BadInput for fewer than two.
    """
    wanted = sorted(set(report_ids))
    if len(wanted) < 2:
        raise foundation.BadInput(
            "Choose at least one more report.", where="reports", do="Tick it in the list, or write its number."
        )
    reports = [report_for(one, by) for one in wanted]
    first, *later = sorted(reports, key=lambda one: (one.received_at, one.number))
    for report in later:
        merge_report(report_id=report.id, into_id=first.id, because=because, by=by, at=at)
    with foundation.acting(OWN_HAND):
        return Report.objects.get(id=first.id)


def _owe_after_decision(into: Report, *, at: datetime) -> None:
    """Who reports what has been decided already is owed the answer from that decision, as the first reporter was."""
    decided = PreliminaryAssessment.objects.filter(child__report=into, child__case__isnull=False)
    latest = decided.select_related("child").order_by("-decided_at").first()
    if latest is not None and latest.child.case_id is not None:
        owe_feedback(into, latest.child.case_id, decided_on=foundation.day_of(latest.decided_at), at=at)


def _two(report_id: UUID, into_id: UUID, by: foundation.Actor) -> tuple[Report, Report]:
    """Both reports, locked in one order whoever merges which into which."""
    if report_id == into_id:
        raise foundation.BadInput(
            "A report cannot join itself.", where="into_id", do="Choose another report of the same event."
        )
    locked = {one: report_for(one, by) for one in sorted((report_id, into_id))}
    return locked[report_id], locked[into_id]


def _require_may_merge(report: Report, into: Report, because: str) -> None:
    if ReportState.MERGED in (report.state, into.state):
        raise foundation.Refused(
            "One of the reports has joined another already.",
            do="Join this one with the first report of the event.",
        )
    if report.received_at < into.received_at:
        raise foundation.BadInput(
            "The other report came later.",
            where="into_id",
            do="Join the later report with the one that came first: the time of the law runs from that day.",
        )
    if not because.strip():
        raise foundation.BadInput(
            "Say why they tell of the same event.", where="because", do="A few words are enough."
        )
    with foundation.acting(OWN_HAND):
        if ReportedChild.objects.filter(report=report, preliminary__isnull=False).exists():
            raise foundation.Refused(
                "A child of this report has been decided already.", do="Let both reports stand as they are."
            )
        there = list(ReportedChild.objects.filter(report=into).select_related("preliminary"))
        same = [_same_child(child, there) for child in ReportedChild.objects.filter(report=report)]
    if any(one is not None and _is_left(one) for one in same):
        raise foundation.Refused(
            "It has been decided not to investigate because of the earlier report.",
            do="Let both reports stand as they are, and decide this one on its own.",
        )


def _same_child(child: ReportedChild, there: list[ReportedChild]) -> ReportedChild | None:
    """The child of the first report that this one is: the same person, or, where one of them is not known, the same
    name as told. Without a name, only a child who stands alone in the first report."""
    if child.person_id is not None:
        same = [one for one in there if one.person_id == child.person_id]
        same = same or [one for one in there if one.person_id is None and _agree(child, one)]
    else:
        same = [one for one in there if _agree(child, one)]
        if not same and not child.name_told and len(there) == 1:
            same = there
    return same[0] if same else None


def _is_left(child: ReportedChild) -> bool:
    return hasattr(child, "preliminary") and child.preliminary.outcome == PreliminaryOutcome.NOT_OPEN


def _agree(one: ReportedChild, other: ReportedChild) -> bool:
    return bool(one.name_told) and one.name_told.casefold() == other.name_told.casefold()


def _go_over(child: ReportedChild, into: Report) -> None:
    child.report = into
    child.save(update_fields=["report"])


def _become_one(
    child: ReportedChild, same: ReportedChild, into: Report, *, by: foundation.Actor, at: datetime
) -> None:
    same.report = into
    if same.person_id is None and child.person_id is not None and child.person is not None:
        identification.settle(same, child.person, by=by, at=at)
    if child.case_id is not None:
        identification.lapse_clocks(child, at=at)
        child.due_on, child.repeat_warned = None, False
        child.save(update_fields=["due_on", "repeat_warned"])
        told = "child_protection.note.report_merged"
        file_notes.write(child.case_id, told, child.report, hand=by.account_id, at=at, into=into.number)
