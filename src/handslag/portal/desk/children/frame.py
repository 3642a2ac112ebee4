"""What stands around the pages of an investigation: the child's file, with age, and one investigation of it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.children.presenters import age_on
from handslag.portal.desk.views.frame import frame


def frame_of_child(request: Any, case_id: UUID) -> dict[str, Any]:
    """The frame of a child's file; for another kind of case there is no such page."""
    context = frame(request, case_id, "investigation", "desk.investigation")
    if context["case"].kind != "child_protection":
        raise casework.CaseNotFound
    try:
        born = people.get_person(context["case"].person_id, request.actor).born
    except people.PersonNotFound:  # hidden from this reader
        born = None
    context["child_age"] = age_on(born, context["today"])
    return context


def of_case(investigation_id: UUID, case_id: UUID, actor: foundation.Actor) -> children.InvestigationView:
    """An investigation through its own case alone; raises NoSuchInvestigation."""
    view = children.investigation_view(investigation_id, actor)
    if view.investigation.case_id != case_id:
        raise children.NoSuchInvestigation
    return view


def open_of_case(
    context: dict[str, Any], investigation_id: UUID, actor: foundation.Actor
) -> children.InvestigationView:
    """The same, for whoever may write in it now; raises InvestigationIsClosed and NotYours too."""
    view = of_case(investigation_id, context["case"].id, actor)
    if not context["works_now"]:
        raise casework.NotYours
    if view.investigation.state != "open":
        raise children.InvestigationIsClosed
    return view


def shown(request: Any, context: dict[str, Any], form: forms.Form, back: str) -> HttpResponse:
    """The page of one act: its words and its form, or what is wrong with what was typed."""
    context |= {"form": form, "back": back}
    return render(request, "desk/children/act.html", context, status=400 if form.errors else 200)


def acted(
    request: Any,
    form: forms.Form,
    do: Callable[..., Any],
    *,
    told: str,
    to: str,
    places: Mapping[str, str] | None = None,
    tell_conflicts: bool = False,
    **known: Any,
) -> HttpResponse | None:
    """Do what the form was sent for: `do` gets `known`, the answers, `by` and `at`. The way on, or None to show the page."""
    if request.method != "POST" or not form.is_valid():
        return None
    done = attempt(
        form,
        lambda: do(**known, **form.cleaned_data, by=request.actor, at=foundation.now()),
        places=places,
        tell_conflicts=tell_conflicts,
    )
    if done is None:
        return None
    messages.success(request, told)
    return redirect(to)
