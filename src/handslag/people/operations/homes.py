"""Households: forming one, moving in, moving out. Periods are half-open in days."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput
from handslag.people.access import locked_person, require_worker
from handslag.people.errors import HouseholdsOverlap, PersonNotFound
from handslag.people.events import HouseholdFormed, MovedIn, MovedOut
from handslag.people.models import Household, HouseholdMember
from handslag.people.rules.household_periods import Stay, clash


@dataclass(frozen=True)
class Place:
    """A person's place in a household to be: role adult or child, share of the month in percent."""

    person_id: UUID
    role: str
    share: int = 100


@foundation.operation
def set_household(*, members: list[Place], valid_from: date, by: Actor, at: datetime) -> Household:
    """Form a household of these people from a day. Raises HouseholdsOverlap when an adult has another then."""
    require_worker(by)
    if not any(place.role == "adult" for place in members):
        raise BadInput("A household has at least one adult.", where="members")
    household = Household(formed_on=valid_from)
    household.save(force_insert=True)
    for place in members:
        _enter(household.id, place, valid_from)
    foundation.record(
        HouseholdFormed(household_id=household.id, members=len(members), formed_on=valid_from), by=by, at=at
    )
    for place in members:
        foundation.record(
            MovedIn(
                person_id=place.person_id, household_id=household.id, role=place.role, valid_from=valid_from
            ),
            by=by,
            at=at,
        )
    return household


@foundation.operation
def move_in(
    *,
    household_id: UUID,
    person_id: UUID,
    role: str,
    share: int = 100,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> HouseholdMember:
    """The person belongs to the household from a day. Raises HouseholdsOverlap, PersonNotFound."""
    require_worker(by)
    if not Household.objects.filter(id=household_id).exists():
        raise PersonNotFound
    member = _enter(household_id, Place(person_id, role, share), valid_from)
    foundation.record(
        MovedIn(person_id=person_id, household_id=household_id, role=role, valid_from=valid_from),
        by=by,
        at=at,
    )
    return member


@foundation.operation
def move_out(
    *, household_id: UUID, person_id: UUID, valid_to: date, by: Actor, at: datetime
) -> HouseholdMember:
    """The person no longer belongs to the household from that day; the first day undoes a mistaken entry."""
    require_worker(by)
    locked_person(person_id)
    member = HouseholdMember.objects.filter(
        household_id=household_id, person_id=person_id, valid_to__isnull=True
    ).first()
    if member is None:
        raise PersonNotFound
    if valid_to < member.valid_from:
        raise BadInput("The person moves out before she has moved in.", where="valid_to")
    member.valid_to = valid_to
    member.save(update_fields=["valid_to"])
    foundation.record(
        MovedOut(person_id=person_id, household_id=household_id, valid_to=valid_to), by=by, at=at
    )
    return member


def _enter(household_id: UUID, place: Place, valid_from: date) -> HouseholdMember:
    if place.role not in ("adult", "child"):
        raise BadInput("A member is an adult or a child.", where="role")
    if not 1 <= place.share <= 100:
        raise BadInput("The share of the month is from 1 to 100 percent.", where="share")
    locked_person(place.person_id)
    held = [
        Stay(stay.household_id, stay.role, stay.valid_from, stay.valid_to)
        for stay in HouseholdMember.objects.filter(person_id=place.person_id)
    ]
    if clash(Stay(household_id, place.role, valid_from, None), held):
        raise HouseholdsOverlap
    row = HouseholdMember(
        household_id=household_id,
        person_id=place.person_id,
        role=place.role,
        share=place.share,
        valid_from=valid_from,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "householdmember_one_home" in str(fault):
            raise HouseholdsOverlap from None
        raise
    return row
