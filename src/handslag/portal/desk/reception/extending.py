"""More time for a preliminary assessment: a decision for exceptional reasons, to a set day (SoL 20:2)."""

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
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.reception.arrivals import WHO
from handslag.portal.desk.reception.report import child_of, frame
from handslag.portal.shell.doors import staff


class ExtendForm(forms.Form):
    """Until when, and the exceptional reasons."""

    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("For example 2026-11-22."),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day as 2026-11-22.")},
    )
    ground = forms.CharField(
        label=_("Exceptional reasons"),
        help_text=_(
            "What makes it impossible to decide in time, and why the child can wait. It stands in the decision."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the exceptional reasons.")},
    )


@staff(*WHO)
def extend(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """Decide that the assessment of one child may take longer."""
    context = frame(request, report_id, page="reception.preliminary")
    card = child_of(context, child_id)
    if card.view.preliminary is not None or card.due_on is None:
        return redirect("reception-report", report_id)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: children.extend_preliminary(
                reported_child_id=child_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The time is extended by decision."))
            return redirect("reception-report", report_id)
    days = children.reception_settings().preliminary_extension_most_days
    told = gettext(
        "The law gives fourteen days and lets them be extended only for exceptional reasons (SoL 20:2). It names no "
        "longest time: at most {days} days more is the municipality's own limit, unconfirmed. The last day now is {day}."
    )
    context |= {
        "card": card,
        "form": form,
        "title": gettext("More time for the preliminary assessment"),
        "save": gettext("Decide"),
        "explained": told.format(days=days, day=card.due_on.isoformat()),
    }
    return render(request, "reception/form.html", context, status=400 if form.errors else 200)
