"""Everything in order around a family, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.children.words import DECISIONS
from handslag.portal.desk.family.words import EVENT_WORDS, KINSHIP, THING, THINGS
from handslag.portal.desk.views.frame import READERS
from handslag.portal.desk.views.persons import TO_WORDS
from handslag.portal.desk.words import CLOCK_WORDS
from handslag.portal.desk.words import EVENT_WORDS as CASE_WORDS
from handslag.portal.shell.doors import staff


@dataclass(frozen=True, slots=True)
class Told:
    """One thing in words: when, what kind, what, about whom and what they are to the one in the middle, in which case, by whom."""

    at: datetime
    has_time: bool
    thing: str
    mark: "str | Promise"
    words: "str | Promise"
    more: str
    person: str
    kinship: "str | Promise"
    case: casework.Case | None
    who: str
    url: str
    parts: tuple[str, ...] = ()


@staff(*READERS)
def timeline(request: Any, person_id: UUID) -> HttpResponse:
    """A page of the timeline; `visa` chooses a kind of thing, `efter` goes on from a place."""
    actor, thing = request.actor, request.GET.get("visa") or None
    try:
        found = coordination.find_timeline(
            person_id, actor, thing=thing, after=request.GET.get("efter") or None
        )
    except people.PersonNotFound:
        return render(
            request, "desk/person_hidden.html", {"nav": "search", "person_id": person_id}, status=404
        )
    foundation.log_read(actor, person_id=person_id, page="desk.timeline")
    staff_names = dict(_names_of(list({one.account_id for one in found.page.rows if one.account_id})))
    kinships = {one: KINSHIP[code] for one, code in found.kinships.items() if one != person_id}
    rows = [
        _with_relations(_told(one, found.names, kinships, staff_names), one, found) for one in found.page.rows
    ]
    now = foundation.now()
    chosen = f"visa={thing}&" if thing else ""
    context = {
        "nav": "search",
        "person_id": person_id,
        "name": found.names.get(person_id, ""),
        "ahead": [one for one in rows if _is_ahead(one, now)],
        "past": [one for one in rows if not _is_ahead(one, now)],
        "thing": thing,
        "things": [(code, words) for code, words in THINGS.items()],
        "older_url": f"?{chosen}efter={found.page.after}" if found.page.after else "",
    }
    return render(request, "desk/family/timeline.html", context)


@foundation.ready
def _names_of(account_ids: list[UUID]) -> QuerySet[foundation.Account, tuple[UUID, str]]:
    return foundation.Account.objects.filter(id__among=account_ids).values_list("id", "name")


def _told(
    one: coordination.Moment,
    names: dict[UUID, str],
    kinships: "Mapping[UUID, str | Promise]",
    staff_names: dict[Any, str],
) -> Told:
    concerned = one.case.person_id if one.case else one.person_id
    words, more, url = _WORDS[one.thing](one)
    return Told(
        at=one.at,
        has_time=one.thing in ("events", "decisions", "meetings"),
        thing=one.thing,
        mark=THING[one.thing],
        words=words,
        more=more,
        person=names.get(concerned, "") if concerned else "",
        kinship=kinships.get(concerned, "") if concerned else "",
        case=one.case,
        who=_who(one, staff_names),
        url=url,
    )


def _with_relations(told: Told, one: coordination.Moment, found: coordination.Timeline) -> Told:
    """The row with the relation that it tells of; of several, how many, and each on a line to open."""
    ids = one.data.get("relation_ids", [])
    if len(ids) > 1:
        words = gettext("%(number)s relations were registered") % {"number": len(ids)}
        parts = [_relation(id_, found, with_name=True) for id_ in ids]
        return replace(told, words=words, person="", kinship="", parts=tuple(filter(None, parts)))
    if relation_id := one.data.get("relation_id"):
        return replace(told, more=_relation(relation_id, found))
    return told


def _relation(relation_id: str, found: coordination.Timeline, *, with_name: bool = False) -> str:
    """`Parent of Alva Test`, as far as the reader may know of the relation and of the other."""
    row = found.relations.get(relation_id)
    if row is None or row.other_id not in found.names:
        return ""
    told = f"{TO_WORDS[row.kind]} {found.names[row.other_id]}"
    return f"{found.names.get(row.person_id, '')}: {told}" if with_name else told


def _is_ahead(one: Told, now: datetime) -> bool:
    """What has no time of day is to come from the day after today; a time limit also on its last day."""
    if one.has_time:
        return one.at > now
    day, today = foundation.day_of(one.at), foundation.day_of(now)
    return day > today or (day == today and one.thing == "clocks")


def _who(one: coordination.Moment, staff_names: dict[Any, str]) -> str:
    if one.thing == "clocks":
        return ""
    if one.actor_kind == "system":
        return gettext("Automatically")
    if one.actor_kind == "resident":
        return gettext("The person")
    return staff_names.get(one.account_id, "")


def _event(one: coordination.Moment) -> "tuple[str | Promise, str, str]":
    words = EVENT_WORDS.get(one.code) or CASE_WORDS.get(one.code) or gettext("Something was done in the case")
    return words, "", ""


def _note(one: coordination.Moment) -> "tuple[str | Promise, str, str]":
    kind = dict(casework.NoteKind.choices).get(one.code, "")
    url = reverse("desk-note", args=[one.case.id, one.data["id"]]) if one.case else ""
    return one.data.get("subject") or kind, str(kind) if one.data.get("subject") else "", url


def _decision(one: coordination.Moment) -> "tuple[str | Promise, str, str]":
    outcome = dict(casework.Outcome.choices).get(one.code, one.code)
    if one.code == casework.Outcome.DECIDED:
        outcome = DECISIONS.get(one.data.get("type", ""), outcome)
    amount = one.data.get("amount_kr")
    url = reverse("desk-decision", args=[one.case.id, one.data["id"]]) if one.case else ""
    return outcome, foundation.kr(foundation.money(str(amount))) if amount else "", url


def _meeting(one: coordination.Moment) -> "tuple[str | Promise, str, str]":
    state = dict(coordination.MeetingState.choices).get(one.code, "")
    told = [str(state), *([gettext("Joint matter")] if one.data.get("joint") else [])]
    return one.data.get("subject", ""), ", ".join(told), reverse("desk-meeting", args=[one.data["id"]])


def _clock(one: coordination.Moment) -> "tuple[str | Promise, str, str]":
    state = dict(casework.ClockState.choices).get(one.data.get("state", ""), "")
    return CLOCK_WORDS.get(one.code, one.code), str(state), ""


_WORDS = {"events": _event, "notes": _note, "decisions": _decision, "meetings": _meeting, "clocks": _clock}
