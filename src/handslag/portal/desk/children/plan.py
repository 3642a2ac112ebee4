"""The steps of a plan: done, changed in day or hands, struck out; each on a page of its own, with the reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.children import forms as own
from handslag.portal.desk.children.frame import acted, frame_of_child, open_of_case, shown
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.shell import formats
from handslag.portal.shell.doors import staff


def offer_workers(form: forms.Form, case_id: UUID, actor: foundation.Actor) -> None:
    """Let the form choose among those who work in the file, oneself first."""
    form.fields["account_id"].choices = [  # type: ignore[attr-defined]
        (str(one.id), _("{name} (you)").format(name=one.name) if one.id == actor.account_id else one.name)
        for one in children.workers_of(case_id, actor)
    ]


@staff(*WORKERS)
def finish(request: Any, case_id: UUID, investigation_id: UUID, step_id: UUID) -> HttpResponse:
    """A step is done, with what came of it."""
    context, step = _step(request, case_id, investigation_id, step_id)
    form = own.StepDoneForm(request.POST or None)
    told = gettext("The step is done.")
    if away := acted(request, form, children.finish_step, step_id=step.id, told=told, to=_plan(step)):
        return away
    context |= {
        "title": gettext("Done: {what}").format(what=step.what),
        "save": gettext("It is done"),
        "lead": _as_it_stands(step),
        "other_ways": [
            (
                reverse("desk-investigation-step-change", args=[case_id, investigation_id, step.id]),
                _("Change the step"),
            ),
            (
                reverse("desk-investigation-step-strike", args=[case_id, investigation_id, step.id]),
                _("Strike it out"),
            ),
        ],
    }
    return shown(request, context, form, _plan(step))


@staff(*WORKERS)
def change(request: Any, case_id: UUID, investigation_id: UUID, step_id: UUID) -> HttpResponse:
    """Another day, or somebody else, and why."""
    context, step = _step(request, case_id, investigation_id, step_id)
    initial = {"due_on": step.due_on, "account_id": step.account_id, "who": step.who}
    form = own.StepChangeForm(request.POST or None, initial=initial)
    offer_workers(form, case_id, request.actor)
    told = gettext("The plan is up to date.")
    if away := acted(request, form, children.change_step, step_id=step.id, told=told, to=_plan(step)):
        return away
    context |= {
        "title": gettext("Change: {what}").format(what=step.what),
        "save": gettext("Save the change"),
        "lead": _as_it_stands(step),
    }
    return shown(request, context, form, _plan(step))


@staff(*WORKERS)
def strike(request: Any, case_id: UUID, investigation_id: UUID, step_id: UUID) -> HttpResponse:
    """A step is struck out, and why."""
    context, step = _step(request, case_id, investigation_id, step_id)
    form = own.StepStruckForm(request.POST or None)
    told = gettext("The step is struck out.")
    if away := acted(request, form, children.drop_step, step_id=step.id, told=told, to=_plan(step)):
        return away
    context |= {
        "title": gettext("Strike out: {what}").format(what=step.what),
        "save": gettext("Strike it out"),
        "lead": _as_it_stands(step),
    }
    return shown(request, context, form, _plan(step))


def _step(
    request: Any, case_id: UUID, investigation_id: UUID, step_id: UUID
) -> tuple[dict[str, Any], children.PlanStep]:
    context = frame_of_child(request, case_id)
    view = open_of_case(context, investigation_id, request.actor)
    step = next((each for each in view.steps if each.id == step_id), None)
    if step is None:
        raise children.NoSuchInvestigation
    if step.done_on is not None or step.dropped_because:
        raise children.StepIsSettled
    return context, step


def _as_it_stands(step: children.PlanStep) -> str:
    who = step.who or (step.account.name if step.account else gettext("Nobody yet"))
    return gettext("{who}, until {day}").format(who=who, day=formats.day(step.due_on))


def _plan(step: children.PlanStep) -> str:
    page = reverse("desk-investigation-one", args=[step.case_id, step.investigation_id])
    return f"{page}#plan"
