"""Following a child after an investigation: a decision of its own, where the law lets it be (SoL 23:1-2, 23:5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import case_to_work_in, readable_investigation
from handslag.child_protection.investigation_events import FollowUpEnded, FollowUpStarted
from handslag.child_protection.investigation_states import FollowUpGround
from handslag.child_protection.models import FollowUp, Investigation
from handslag.child_protection.operations.windows import open_window
from handslag.child_protection.queries.follow_up import may_follow
from handslag.foundation import public as foundation


@foundation.operation
def start_follow_up(
    *, investigation_id: UUID, because: str, with_consent: bool, by: foundation.Actor, at: datetime
) -> FollowUp:
    """Decide to follow the child, with the reason; once. It may be without consent.

    Only where `may_follow` gives a time: a need was assessed and consent to what was proposed is missing, or a
    placement has ended. Its last day is the law's; the clock UPPF_U runs from the close when no placement set off a
    window of its own. Raises Refused where the law gives no time or the delegation order no right, and BadInput.
    """
    investigation = readable_investigation(investigation_id, by)
    case_to_work_in(investigation.case_id, "write_note", by)
    known = FollowUp.objects.filter(investigation=investigation).first()
    return known or decide_follow_up(investigation, because=because, with_consent=with_consent, by=by, at=at)


def decide_follow_up(
    investigation: Investigation, *, because: str, with_consent: bool, by: foundation.Actor, at: datetime
) -> FollowUp:
    """Within an operation: the decision, its clock and its event."""
    today = foundation.day_of(at)
    time = may_follow(investigation, today)
    if time is None or investigation.closed_on is None:
        raise foundation.Refused(
            "The law gives no time to follow the child after this investigation.",
            where="follow_because",
            do="A follow-up needs that an intervention was proposed and not accepted, or that a placement has ended, "
            "and belongs to the six months after it.",
        )
    if not because.strip():
        raise foundation.BadInput(
            "The reason is missing.", where="because", do="Write why the child is followed."
        )
    casework.decide(
        case_id=investigation.case_id, type="child_protection.follow_up", outcome=casework.Outcome.DECIDED,
        legal_ground=time.law, matter_id=investigation.id, procedural=True, by=by, at=at,
        reason=[
            foundation.said("child_protection.decision.follow_up", until=time.last_day.isoformat()),
            because.strip(),
        ],
    )  # fmt: skip
    followed = FollowUp(
        investigation=investigation, case_id=investigation.case_id, ground=time.ground, because=because.strip(),
        with_consent=with_consent, started_on=today, started_by_id=by.account_id, last_day=time.last_day,
    )  # fmt: skip
    followed.save(force_insert=True)
    if time.ground == FollowUpGround.CONSENT_MISSING:
        closed_on = investigation.closed_on
        open_window(
            case_id=investigation.case_id, rule="UPPF_U", about=investigation.id, on=closed_on, by=by, at=at
        )
    started = FollowUpStarted(
        case_id=followed.case_id, investigation_id=investigation.id, last_day=followed.last_day,
        with_consent=with_consent, ground=time.ground, care_id=time.care_id,
    )  # fmt: skip
    foundation.record(started, by=by, at=at)
    return followed


@foundation.operation
def end_follow_up(*, investigation_id: UUID, because: str, by: foundation.Actor, at: datetime) -> FollowUp:
    """End the follow-up today, with what it came to; the window that it opened ends with it."""
    investigation = readable_investigation(investigation_id, by)
    case_to_work_in(investigation.case_id, "write_note", by)
    followed = FollowUp.objects.select_for_update().filter(investigation=investigation).first()
    if followed is None:
        raise foundation.NotFound("There is no follow-up of this investigation.", do="Start one first.")
    if followed.ended_on is not None:
        return followed
    if not because.strip():
        raise foundation.BadInput("The reason is missing.", where="because", do="Write what it came to.")
    followed.ended_on, followed.ended_because = foundation.day_of(at), because.strip()
    followed.ended_by_id = by.account_id
    followed.save(update_fields=["ended_on", "ended_because", "ended_by"])
    casework.stop_clock(
        case_id=followed.case_id, rule="UPPF_U", about=investigation.id, on=followed.ended_on, by=by, at=at
    )
    ended = FollowUpEnded(case_id=followed.case_id, investigation_id=investigation.id)
    foundation.record(ended, by=by, at=at)
    return followed
