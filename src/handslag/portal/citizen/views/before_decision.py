"""Before a decision: what it will rest on, and the person's answer in words, with a paper, or by word of mouth (FL 24-25)."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.shell.doors import resident


@resident
def answer(request: Any, communication_id: UUID) -> HttpResponse:
    """The material with the last day to answer; the person answers, adds nothing, or asks to speak."""
    actor = request.actor
    found = [one for one in casework.find_communications_to(actor) if one.id == communication_id]
    if not found:
        raise foundation.NotFound(
            "There is nothing here that waits for your answer.", do="Look under your matters."
        )
    told = found[0]
    trouble, typed = "", request.POST.get("answer", "")
    if request.method == "POST":
        try:
            words = _act(request, told, typed)
            messages.success(request, words)
            return redirect("before-decision", told.id)
        except foundation.HandslagError as error:
            trouble = error.in_one_line
    is_open = any(one.id == told.id for one in casework.find_communications_to(actor, open_only=True))
    context = {
        "nav": "matters",
        "told": told,
        "is_open": is_open,
        "is_late": told.answer_until is not None and told.answer_until < foundation.today(),
        "trouble": trouble,
        "typed": typed,
    }
    foundation.log_read(actor, person_id=told.person_id, case_id=told.case_id, page="citizen.communication")
    return render(request, "citizen/before_decision.html", context, status=400 if trouble else 200)


def _act(request: Any, told: casework.Communication, typed: str) -> str:
    """Do what was chosen, and say so. A press that came twice finds the answer already there."""
    actor, now = request.actor, foundation.now()
    if told.state == casework.CommunicationState.ANSWERED:
        return _("We have your answer already.")
    if request.POST.get("act") == "speak":
        casework.ask_to_speak(communication_id=told.id, by=actor, at=now)
        return _("We call you before we decide.")
    if request.POST.get("act") == "nothing":
        casework.answer_communication(
            communication_id=told.id, answer=_("I have nothing to add."), by=actor, at=now
        )
        return _("Thank you. Now we can decide.")
    file = request.FILES.get("paper")
    if not typed.strip() and file is None:
        raise foundation.BadInput(
            "The answer is empty.",
            where="answer",
            do="Write what you want to say, or choose “I have nothing to add”.",
        )
    document_id = None
    if file is not None:
        content = file.read()
        document_id = casework.add_document(
            case_id=told.case_id,
            name=file.name,
            content=content,
            kind="attachment",
            idempotency_key=f"answer-{told.id}-{hashlib.sha256(content).hexdigest()[:16]}",
            by=actor,
            at=now,
        ).id
    casework.answer_communication(
        communication_id=told.id,
        answer=typed.strip() or _("See the paper that I sent."),
        document_id=document_id,
        by=actor,
        at=now,
    )
    return _("Thank you. We have your answer.")
