"""Breaking the glass: access without the usual right, named, reasoned, limited in time, told and reviewed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handslag.foundation.access import managers_of, notify, roles_of
from handslag.foundation.actor import Actor
from handslag.foundation.clock import now
from handslag.foundation.errors import BadInput, NotFound, Refused
from handslag.foundation.events import event, record
from handslag.foundation.models import BreakGlass, Role
from handslag.foundation.operation import operation
from handslag.foundation.said import said

LONGEST_HOURS = 24
SHORTEST_REASON = 10


@event("foundation.glass_broken")
@dataclass(frozen=True)
class GlassBroken:
    """Somebody took access to a person or a case without the usual right."""

    glass_id: UUID
    hours: int
    person_id: UUID | None = None
    case_id: UUID | None = None


@event("foundation.glass_ended")
@dataclass(frozen=True)
class GlassEnded:
    """The one who broke the glass ended the access before its time."""

    glass_id: UUID
    person_id: UUID | None = None
    case_id: UUID | None = None


@operation
def break_glass(
    *,
    reason: str,
    hours: int,
    person_id: UUID | None = None,
    case_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> BreakGlass:
    """Open access to one person or one case for up to 24 hours; the managers of the unit are told at once.

    Gives reading only. Protected persons are not opened by it. Raises `Refused` for others than case
    workers, reception and managers, `BadInput` for a reason of less than ten characters.
    """
    held = roles_of(by)
    allowed = {Role.CASE_WORKER.value, Role.RECEPTION.value, Role.MANAGER.value}
    units = {unit for role, unit in held if role in allowed}
    if not units or by.account_id is None:
        raise Refused("Your role does not allow this.", do="Ask your manager.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput(
            "Say why you need to read this.",
            where="reason",
            do="Write at least ten characters; your manager reads it.",
        )
    if not 1 <= hours <= LONGEST_HOURS:
        raise BadInput(
            "The access can last from 1 to 24 hours.",
            where="hours",
            do="Choose a number of hours from 1 to 24.",
        )
    if (person_id is None) == (case_id is None):
        raise BadInput("Name one person or one case.", where="person_id")
    glass = BreakGlass.objects.create(
        account_id=by.account_id,
        person_id=person_id,
        case_id=case_id,
        reason=reason.strip(),
        opened_at=at,
        ends_at=at + timedelta(hours=hours),
    )
    record(GlassBroken(glass_id=glass.id, hours=hours, person_id=person_id, case_id=case_id), by=by, at=at)
    for manager in {manager for unit in units for manager in managers_of(unit)} - {by.account_id}:
        notify(manager, said("foundation.glass_broken", hours=hours), link="/ledning/logg/", at=at)
    return glass


@operation
def end_glass(*, glass_id: UUID, by: Actor, at: datetime) -> BreakGlass:
    """End one's own broken-glass access before its time."""
    if by.account_id is None:
        raise NotFound("There is no such access of yours that still holds.")
    glass = (
        BreakGlass.objects.select_for_update()
        .filter(id=glass_id, account_id=by.account_id, ended_at__isnull=True)
        .first()
    )
    if glass is None:
        raise NotFound("There is no such access of yours that still holds.")
    glass.ended_at = at
    glass.save(update_fields=["ended_at"])
    record(GlassEnded(glass_id=glass.id, person_id=glass.person_id, case_id=glass.case_id), by=by, at=at)
    return glass


def glass_over(
    actor: Actor, *, person_id: UUID | None = None, case_id: UUID | None = None
) -> BreakGlass | None:
    """The actor's own access over a person or case that holds now, if any."""
    if actor.account_id is None:
        return None
    rows = BreakGlass.objects.filter(account_id=actor.account_id, ended_at__isnull=True, ends_at__gt=now())
    rows = rows.filter(person_id=person_id) if person_id else rows.filter(case_id=case_id)
    return rows.first()
