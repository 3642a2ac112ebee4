"""Measures of law around a child at the desk: recorded as facts, considered in time, ended (SoL 22 kap., LVU)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.children.words import CLOCKS, FORMS, MEASURES, STEPS
from handslag.portal.desk.handbook.words import ROLES
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff


class MeasureForm(forms.Form):
    """A measure that holds, and from which day."""

    kind = forms.ChoiceField(label=_("Which measure?"), choices=[("", _("Choose")), *MEASURES.items()])
    on = DayField(label=_("From which day?"))
    form = forms.ChoiceField(
        label=_("Where does the child live?"),
        help_text=_("Only for care."),
        required=False,
        choices=[("", "–"), *FORMS.items()],
    )


class MeasureStepForm(forms.Form):
    """Something that was done in a measure."""

    code = forms.ChoiceField(label=_("What was done?"))
    on = DayField(label=_("On which day?"))
    body = forms.CharField(
        label=_("What was found"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000
    )

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", _("Choose")), *((code, STEPS[code]) for code in codes)]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The measure holds no more."""

    on = DayField(label=_("On which day?"))
    because = forms.CharField(label=_("Why did it end?"), max_length=2000)


@staff(*READERS)
def measures(request: Any, case_id: UUID) -> HttpResponse:
    """The measures of the child, each with its clocks, steps and end; a new one is recorded here."""
    context = _frame(request, case_id)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and not context["works_now"]:
        raise casework.NotYours
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.record_measure(
                case_id=case_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The measure is recorded, and its time limits run."))
            return redirect("desk-measures", case_id)
    context |= {
        "form": form,
        "measures": children.measures_of(case_id, request.actor),
        "names": MEASURES,
        "step_names": STEPS,
        "form_names": FORMS,
        "clock_names": CLOCKS,
        "roles": ROLES,
    }
    return render(request, "desk/children/measures.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def step(request: Any, case_id: UUID, measure_id: UUID) -> HttpResponse:
    """A step of a measure was taken: its clock stops, and a duty that comes back begins its next round."""
    context = _frame(request, case_id)
    view = _of(case_id, measure_id, request)
    asked = request.GET.get("steg", "")
    form = MeasureStepForm(
        request.POST or None, codes=view.may_take, initial={"code": asked if asked in view.may_take else ""}
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.take_step(
                measure_id=measure_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The step is recorded."))
            return redirect("desk-measures", case_id)
    context |= {"title": MEASURES[view.measure.kind], "save": gettext("Record the step"), "lead": ""}
    return _form(request, context, form)


@staff(*WORKERS)
def end(request: Any, case_id: UUID, measure_id: UUID) -> HttpResponse:
    """A measure ends: its duties cease, and the time to follow the child begins where the law gives one."""
    context = _frame(request, case_id)
    view = _of(case_id, measure_id, request)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.end_measure(
                measure_id=measure_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The measure has ended."))
            return redirect("desk-measures", case_id)
    context |= {"title": MEASURES[view.measure.kind], "save": gettext("End the measure"), "lead": ""}
    return _form(request, context, form)


def _of(case_id: UUID, measure_id: UUID, request: Any) -> children.MeasureView:
    for view in children.measures_of(case_id, request.actor):
        if view.measure.id == measure_id:
            return view
    raise children.NoSuchInvestigation


def _frame(request: Any, case_id: UUID) -> dict[str, Any]:
    context = frame(request, case_id, "measures", "desk.measures")
    if context["case"].kind != "child_protection":
        raise casework.CaseNotFound
    return context


def _form(request: Any, context: dict[str, Any], form: forms.Form) -> HttpResponse:
    context |= {"form": form, "back": reverse("desk-measures", args=[context["case"].id])}
    return render(request, "desk/children/act.html", context, status=400 if form.errors else 200)
