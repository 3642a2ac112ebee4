"""Joining two records of one person, as when someone with a reserve number is found in the register."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.people.access import locked_person, of_reader
from handslag.people.errors import AlreadyMerged, NotTwoPersons
from handslag.people.events import PersonsMerged
from handslag.people.models import (
    Address,
    ContactWay,
    HouseholdMember,
    IdentityNumber,
    Person,
    PersonGrant,
    Protection,
    ProtectionMark,
    Relation,
)
from handslag.people.rules.household_periods import Stay, clash

Follower = Callable[[UUID, UUID, Actor, datetime], None]

_followers: list[Follower] = []
_STRENGTH = [Protection.NONE, Protection.UNKNOWN, Protection.SECRECY_MARK, Protection.PROTECTED_REGISTRATION]
_SUREST = ["personnummer", "samordningsnummer", "reserve"]


def on_merge(follower: Follower) -> Follower:
    """Register a function (keep_id, duplicate_id, by, at) that moves an upper context's rows in the same transaction.

    It may refuse the merge by raising a HandslagError.
    """
    if follower not in _followers:
        _followers.append(follower)
    return follower


@foundation.operation
def merge_persons(*, keep_id: UUID, duplicate_id: UUID, by: Actor, at: datetime) -> Person:
    """`duplicate` was `keep` all along: numbers, open relations and stays move, the pointer stays for ever.

    The surest number is the one that holds; the others are closed. The stronger mark of protection wins. Addresses,
    contact ways and the log-in follow; what the kept record has already of a kind holds. The actor must be able to
    read both.
    """
    foundation.require_role(by, Role.CASE_WORKER, Role.MANAGER, Role.PROTECTED)
    if keep_id == duplicate_id:
        raise NotTwoPersons
    first, second = (locked_person(one) for one in sorted((keep_id, duplicate_id)))
    keep, duplicate = (first, second) if first.id == keep_id else (second, first)
    if keep.merged_into_id or duplicate.merged_into_id:
        raise AlreadyMerged
    day = foundation.day_of(at)
    for follower in _followers:
        follower(keep_id, duplicate_id, by, at)
    relations = _move_relations(keep, duplicate)
    stays = _move_stays(keep, duplicate, day)
    _carry_grants(keep, duplicate, day)
    numbers = _move_numbers(keep, duplicate, day, at)
    _move_reaching(keep, duplicate, day)
    _carry_protection(keep, duplicate, day)
    duplicate.merged_into = keep
    duplicate.save(update_fields=["merged_into"])
    _move_account(keep, duplicate)
    foundation.record(
        PersonsMerged(
            person_id=keep.id,
            duplicate_id=duplicate.id,
            numbers_moved=numbers,
            relations_moved=relations,
            memberships_moved=stays,
        ),
        by=by,
        at=at,
    )
    return keep


def _move_numbers(keep: Person, duplicate: Person, day: date, at: datetime) -> int:
    moved = list(IdentityNumber.objects.filter(person=duplicate))
    both = [*IdentityNumber.objects.filter(person=keep), *moved]
    for twin in _twins(both):
        twin.withdrawn_at, twin.withdrawn_because = at, "the same number of the same person"
        twin.save(update_fields=["withdrawn_at", "withdrawn_because"])
    holding = [row for row in both if row.valid_to is None and row.withdrawn_at is None]
    for extra in sorted(holding, key=lambda row: (_SUREST.index(row.kind), row.person_id != keep.id))[1:]:
        extra.valid_to = max(day, extra.valid_from)
        extra.save(update_fields=["valid_to"])
    for row in moved:
        row.person = keep
        row.save(update_fields=["person"])
    born = duplicate.born if keep.born is None else keep.born
    if keep.born != born:
        keep.born = born
        keep.save(update_fields=["born"])
    return len(moved)


def _twins(rows: list[IdentityNumber]) -> list[IdentityNumber]:
    """Numbers that stand twice once the two records are one; the first that was entered holds."""
    seen: set[str] = set()
    twins = []
    for row in sorted(rows, key=lambda row: row.id):
        if row.withdrawn_at is None and row.number in seen:
            twins.append(row)
        seen.add(row.number)
    return twins


def _move_reaching(keep: Person, duplicate: Person, day: date) -> None:
    """Addresses and contact ways move with their days; one that still holds ends where the kept record has one."""
    for address in Address.objects.filter(person=duplicate).order_by("valid_from"):
        if address.valid_to is None and Address.objects.filter(person=keep, kind=address.kind, valid_to__isnull=True).exists():
            address.valid_to = max(day, address.valid_from)
        address.person = keep
        address.save(update_fields=["person", "valid_to"])
    for way in ContactWay.objects.filter(person=duplicate).order_by("valid_from"):
        if way.valid_to is None and ContactWay.objects.filter(person=keep, kind=way.kind, valid_to__isnull=True).exists():
            way.valid_to = max(day, way.valid_from)
        way.person = keep
        way.save(update_fields=["person", "valid_to"])


def _move_account(keep: Person, duplicate: Person) -> None:
    """The log-in follows the person; of two, the kept record's holds and the other is closed."""
    with foundation.acting(foundation.system("people")):
        mine = foundation.Account.objects.filter(person_id=duplicate.id)
        if foundation.Account.objects.filter(person_id=keep.id).exists():
            mine.update(is_active=False)
        else:
            mine.update(person_id=keep.id)


def _move_relations(keep: Person, duplicate: Person) -> int:
    moved = 0
    for relation in Relation.objects.filter(valid_to__isnull=True, person=duplicate):
        if relation.other_id != keep.id and not _related(keep.id, relation.other_id, relation.kind):
            relation.person = keep
            relation.save(update_fields=["person"])
            moved += 1
    for relation in Relation.objects.filter(valid_to__isnull=True, other=duplicate):
        if relation.person_id != keep.id and not _related(relation.person_id, keep.id, relation.kind):
            relation.other = keep
            relation.save(update_fields=["other"])
            moved += 1
    return moved


def _related(person_id: UUID, other_id: UUID, kind: str) -> bool:
    held = Relation.objects.filter(person_id=person_id, other_id=other_id, kind=kind, valid_to__isnull=True)
    return held.exists()


def _move_stays(keep: Person, duplicate: Person, day: date) -> int:
    """Stays of the duplicate move where they fit; where they do not, they end today."""
    held = [
        Stay(s.household_id, s.role, s.valid_from, s.valid_to)
        for s in HouseholdMember.objects.filter(person=keep)
    ]
    moved = 0
    for row in HouseholdMember.objects.filter(person=duplicate).order_by("valid_from"):
        stay = Stay(row.household_id, row.role, row.valid_from, row.valid_to)
        if clash(stay, held) is None:
            row.person = keep
            row.save(update_fields=["person"])
            held.append(stay)
            moved += 1
        elif row.valid_to is None:
            row.valid_to = max(day, row.valid_from)
            row.save(update_fields=["valid_to"])
    return moved


def _carry_grants(keep: Person, duplicate: Person, day: date) -> None:
    for grant in PersonGrant.objects.filter(person=duplicate, valid_to__isnull=True):
        same = of_reader(grant.unit_id, grant.account_id)
        held = PersonGrant.objects.filter(same, person=keep, valid_to__isnull=True)
        if not held.exists():
            with foundation.acting(foundation.system("people")):  # one of them may be the one who joins the records
                PersonGrant(
                    person=keep,
                    unit_id=grant.unit_id,
                    account_id=grant.account_id,
                    because="merged",
                    valid_from=min(day, foundation.today()),
                ).save(force_insert=True)


def _carry_protection(keep: Person, duplicate: Person, day: date) -> None:
    if _STRENGTH.index(Protection(duplicate.protection)) <= _STRENGTH.index(Protection(keep.protection)):
        return
    ProtectionMark.objects.filter(person=keep, valid_to__isnull=True).update(valid_to=day)
    ProtectionMark(person=keep, mark=duplicate.protection, valid_from=day).save(force_insert=True)
    keep.protection = duplicate.protection
    keep.save(update_fields=["protection"])
