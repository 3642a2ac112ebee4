"""A family's things in order: events, notes, decisions, meetings and time limits of what the reader may read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.casework import public as casework
from handslag.coordination.queries.family import ties_of, walk
from handslag.coordination.rules.kinship import kinship
from handslag.foundation import public as foundation
from handslag.people import public as people

THINGS = ("events", "notes", "decisions", "meetings", "clocks")
# Told as a note, a decision, a meeting or a time limit already.
TOLD_OTHERWISE = (
    "casework.note_signed", "casework.decision_made", "casework.message_read", "casework.clock_started",
    "casework.clock_stopped", "casework.clock_extended", "casework.clock_breached",
    "coordination.meeting_planned", "coordination.meeting_held", "coordination.meeting_cancelled",
)  # fmt: skip
# What happened to the people themselves, outside any case.
OF_PERSONS = (
    "people.moved_in", "people.moved_out", "people.related", "people.relation_ended", "people.person_protected",
    "people.protection_ended", "coordination.secret_set", "coordination.secret_ended",
)  # fmt: skip
FAR_AHEAD = timedelta(days=36525)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing in the timeline. `code` is the event's kind, the note's kind, the decision's outcome, the meeting's
    state or the clock's rule; `data` holds what each kind tells. Relations that came of themselves on one day are one
    moment: `data["relation_ids"]` names them all."""

    at: datetime
    thing: str
    key: str
    case: casework.Case | None
    person_id: UUID | None
    code: str
    actor_kind: str
    account_id: UUID | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of a family's things, latest first, the names that it speaks of, and what each is to the one in the middle
    (a code of kinship), and the relations that events name, by id, as far as the reader may know of them."""

    page: "casework.Page[Moment]"
    names: dict[UUID, str]
    kinships: dict[UUID, str]
    relations: dict[str, people.Relation]


def find_timeline(
    person_id: UUID, actor: foundation.Actor, *, thing: str | None = None, after: str | None = None, limit: int = 30
) -> Timeline:  # fmt: skip
    """A page of the timeline around a person; `thing` is one of THINGS. Raises PersonNotFound and BadInput.

    At most four statements and the walk, whatever the family's size: each case is tried once for the reader.
    """
    if thing is not None and thing not in THINGS:
        raise foundation.BadInput("There is no such kind of thing in the timeline.", where="thing")
    before, key = foundation.now() + FAR_AHEAD, "~"
    if after is not None:
        before, key = _place(after)
    with foundation.acting(actor):
        told = walk(person_id)
        closed = [UUID(one["id"]) for one in told["persons"] if one["closed"]]
        names = {UUID(one["id"]): one["name"] for one in told["persons"]}
        open_ones = [id_ for id_ in names if id_ not in closed]
        cases = _cases(open_ones, closed)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM handslag_family_timeline(%s::uuid[], %s::uuid[], %s, %s, %s, %s, %s, %s)",
                [
                    list(cases),
                    open_ones,
                    [thing] if thing else list(THINGS),
                    list(TOLD_OTHERWISE),
                    list(OF_PERSONS),
                    before,
                    key,
                    limit + 1,
                ],
            )
            rows = [_moment(row, cases) for row in cursor.fetchall()]
        named = [UUID(one.data["relation_id"]) for one in rows if one.data.get("relation_id")]
        relations = {str(one.id): one for one in _relations(named)} if named else {}
    page = casework.page_of(rows, limit, lambda one: [one.at.isoformat(), one.key])
    codes = kinship(str(person_id), [str(one) for one in names], ties_of(told))
    page = replace(page, rows=_folded(page.rows))
    return Timeline(page, names, {UUID(one): code for one, code in codes.items()}, relations)


def _cases(ids: list[UUID], closed: list[UUID]) -> dict[UUID, casework.Case]:
    return {case.id: case for case in _cases_of(ids, _joined(ids), closed)}


@foundation.ready
def _joined(ids: list[UUID]) -> QuerySet[casework.CaseParty, UUID]:
    return casework.CaseParty.objects.filter(person_id__among=ids).values_list("case_id", flat=True)


@foundation.ready
def _cases_of(ids: list[UUID], case_ids: list[UUID], closed: list[UUID]) -> QuerySet[casework.Case]:
    rows = casework.Case.objects.filter(Q(person_id__among=ids) | Q(id__among=case_ids))
    return rows.exclude(person_id__among=closed).only("id", "number", "person_id")


@foundation.ready
def _relations(ids: list[UUID]) -> QuerySet[people.Relation]:
    return people.Relation.objects.filter(id__among=ids)


def _moment(row: tuple[Any, ...], cases: dict[UUID, casework.Case]) -> Moment:
    at, thing, key, case_id, person_id, code, actor_kind, account_id, data = row
    if isinstance(data, str):
        data = json.loads(data)
    return Moment(at, thing, key, cases.get(case_id), person_id, code, actor_kind, account_id, data or {})


def _folded(rows: Sequence[Moment]) -> list[Moment]:
    """The rows with those relations of a day as one that nobody entered by hand, where the latest of them stands."""
    kept: list[Moment] = []
    of_day: dict[date, list[str]] = {}
    for one in rows:
        if one.code != "people.related" or one.actor_kind != "system" or "relation_id" not in one.data:
            kept.append(one)
            continue
        day = foundation.day_of(one.at)
        if day not in of_day:
            of_day[day] = []
            kept.append(replace(one, data={**one.data, "relation_ids": of_day[day]}))
        of_day[day].append(one.data["relation_id"])
    return kept


def _place(after: str) -> tuple[datetime, str]:
    at, key = casework.read_place(after, casework.moment, str)
    if at is None or key is None:
        raise foundation.BadInput(
            "The place in the list is not known.", where="after", do="Open the list from its beginning."
        )
    return at, key
