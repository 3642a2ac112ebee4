"""What has happened in a case, in words, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.children.words import DECISIONS
from handslag.portal.desk.presenters import label_of
from handslag.portal.desk.views.frame import READERS, frame
from handslag.portal.desk.words import EVENT_WORDS
from handslag.portal.shell import formats
from handslag.portal.shell.doors import staff


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in words: when, what, by whom, and what it held."""

    at: datetime
    words: "str | Promise"
    who: str
    more: str


@staff(*READERS)
def history(request: Any, case_id: UUID) -> HttpResponse:
    """The events of the case page by page."""
    context = frame(request, case_id, "history", "desk.history")
    page = casework.find_history(case_id, request.actor, after=request.GET.get("efter"))
    accounts = {event.account_id for event in page.rows if event.account_id}
    names = dict(foundation.Account.objects.filter(id__in=accounts).values_list("id", "name"))
    context |= {
        "events": [_told(event, names) for event in page.rows],
        "older_url": f"?efter={page.after}" if page.after else "",
    }
    return render(request, "desk/case/history.html", context)


def _told(event: foundation.Event, names: dict[Any, str]) -> Happened:
    if event.actor_kind == "system":
        who = gettext("Automatically")
    elif event.actor_kind == "resident":
        who = gettext("The person")
    else:
        who = names.get(event.account_id, "")
    return Happened(event.at, EVENT_WORDS.get(event.kind, event.kind), who, _more(event.data))


def _more(data: dict[str, Any]) -> str:
    """What the event held, as far as it tells a reader something: an outcome, an amount, a day, a line."""
    parts = []
    if step := DECISIONS.get(data.get("type", "")):
        # Events from before such decisions had an outcome of their own say that they were granted.
        parts.append(str(step))
    elif outcome := data.get("outcome"):
        parts.append(str(dict(casework.Outcome.choices).get(outcome, "")))
    if (amount := data.get("amount_kr")) is not None:
        parts.append(foundation.kr(Decimal(str(amount))))
    for name in ("due_on", "answer_until", "last_day", "appeal_last_day"):
        if day := data.get(name):
            parts.append(gettext("at the latest {day}").format(day=formats.day(date.fromisoformat(day))))
    if line := data.get("line"):
        parts.append(label_of(str(line).partition("#")[0].partition(":")[0]))
    return ", ".join(part for part in parts if part)
