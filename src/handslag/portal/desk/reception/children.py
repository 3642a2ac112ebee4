"""Who the children of a report are: found, registered, two instead of one, or of another report."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.reception.arrivals import WHO
from handslag.portal.desk.reception.candidates import Candidate, candidates_of
from handslag.portal.desk.reception.report import child_of, frame
from handslag.portal.desk.views.persons import SearchForm
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff


class OtherForm(forms.Form):
    """Why it is another child than was said before."""

    because = forms.CharField(label=_("Why is it another child?"), required=False, max_length=500)


class UnknownForm(forms.Form):
    """What is known of a child without a number."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=100)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=100)
    born = DayField(
        label=_("Born"),
        required=False,
        picker=False,
        help_text=_("Only if the day is known. For example 2018-05-02."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=people.Sex.choices, initial=people.Sex.UNKNOWN)

    def clean_born(self) -> date | None:
        born: date | None = self.cleaned_data["born"]
        if born is not None and born > foundation.today():
            raise forms.ValidationError(_("The day has not come yet."))
        return born


class SplitForm(forms.Form):
    """The second child, as it was told."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=100)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=100)
    age_told = forms.CharField(label=_("Age"), required=False, max_length=60)
    lives_with = forms.CharField(
        label=_("Lives where and with whom, or what the child looks like"), required=False, max_length=1_000
    )


class MoveForm(forms.Form):
    """The report that the child belongs to, by its number, and why."""

    number = forms.CharField(
        label=_("The other report's number"), help_text=_("For example OA-2026-00012."), max_length=24
    )
    because = forms.CharField(label=_("Why?"), max_length=500)


@staff(*WHO)
def identify(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """Search by POST, and choose; the child's file is then opened or found."""
    context = frame(request, report_id, page="reception.identify")
    card, actor = child_of(context, child_id), request.actor
    told = card.view.child
    form = SearchForm(
        request.POST if "q" in request.POST else None, initial={"q": told.number_told or told.name_told}
    )
    why = OtherForm(request.POST or None)
    found: list[Candidate] | None = None
    if request.method == "POST" and "person" in request.POST and why.is_valid():
        done = attempt(
            why,
            lambda: children.identify_child(
                reported_child_id=told.id,
                person_id=_uuid(request.POST["person"]),
                because=why.cleaned_data["because"],
                by=actor,
                at=foundation.now(),
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(
                request, gettext("The child is known now. What was reported stands in the child's file.")
            )
            return _onwards(request, report_id)
    if "q" in request.POST and form.is_valid():
        hits = attempt(form, lambda: people.search_persons(form.cleaned_data["q"], actor), field="q")
        found = candidates_of(hits, actor) if hits is not None else None
    context |= {"card": card, "form": form, "why": why, "found": found}
    wrong = bool(form.errors or why.errors)
    return render(request, "reception/identify.html", context, status=400 if wrong else 200)


@staff(*WHO)
def register(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """A child without a known number gets a file; the number is added when it is found."""
    context = frame(request, report_id, page="reception.identify")
    card = child_of(context, child_id)
    told = card.view.child
    form = UnknownForm(
        request.POST or None,
        initial={"given_name": told.given_name, "family_name": told.family_name, "born": told.born},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.register_unknown_child(
                reported_child_id=told.id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The child is registered without a number, and has a file."))
            return _onwards(request, report_id)
    about = _(
        "The child gets a file of its own. Nobody has asked the population register, so the child is treated as protected until it has answered: you go on with the report, and others see it only if they are named."
    )
    return _form(request, context, card, form, _("Register as unknown"), _("Register the child"), about)


@staff(*WHO)
def split(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """What was told as one child turned out to be two."""
    context = frame(request, report_id, page="reception.identify")
    card = child_of(context, child_id)
    form = SplitForm(request.POST or None, initial={"family_name": card.view.child.family_name})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.split_child(
                reported_child_id=card.view.child.id,
                **form.cleaned_data,
                by=request.actor,
                at=foundation.now(),
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The report has one child more."))
            return redirect("reception-report", report_id)
    about = _("Describe the second child. The first one stays as it is, and both are assessed.")
    return _form(request, context, card, form, _("It is two children"), _("Add the second child"), about)


@staff(*WHO)
def move(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """The child belongs to another report."""
    context = frame(request, report_id, page="reception.identify")
    card = child_of(context, child_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = report_by_number(form.cleaned_data["number"], request.actor)
        if other is None:
            form.add_error("number", _("There is no such report that you may see."))
        else:
            done = attempt(
                form,
                lambda: children.move_child(
                    reported_child_id=card.view.child.id,
                    to_report_id=other.id,
                    because=form.cleaned_data["because"],
                    by=request.actor,
                    at=foundation.now(),
                ),
                places={"to_report_id": "number"},
                tell_conflicts=True,
            )
            if done is not None:
                messages.success(request, gettext("The child is moved to the other report."))
                return redirect("reception-report", other.id)
    return _form(request, context, card, form, _("Move to another report"), _("Move the child"), "")


def report_by_number(number: str, actor: foundation.Actor) -> children.Report | None:
    """The report with this number, if the actor may read it."""
    with foundation.acting(actor):
        return children.Report.objects.filter(number=number.strip().upper()).first()


def _onwards(request: Any, report_id: UUID) -> HttpResponse:
    """To the report; to the list, with a word of it, where the report was closed to all but those named meanwhile."""
    if children.may_read_report(report_id, request.actor):
        return redirect("reception-report", report_id)
    messages.info(request, gettext("The report is read by those named alone from now: somebody in it is protected."))
    return redirect("reception")


def _form(
    request: Any, context: dict[str, Any], card: Any, form: forms.Form, title: Any, save: Any, about: Any
) -> HttpResponse:
    context |= {"card": card, "form": form, "title": title, "save": save, "explained": about}
    return render(request, "reception/form.html", context, status=400 if form.errors else 200)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise foundation.BadInput("Choose one of the persons.") from fault
