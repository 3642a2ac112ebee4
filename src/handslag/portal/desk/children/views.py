"""The investigation's page, its acts, and opening a new one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.children import forms as own
from handslag.portal.desk.children.acts import ACTS, AFTERWARDS
from handslag.portal.desk.children.presenters import steps_to_take, told_areas, told_of
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff


@staff(*READERS)
def latest(request: Any, case_id: UUID) -> HttpResponse:
    """The open investigation, or the newest; the page to open one where there is none."""
    context = _frame(request, case_id)
    known = children.investigations_of(case_id, request.actor)
    if known:
        return redirect("desk-investigation-one", case_id, known[0].id)
    return render(request, "desk/children/none.html", context)


@staff(*READERS)
def show(request: Any, case_id: UUID, investigation_id: UUID) -> HttpResponse:
    """Everything in an investigation, with what is left to do."""
    context = _frame(request, case_id)
    view = children.investigation_view(investigation_id, request.actor)
    if view.investigation.case_id != case_id:
        raise children.NoSuchInvestigation
    is_open = view.investigation.state == "open"
    context |= {
        "view": view,
        "one": view.investigation,
        "is_open": is_open,
        "told": told_of(view),
        "areas": told_areas(view),
        "missing": steps_to_take(view.investigation) if is_open else [],
        "others": [
            each for each in children.investigations_of(case_id, request.actor) if each.id != investigation_id
        ],
        "writes": context["works_now"] and is_open,
        "may_open": context["works_now"] and not is_open,
    }
    return render(request, "desk/children/investigation.html", context)


@staff(*WORKERS)
def begin(request: Any, case_id: UUID) -> HttpResponse:
    """Decide to open an investigation of the child."""
    context = _frame(request, case_id)
    form = own.OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: children.open_investigation(
                case_id=case_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if made is not None:
            messages.success(request, gettext("The investigation is open, and its time runs."))
            return redirect("desk-investigation-one", case_id, made.id)
    lead = gettext(
        "This is a decision. Four months run from today, and the guardians become parties of the case."
    )
    context |= {"title": gettext("Open an investigation"), "save": gettext("Decide and open"), "lead": lead}
    return _form(request, context, form, reverse("desk-investigation", args=[case_id]))


@staff(*WORKERS)
def act(request: Any, case_id: UUID, investigation_id: UUID, code: str) -> HttpResponse:
    """One act on a page of its own: what it means, the form, and then once."""
    if code not in ACTS:
        raise Http404
    chosen = ACTS[code]
    context = _frame(request, case_id)
    one = children.investigation_view(investigation_id, request.actor).investigation
    if one.case_id != case_id:
        raise children.NoSuchInvestigation
    if not context["works_now"] or (one.state != "open" and code not in AFTERWARDS):
        raise children.InvestigationIsClosed if context["works_now"] else casework.NotYours
    form = chosen.form(request.POST or None, initial=_initial(code, one))
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: chosen.do(
                investigation_id=investigation_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
            places=chosen.places,
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, str(chosen.done))
            return redirect("desk-investigation-one", case_id, investigation_id)
    context |= {"title": chosen.title, "save": chosen.button, "lead": chosen.lead}
    if code == "avsluta":
        context["missing"] = steps_to_take(one)
    return _form(request, context, form, reverse("desk-investigation-one", args=[case_id, investigation_id]))


@staff(*WORKERS)
def step(request: Any, case_id: UUID, investigation_id: UUID, step_id: UUID) -> HttpResponse:
    """A step of the plan is done, or is not needed any more."""
    context = _frame(request, case_id)
    view = children.investigation_view(investigation_id, request.actor)
    chosen = next((each for each in view.steps if each.id == step_id), None)
    if chosen is None or view.investigation.case_id != case_id:
        raise children.NoSuchInvestigation
    form = own.StepDoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words, at = form.cleaned_data["words"], foundation.now()
        done = attempt(
            form,
            lambda: (
                children.finish_step(step_id=step_id, result=words, by=request.actor, at=at)
                if form.cleaned_data["way"] == "done"
                else children.drop_step(step_id=step_id, because=words, by=request.actor, at=at)
            ),
            places={"because": "words"},
        )
        if done is not None:
            messages.success(request, gettext("The plan is up to date."))
            return redirect("desk-investigation-one", case_id, investigation_id)
    context |= {"title": chosen.what, "save": gettext("Save"), "lead": ""}
    return _form(request, context, form, reverse("desk-investigation-one", args=[case_id, investigation_id]))


@staff(*WORKERS)
def answer(request: Any, case_id: UUID, investigation_id: UUID, obtained_id: UUID) -> HttpResponse:
    """What a source has answered."""
    context = _frame(request, case_id)
    view = children.investigation_view(investigation_id, request.actor)
    chosen = next((each for each in view.obtained if each.id == obtained_id), None)
    if chosen is None or view.investigation.case_id != case_id:
        raise children.NoSuchInvestigation
    form = own.ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.receive_data(
                obtained_id=obtained_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The answer is recorded."))
            return redirect("desk-investigation-one", case_id, investigation_id)
    title = gettext("Answer from {source}").format(source=chosen.source_name)
    context |= {"title": title, "save": gettext("Save"), "lead": ""}
    return _form(request, context, form, reverse("desk-investigation-one", args=[case_id, investigation_id]))


@staff(*WORKERS)
def area(request: Any, case_id: UUID, investigation_id: UUID, area: str) -> HttpResponse:
    """The text under one heading. When a colleague has saved meanwhile, both texts are shown and nothing is lost."""
    context = _frame(request, case_id)
    view = children.investigation_view(investigation_id, request.actor)
    state = next((each for each in view.areas if each.area.value == area), None)
    if state is None or view.investigation.case_id != case_id:
        raise children.NoSuchInvestigation
    form = own.AreaForm(request.POST or None, initial={"body": state.body, "version": state.version})
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            done = attempt(
                form,
                lambda: children.write_area(
                    investigation_id=investigation_id, area=area, **form.cleaned_data, by=request.actor,
                    at=foundation.now(),
                ),
            )  # fmt: skip
        except children.TextChangedMeanwhile as met:
            done, theirs = None, met.theirs
            form.add_error("body", met.in_one_line)
            form.data = request.POST.copy() | {"version": str(met.version)}
        if done is not None:
            messages.success(request, gettext("The text is saved."))
            return redirect("desk-investigation-one", case_id, investigation_id)
    context |= {
        "title": state.area.label,
        "save": gettext("Save"),
        "lead": children.SIDE_LABELS[state.side],
        "theirs": theirs,
        "versions": children.area_versions(investigation_id, area, request.actor)[1:],
    }
    return _form(request, context, form, reverse("desk-investigation-one", args=[case_id, investigation_id]))


def _frame(request: Any, case_id: UUID) -> dict[str, Any]:
    """The frame of a child's file; for another kind of case there is no such page."""
    context = frame(request, case_id, "investigation", "desk.investigation")
    if context["case"].kind != "child_protection":
        raise casework.CaseNotFound
    return context


def _initial(code: str, one: children.Investigation) -> dict[str, Any]:
    today = foundation.today()
    known: dict[str, dict[str, Any]] = {"samtal": {"held_on": today}, "vag": {"path": one.path}}
    return known.get(code, {})


def _form(request: Any, context: dict[str, Any], form: forms.Form, back: str) -> HttpResponse:
    context |= {"form": form, "back": back}
    return render(request, "desk/children/act.html", context, status=400 if form.errors else 200)
