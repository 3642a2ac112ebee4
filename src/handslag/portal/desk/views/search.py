"""The one search of the desk: a person by name or identity number, a case or a report by its number."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.views.persons import WORKERS
from handslag.portal.shell.doors import staff

ROWS = 20


class FindForm(forms.Form):
    """A name, a whole identity number or the number of a case; nothing else may be searched by (förordning 2001:637 15 §)."""

    q = forms.CharField(
        label=_("Name, identity number or case number"),
        help_text=_(
            "The beginning of a name, a whole identity number, or the number of a case or a report. Your search is logged."
        ),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A person who was found, and the reader's own open cases that the person is in."""

    person: people.Found
    cases: list[casework.OwnPerson]


@staff(*WORKERS)
def search(request: Any) -> HttpResponse:
    """Search by POST, so that neither names nor numbers stand in an address or a log.

    A number leads to its case or report; one that the reader may not read answers as one that nobody has.
    """
    form = FindForm(request.POST or None)
    context: dict[str, Any] = {"nav": "search", "form": form}
    if request.method == "POST" and form.is_valid():
        number = casework.number_in(form.cleaned_data["q"])
        if number is not None:
            found = _numbered(number, request.actor)
            if found is not None:
                return found
            context["no_number"] = number
        else:
            try:
                context |= _persons(
                    form.cleaned_data["q"], _start(request.POST.get("from", "")), request.actor
                )
            except foundation.BadInput as fault:
                form.add_error("q", fault.in_one_line)
    return render(request, "desk/search.html", context, status=400 if form.errors else 200)


def _numbered(number: str, actor: foundation.Actor) -> HttpResponse | None:
    """The way to the case or the report; the page there logs the reading."""
    try:
        return redirect("desk-case", casework.get_case_by_number(number, actor).id)
    except casework.CaseNotFound:
        report = children.report_numbered(number, actor)
    return redirect("reception-report", report) if report is not None else None


def _persons(text: str, start: int, actor: foundation.Actor) -> dict[str, Any]:
    cases: defaultdict[UUID, list[casework.OwnPerson]] = defaultdict(list)
    for one in casework.find_own_persons(actor):
        cases[one.person_id].append(one)
    page = people.search_page(text, actor, own=list(cases), start=start, limit=ROWS)
    return {
        "found": [Hit(one, cases.get(one.person_id, [])) for one in page.rows],
        "first": start + 1,
        "last": start + len(page.rows),
        "next_start": page.next_start,
        "is_cut": page.is_cut,
    }


def _start(text: str) -> int:
    """How many were told before; from the beginning for what is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
