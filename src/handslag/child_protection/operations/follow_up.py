"""Following a child after an investigation without an intervention (SoL 23:1, 23:5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import case_to_work_in, readable_investigation
from handslag.child_protection.investigation_events import FollowUpEnded, FollowUpStarted
from handslag.child_protection.investigation_states import InvestigationState
from handslag.child_protection.models import FollowUp
from handslag.foundation import public as foundation


@foundation.operation
def start_follow_up(
    *, investigation_id: UUID, because: str, with_consent: bool, by: foundation.Actor, at: datetime
) -> FollowUp:
    """Begin to follow the child, with the reason, within the window that the close opened; once.

    It may be without consent. Its last day is the window's: six months after the close. Raises Refused where no
    window runs (an intervention was accepted, or the time is over).
    """
    investigation = readable_investigation(investigation_id, by)
    case_to_work_in(investigation.case_id, "write_note", by)
    known = FollowUp.objects.filter(investigation=investigation).first()
    if known is not None:
        return known
    window = casework.LegalClock.objects.filter(
        case_id=investigation.case_id, rule="UPPF_U", about=investigation.id, closed_on__isnull=True
    ).first()
    today = foundation.day_of(at)
    last_day = window.last_day if window is not None else None
    if investigation.state != InvestigationState.CLOSED or last_day is None or last_day < today:
        raise foundation.Refused(
            "There is no time for a follow-up of this investigation.",
            do="A follow-up belongs to an investigation that was closed without an intervention, within its time.",
        )
    if not because.strip():
        raise foundation.BadInput(
            "The reason is missing.", where="because", do="Write why the child is followed."
        )
    followed = FollowUp(
        investigation=investigation, case_id=investigation.case_id, because=because.strip(), with_consent=with_consent,
        started_on=today, started_by_id=by.account_id, last_day=last_day,
    )  # fmt: skip
    followed.save(force_insert=True)
    started = FollowUpStarted(
        case_id=followed.case_id,
        investigation_id=investigation.id,
        last_day=followed.last_day,
        with_consent=with_consent,
    )
    foundation.record(started, by=by, at=at)
    return followed


@foundation.operation
def end_follow_up(*, investigation_id: UUID, because: str, by: foundation.Actor, at: datetime) -> FollowUp:
    """End the follow-up today, with what it came to; its window ends with it."""
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
