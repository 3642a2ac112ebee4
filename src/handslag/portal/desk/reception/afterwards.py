"""What is done with a whole report: told to the reporter, handed over, opened again, or left for one's bias."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.reception.arrivals import WHO
from handslag.portal.desk.reception.report import frame
from handslag.portal.shell.doors import staff


class FeedbackForm(forms.Form):
    """What was said, by code, and how."""

    text_code = forms.ChoiceField(label=_("What do you say?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How?"), choices=children.FeedbackWay.choices)


class HandOverForm(forms.Form):
    """Nothing is asked: the day unit gets it."""


class LiftForm(forms.Form):
    """Why a closed report is opened again."""

    because = forms.CharField(
        label=_("Why is it opened?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BiasForm(forms.Form):
    """How one is close to somebody."""

    kind = forms.ChoiceField(
        label=_("How are you close to somebody here?"),
        help_text=_(
            "You need not say to whom. From now on you do not handle the report, and you do not see who made it."
        ),
        choices=children.BiasKind.choices,
        widget=forms.RadioSelect,
    )


@staff(*WHO)
def feedback(request: Any, report_id: UUID) -> HttpResponse:
    """Tell a reporter under duty what was decided, and keep that it was told (SoL 19:6)."""
    context = frame(request, report_id, page="reception.feedback")
    decided = context["standing"].outcomes
    says = {"open": "opened", "not_open": "not_opened", "already_open": "already_open"}
    codes = [*(says[one] for one in decided), "not_suitable"] if decided else []
    form = FeedbackForm(request.POST or None)
    form.fields["text_code"].choices = [  # type: ignore[attr-defined]
        one for one in children.FeedbackText.choices if one[0] in codes
    ]
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.give_feedback(
                report_id=report_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("It is kept that the reporter has been told."))
            return redirect("reception-report", report_id)
    context |= {"form": form, "decided": bool(decided)}
    return render(request, "reception/feedback.html", context, status=400 if form.errors else 200)


@staff(*WHO)
@require_POST
def take(request: Any, report_id: UUID) -> HttpResponse:
    """Take the report on; a colleague who was faster keeps it."""
    version = request.POST.get("version", "")
    children.take_report(
        report_id=report_id,
        version=int(version) if version.isdecimal() else None,
        by=request.actor,
        at=foundation.now(),
    )
    messages.success(request, gettext("You have the report now."))
    return redirect("reception-report", report_id)


@staff(*WHO)
def hand_over(request: Any, report_id: UUID) -> HttpResponse:
    """From the unit on call to the unit that works by day."""
    context = frame(request, report_id, page="reception.hand_over")
    form = HandOverForm(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        done = attempt(
            form,
            lambda: children.hand_over_report(report_id=report_id, by=request.actor, at=foundation.now()),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The day unit has the report now."))
            return redirect("reception")
    context |= {"form": form}
    return render(request, "reception/hand_over.html", context, status=400 if form.errors else 200)


@staff(*WHO)
def bias(request: Any, report_id: UUID) -> HttpResponse:
    """Say that one is close to somebody in the report."""
    context = frame(request, report_id, page="reception.bias")
    form = BiasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.declare_bias(
                kind=form.cleaned_data["kind"], report_id=report_id, by=request.actor, at=foundation.now()
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("Thank you. A colleague handles the report."))
            return redirect("reception")
    context |= {"form": form}
    return render(request, "reception/bias.html", context, status=400 if form.errors else 200)


@staff(Role.MANAGER)
def lift(request: Any, report_id: UUID) -> HttpResponse:
    """Open a report that is closed to all but those named, by a manager with the reason."""
    context = frame(request, report_id, page="reception.lift")
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.lift_report(
                report_id=report_id,
                because=form.cleaned_data["because"],
                by=request.actor,
                at=foundation.now(),
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The report is open to the reception again."))
            return redirect("reception-report", report_id)
    context |= {"form": form}
    return render(request, "reception/lift.html", context, status=400 if form.errors else 200)
