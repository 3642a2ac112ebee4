"""The page about a person."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.people import public as people
from handslag.portal.desk.family.drawn import secret_marks
from handslag.portal.shell.doors import staff

WORKERS = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION, Role.PROTECTED)
TAKING_DOWN = {Role.CASE_WORKER.value, Role.MANAGER.value, Role.RECEPTION.value}

# What the person is to the other, and what the other is to the person.
TO_WORDS = {
    "guardian": _("Guardian of"), "parent": _("Parent of"), "partner": _("Partner of"), "sibling": _("Sibling of"),
    "trustee": _("Trustee of"), "contact": _("Contact person of"),
}  # fmt: skip
FROM_WORDS = {
    "guardian": _("Guardian"), "parent": _("Parent"), "partner": _("Partner"), "sibling": _("Sibling"),
    "trustee": _("Trustee"), "contact": _("Contact person"),
}  # fmt: skip


class SearchForm(forms.Form):
    """A name or a whole identity number; nothing else may be searched by (förordning 2001:637 15 §)."""

    q = forms.CharField(
        label=_("Name or identity number"),
        help_text=_("The beginning of a name, or the whole number. Your search is logged."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@staff(*WORKERS)
def person(request: Any, person_id: UUID) -> HttpResponse:
    """Who it is, protected marks first; the household, relations, running cases and who else works with them."""
    actor = request.actor
    try:
        one = people.get_person(person_id, actor)
    except people.PersonNotFound:
        return render(
            request,
            "desk/person_hidden.html",
            {"nav": "search", "person_id": person_id, "may_take_down": _may_take_down(actor)},
            status=404,
        )
    today = foundation.today()
    household = people.household_of(one.id, today, actor)
    relations = people.relations_of(one.id, actor, today)
    glass = foundation.glass_over(actor, person_id=one.id)
    cases = casework.find_cases_of(one.id, actor)
    foundation.log_read(
        actor,
        person_id=one.id,
        page="desk.person",
        why="glass" if glass else ("protected" if one.is_protected else ""),
    )
    context = {
        "nav": "search",
        "person": one,
        "number": people.identity_number_of(one.id, actor),
        "numbers": people.identity_numbers_of(one.id, actor),
        "address": people.address_of(one.id, actor),
        "ways": people.contact_ways_of(one.id, actor),
        "household": _readable(household, actor),
        "related": _related(one.id, relations, actor),
        "cases": cases,
        "glass": glass,
        "readers": _readers(one, actor),
        "may_take_down": _may_take_down(actor),
        "has_open_aid": any(case.is_open and case.kind == "income_support" for case in cases),
        "may_protect": people.may_set_protection(actor),
        "secrets": secret_marks(one.id, actor),
    }
    return render(request, "desk/person.html", context)


def _readable(
    household: people.HouseholdOnDay | None, actor: foundation.Actor
) -> people.HouseholdOnDay | None:
    """The household with those whom the actor may read: whom one may not read is not there, as among the relations."""
    if household is None:
        return None
    names = people.names_of([one.person_id for one in household.members], actor)
    return replace(household, members=tuple(one for one in household.members if one.person_id in names))


def _readers(one: people.Person, actor: foundation.Actor) -> list[str]:
    """Who else may read the person: units by name; of a protected person the named colleagues alone."""
    grants = people.grants_of(one.id, actor)
    if one.is_protected:
        return sorted({grant.account.name for grant in grants if grant.account is not None})
    units = {grant.unit.name for grant in grants if grant.unit is not None}
    return [*sorted(units), *sorted({grant.account.name for grant in grants if grant.account is not None})]


def _may_take_down(actor: foundation.Actor) -> bool:
    """Whether the actor works in a unit for economic aid, with a role that meets people."""
    held = {unit for role, unit in foundation.roles_of(actor) if role in TAKING_DOWN}
    return foundation.Unit.objects.filter(id__in=held, kind="income_support").exists()


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody related, in words as seen from the person."""

    words: "str | Promise"
    person_id: UUID
    name: str


def _related(person_id: UUID, relations: list[people.Relation], actor: foundation.Actor) -> list[Related]:
    ends = [
        (TO_WORDS[row.kind], row.other_id)
        if row.person_id == person_id
        else (FROM_WORDS[row.kind], row.person_id)
        for row in relations
    ]
    names = people.names_of([other for _words, other in ends], actor)
    # Whom one may not read is not there, not even as a hole that tells.
    return [Related(words, other, names[other]) for words, other in ends if other in names]
