"""To do: the open cases by legal clock, what has happened in them, what waits to be read, and drafts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.people import public as people
from handslag.portal.desk.reception.waiting import waits_for
from handslag.portal.desk.words import CLOCK_WORDS, EVENT_WORDS, NEWS
from handslag.portal.shell.doors import staff
from handslag.portal.shell.operations import since_last_visit

Whose = Literal["mine", "unit", "unassigned"]
WHOSE = {"mine": _("My cases"), "unit": _("My unit's cases"), "unassigned": _("Nobody's cases")}
WHOSE_CODES: dict[str, Whose] = {"mine": "mine", "unit": "unit", "unassigned": "unassigned"}
BUCKET_WORDS = {
    "overdue": _("Overdue"),
    "today": _("Today"),
    "week": _("Within a week"),
    "later": _("Later"),
    "unclocked": _("Without a clock"),
}
COLOURS = {
    "overdue": "danger",
    "today": "warning",
    "week": "info",
    "later": "neutral",
    "unclocked": "neutral",
}
ROWS = 20
FIRST_DAYS, MOST_NEWS, MOST_CASES = timedelta(days=7), 20, 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow the list: its words, how many there are, where it leads, and whether it is chosen."""

    code: str
    words: "str | Promise"
    url: str
    chosen: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the list, with the name that the actor may see."""

    item: casework.WorkItem
    name: str
    kind: "str | Promise"
    colour: str
    bucket: "str | Promise"
    promise_colour: str
    law_colour: str
    law_words: "str | Promise"
    is_own: bool


@dataclass(frozen=True, slots=True)
class News:
    """Something that others, or the automatic handling, did in one of the reader's cases."""

    at: datetime
    words: "str | Promise"
    case_id: UUID
    case_number: str


@staff(Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION)
def work(request: Any) -> HttpResponse:
    """The start of the desk: what is late, what is due, what has come."""
    actor = request.actor
    whose = WHOSE_CODES.get(request.GET.get("vems", ""), "mine")
    bucket = request.GET.get("nar") or None
    bucket = bucket if bucket in casework.BUCKETS else None
    own = casework.own_open_cases(actor)
    counts = casework.count_own(own) if whose == "mine" else casework.count_work(actor, whose=whose)
    after = request.GET.get("efter") or None
    if whose == "mine" and bucket is None:
        day = casework.find_own_work(own, actor, after=after, limit=ROWS)
    else:
        page = casework.find_work(actor, whose=whose, bucket=bucket, after=after, limit=ROWS)
        day = casework.OwnWork(today=[], rest=page)
    shown = [*day.today, *day.rest.rows]
    names = people.names_of([item.case.person_id for item in shown], actor)
    now = foundation.now()
    since = since_last_visit(by=actor, at=now)
    untaken = casework.count_work(actor, whose="unassigned") if whose == "mine" else {}
    context = {
        "nav": "work",
        "reception_waits": waits_for(request),
        "untaken": sum(untaken.values()),
        "untaken_url": _url("unassigned", None),
        "whose": [Choice(code, words, _url(code, None), code == whose) for code, words in WHOSE.items()],
        "buckets": [
            Choice(
                code,
                BUCKET_WORDS[code],
                _url(whose, None if code == bucket else code),
                code == bucket,
                counts[code],
            )
            for code in casework.BUCKETS
        ],
        "is_mine": whose == "mine",
        "today_rows": [_row(item, names, actor) for item in day.today],
        "more_today": day.more_today,
        "rows": [_row(item, names, actor) for item in day.rest.rows],
        "older_url": _url(whose, bucket, day.rest.after) if day.rest.after else "",
        "newer_url": _url(whose, bucket) if after else "",
        "messages_unread": casework.find_unread_messages(actor, limit=10),
        "drafts": casework.find_drafts(actor)[:10],
        "meetings": coordination.find_own_meetings(actor),
        "notices": foundation.notices_of(actor),
        "since": since,
        "news": _news(own[:MOST_CASES], actor, since or now - FIRST_DAYS),
        "shortcuts": [("g", _("To do")), ("s", _("Search"))],
    }
    return render(request, "desk/work.html", context)


def _row(item: casework.WorkItem, names: dict[Any, str], actor: foundation.Actor) -> Row:
    case = item.case
    return Row(
        item=item,
        name=names.get(case.person_id, ""),
        kind=casework.case_kind(case.kind).label,
        colour=COLOURS[item.bucket],
        bucket=BUCKET_WORDS[item.bucket],
        promise_colour=COLOURS[casework.bucket_of(case.promised_on, foundation.today())],
        law_colour=COLOURS[casework.bucket_of(case.due_on, foundation.today())],
        law_words=CLOCK_WORDS.get(case.due_rule, case.due_rule),
        is_own=case.worker_id is not None and case.worker_id == actor.account_id,
    )


def _news(own: list[casework.OwnCase], actor: foundation.Actor, since: datetime) -> list[News]:
    """What has happened in the reader's own open cases since then, by anybody else, newest first."""
    if not own or actor.account_id is None:
        return []
    numbers = {case.id: case.number for case in own}
    return [
        News(at, EVENT_WORDS[kind], case_id, numbers[case_id])
        for at, kind, case_id in _events_by_others(list(numbers), since, actor.account_id)
        if case_id is not None
    ]


@foundation.ready
def _events_by_others(
    case_ids: list[UUID], since: datetime, account_id: UUID
) -> QuerySet[foundation.Event, tuple[datetime, str, UUID | None]]:
    rows = foundation.Event.objects.filter(case_id__among=case_ids, kind__in=NEWS, at__gte=since)
    rows = rows.exclude(account_id=account_id, actor_kind="staff").order_by("-id")
    return rows.values_list("at", "kind", "case_id")[:MOST_NEWS]


def _url(whose: str, bucket: str | None, after: str | None = None) -> str:
    asked = {key: value for key, value in (("vems", whose), ("nar", bucket), ("efter", after)) if value}
    return f"{reverse('desk-work')}?{urlencode(asked)}"
