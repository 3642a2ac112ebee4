"""A decision as the person reads it: the result first, then the calculation line by line, then how to appeal."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.citizen.typed import household_names
from handslag.portal.shell.doors import resident


@resident
def decision(request: Any, decision_id: UUID) -> HttpResponse:
    """The decision with the same lines as its letter."""
    actor = request.actor
    made = casework.get_decision(decision_id, actor)
    assessment = income_support.assessment_of_decision(made.id, actor)
    calculation = None
    if assessment is not None:
        names = household_names(assessment.application.answers, actor.name).names
        calculation = income_support.show_calculation(assessment.result, names=names)
    payments = [one for one in income_support.find_payments_of(made.case_id, actor) if one.decision_id == made.id]
    context = {
        "nav": "matters",
        "decision": made,
        "calculation": calculation,
        "application": assessment.application if assessment else None,
        "payments": payments,
        "appeal_words": casework.appeal_text(made.appeal),
    }
    foundation.log_read(actor, person_id=made.person_id, case_id=made.case_id, page="citizen.decision")
    return render(request, "citizen/decision.html", context)
