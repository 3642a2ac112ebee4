"""Who may read a person: grants, and breaking the glass."""

from datetime import date, datetime
from uuid import UUID

from django.db import ProgrammingError, transaction
from django.db.models import Q

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, BreakGlass, Refused
from handslag.people.access import of_reader, require_worker
from handslag.people.errors import PersonNotFound
from handslag.people.events import ReadingEnded, ReadingGranted
from handslag.people.models import PersonGrant

OWN_HAND = foundation.system("people")


@foundation.operation
def grant_reading(
    *,
    person_id: UUID,
    unit_id: UUID | None = None,
    account_id: UUID | None = None,
    because: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: Actor,
    at: datetime,
) -> PersonGrant:
    """Let a unit, or one account, read a person. Gives back the grant that already holds, if there is one.

    Staff grant others to read whom they may read themselves, and never grant it to themselves; a resident
    grants a unit to read herself and her household. For a protected person, only managers and those with the role
    name accounts, and only when they may read her. `because` is a code. Raises Refused.
    """
    if (unit_id is None) == (account_id is None):
        raise BadInput("Name one unit or one account.", where="unit_id")
    day = valid_from or foundation.day_of(at)
    held = PersonGrant.objects.filter(of_reader(unit_id, account_id), person_id=person_id, valid_from__lte=day)
    held = (
        held.filter(valid_to__isnull=True)
        if valid_to is None
        else held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_to))
    )
    already = held.first()
    if already is not None:
        return already
    grant = PersonGrant(
        person_id=person_id,
        unit_id=unit_id,
        account_id=account_id,
        because=because,
        valid_from=day,
        valid_to=valid_to,
    )
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except ProgrammingError as fault:
        if "row-level security" not in str(fault):
            raise
        raise Refused("You may not give access to this person.", do="Ask your manager.") from None
    foundation.record(
        ReadingGranted(person_id=person_id, grant_id=grant.id, because=because), by=by, at=at, unit_id=unit_id
    )
    return grant


@foundation.operation
def end_grant(*, grant_id: UUID, by: Actor, at: datetime) -> PersonGrant:
    """End a grant today."""
    require_worker(by)
    grant = PersonGrant.objects.filter(id=grant_id, valid_to__isnull=True).first()
    if grant is None:
        raise PersonNotFound
    foundation.record(ReadingEnded(person_id=grant.person_id, grant_id=grant.id), by=by, at=at)
    grant.valid_to = max(foundation.day_of(at), grant.valid_from)
    with foundation.acting(OWN_HAND if grant.account_id == by.account_id else by):  # nobody moves their own, but may end it
        grant.save(update_fields=["valid_to"])
    return grant


@foundation.operation
def break_glass(*, person_id: UUID, reason: str, hours: int, by: Actor, at: datetime) -> BreakGlass:
    """Read one person for up to 24 hours without the usual right, with a reason, told to the managers, reviewed.

    A protected person is not opened so, and the answer does not tell: access that opens nothing looks the same.
    """
    glass = foundation.break_glass(person_id=person_id, reason=reason, hours=hours, by=by, at=at)
    foundation.log_read(by, person_id=person_id, page="people.break_glass", at=at, why="glass")
    return glass
