"""The family around a person: who, what they are to each other, their running matters, who works with them, what comes.

One walk in the database narrows it to what the reader may read (migrations/0003); what is not in its answer is nowhere
here either. The number of statements is the same whatever the family's size.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.casework import public as casework
from handslag.coordination.models import Meeting, MeetingPart, SecretToward
from handslag.coordination.queries.joint import STILL_TO_WRITE, to_come
from handslag.coordination.rules.family_tree import Tie
from handslag.coordination.rules.kinship import kinship
from handslag.coordination.secrecy import present_secrets
from handslag.foundation import public as foundation
from handslag.people import public as people

STEPS = 4
MOST_PERSONS, MOST_MEETINGS = 80, 20
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Matter:
    """A running case of a person in the family that the reader may read. `role` is the person's part in it."""

    case: casework.Case
    role: str
    is_own: bool
    others: tuple[foundation.Account, ...]

    @property
    def due_on(self) -> date | None:
        return self.case.due_on


@dataclass(frozen=True, slots=True)
class FamilyPerson:
    """Somebody in the family. `kinship` is what they are to the person in the middle (a code), `homes` letters.

    `is_readable` says whether the reader may open the person; the others are known by name alone. `secrets` are rows
    that say toward whom something of theirs is secret.
    """

    id: UUID
    name: str
    birth_year: int | None
    death_year: int | None
    sex: str
    kinship: str
    homes: tuple[str, ...]
    is_readable: bool
    is_protected: bool
    matters: tuple[Matter, ...]
    meetings: tuple[Meeting, ...]
    secrets: tuple[SecretToward, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """The family as the reader may see it, the person in the middle first; nearest clocks and meetings in order."""

    focus: UUID
    persons: tuple[FamilyPerson, ...]
    ties: tuple[Tie, ...]
    clocks: tuple[casework.Case, ...]
    meetings: tuple[Meeting, ...]

    @property
    def workers(self) -> tuple[foundation.Account, ...]:
        """Who works with somebody in the family, each once, by name."""
        found = {
            account.id: account
            for person in self.persons
            for matter in person.matters
            for account in (*([matter.case.worker] if matter.case.worker else []), *matter.others)
        }
        return tuple(sorted(found.values(), key=lambda account: account.name))


def find_family(person_id: UUID, actor: foundation.Actor) -> FamilyView:
    """The family around a person whom the reader may read. Raises PersonNotFound."""
    with foundation.acting(actor):
        told = walk(person_id)
        ids = [UUID(one["id"]) for one in told["persons"]]
        closed = [UUID(one["id"]) for one in told["persons"] if one["closed"]]
        matters = _matters([one for one in ids if one not in closed], closed)
        cases = {matter.case.id: matter.case for own in matters.values() for matter in own}
        coming = next_meetings(list(cases))
        secrets = _secrets(ids)
    ties = ties_of(told)
    words = kinship(str(person_id), [one["id"] for one in told["persons"]], ties)
    homes = _homes(told)
    persons = []
    for one in told["persons"]:
        id_ = UUID(one["id"])
        mine = matters.get(id_, ())
        own_cases = {matter.case.id for matter in mine if matter.is_own}
        persons.append(
            FamilyPerson(
                id=id_,
                name=one["name"],
                birth_year=one["birth_year"],
                death_year=one["death_year"],
                sex=one["sex"],
                kinship=words.get(one["id"], "self"),
                homes=homes.get(one["id"], ()),
                is_readable=one["readable"],
                is_protected=one["protected"],
                matters=mine,
                meetings=tuple(one.meeting for one in coming if one.case_ids & own_cases),
                secrets=secrets.get(id_, ()),
            )
        )
    due = sorted((case for case in cases.values() if case.due_on), key=lambda case: (case.due_on, case.id))
    return FamilyView(person_id, tuple(persons), ties, tuple(due), tuple(one.meeting for one in coming))


def walk(person_id: UUID) -> dict[str, Any]:
    """Persons, relations and stays around a person, as the present actor may see them. Raises PersonNotFound."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_family(%s, %s, %s)", [person_id, STEPS, MOST_PERSONS])
        found = cursor.fetchone()[0]
    if found is None:
        raise people.PersonNotFound
    return dict(json.loads(found) if isinstance(found, str) else found)


def ties_of(told: dict[str, Any]) -> tuple[Tie, ...]:
    """The family's ties: relations as they are told, and what shared homes say where no relation does."""
    relations = told["relations"]
    parents: dict[str, set[str]] = defaultdict(set)
    for one in relations:
        if one["kind"] == "parent":
            parents[one["other"]].add(one["person"])
    for one in relations:
        if one["kind"] == "guardian" and len(parents[one["other"]]) < 2:
            parents[one["other"]].add(one["person"])
    ties = [Tie(one, child, "parent") for child, ones in parents.items() for one in sorted(ones)]
    couples: dict[tuple[str, ...], str] = {}
    for one in relations:
        if one["kind"] == "partner":
            pair = tuple(sorted((one["person"], one["other"])))
            couples[pair] = "partner" if one["holds"] or couples.get(pair) == "partner" else "former"
        elif one["kind"] == "sibling":
            ties.append(Tie(one["person"], one["other"], "sibling"))
    ties += [Tie(one, other, kind) for (one, other), kind in couples.items()]
    return tuple(ties + _from_homes(told, parents, couples))


def _from_homes(
    told: dict[str, Any], parents: dict[str, set[str]], couples: dict[tuple[str, ...], str]
) -> list[Tie]:
    homes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    lives: dict[str, set[str]] = defaultdict(set)
    for stay in told["stays"]:
        homes[stay["household"]][stay["role"]].append(stay["person"])
        lives[stay["person"]].add(stay["household"])
    ties = []
    for home in homes.values():
        adults = sorted(home["adult"])
        for place, one in enumerate(adults):
            ties += [
                Tie(one, other, "home")
                for other in adults[place + 1 :]
                if (one, other) not in couples and one not in parents[other] and other not in parents[one]
            ]
        for child in home["child"]:
            if not parents[child]:
                ties += [Tie(one, child, "lives") for one in adults if child not in parents[one]]
    for ones in parents.values():
        pair = tuple(sorted(ones))
        if len(pair) == 2 and pair not in couples and _apart(lives, pair):
            couples[pair] = "former"
            ties.append(Tie(pair[0], pair[1], "former"))
    return ties


def _apart(lives: dict[str, set[str]], pair: tuple[str, ...]) -> bool:
    return bool(lives[pair[0]]) and bool(lives[pair[1]]) and not lives[pair[0]] & lives[pair[1]]


def _homes(told: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """A letter for each home, in the order that the family is told; none where there is one home alone."""
    order = [one["id"] for one in told["persons"]]
    stays = sorted(told["stays"], key=lambda stay: (order.index(stay["person"]), -stay["share"]))
    letters: dict[str, str] = {}
    for stay in stays:
        letters.setdefault(stay["household"], _letter(len(letters)))
    if len(letters) < 2:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for stay in stays:
        found[stay["person"]].append(letters[stay["household"]])
    return {person: tuple(sorted(set(own))) for person, own in found.items()}


def _letter(number: int) -> str:
    return LETTERS[number] if number < len(LETTERS) else str(number + 1)


def _matters(ids: list[UUID], closed: list[UUID]) -> dict[UUID, tuple[Matter, ...]]:
    """Running cases by person; the cases of those who are kept from the reader are not among them."""
    at, known = foundation.now(), set(ids)
    parties = _parties_of(ids, at)
    cases = {case.id: case for case in _open_cases(ids, [case_id for case_id, _, _ in parties], closed)}
    named: dict[UUID, list[foundation.Account]] = defaultdict(list)
    for staff in _staff_of(list(cases), at) if cases else ():
        if staff.account_id != cases[staff.case_id].worker_id:
            named[staff.case_id].append(staff.account)
    found: dict[UUID, dict[UUID, Matter]] = defaultdict(dict)
    for case in cases.values():
        if case.person_id in known:
            found[case.person_id][case.id] = Matter(case, "", True, tuple(named[case.id]))
    for case_id, person_id, role in parties:
        if case_id in cases and case_id not in found[person_id]:
            found[person_id][case_id] = Matter(cases[case_id], role, False, tuple(named[case_id]))
    return {person: tuple(own.values()) for person, own in found.items()}


@foundation.ready
def _parties_of(ids: list[UUID], at: datetime) -> QuerySet[casework.CaseParty, tuple[UUID, UUID, str]]:
    holds = Q(valid_to__isnull=True) | Q(valid_to__gt=at)
    return casework.CaseParty.objects.filter(holds, person_id__among=ids).values_list(
        "case_id", "person_id", "role"
    )


@foundation.ready
def _open_cases(ids: list[UUID], case_ids: list[UUID], closed: list[UUID]) -> QuerySet[casework.Case]:
    wanted = Q(person_id__among=ids) | Q(id__among=case_ids)
    rows = casework.Case.objects.filter(wanted, state="open").exclude(person_id__among=closed)
    return rows.select_related("unit", "worker").order_by("opened_at", "id")


@foundation.ready
def _staff_of(case_ids: list[UUID], at: datetime) -> QuerySet[casework.CaseStaff]:
    holds = Q(valid_to__isnull=True) | Q(valid_to__gt=at)
    return casework.CaseStaff.objects.filter(holds, case_id__among=case_ids).select_related("account")


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A planned meeting, and for which of the cases asked about it is."""

    meeting: Meeting
    case_ids: frozenset[UUID]


def next_meetings(case_ids: list[UUID]) -> list[ComingMeeting]:
    """Planned meetings to come in the cases, and those of joint matters that are for them, nearest first."""
    if not case_ids:
        return []
    joint: dict[UUID, set[UUID]] = defaultdict(set)
    for meeting_id, case_id in _joint_meetings_for(case_ids):
        joint[meeting_id].add(case_id)
    return [
        ComingMeeting(one, frozenset(joint[one.id] | ({one.case_id} if one.case_id else set())))
        for one in _meetings_to_come(case_ids, list(joint), foundation.now() - STILL_TO_WRITE)
    ]


@foundation.ready
def _joint_meetings_for(case_ids: list[UUID]) -> QuerySet[MeetingPart, tuple[UUID, UUID]]:
    parts = MeetingPart.objects.filter(part__case_id__among=case_ids)
    return parts.values_list("meeting_id", "part__case_id")


@foundation.ready
def _meetings_to_come(case_ids: list[UUID], ids: list[UUID], since: datetime) -> QuerySet[Meeting]:
    rows = to_come(since).filter(Q(case_id__among=case_ids) | Q(id__among=ids))
    return rows.select_related("case", "planned_by").order_by("starts_at", "id")[:MOST_MEETINGS]


def _secrets(ids: list[UUID]) -> dict[UUID, tuple[SecretToward, ...]]:
    found: dict[UUID, list[SecretToward]] = defaultdict(list)
    for row in _secrets_between(ids, foundation.today()):
        found[row.person_id].append(row)
    return {person: tuple(rows) for person, rows in found.items()}


@foundation.ready
def _secrets_between(ids: list[UUID], day: date) -> QuerySet[SecretToward]:
    holds = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    return SecretToward.objects.filter(holds, person_id__among=ids, toward_id__among=ids)


def secrets_of(person_id: UUID, actor: foundation.Actor) -> list[SecretToward]:
    """What of a person is secret today, and toward whom, for staff who may read the person."""
    with foundation.acting(actor):
        rows = present_secrets().filter(person_id=person_id).select_related("decided_by")
        return list(rows.order_by("valid_from", "id"))
