"""Relations between people."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput
from handslag.people.access import locked_person, require_worker
from handslag.people.errors import NotTwoPersons, PersonNotFound
from handslag.people.events import Related, RelationEnded
from handslag.people.models import Person, Relation

KINDS = ("guardian", "parent", "partner", "sibling", "trustee", "contact")


@foundation.operation
def relate(
    *, person_id: UUID, other_id: UUID, kind: str, valid_from: date, by: Actor, at: datetime
) -> Relation:
    """`person` is `kind` of `other` from a day. Both must be readable. Raises BadInput, NotTwoPersons."""
    require_worker(by)
    if person_id == other_id:
        raise NotTwoPersons
    if kind not in KINDS:
        raise BadInput("This is not a kind of relation.", where="kind")
    locked_person(person_id)
    if not Person.objects.filter(id=other_id).exists():
        raise PersonNotFound
    relation = Relation(person_id=person_id, other_id=other_id, kind=kind, valid_from=valid_from)
    try:
        with transaction.atomic():
            relation.save(force_insert=True)
    except IntegrityError as fault:
        if "relation_once" in str(fault):
            raise BadInput("This relation is already registered.", where="kind") from None
        raise
    foundation.record(Related(person_id=person_id, relation_id=relation.id, kind=kind), by=by, at=at)
    return relation


@foundation.operation
def end_relation(*, relation_id: UUID, valid_to: date, by: Actor, at: datetime) -> Relation:
    """The relation holds no more from that day; its first day undoes a mistaken entry."""
    require_worker(by)
    relation = Relation.objects.filter(id=relation_id, valid_to__isnull=True).first()
    if relation is None:
        raise PersonNotFound
    if valid_to < relation.valid_from:
        raise BadInput("The relation ends before it has begun.", where="valid_to")
    relation.valid_to = valid_to
    relation.save(update_fields=["valid_to"])
    foundation.record(RelationEnded(person_id=relation.person_id, relation_id=relation.id), by=by, at=at)
    return relation
