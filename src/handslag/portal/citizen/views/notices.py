"""A decision that the reader was told of, in a child's file or in their own: what was decided, why, and how to appeal."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.shell.doors import resident


@resident
def notice(request: Any, notice_id: UUID) -> HttpResponse:
    """The decision as it was told to the reader, and nothing else of the file."""
    notices = casework.find_notices_to(request.actor)
    found = [one for one in notices if one.id == notice_id]
    if not found:
        raise foundation.NotFound(
            "There is no such decision, or you may not see it.", do="Look under your matters."
        )
    told = found[0]
    foundation.log_read(
        request.actor, person_id=told.person_id, case_id=told.case_id, page="citizen.decision_notice"
    )
    context = {
        "nav": "matters",
        "notice": told,
        "changed_by": next(
            (one for one in notices if casework.decision_changed_by(one.reasons) == str(told.decision_id)), None
        ),
        "appeal_words": casework.appeal_text(told.appeal),
        "appeal_sending": casework.appeal_sending(told.appeal),
    }
    return render(request, "citizen/notice.html", context)
