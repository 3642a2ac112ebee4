"""The decisions of a case, each as it was signed, with its letter, its payments and its delivery."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import READERS, frame, undecided
from handslag.portal.shell.doors import staff

WAY_WORDS = {
    "my_page": _("On the person's own page"),
    "digital_post": _("By digital post"),
    "post": _("By post"),
    "in_person": _("Handed over in person"),
}


class DeliverForm(forms.Form):
    """How the person got the decision."""

    way = forms.ChoiceField(
        label=_("How did the person get the decision?"),
        choices=[(code, WAY_WORDS[code]) for code in casework.WAYS],
    )


@staff(*READERS)
def decisions(request: Any, case_id: UUID) -> HttpResponse:
    """Every decision, newest first, and what can be decided now."""
    context = frame(request, case_id, "decisions", "desk.decision")
    context |= {
        "decisions": casework.find_decisions(case_id, request.actor),
        "adult_undecided": context["is_adult"] and adults.handling_of(case_id, request.actor).may_be_decided,
        "undecided": [one for one in undecided(context) if one.state in ("with_worker", "assessing")],
    }
    return render(request, "desk/case/decisions.html", context)


@staff(*READERS)
def decision(request: Any, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """One decision with the same lines as its letter; a delivery by hand is recorded here."""
    context = frame(request, case_id, "decisions", "desk.decision")
    actor = request.actor
    made = casework.get_decision(decision_id, actor)
    if made.case_id != case_id:
        raise casework.PartNotFound("There is no such decision, or you may not see it.")
    form = DeliverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: casework.deliver_decision(
                decision_id=made.id, way=form.cleaned_data["way"], by=actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The delivery is recorded."))
            return redirect("desk-decision", case_id, made.id)
    assessment = income_support.assessment_of_decision(made.id, actor)
    calculation = income_support.shown_assessment(assessment, made.reasons) if assessment else None
    context |= {
        "decision": made,
        "reasons": income_support.reasons_beside(calculation, made.reasons),
        # A decision without a calculation is told to each whom it concerns, by notices.
        "is_told": context["case"].kind != "income_support",
        "may_change": context["works_now"]
        and made.type in adults.DECISION_TYPES.values()
        and not hasattr(made, "replaced_by"),
        "form": form,
        "way": WAY_WORDS.get(made.delivered_by_way, ""),
        "calculation": calculation,
        "payments": income_support.find_payments(actor, decision_id=made.id),
        "letter": income_support.letter_of(actor, made),
        "appeal_words": casework.appeal_text(made.appeal),
        "appeal_confirmed": casework.is_appeal_confirmed(
            made.legal_ground, foundation.day_of(made.decided_at)
        ),
    }
    return render(request, "desk/case/decision.html", context, status=400 if form.errors else 200)
