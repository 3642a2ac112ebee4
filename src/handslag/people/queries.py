"""Reads of people, already narrowed to what the actor may see."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Refused
from handslag.people.access import may_search_persons
from handslag.people.errors import PersonNotFound
from handslag.people.models import (
    Address,
    ContactWay,
    HouseholdMember,
    IdentityNumber,
    Person,
    PersonGrant,
    Relation,
)
from handslag.people.rules.identity_number import NotAnIdentityNumber, parse_identity_number
from handslag.people.rules.sort_key import sort_key
from handslag.people.telling import What, kept_stays, may_show, may_tell

SHORTEST_SEARCH = 2
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of the search: enough to choose the right person, and no address."""

    person_id: UUID
    name: str
    birth_year: int | None
    is_protected: bool


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Some hits, where the next ones begin (None: these are the last), and whether there are more than is told."""

    rows: list[Found]
    next_start: int | None
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a household on a day. share is percent of the month."""

    person_id: UUID
    given_name: str
    family_name: str
    birth_year: int | None
    role: str
    share: int
    valid_from: date
    valid_to: date | None

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class HouseholdOnDay:
    """A household as it is on a day, grown-ups first, each group by age. Hidden people are not in it."""

    household_id: UUID
    on: date
    members: tuple[Member, ...]


@contextmanager
def _as(actor: Actor) -> Iterator[None]:
    if foundation.current_actor() == actor:
        yield
    else:
        with foundation.acting(actor):
            yield


def get_person(person_id: UUID, actor: Actor) -> Person:
    """The person; for a record that was joined with another, the one that stays. Raises PersonNotFound."""
    with _as(actor):
        person = foundation.find_row(Person, person_id)
        while person is not None and person.merged_into_id is not None:
            person = foundation.find_row(Person, person.merged_into_id)
    if person is None:
        raise PersonNotFound
    return person


def may_read_person(actor: Actor, person_id: UUID) -> bool:
    """Whether the actor may read the person at all."""
    with _as(actor):
        return Person.objects.filter(id=person_id).exists()


def name_of(person_id: UUID, actor: Actor | None = None) -> str:
    """The name, or an empty string when the actor (by default the one who acts now) may not read it."""
    with _as(actor or foundation.current_actor() or foundation.VISITOR):
        person = foundation.find_row(Person, person_id)
    return person.name if person is not None else ""


def names_of(person_ids: Iterable[UUID], actor: Actor) -> dict[UUID, str]:
    """The names of those among the people whom the actor may read; the others are not in the answer."""
    with _as(actor):
        return {person.id: person.name for person in _named(list(set(person_ids)))}


def languages_of(person_ids: Iterable[UUID], actor: Actor) -> dict[UUID, str]:
    """The languages of those among the people whom the actor may read."""
    with _as(actor):
        return dict(Person.objects.filter(id__in=set(person_ids)).values_list("id", "language"))


@foundation.ready
def _named(person_ids: list[UUID]) -> QuerySet[Person]:
    return Person.objects.filter(id__among=person_ids).only("given_name", "family_name")


def search_persons(text: str, actor: Actor, limit: int = 20) -> list[Found]:
    """The first of `search_page`: enough for whoever needs one person out of few."""
    return search_page(text, actor, limit=limit).rows


def search_page(
    text: str, actor: Actor, *, own: Sequence[UUID] = (), start: int = 0, limit: int = 20
) -> FoundPage:
    """People by name (the beginning of any part) or by a whole identity number.

    The only search there is (förordning 2001:637 15 §). Protected people are found by their named staff alone, and
    leave no trace for others. Those of `own` who match come first, then the others by name part; each page is in
    Swedish order. `start` is how many were told before. Each hit that is told is logged. Raises Refused, and BadInput
    for anything else than a name or a number. No further than 200: whoever has more writes more of the name.
    """
    query = " ".join(text.split())
    if any(sign.isdigit() for sign in query):
        try:
            query = parse_identity_number(query).digits12
        except NotAnIdentityNumber as fault:
            raise BadInput(fault.what, where="q", do=fault.do) from None
    elif sum(sign.isalpha() for sign in query) < SHORTEST_SEARCH:
        raise BadInput("Write at least two letters of the name, or the whole identity number.", where="q")
    start = max(0, min(start, MOST_FOUND))
    upto = min(start + limit, MOST_FOUND)
    with _as(actor):
        if not may_search_persons(actor):
            raise Refused("Your role does not allow searching for people.")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM handslag_find_persons(%s, %s, %s::uuid[])", [query, upto + 1, list(own)]
            )
            found = cursor.fetchall()
        rows = found[start:upto]
        foundation.log_reads(actor, dict.fromkeys((row[0] for row in rows), ""), page="people.search")
    mine = set(own)
    rows.sort(key=lambda row: (row[0] not in mine, sort_key(f"{row[2]} {row[1]}"), row[3] or 0))
    return FoundPage(
        rows=[Found(row[0], f"{row[1]} {row[2]}".strip(), row[3], row[4] != "none") for row in rows],
        next_start=upto if len(found) > upto and upto < MOST_FOUND else None,
        is_cut=len(found) > upto >= MOST_FOUND,
    )


def household_of(person_id: UUID, on: date, actor: Actor) -> HouseholdOnDay | None:
    """The household that the person belongs to on a day, with the members whom the actor may know of, or None.

    A child of parents apart has two: the one with the larger share, then the elder. A home that is kept from the
    reader (`telling.kept_stays`) is not among them, and who is kept so is no member.
    """
    with _as(actor):
        for stay in _stays_on(person_id, on):
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM handslag_household(%s, %s)", [stay.household_id, on])
                members = [Member(*row) for row in cursor.fetchall()]
            kept = kept_stays(stay.household_id, [person_id, *(one.person_id for one in members)], actor)
            if person_id not in kept:
                members = [one for one in members if one.person_id not in kept]
                break
        else:
            return None
    members.sort(key=lambda one: (one.role != "adult", one.birth_year or 0, sort_key(one.given_name)))
    return HouseholdOnDay(household_id=stay.household_id, on=on, members=tuple(members))


@foundation.ready
def _stays_on(person_id: UUID, on: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(_holds(on), person_id=person_id).order_by(
        "-share", "valid_from", "id"
    )


def household_history(person_id: UUID, actor: Actor) -> list[HouseholdMember]:
    """The person's own stays, latest first."""
    with _as(actor):
        stays = HouseholdMember.objects.filter(person_id=person_id)
        return [stay for stay in stays.order_by("-valid_from", "-id") if stay.valid_to != stay.valid_from]


def relations_of(person_id: UUID, actor: Actor, on: date | None = None) -> list[Relation]:
    """Relations from and to the person that hold on a day (today). Those with hidden people are not among them."""
    with _as(actor):
        return _relations_on(person_id, on or foundation.today())


@foundation.ready
def _relations_on(person_id: UUID, on: date) -> QuerySet[Relation]:
    rows = Relation.objects.filter(_holds(on)).filter(Q(person_id=person_id) | Q(other_id=person_id))
    return rows.order_by("kind", "valid_from")


def address_of(
    person_id: UUID,
    actor: Actor,
    on: date | None = None,
    kind: str = "registered",
    *,
    toward: UUID | None = None,
) -> Address | None:
    """The address on a day (today), or None: there is none, or the person is hidden from the actor.

    Also None where it is secret toward the person that it would be told to (`toward`), and for staff who work with
    one that it is secret toward and not with the person herself.
    """
    with _as(actor):
        if not _tellable(person_id, actor, "address", toward):
            return None
        return next(iter(_addresses_on(person_id, on or foundation.today(), kind)), None)


@foundation.ready
def _addresses_on(person_id: UUID, on: date, kind: str) -> QuerySet[Address]:
    return Address.objects.filter(_holds(on), person_id=person_id, kind=kind).order_by("id")[:1]


def contact_ways_of(person_id: UUID, actor: Actor, *, toward: UUID | None = None) -> dict[str, str]:
    """How the person is reached now: kind (phone, email) to value. Empty where it is secret, as for `address_of`."""
    with _as(actor):
        if not _tellable(person_id, actor, "contact", toward):
            return {}
        rows = ContactWay.objects.filter(_holds(foundation.today()), person_id=person_id)
        return {row.kind: row.value for row in rows}


def identity_number_of(person_id: UUID, actor: Actor) -> IdentityNumber | None:
    """The number that holds now."""
    with _as(actor):
        return next(iter(_numbers_now(person_id)), None)


@foundation.ready
def _numbers_now(person_id: UUID) -> QuerySet[IdentityNumber]:
    rows = IdentityNumber.objects.filter(
        person_id=person_id, valid_to__isnull=True, withdrawn_at__isnull=True
    )
    return rows.order_by("id")[:1]


def identity_numbers_of(person_id: UUID, actor: Actor) -> list[IdentityNumber]:
    """All numbers that the person has or has had, latest first; withdrawn ones are not among them."""
    with _as(actor):
        rows = IdentityNumber.objects.filter(person_id=person_id, withdrawn_at__isnull=True)
        return list(rows.order_by("-valid_from", "-id"))


def find_own_grants(actor: Actor) -> list[PersonGrant]:
    """The grants that name the actor's own account and hold today."""
    if actor.account_id is None:
        return []
    with _as(actor):
        rows = PersonGrant.objects.filter(_holds(foundation.today()), account_id=actor.account_id)
        return list(rows.order_by("-valid_from"))


def grants_of(person_id: UUID, actor: Actor) -> list[PersonGrant]:
    """Who may read the person today: units and named accounts, for staff and for the person herself."""
    with _as(actor):
        rows: QuerySet[PersonGrant] = PersonGrant.objects.filter(
            _holds(foundation.today()), person_id=person_id
        )
        return list(rows.select_related("unit", "account").order_by("valid_from"))


def _tellable(person_id: UUID, actor: Actor, what: What, toward: UUID | None) -> bool:
    if toward is not None and not may_tell(person_id, toward, what):
        return False
    return may_show(person_id, actor, what)


def _holds(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
