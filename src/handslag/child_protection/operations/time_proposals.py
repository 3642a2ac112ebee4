"""What becomes of a proposal for more time for a preliminary assessment."""

from datetime import datetime

from handslag.child_protection import report_events as events
from handslag.child_protection.models import PreliminaryProposal, ReportedChild
from handslag.child_protection.report_access import OWN_HAND
from handslag.child_protection.states import TimeProposalState
from handslag.foundation import public as foundation


def settle_time_proposal(
    child: ReportedChild, state: str, *, by: foundation.Actor, at: datetime, answer: str = ""
) -> PreliminaryProposal | None:
    """Within an operation: the proposal that waits for a child, if any, is answered; who asked is told of a no."""
    with foundation.acting(OWN_HAND):
        waiting = child.time_proposals.filter(state=TimeProposalState.WAITING).first()
        if waiting is None:
            return None
        waiting.state, waiting.answer = state, answer
        waiting.answered_by_id, waiting.answered_at = by.account_id, at
        waiting.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        if state == TimeProposalState.DECLINED and waiting.proposed_by_id is not None:
            told = foundation.said("child_protection.more_time_declined", number=child.report.number)
            link = f"/handlaggare/mottagning/{child.report_id}/"
            foundation.notify(waiting.proposed_by_id, told, link=link, at=at)
    answered = events.MoreTimeAnswered(
        report_id=child.report_id, reported_child_id=child.id, case_id=child.case_id, person_id=child.person_id,
        unit_id=child.report.unit_id, state=state,
    )  # fmt: skip
    events.tell(answered, by=by, at=at)
    found: PreliminaryProposal = waiting
    return found
