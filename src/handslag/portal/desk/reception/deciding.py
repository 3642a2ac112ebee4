"""The preliminary assessment: first the form, then what will happen, then the decision, once (SoL 20:2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.reception.arrivals import WHO
from handslag.portal.desk.reception.report import ChildCard, child_of, frame
from handslag.portal.shell.doors import staff

Outcome = children.PreliminaryOutcome
OUTCOMES = {
    Outcome.OPEN.value: _("Open an investigation"),
    Outcome.NOT_OPEN.value: _("Open no investigation"),
    Outcome.ALREADY_OPEN.value: _("Let the report join the investigation that is open"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """An outcome that is not offered, and why."""

    words: "str | Promise"
    why: "str | Promise"
    url: str = ""
    link: "str | Promise" = ""


class PreliminaryForm(forms.Form):
    """What is decided for one child, and why."""

    violence = forms.ChoiceField(
        label=_("Is violence or abuse suspected, against the child or seen by the child?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer yes or no.")},
    )
    outcome = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What speaks for and against, and how the child's best was weighed."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the reason.")},
    )
    questions = forms.MultipleChoiceField(
        label=_("What shall the investigation answer?"),
        help_text=_("Chosen from what the report is about. Change it where you know more."),
        required=False,
        choices=children.Question.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    path = forms.ChoiceField(
        label=_("How wide shall it be?"),
        choices=[("", _("Choose")), *children.Path.choices],
        required=False,
        help_text=_("The time limit of the law is the same for all."),
    )
    path_reason = forms.CharField(
        label=_("Why that path?"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    cannot_wait = forms.CharField(
        label=_("Why can it not wait for the child's own unit?"),
        help_text=_(
            "You are on call. The investigation becomes the child's unit's at once, with its time running from now."
        ),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            "cannot_wait" in self.fields
            and given.get("outcome") == Outcome.OPEN
            and not given.get("cannot_wait")
        ):
            self.add_error("cannot_wait", _("Write why it cannot wait."))
        if given.get("outcome") == Outcome.NOT_OPEN and given.get("violence") == "yes":
            self.add_error(
                "outcome",
                _(
                    "Violence or abuse is suspected or witnessed, so an investigation must be opened. What you have written is kept."
                ),
            )
        if given.get("outcome") == Outcome.OPEN and not given.get("path"):
            self.add_error("path", _("Choose how wide the investigation shall be."))
        elif (
            given.get("outcome") == Outcome.OPEN
            and given["path"] != children.Path.ORDINARY
            and not given.get("path_reason")
        ):
            self.add_error("path_reason", _("Write why the path is another than the ordinary."))
        return given


@staff(*WHO)
def preliminary(request: Any, report_id: UUID, child_id: UUID) -> HttpResponse:
    """Decide for one child whether an investigation is opened."""
    context = frame(request, report_id, page="reception.preliminary")
    card = child_of(context, child_id)
    if card.view.preliminary is not None:
        return redirect("reception-report", report_id)
    codes = children.concerns_of(context["report"])
    told = bool(codes & set(children.VIOLENCE))
    ways, closed = _ways(context, card, told)
    lacks = _lacks(context, card)
    form = PreliminaryForm(
        request.POST or None,
        initial={
            "violence": "yes" if told else "",
            "outcome": ways[0][0] if len(ways) == 1 else "",
            "questions": _asked(codes),
        },
    )
    form.fields["outcome"].choices = ways  # type: ignore[attr-defined]
    if not children.may_open_on_call(context["report"], request.actor, foundation.now()):
        del form.fields["cannot_wait"]
    if told:
        form.fields["violence"].choices = [("yes", _("Yes"))]  # type: ignore[attr-defined]
        form.fields["violence"].help_text = _("The report itself tells of it.")
    context |= {"card": card, "form": form, "closed": closed, "lacks": lacks}
    if request.method == "POST" and not lacks and form.is_valid():
        asked = form.cleaned_data
        if "decide" in request.POST:
            done = attempt(form, lambda: _decide(card, asked, request.actor), tell_conflicts=True)
            if done is not None:
                messages.success(request, _done(asked["outcome"]))
                if "cannot_wait" in form.fields and asked["outcome"] == Outcome.OPEN:
                    return redirect("reception")
                return redirect("reception-report", report_id)
        elif "edit" not in request.POST:
            context |= {"given": asked, "preview": _preview(asked, context, card)}
            return render(request, "reception/preliminary_preview.html", context)
    return render(request, "reception/preliminary.html", context, status=400 if form.errors else 200)


def _decide(
    card: ChildCard, asked: dict[str, Any], actor: foundation.Actor
) -> children.PreliminaryAssessment:
    opens = asked["outcome"] == Outcome.OPEN
    return children.decide_preliminary(
        reported_child_id=card.view.child.id,
        outcome=asked["outcome"],
        violence=asked["violence"] == "yes",
        reason=asked["reason"],
        questions=asked["questions"] if opens else (),
        path=asked["path"] if opens else children.Path.ORDINARY,
        path_reason=asked["path_reason"] if opens else "",
        cannot_wait=asked.get("cannot_wait", "") if opens else "",
        by=actor,
        at=foundation.now(),
    )


def _ways(
    context: dict[str, Any], card: ChildCard, violence: bool
) -> tuple[list[tuple[str, Any]], list[Way]]:
    """The outcomes that can be chosen now, and those that cannot, with why."""
    if card.investigation:
        why = _("An investigation of the child is open. The report joins it.")
        return [(Outcome.ALREADY_OPEN.value, OUTCOMES[Outcome.ALREADY_OPEN.value])], [
            Way(OUTCOMES[Outcome.OPEN.value], why),
            Way(OUTCOMES[Outcome.NOT_OPEN.value], why),
        ]
    offered, closed = [(Outcome.OPEN.value, OUTCOMES[Outcome.OPEN.value])], []
    no = OUTCOMES[Outcome.NOT_OPEN.value]
    ids = [context["report"].id, card.view.child.id]
    if violence:
        closed.append(Way(no, _("Violence or abuse is told of. Then an investigation is mandatory.")))
    elif card.view.waits_for_countersign:
        closed.append(Way(no, _("The child was assessed to be in danger, and no manager has countersigned.")))
    elif card.view.child.repeat_warned and not card.view.repeat_answered:
        url = reverse("reception-repeat", args=ids)
        closed.append(
            Way(
                no,
                _("The child has been reported again and again without an investigation."),
                url,
                _("Answer why"),
            )
        )
    else:
        offered.append((Outcome.NOT_OPEN.value, no))
    return offered, closed


def _lacks(context: dict[str, Any], card: ChildCard) -> list[Way]:
    """What must be done before anything can be decided."""
    ids = [context["report"].id, card.view.child.id]
    lacks = []
    if card.view.protection is None:
        url = reverse("reception-protection", args=ids)
        lacks.append(
            Way(
                "",
                _("Nobody has assessed whether the child needs protection."),
                url,
                _("Assess the need of protection"),
            )
        )
    if card.view.child.person_id is None:
        url = reverse("reception-identify", args=ids)
        lacks.append(Way("", _("It is not known yet who the child is."), url, _("Say who the child is")))
    return lacks


def _preview(asked: dict[str, Any], context: dict[str, Any], card: ChildCard) -> dict[str, Any]:
    """What will happen, with the days that follow from it."""
    today = foundation.today()
    names = dict(children.Question.choices)
    return {
        "words": OUTCOMES[asked["outcome"]],
        "opens": asked["outcome"] == Outcome.OPEN,
        "questions": [names[code] for code in asked["questions"]],
        "path": children.Path(asked["path"]).label if asked["path"] else "",
        "last_day": _four_months(today),
        "feedback_by": today + timedelta(days=7),
        "tells_reporter": context["reporter"] is not None and context["reporter"].under_duty,
    }


def _four_months(day: date) -> date:
    """The same day four months on, or the last of that month (SoL 20:3, shown before it is started by casework)."""
    month = day.month + 4
    year, month = (day.year + 1, month - 12) if month > 12 else (day.year, month)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def _asked(codes: set[str]) -> list[str]:
    """The questions that answer to what the report is about."""
    asked = {"other" if code == "health" else code for code in codes}
    return sorted(asked & set(children.Question.values))


def _done(outcome: str) -> str:
    return {
        Outcome.OPEN.value: gettext("The investigation is open, and its time runs from today."),
        Outcome.NOT_OPEN.value: gettext(
            "It is decided: no investigation is opened. The papers stand in the child's file."
        ),
        Outcome.ALREADY_OPEN.value: gettext("The report has joined the open investigation."),
    }[outcome]
