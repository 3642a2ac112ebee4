"""Who may do what with people. The database's policies say the same (migrations/0002)."""

from uuid import UUID

from django.db.models import Q

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.people.errors import MayNotProtect, PersonNotFound
from handslag.people.models import Person

WORKERS = (Role.CASE_WORKER, Role.RECEPTION, Role.MANAGER, Role.PROTECTED)


def may_search_persons(actor: Actor) -> bool:
    """Case workers, reception, managers and those named for protected persons."""
    return actor.is_system or any(foundation.has_role(actor, role) for role in WORKERS)


def may_set_protection(actor: Actor) -> bool:
    """Managers and those with the role for it; the registers, as the system."""
    return actor.is_system or any(foundation.has_role(actor, role) for role in (Role.MANAGER, Role.PROTECTED))


def require_worker(actor: Actor) -> None:
    """Raise `Refused` unless the actor may write about people at all."""
    foundation.require_role(actor, *WORKERS)


def require_may_protect(actor: Actor) -> None:
    """Raise `MayNotProtect` unless the actor may change marks of protection."""
    if not may_set_protection(actor):
        raise MayNotProtect


def locked_person(person_id: UUID) -> Person:
    """The row, locked for change. Raises `PersonNotFound` for what the actor may not read, and for nothing at all."""
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise PersonNotFound
    return Person.objects.select_for_update().filter(id=person_id).first() or person


def of_reader(unit_id: UUID | None, account_id: UUID | None) -> Q:
    """The grants to one reader: a unit, or else an account."""
    return Q(unit_id=unit_id) if unit_id is not None else Q(account_id=account_id)
