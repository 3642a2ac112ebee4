"""Who a person lives with by the population register, and who has a number. Asked as the system or a worker."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handslag.foundation.public import Actor
from handslag.people import public as people


def members_of(person_id: UUID, on: date, actor: Actor) -> tuple[people.Member, ...]:
    """The household on a day with the person, grown-ups first; empty when none is known."""
    household = people.household_of(person_id, on, actor)
    return household.members if household is not None else ()


def partner_in_register(person_id: UUID, on: date, actor: Actor) -> UUID | None:
    """The other grown-up of the household: the register's households are those of the norm (SOSFS 2013:1)."""
    others = [
        member.person_id
        for member in members_of(person_id, on, actor)
        if member.role == "adult" and member.person_id != person_id
    ]
    return others[0] if len(others) == 1 else None


def near_to(person_id: UUID, on: date, actor: Actor) -> set[UUID]:
    """Everybody of the household, and the children for whom the person is parent or guardian."""
    near = {member.person_id for member in members_of(person_id, on, actor)}
    relations = people.relations_of(person_id, actor, on)
    near |= {row.other_id for row in relations if row.person_id == person_id and row.kind in ("parent", "guardian")}
    return near - {person_id}


def person_with_number(number: str) -> people.Person | None:
    """The person who has or has had the number (twelve characters), as the actor may read them."""
    row = people.IdentityNumber.objects.filter(number=number, withdrawn_at__isnull=True).first()
    return people.Person.objects.filter(id=row.person_id).first() if row is not None else None
