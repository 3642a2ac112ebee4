"""A decision as the person reads it: the result first, then the calculation line by line, then how to appeal."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.shell.doors import resident


@resident
def decision(request: Any, decision_id: UUID) -> HttpResponse:
    """The decision with the same lines as its letter."""
    actor = request.actor
    made = casework.get_decision(decision_id, actor)
    assessment = income_support.assessment_of_decision(made.id, actor)
    calculation = income_support.shown_assessment(assessment, made.reasons) if assessment else None
    context = {
        "nav": "matters",
        "decision": made,
        "calculation": calculation,
        "reasons": income_support.reasons_beside(calculation, made.reasons),
        "application": assessment.application if assessment else None,
        "payments": income_support.find_payments(actor, decision_id=made.id),
        "letter": income_support.letter_of(actor, made),
        "appeal_words": casework.appeal_text(made.appeal),
        "appeal_sending": casework.appeal_sending(made.appeal),
    }
    foundation.log_read(actor, person_id=made.person_id, case_id=made.case_id, page="citizen.decision")
    return render(request, "citizen/decision.html", context)
