"""The pages that are open to all: four doors, waiting times, contact."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.shell.doors import public

# How long a decision that somebody was told of stands on the first page; it stays under “My matters”.
NEW_FOR = timedelta(days=30)


@public
def start(request: Any) -> HttpResponse:
    """Four doors, this week's waiting times in a line, and what waits for the one who is logged in."""
    waiting_for_me = (
        casework.find_completions(request.actor, open_only=True) if request.actor.is_resident else []
    )
    told = casework.find_communications_to(request.actor, open_only=True) if request.actor.is_resident else []
    notices = casework.find_notices_to(request.actor) if request.actor.is_resident else []
    drafts = income_support.my_drafts(request.actor) if request.actor.is_resident else []
    context = {
        "times": income_support.waiting_times(),
        "completions": waiting_for_me,
        "before_decision": told,
        "notices": [one for one in notices if one.told_at and one.told_at > foundation.now() - NEW_FOR],
        "drafts": drafts,
    }
    return render(request, "citizen/start.html", context)


@public
def waiting(request: HttpRequest) -> HttpResponse:
    """This week's waiting times: of all, and of each kind of application."""
    rows = [(words, income_support.waiting_times(kind)) for kind, words in income_support.KINDS.items()]
    return render(request, "citizen/waiting.html", {"times": income_support.waiting_times(), "rows": rows})


@public
def concern(request: HttpRequest) -> HttpResponse:
    """The short address that stands in leaflets leads to the e-service."""
    return redirect("concern")


@public
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach us, by day and at night."""
    return render(request, "citizen/contact.html")
