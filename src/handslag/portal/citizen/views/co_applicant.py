"""The partner signs what was sent, with what concerns them shown."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.citizen.answers_told import sections_of, steps_in
from handslag.portal.citizen.typed import household_names
from handslag.portal.shell.doors import resident


@resident
def sign(request: Any, application_id: UUID) -> HttpResponse:
    """Shows the whole application and lets the partner sign or say no."""
    status = income_support.status_of(application_id, request.actor)
    application = status.application
    if application.co_applicant_id != request.actor.person_id:
        raise income_support.NotTheCoApplicant
    if not status.must_sign:
        return redirect("matter", application.id)
    if request.method == "POST":
        if "no" in request.POST:
            income_support.decline_as_co_applicant(
                application_id=application.id, by=request.actor, at=foundation.now()
            )
            messages.info(request, _("You have not signed. A case worker contacts you both."))
            return redirect("start")
        if request.POST.get("truthful"):
            income_support.sign_as_co_applicant(
                application_id=application.id, by=request.actor, at=foundation.now()
            )
            messages.success(request, _("Thank you, you have signed. The application goes on."))
            return redirect("matter", application.id)
    household = household_names(application.answers, "", request.actor.name)
    names = {
        **household.names,
        "a1": _("Your partner"),
        "a2": _("{name} (you)").format(name=request.actor.name),
    }
    context = {
        "status": status,
        "application": application,
        "sections": sections_of(
            steps_in(application.answers, for_partner=True), application.answers, type(household)(names)
        ),
        "missing_tick": request.method == "POST",
    }
    foundation.log_read(
        request.actor, person_id=application.applicant_id, case_id=application.case_id, page="citizen.co_sign"
    )
    return render(request, "citizen/co_sign.html", context, status=400 if request.method == "POST" else 200)
