"""One family in one view: the map, everybody in it, running matters, who works with whom, what comes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.family.drawn import (
    NOBODY,
    MapOnPage,
    map_of,
    told_homes,
    told_kinship,
    told_secrets,
    years_of,
)
from handslag.portal.desk.views.frame import READERS
from handslag.portal.desk.words import CLOCK_WORDS
from handslag.portal.shell.doors import staff


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A running matter in words."""

    case: casework.Case
    kind: "str | Promise"
    role: str
    workers: str
    due_words: "str | Promise"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in the list beneath the map: the same as the map, and more."""

    person: coordination.FamilyPerson
    kinship: "str | Promise"
    years: str
    more: str
    url: str
    secrets: list[str]
    matters: list[MatterRow]


@staff(*READERS)
def family(request: Any, person_id: UUID) -> HttpResponse:
    """The family around a person. The reading is logged for everybody in it whom the reader may open."""
    actor = request.actor
    try:
        view = coordination.find_family(person_id, actor)
    except people.PersonNotFound:
        return render(
            request, "desk/person_hidden.html", {"nav": "search", "person_id": person_id}, status=404
        )
    log_family(actor, view, "desk.family")
    names = {one.id: one.name for one in view.persons}
    kinds = {kind.code: kind.label for kind in casework.case_kinds()}
    leads_to = reverse("desk-person", args=[NOBODY])
    rows = [row_of(one, names, kinds, leads_to) for one in view.persons]
    drawing = map_of(view)
    context = {
        "nav": "search",
        "view": view,
        "person": view.persons[0],
        "rows": rows,
        "map": drawing,
        "map_told": _told(drawing, rows),
        "clocks": [
            (case, CLOCK_WORDS.get(case.due_rule, case.due_rule), names.get(case.person_id, ""))
            for case in view.clocks
        ],
        "meetings": [
            (one, sorted({row.name for row in view.persons if one.id in {met.id for met in row.meetings}}))
            for one in view.meetings
        ],
        "works": {
            worker: sorted({one.name for one in view.persons if _works(worker, one)})
            for worker in view.workers
        },
    }
    return render(request, "desk/family/family.html", context)


def row_of(
    person: coordination.FamilyPerson,
    names: dict[UUID, str],
    kinds: "dict[str, str | Promise]",
    leads_to: str,
) -> PersonRow:
    """A person of the family in words; `leads_to` is the address of a person, with NOBODY in the place of the id."""
    more = [gettext("has died") if person.death_year else "", told_homes(person)]
    return PersonRow(
        person=person,
        kinship=told_kinship(person),
        years=years_of(person),
        more="".join(f", {words}" for words in more if words),
        url=leads_to.replace(str(NOBODY), str(person.id)) if person.is_readable else "",
        secrets=told_secrets(person, names),
        matters=[matter_row(one, kinds) for one in person.matters],
    )


def matter_row(matter: coordination.Matter, kinds: "dict[str, str | Promise]") -> MatterRow:
    """A running matter in words: what kind, the person's part in it, who works with it."""
    case = matter.case
    workers = [str(case.worker)] if case.worker else []
    return MatterRow(
        case=case,
        kind=kinds.get(case.kind, case.kind),
        role="" if matter.is_own else str(dict(casework.PartyRole.choices).get(matter.role, "")),
        workers=", ".join([*workers, *(str(one) for one in matter.others)]) or gettext("Nobody yet"),
        due_words=CLOCK_WORDS.get(case.due_rule, case.due_rule),
    )


def log_family(actor: foundation.Actor, view: coordination.FamilyView, page: str) -> None:
    """One entry for each person whom the page is about, in one statement (lag 2001:454 10 §)."""
    readable = {one.id: "protected" if one.is_protected else "" for one in view.persons if one.is_readable}
    foundation.log_reads(actor, readable, page=page)


def _works(worker: foundation.Account, person: coordination.FamilyPerson) -> bool:
    return any(one.case.worker_id == worker.id or worker in one.others for one in person.matters)


def _told(drawing: MapOnPage, rows: list[PersonRow]) -> str:
    """What the drawing shows, in a sentence for those who do not see it."""
    return gettext(
        "{persons} persons in {generations} generations. The list beneath the map says the same in words."
    ).format(persons=len(rows), generations=drawing.generations)
