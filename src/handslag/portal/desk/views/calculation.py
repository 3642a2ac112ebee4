"""The calculation: the system's value, the case worker's, and why, line by line; the sum follows."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.presenters import Side, addable_lines, side_of
from handslag.portal.desk.views.deciding import look_over
from handslag.portal.desk.views.frame import READERS, UNDECIDED, WORKERS, frame, undecided
from handslag.portal.shell.doors import staff
from handslag.portal.shell.forms import KrField


class LineForm(forms.Form):
    """The case worker's own value of a line, and why."""

    line = forms.CharField(widget=forms.HiddenInput, max_length=80)
    version = forms.IntegerField(widget=forms.HiddenInput)
    amount = KrField(label=_("My value"), lowest=Decimal(-1_000_000_000))
    why = forms.CharField(
        label=_("Why, in words for the person"),
        help_text=_(
            "It stands with the line in the letter and on the person's page when you have decided. Keep internal remarks in a note."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AddForm(LineForm):
    """A line that the system does not have."""

    line = forms.ChoiceField(label=_("Line"), choices=[])  # type: ignore[assignment]
    of = forms.ChoiceField(label=_("Whose?"), choices=[])
    field_order = ("line", "of", "amount", "why", "version")


class TrialForm(forms.Form):
    """The activity requirement, tried by a person for some months."""

    outcome = forms.ChoiceField(
        label=_("What do you find?"),
        widget=forms.RadioSelect,
        choices=[("fulfilled", _("The requirement is fulfilled")), ("exempt", _("The person is exempt"))],
    )
    month_from = forms.CharField(label=_("From month"), help_text=_("For example 2026-11."), max_length=7)
    month_to = forms.CharField(label=_("To and with month"), help_text=_("At most a year."), max_length=7)
    why = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


@staff(*READERS)
def latest(request: Any, case_id: UUID) -> HttpResponse:
    """The calculation of what is to be decided first, else the latest one."""
    actor = request.actor
    casework.get_case(case_id, actor)
    applications = income_support.find_applications_of(case_id, actor)
    chosen = [one for one in applications if one.state in UNDECIDED] or applications
    if chosen:
        return redirect("desk-assessment", case_id, chosen[0].id)
    context = frame(request, case_id, "calculation", "desk.assessment")
    return render(request, "desk/case/no_calculation.html", context)


@staff(*READERS)
def assessment(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """The three columns. `?rad=` opens the form of one line; `?ny` that of a new one."""
    return _page(request, case_id, application_id)


@staff(*WORKERS)
def change(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """Save a value of one's own. A stale page shows both: what is there now, and what was typed."""
    if request.method != "POST":
        return redirect("desk-assessment", case_id, application_id)
    form = LineForm(request.POST)
    return _save(request, case_id, application_id, form, lambda: form.cleaned_data["line"])


@staff(*WORKERS)
def add(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """Save a line that the system does not have."""
    if request.method != "POST":
        return redirect("desk-assessment", case_id, application_id)
    application = _application(case_id, application_id, request.actor)
    form = _add_form(application, request.POST)
    return _save(
        request,
        case_id,
        application_id,
        form,
        lambda: f"{form.cleaned_data['line']}:{form.cleaned_data['of']}",
    )


@staff(*WORKERS)
@require_POST
def withdraw(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """Take a value of one's own back: the system's counts again."""
    row = _row(case_id, application_id, request.actor)
    form = LineForm(request.POST)
    form.is_valid()
    income_support.withdraw_change(
        assessment_id=row.id,
        version=form.cleaned_data.get("version") or 0,
        line=form.cleaned_data.get("line") or "",
        by=request.actor,
        at=foundation.now(),
    )
    messages.success(request, gettext("The system's value counts again."))
    return redirect("desk-assessment", case_id, application_id)


@staff(*WORKERS)
@require_POST
def approve(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """A part of the calculation has been gone through; the page opens at the next one that waits, or at the sum."""
    row = _row(case_id, application_id, request.actor)
    version = request.POST.get("version", "")
    income_support.approve_section(
        assessment_id=row.id,
        version=int(version) if version.isdecimal() else 0,
        section=request.POST.get("section", ""),
        by=request.actor,
        at=foundation.now(),
    )
    messages.success(request, gettext("The part is approved."))
    waiting = [one.code for one in side_of(row, request.actor).sections if not one.is_approved]
    place = f"section-{waiting[0]}" if waiting else "sum"
    return redirect(f"{reverse('desk-assessment', args=[case_id, application_id])}#{place}")


@staff(*WORKERS)
@require_POST
def refresh(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """Calculate with what the registers say now; values of one's own are kept beside."""
    application = _application(case_id, application_id, request.actor)
    income_support.refresh_assessment(application_id=application.id, by=request.actor, at=foundation.now())
    messages.success(
        request, gettext("The month is calculated with what is known now. Your own values are kept.")
    )
    return redirect("desk-assessment", case_id, application_id)


@staff(*WORKERS)
def activity(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """Try the activity requirement: a person does, never the automated function (SoL 12:4 a)."""
    context = frame(request, case_id, "calculation", "desk.assessment")
    application = _application(case_id, application_id, request.actor)
    form = TrialForm(
        request.POST or None, initial={"month_from": application.month, "month_to": application.month}
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: income_support.try_activity_requirement(
                case_id=case_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The activity requirement is tried."))
            return redirect("desk-assessment", case_id, application_id)
    context |= {
        "form": form,
        "title": gettext("Try the activity requirement"),
        "save": gettext("Save what I found"),
    }
    return render(request, "desk/case/form.html", context, status=400 if form.errors else 200)


def _save(request: Any, case_id: UUID, application_id: UUID, form: forms.Form, line: Any) -> HttpResponse:
    row = _row(case_id, application_id, request.actor)
    is_stale = False
    if form.is_valid():
        asked = form.cleaned_data
        try:
            done = attempt(
                form,
                lambda: income_support.change_line(
                    assessment_id=row.id,
                    version=asked["version"],
                    line=line(),
                    amount=asked["amount"],
                    why=asked["why"],
                    by=request.actor,
                    at=foundation.now(),
                ),
            )
        except income_support.AssessmentChangedElsewhere as fault:
            # The typed values stand in the form; saving once more is saving over what is shown now.
            is_stale, done = True, None
            form.data = {**form.data.dict(), "version": str(fault.version)}  # type: ignore[attr-defined]
        if done is not None:
            messages.success(request, gettext("Your value is saved."))
            return redirect(f"{reverse('desk-assessment', args=[case_id, application_id])}#sum")
    return _page(
        request, case_id, application_id, form=form, is_stale=is_stale, status=409 if is_stale else 400
    )


def _page(
    request: Any,
    case_id: UUID,
    application_id: UUID,
    *,
    form: forms.Form | None = None,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = frame(request, case_id, "calculation", "desk.assessment")
    actor = request.actor
    application = _application(case_id, application_id, actor, context["applications"])
    row = income_support.get_assessment(application.id, actor)
    context |= {"application": application, "row": row, "undecided": undecided(context), "is_stale": is_stale}
    if row is None:
        return render(request, "desk/case/no_calculation.html", context)
    side = side_of(row, actor)
    may_change = context["works_now"] and row.final_at is None
    adding = isinstance(form, AddForm) or (form is None and "ny" in request.GET and may_change)
    if form is None and may_change:
        form = (
            _add_form(application, None, row.version) if adding else _line_form(side, request.GET.get("rad"))
        )
    month = foundation.Month.parse(application.month)
    figures = income_support.find_figures_of(application.id, actor)
    context |= {
        "side": side,
        "sources": sorted({one.source for one in figures}),
        "form": form,
        "adding": adding,
        "editing": "" if adding or form is None else (form["line"].value() or ""),
        "may_change": may_change,
        "figures": [(*income_support.figure_in_words(one), one) for one in figures],
        "lacks": look_over(case_id, application, row) if row.final_at is None else [],
        "missing": [each["said"] for each in row.missing] if row.final_at is not None else [],
        "activity_tried": income_support.activity_is_tried(case_id, month),
        "shortcuts": [
            *context["shortcuts"],
            ("j", _("Next line")),
            ("k", _("Line before")),
            ("n", _("Add a line")),
            ("b", _("Decide")),
        ],
    }
    return render(request, "desk/case/calculation.html", context, status=status)


def _line_form(side: Side, key: str | None) -> LineForm | None:
    line = next((one for one in side.lines if one.key == key), None)
    if line is None:
        return None
    given = {"line": line.key, "version": side.version, "amount": line.counted_kr, "why": line.why}
    return LineForm(initial=given)


def _add_form(application: income_support.Application, data: Any, version: int = 0) -> AddForm:
    form = AddForm(data, initial={"version": version})
    form.fields["line"].choices = addable_lines()  # type: ignore[attr-defined]
    whose = [("a1", _("The applicant"))] + ([("a2", _("The partner"))] if application.co_applicant_id else [])
    form.fields["of"].choices = whose  # type: ignore[attr-defined]
    return form


def _application(
    case_id: UUID, application_id: UUID, actor: foundation.Actor, known: Any = None
) -> income_support.Application:
    """The application, which must be one of the case's."""
    rows = known if known is not None else income_support.find_applications_of(case_id, actor)
    found = next((one for one in rows if one.id == application_id), None)
    if found is None:
        raise income_support.NoSuchApplication
    return found


def _row(case_id: UUID, application_id: UUID, actor: foundation.Actor) -> income_support.Assessment:
    """The calculation that is open to changes."""
    application = _application(case_id, application_id, actor)
    row = income_support.get_assessment(application.id, actor)
    if row is None:
        raise income_support.NoSuchAssessment
    return row
