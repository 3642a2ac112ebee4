"""More time for an investigation: decided by whom the delegation order lets, proposed to them by others (SoL 20:3)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as children
from handslag.portal.desk.children import forms as own
from handslag.portal.desk.children.frame import acted, frame_of_child, open_of_case, shown
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.shell import formats
from handslag.portal.shell.doors import staff

LAW = _("Only for special reasons, to a set day, and before the last day has passed (SoL 20:3).")


@staff(*WORKERS)
def extend(request: Any, case_id: UUID, investigation_id: UUID) -> HttpResponse:
    """Decide on more time, or send the proposal to a manager who may; what was proposed stands in the form already."""
    context = frame_of_child(request, case_id)
    one = open_of_case(context, investigation_id, request.actor).investigation
    decides = children.may_extend(one, request.actor)
    waiting = _waiting(one, request)
    page = reverse("desk-investigation-one", args=[case_id, one.id])
    if waiting is not None and not decides:
        messages.info(request, gettext("The proposal waits for an answer from a manager."))
        return redirect(page)
    initial = {"until": waiting.until, "ground": waiting.ground} if waiting else None
    if request.method != "POST" and children.time_is_up(one, context["today"]):
        messages.info(request, children.TooLateToExtend().in_one_line)
        return redirect(page)
    form = own.ExtendForm(request.POST or None, initial=initial)
    told = (
        gettext("The time is extended by decision.")
        if decides
        else gettext("The proposal is sent to a manager who may decide. Nothing is extended yet.")
    )
    act = children.extend_investigation if decides else children.propose_extension
    places = {"last_day": "until"}
    if away := acted(request, form, act, investigation_id=one.id, told=told, to=page, places=places):
        return away
    context |= {"title": gettext("Extend the time"), "save": gettext("Decide"), "lead": LAW}
    if not decides:
        context |= {
            "title": gettext("Propose more time"),
            "save": gettext("Send to a manager who may decide"),
            "warns": gettext(
                "You may not decide this yourself. Your proposal and its reasons go to your manager."
            ),
        }
    if waiting is not None:
        proposed = gettext("{name} proposed this on {day}. Change what you decide otherwise.")
        name = waiting.proposed_by.name if waiting.proposed_by else ""
        context["warns"] = proposed.format(name=name, day=formats.day(waiting.proposed_at))
        decline = reverse("desk-investigation-decline", args=[case_id, one.id, waiting.id])
        context["other_ways"] = [(decline, _("Answer that it is not extended so"))]
    return shown(request, context, form, page)


@staff(*WORKERS)
def decline(request: Any, case_id: UUID, investigation_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Answer a proposal that the investigation is not extended so, and why."""
    context = frame_of_child(request, case_id)
    one = open_of_case(context, investigation_id, request.actor).investigation
    waiting = _waiting(one, request)
    page = reverse("desk-investigation-one", args=[case_id, one.id])
    if waiting is None or waiting.id != proposal_id:
        messages.info(request, gettext("The proposal is answered already."))
        return redirect(page)
    form = own.DeclineForm(request.POST or None)
    told = gettext("The answer is sent to who proposed it.")
    if away := acted(request, form, children.decline_extension, proposal_id=waiting.id, told=told, to=page):
        return away
    context |= {
        "title": gettext("It is not extended so"),
        "save": gettext("Send the answer"),
        "lead": waiting.ground,
    }
    return shown(request, context, form, page)


def _waiting(one: children.Investigation, request: Any) -> children.ExtensionProposal | None:
    return next((each for each in children.proposals_of(one, request.actor) if each.state == "waiting"), None)
