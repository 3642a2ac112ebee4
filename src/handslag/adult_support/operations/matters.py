"""Receiving an adult's application or report, and closing the case."""

from datetime import datetime
from uuid import UUID

from handslag.adult_support import events
from handslag.adult_support.errors import NoSuchKind, NoSuchReason, NothingTold
from handslag.adult_support.kinds import KINDS, closing_reasons
from handslag.adult_support.models import AdultMatter, CameAs, ChildrenSeen
from handslag.casework import public as casework
from handslag.foundation import public as foundation


@foundation.operation
def receive_matter(
    *,
    kind: str,
    person_id: UUID,
    unit_id: UUID,
    came_as: str,
    told: str,
    told_by: str = "",
    children_seen: str = ChildrenSeen.UNKNOWN,
    sent_key: UUID,
    by: foundation.Actor,
    at: datetime,
) -> AdultMatter:
    """Open a case about an adult on what was asked for or reported, in the actor's unit.

    The same `sent_key` again gives the same matter. An application sets off the time of FL 12. Raises BadInput,
    and Refused for one without a role in the unit.
    """
    known = AdultMatter.objects.filter(sent_key=sent_key).select_related("case").first()
    if known is not None:
        return known
    if kind not in KINDS:
        raise NoSuchKind
    if not told.strip():
        raise NothingTold
    case = casework.open_case(
        kind=kind, person_id=person_id, unit_id=unit_id, worker_id=by.account_id, by=by, at=at
    )
    matter = AdultMatter(
        case=case,
        came_as=CameAs(came_as),
        told=told.strip(),
        told_by=told_by.strip(),
        children_seen=ChildrenSeen(children_seen),
        received_at=at,
        recorded_by_id=by.account_id,
        sent_key=sent_key,
    )
    matter.save(force_insert=True)
    if came_as == CameAs.OWN:
        casework.start_clock(
            case_id=case.id, rule="FL12", about=matter.id, starts_on=foundation.day_of(at), by=by, at=at
        )
    received = events.MatterReceived(
        case_id=case.id,
        person_id=person_id,
        unit_id=unit_id,
        kind=kind,
        came_as=came_as,
        children_seen=children_seen,
    )
    foundation.record(received, by=by, at=at)
    return matter


@foundation.operation
def close_matter(
    *, case_id: UUID, because: str, version: int | None = None, by: foundation.Actor, at: datetime
) -> casework.Case:
    """Close an adult's case by a reason of its kind. Raises CaseMayNotClose while something is left to do."""
    case = casework.get_case(case_id, by)
    if because not in closing_reasons(case.kind):
        raise NoSuchReason
    matter = AdultMatter.objects.filter(case_id=case_id).first()
    if matter is not None and matter.came_as == CameAs.OWN:
        casework.stop_clock(
            case_id=case_id, rule="FL12", about=matter.id, on=foundation.day_of(at), by=by, at=at
        )
    closed = casework.close_case(case_id=case_id, because=because, version=version, by=by, at=at)
    told = events.MatterClosed(case_id=case_id, person_id=case.person_id, kind=case.kind, because=because)
    foundation.record(told, by=by, at=at)
    return closed
