"""More time for a preliminary assessment, to a set day, for exceptional reasons (SoL 20:2): decided by who may, asked for by
who may not."""

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
from handslag.portal.desk.reception.report import ChildCard, child_of, frame
from handslag.portal.shell import formats
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff


class ExtendForm(forms.Form):
    """Until when, and the exceptional reasons."""

    until = DayField(label=_("Until which day?"), error_messages={"required": _("Give the day.")})
    ground = forms.CharField(
        label=_("Exceptional reasons"),
        help_text=_(
            "What makes it impossible to decide in time, and why the child can wait. It stands in the decision."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the exceptional reasons.")},
    )


class DeclineForm(forms.Form):
    """Why there is no more time."""

    because = forms.CharField(
        label=_("Why is there no more time?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason.")},
    )


@staff(*WHO)
def extend(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """Decide that the assessment of one child may take longer; who may not decide it sends a proposal to those who may."""
    context = frame(request, report_id, page="reception.preliminary")
    card = child_of(context, child_id)
    if card.view.preliminary is not None or card.due_on is None:
        return redirect("reception-report", report_id)
    hindrance = children.hindrance_to_more_time(card.view.child, request.actor, foundation.now())
    decides = children.may_extend_preliminary(card.view.child, request.actor, foundation.now())
    asked = card.view.time_proposal
    waits = asked is not None and asked.state == children.TimeProposalState.WAITING
    if hindrance is not None and request.method != "POST" and not (decides and waits):
        messages.info(request, hindrance.in_one_line)
        return redirect("reception-report", report_id)
    # What was asked for in time can still be answered no; nothing can be given any more.
    context["hindrance"] = hindrance if request.method != "POST" else None
    if decides and "decline" in request.POST:
        return _decline(request, context, card)
    given = {"until": asked.until, "ground": asked.reason} if decides and waits and asked else None
    form = ExtendForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _send(form, child_id, decides, request.actor), tell_conflicts=True)
        if done is not None:
            told = (
                gettext("The time is extended by decision.")
                if decides
                else gettext("Your proposal is sent to the manager. The time of the law runs on until it is decided.")
            )
            messages.success(request, told)
            return redirect("reception-report", report_id)
    return _shown(request, context, card, form, DeclineForm(), decides)


def _send(form: ExtendForm, child_id: UUID, decides: bool, actor: foundation.Actor) -> Any:
    act = children.extend_preliminary if decides else children.propose_more_time
    return act(reported_child_id=child_id, **form.cleaned_data, by=actor, at=foundation.now())


def _decline(request: Any, context: dict[str, Any], card: ChildCard) -> HttpResponse:
    """Answer a proposal with no, and why; what was asked for stands in the form beside."""
    decline = DeclineForm(request.POST)
    if decline.is_valid():
        done = attempt(
            decline,
            lambda: (
                children.decline_more_time(
                    reported_child_id=card.view.child.id,
                    because=decline.cleaned_data["because"],
                    by=request.actor,
                    at=foundation.now(),
                ),
            ),
            tell_conflicts=True,
        )
        if done is not None:
            messages.success(request, gettext("The proposal is answered no, and who asked is told."))
            return redirect("reception-report", context["report"].id)
    asked = card.view.time_proposal
    given = {"until": asked.until, "ground": asked.reason} if asked else None
    return _shown(request, context, card, ExtendForm(initial=given), decline, True)


def _shown(
    request: Any, context: dict[str, Any], card: ChildCard, form: ExtendForm, decline: DeclineForm, decides: bool
) -> HttpResponse:
    days = children.reception_settings().preliminary_extension_most_days
    assert card.due_on is not None
    told = gettext(
        "The law gives fourteen days and lets them be extended only for exceptional reasons (SoL 20:2). It names no "
        "longest time: at most {days} days more is the municipality's own limit, unconfirmed. The last day now is {day}."
    )
    asked = card.view.time_proposal
    context |= {
        "card": card,
        "form": form,
        "decline": decline,
        "decides": decides,
        "asked": asked if asked and asked.state == children.TimeProposalState.WAITING else None,
        "title": gettext("More time for the preliminary assessment"),
        "save": gettext("Decide") if decides else gettext("Send to a manager who may decide"),
        "explained": told.format(days=days, day=formats.day(card.due_on)),
    }
    wrong = bool(form.errors or decline.errors)
    return render(request, "reception/extend.html", context, status=400 if wrong else 200)
