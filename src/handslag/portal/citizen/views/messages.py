"""Messages between the person and the unit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.shell.doors import resident


@resident
def messages_of(request: Any) -> HttpResponse:
    """All messages of the person's cases, newest first; opening the page marks them as read."""
    return _page(request)


@resident
def write(request: Any, case_id: UUID) -> HttpResponse:
    """Sends a message to the unit. The same form sent twice is one message."""
    if request.method != "POST":
        return redirect("messages")
    subject = request.POST.get("subject", "").strip()
    body = request.POST.get("body", "").strip()
    if not body:
        return _page(
            request, typed={"subject": subject, "body": body}, trouble=_("Write what you want to say.")
        )
    try:
        casework.send_message(
            case_id=case_id,
            subject=subject or _("Message from you"),
            body=body,
            idempotency_key=request.POST.get("once", "")[:80],
            by=request.actor,
            at=foundation.now(),
        )
    except foundation.BadInput as error:
        return _page(request, typed={"subject": subject, "body": body}, trouble=error.in_one_line)
    messages.success(request, _("Your message is sent. We answer as soon as we can."))
    return redirect("messages")


def _page(request: Any, *, typed: dict[str, str] | None = None, trouble: str = "") -> HttpResponse:
    cases = casework.find_cases_of(request.actor.person_id, request.actor)
    threads = [(case, casework.find_messages(case.id, request.actor).rows) for case in cases]
    for _case, sent in threads:
        for message in sent:
            if message.direction == "to_person" and message.read_at is None:
                casework.mark_read(message_id=message.id, by=request.actor, at=foundation.now())
    # What was told before a decision is answered where it is read; an answer or a decision closes the form.
    asked = casework.communications_told_by([one for _case, sent in threads for one in sent], request.actor)
    context = {
        "nav": "messages",
        "threads": [
            (case, [(message, *asked.get(message.idempotency_key, (None, False))) for message in sent])
            for case, sent in threads
        ],
        "languages": people.languages_of([request.actor.person_id], request.actor),
        "open_case": next((case for case in cases if case.state == "open"), None),
        "once": str(foundation.new_id()),
        "typed": typed or {},
        "trouble": trouble,
    }
    return render(request, "citizen/messages.html", context, status=400 if trouble else 200)
