"""Taking in an adult's matter, the matter's page with care under LVM, and closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.people import public as people
from handslag.portal.desk.adults.forms import CareForm, CloseForm, MatterForm
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.deciding import Lack
from handslag.portal.desk.views.frame import ADULT_STEPS as STEP_PLACES
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff

RECEIVERS = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION)


@staff(*RECEIVERS)
def receive(request: Any, person_id: UUID) -> HttpResponse:
    """An adult asks for support, or somebody is concerned about them: a case is opened in the actor's unit.

    Somebody whom none of the actor's units reads yet can be taken in too, in a unit for adults: the page tells nothing of
    them before.
    """
    actor = request.actor
    unit_id = unit_for_adults(actor)
    person = _known(person_id, actor, may_be_new=unit_id is not None)
    foundation.log_read(actor, person_id=person_id, page="desk.adult_receive", at=foundation.now())
    form = MatterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and unit_id is not None:
        asked = form.cleaned_data
        made = attempt(
            form,
            lambda: adults.receive_matter(
                person_id=person_id, unit_id=unit_id, **asked, by=actor, at=foundation.now()
            ),
        )
        if made is not None:
            messages.success(request, gettext("The case is open."))
            return redirect("desk-adult", made.case_id)
    context = {"nav": "work", "form": form, "person": person, "unit_id": unit_id}
    return render(request, "desk/adults/receive.html", context, status=400 if form.errors else 200)


@staff(*READERS)
def matter(request: Any, case_id: UUID) -> HttpResponse:
    """What the case began with, and care under LVM; a step of it is recorded here."""
    context = frame_of_adult(request, case_id, "adult", "desk.adult")
    case, actor = context["case"], request.actor
    care = adults.care_of(case.id, actor)
    form = CareForm(request.POST or None, steps=care.next_steps)
    if request.method == "POST" and not context["works_now"]:
        raise casework.NotYours
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: adults.record_care_step(
                case_id=case.id, **form.cleaned_data, by=actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The step is recorded, and its time limits run."))
            return redirect("desk-adult", case.id)
    context |= {
        "matter": adults.matter_of(case.id, actor),
        "has_care": case.kind == adults.ADDICTION,
        "handling": adults.handling_of(case.id, actor),
        "closing_words": adults.closing_reasons(case.kind),
        "care": [(one, adults.STEP_NAMES[one.step]) for one in care.steps],
        "form": form,
    }
    return render(request, "desk/adults/matter.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def close(request: Any, case_id: UUID) -> HttpResponse:
    """Close the case by a reason of its kind; what is not finished is told with where it is done, and then it stays open.

    Missing steps that a reason leaves open may be left out, with why.
    """
    context = frame_of_adult(request, case_id, "overview", "desk.close")
    case = context["case"]
    missing = adults.missing_steps(case.id) if case.is_open else []
    form = CloseForm(request.POST or None, kind=case.kind, missing=missing, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: adults.close_matter(case_id=case.id, **asked, by=request.actor, at=foundation.now()),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The case is closed."))
            return redirect("desk-case", case.id)
    of_steps = {f"adult_support.hindrance.{code}" for code in adults.MISSING}
    context |= {
        "form": form,
        "missing": [_missing(code, case.id) for code in missing],
        "left": [one for one in casework.hindrances(case) if one["code"] not in of_steps],
    }
    return render(request, "desk/adults/close.html", context, status=400 if form.errors else 200)


def _missing(code: str, case_id: UUID) -> Lack:
    """A step that is missing, and the page where it is taken."""
    url, words = STEP_PLACES[code]
    return Lack(adults.MISSING[code], reverse(url, args=[case_id]), words)


def frame_of_adult(request: Any, case_id: UUID, tab: str, page: str) -> dict[str, Any]:
    """The frame of an adult's case; for another kind of case there is no such page."""
    context = frame(request, case_id, tab, page)
    if context["case"].kind not in adults.KINDS:
        raise casework.CaseNotFound
    return context


def _known(person_id: UUID, actor: foundation.Actor, *, may_be_new: bool) -> people.Person | None:
    try:
        return people.get_person(person_id, actor)
    except people.PersonNotFound:
        if not may_be_new:
            raise
        return None


def unit_for_adults(actor: foundation.Actor) -> UUID | None:
    """The unit for adults that the actor works in; None for one who works elsewhere."""
    held = [unit_id for role, unit_id in sorted(foundation.roles_of(actor)) if role in RECEIVERS]
    units = {unit.id: unit.kind for unit in foundation.Unit.objects.filter(id__in=held)}
    return next((one for one in held if units.get(one) == "adults"), None)
