"""The investigation's page, its acts, and opening a new one."""

from typing import Any
from uuid import UUID

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
from handslag.portal.desk.children.frame import acted, frame_of_child, of_case, shown
from handslag.portal.desk.children.overview import overview_of
from handslag.portal.desk.children.plan import offer_workers
from handslag.portal.desk.children.presenters import EARLY, WITHOUT, steps_to_take, told_areas, told_of
from handslag.portal.desk.views.frame import READERS, WORKERS
from handslag.portal.shell.doors import staff


@staff(*READERS)
def latest(request: Any, case_id: UUID) -> HttpResponse:
    """The open investigation, or the newest; the page to open one where there is none."""
    context = frame_of_child(request, case_id)
    known = children.investigations_of(case_id, request.actor)
    if known:
        return redirect("desk-investigation-one", case_id, known[0].id)
    return render(request, "desk/children/none.html", context)


@staff(*READERS)
def show(request: Any, case_id: UUID, investigation_id: UUID) -> HttpResponse:
    """Everything in an investigation, with what is left to do."""
    context = frame_of_child(request, case_id)
    view = of_case(investigation_id, case_id, request.actor)
    is_open = view.investigation.state == "open"
    proposals = children.proposals_of(view.investigation, request.actor)
    context |= {
        "view": view,
        "one": view.investigation,
        "is_open": is_open,
        "told": told_of(view),
        "areas": told_areas(view),
        "overview": overview_of(view, context["case"], request.actor) if is_open else None,
        # What comes next stands on this page itself, once.
        "says_next": context["next_step"].url == request.path,
        "proposals": proposals,
        "may_extend": is_open and children.may_extend(view.investigation, request.actor),
        "time_is_up": is_open and children.time_is_up(view.investigation, context["today"]),
        "ways": children.ways_to_close(view.investigation, request.actor, foundation.now())
        if is_open
        else {},
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
    context = frame_of_child(request, case_id)
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
    return shown(request, context, form, reverse("desk-investigation", args=[case_id]))


@staff(*WORKERS)
def act(request: Any, case_id: UUID, investigation_id: UUID, code: str) -> HttpResponse:
    """One act on a page of its own: what it means, the form, and then once."""
    if code not in ACTS:
        raise Http404
    chosen = ACTS[code]
    context = frame_of_child(request, case_id)
    one = of_case(investigation_id, case_id, request.actor).investigation
    if not context["works_now"] or (one.state != "open" and code not in AFTERWARDS):
        raise children.InvestigationIsClosed if context["works_now"] else casework.NotYours
    form = chosen.form(request.POST or None)
    if code == "plan":
        offer_workers(form, case_id, request.actor)
    elif code == "vag":
        form.fields["path"].choices = [each for each in children.Path.choices if each[0] != one.path]  # type: ignore[attr-defined]
    page = reverse("desk-investigation-one", args=[case_id, investigation_id])
    away = acted(
        request, form, chosen.do, investigation_id=investigation_id, told=str(chosen.done), to=page,
        places=chosen.places, tell_conflicts=True,
    )  # fmt: skip
    if away:
        return away
    context |= {"title": chosen.title, "save": chosen.button, "lead": chosen.lead}
    if isinstance(form, own.CloseForm):
        context |= _closing(one, form, request)
    return shown(request, context, form, page)


def _closing(one: children.Investigation, form: own.CloseForm, request: Any) -> dict[str, Any]:
    """The ways to close that the decision would be let through by; without one, why, and no form to write in."""
    ways = children.ways_to_close(one, request.actor, foundation.now())
    offered = [code for code, way in ways.items() if way.is_open]
    sent = request.method == "POST"
    if offered:
        form.offer(offered)
    refusal = ""
    if not any(way.may_decide for way in ways.values()):
        refusal = gettext(
            "The delegation order does not let you close it. Hand it to somebody who may: your manager."
        )
    elif ways[WITHOUT].missing and not ways[EARLY].missing and not ways[EARLY].may_decide:
        refusal = gettext("An early close is decided by your manager: the delegation order does not let you.")
    elif not ways[WITHOUT].missing and not ways[WITHOUT].may_decide:
        refusal = gettext(
            "You may close it early alone: the delegation order does not let you close it otherwise."
        )
    return {
        "missing": steps_to_take(one),
        "missing_early": steps_to_take(one, EARLY),
        "may_early": ways[EARLY].may_decide,
        "warns": refusal,
        # What was typed stays to be read, also where somebody else has changed what may be decided meanwhile.
        "is_refused": not offered and not sent,
        "says_next": True,
    }


@staff(*WORKERS)
def answer(request: Any, case_id: UUID, investigation_id: UUID, obtained_id: UUID) -> HttpResponse:
    """What a source has answered."""
    context = frame_of_child(request, case_id)
    view = of_case(investigation_id, case_id, request.actor)
    chosen = next((each for each in view.obtained if each.id == obtained_id), None)
    if chosen is None:
        raise children.NoSuchInvestigation
    form = own.ReceiveForm(request.POST or None)
    page = reverse("desk-investigation-one", args=[case_id, investigation_id])
    told = gettext("The answer is recorded.")
    if away := acted(request, form, children.receive_data, obtained_id=obtained_id, told=told, to=page):
        return away
    title = gettext("Answer from {source}").format(source=chosen.source_name)
    context |= {"title": title, "save": gettext("Save"), "lead": ""}
    return shown(request, context, form, page)


@staff(*WORKERS)
def area(request: Any, case_id: UUID, investigation_id: UUID, area: str) -> HttpResponse:
    """The text under one heading. When a colleague has saved meanwhile, both texts are shown and nothing is lost."""
    context = frame_of_child(request, case_id)
    view = of_case(investigation_id, case_id, request.actor)
    state = next((each for each in view.areas if each.area.value == area), None)
    if state is None:
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
    return shown(request, context, form, reverse("desk-investigation-one", args=[case_id, investigation_id]))
