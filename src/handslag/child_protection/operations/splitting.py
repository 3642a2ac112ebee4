"""A child of a report that turns out to be two, or that belongs to another report."""

from datetime import date, datetime
from uuid import UUID

from handslag.child_protection import report_events as events
from handslag.child_protection.models import ReportedChild
from handslag.child_protection.operations import biased_files, identification
from handslag.child_protection.operations.preliminary import concerns_of, settle_state
from handslag.child_protection.report_access import OWN_HAND, child_for, report_for
from handslag.child_protection.report_errors import AlreadyDecided
from handslag.child_protection.states import VIOLENCE, ReportState
from handslag.foundation import public as foundation


@foundation.operation
def split_child(
    *, reported_child_id: UUID, given_name: str = "", family_name: str = "", born: date | None = None,
    age_told: str = "", lives_with: str = "", by: foundation.Actor, at: datetime,
) -> ReportedChild:  # fmt: skip
    """A child of a report turned out to be two: the other one stands beside it, with an assessment and a decision of
    its own, and with the time of the law from the day that the report came. Gives the new one."""
    child = child_for(reported_child_id, by)
    if not (given_name.strip() or family_name.strip() or age_told.strip()):
        raise foundation.BadInput(
            "Say something of the other child.", where="given_name", do="A name or an age is enough."
        )
    with foundation.acting(OWN_HAND):
        other = ReportedChild(
            report=child.report, given_name=" ".join(given_name.split())[:100],
            family_name=" ".join(family_name.split())[:100], born=born, age_told=age_told.strip()[:60],
            lives_with=lives_with.strip() or child.lives_with, split_from=child, added_at=at,
        )  # fmt: skip
        other.save(force_insert=True)
        settle_state(child.report)
    split = events.ChildSplit(
        report_id=child.report_id, reported_child_id=child.id, new_reported_child_id=other.id,
        unit_id=child.report.unit_id,
    )  # fmt: skip
    events.tell(split, by=by, at=at)
    return other


@foundation.operation
def move_child(
    *, reported_child_id: UUID, to_report_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> ReportedChild:
    """A child belongs to another report, which came first or on the same occasion; its clocks go on as they run.

    Raises AlreadyDecided, BadInput, and Refused when it would leave what is told of violence behind.
    """
    child = child_for(reported_child_id, by)
    into, left = report_for(to_report_id, by), child.report
    if into.id == left.id:
        return child
    if hasattr(child, "preliminary"):
        raise AlreadyDecided
    if not because.strip():
        raise foundation.BadInput(
            "Say why the child belongs there.", where="because", do="A few words are enough."
        )
    with foundation.acting(OWN_HAND):
        alone = not ReportedChild.objects.filter(report=left).exclude(id=child.id).exists()
        if alone or into.state == ReportState.MERGED or into.received_at > left.received_at:
            raise foundation.BadInput(
                "The child cannot go to that report.",
                where="to_report_id",
                do="Choose a report that came earlier. If it is the only child, join the two reports instead.",
            )
        if VIOLENCE & (concerns_of(left) - concerns_of(into)):
            raise foundation.Refused(
                "This report tells of violence or abuse, and the other does not.",
                do="Decide the child here, or join the two reports, so that what is told goes along.",
            )
        child.report = into
        child.save(update_fields=["report"])
        if left.restricted:
            identification.close_both(left, into, by=by, at=at)
        settle_state(into)
        settle_state(left)
    moved = events.ChildMoved(
        report_id=into.id, from_report_id=left.id, reported_child_id=child.id, unit_id=into.unit_id
    )
    events.tell(moved, by=by, at=at)
    biased_files.ask_again(report_ids=[left.id, into.id], at=at)
    return child
