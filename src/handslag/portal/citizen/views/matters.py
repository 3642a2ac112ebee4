"""My matters: how each goes, what we wait for, what has been decided and paid."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.citizen.answers_told import sections_of, steps_in
from handslag.portal.citizen.typed import household_names
from handslag.portal.shell.doors import resident


@resident
def matters(request: Any) -> HttpResponse:
    """Every application and draft of the person, newest first, with what waits on top."""
    actor = request.actor
    applications = income_support.my_applications(actor)
    unread = casework.find_unread_messages(actor)
    decisions = [one for one in unread if _brings_a_decision(one)]
    context = {
        "nav": "matters",
        "applications": applications,
        "to_sign": [
            one
            for one in applications
            if one.co_applicant_id == actor.person_id and one.state == "awaiting_co_applicant"
        ],
        "completions": casework.find_completions(actor, open_only=True),
        "before_decision": casework.find_communications_to(actor, open_only=True),
        "notices": casework.find_notices_to(actor),
        "drafts": income_support.my_drafts(actor),
        "unread": [one for one in unread if one not in decisions],
        "new_decisions": decisions,
    }
    return render(request, "citizen/matters.html", context)


@resident
def matter(request: Any, application_id: UUID) -> HttpResponse:
    """One application: the way it goes, the promised day, what we wait for, decisions, payments, what was sent."""
    actor = request.actor
    status = income_support.status_of(application_id, actor)
    application = status.application
    decisions = casework.find_decisions(application.case_id, actor)
    context = {
        "nav": "matters",
        "status": status,
        "application": application,
        "before_decision": [
            one
            for one in casework.find_communications_to(actor, open_only=True)
            if one.case_id == application.case_id and one.matter_id in (application.id, None)
        ],
        "decisions": [one for one in decisions if one.matter_id in (application.id, None)],
        "payments": income_support.find_payments(actor, case_id=application.case_id),
        "papers": casework.find_documents(application.case_id, actor).rows,
        "sections": sections_of(
            steps_in(application.answers, for_partner=application.applicant_id != actor.person_id),
            application.answers,
            household_names(application.answers, ""),
        ),
    }
    foundation.log_read(
        actor, person_id=application.applicant_id, case_id=application.case_id, page="citizen.matter"
    )
    return render(request, "citizen/matter.html", context)


@resident
def withdraw(request: Any, application_id: UUID) -> HttpResponse:
    """Takes an undecided application back, once it has been asked for."""
    status = income_support.status_of(application_id, request.actor)
    if not status.may_withdraw:
        return redirect("matter", application_id)
    if request.method == "POST":
        income_support.withdraw_application(
            application_id=application_id, by=request.actor, at=foundation.now()
        )
        messages.success(request, _("You have taken the application back."))
        return redirect("matter", application_id)
    return render(request, "citizen/withdraw.html", {"application": status.application})


def _brings_a_decision(message: casework.Message) -> bool:
    """A message that only carries the letter of a decision: there is something to read, and nothing is asked for."""
    paper = message.document
    return paper is not None and paper.kind == casework.DocumentKind.DECISION_LETTER
