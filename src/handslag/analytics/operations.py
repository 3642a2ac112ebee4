"""How the statistics follow the casework."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from handslag.analytics.children import count_children
from handslag.analytics.events import StatisticsRefreshed
from handslag.analytics.pseudonym import pseudonym
from handslag.analytics.rules.small_groups import UNKNOWN, age_band
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.models import Seal
from handslag.foundation.public import Actor, Event
from handslag.income_support import public as income_support
from handslag.people import public as people

EVENTS_AT_A_TIME = 20_000
CASES_AT_A_TIME = 2_000
FACTS = ("case_fact", "decision_fact", "application_fact")

_TYPES = {
    "case_fact": {
        "case_key": "uuid", "person_key": "uuid", "unit_id": "uuid", "kind": "text", "opened_on": "date", "closed_on": "date",
        "sex": "text", "age_band": "text",
    },
    "decision_fact": {
        "decision_key": "uuid", "case_key": "uuid", "person_key": "uuid", "unit_id": "uuid", "kind": "text", "type": "text",
        "outcome": "text", "automated": "boolean", "decided_on": "date", "period_from": "date", "period_to": "date",
        "amount_kr": "numeric",
    },
    "application_fact": {
        "application_key": "uuid", "case_key": "uuid", "person_key": "uuid", "unit_id": "uuid", "kind": "text", "month": "text",
        "submitted_on": "date", "complete_on": "date", "decided_on": "date", "minutes_to_decision": "int", "automated": "boolean",
        "state": "text",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Refreshed:
    """What one step of following came to. `more`: sealed events are left."""

    last_event: int
    cases: int
    erased_cases: int
    more: bool


@foundation.operation
def refresh_statistics(*, most: int = EVENTS_AT_A_TIME, by: Actor, at: datetime) -> Refreshed:
    """Follow the next sealed events: the cases that they touch are counted anew from their rows.

    Only sealed events are followed, for none of them can still be preceded by one that is not committed. Doing it
    again changes nothing. A log that ends before what was followed (a restored copy) makes the statistics begin anew.
    """
    foundation.require_role(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('handslag_statistics'))")
        cursor.execute("SELECT last_event FROM stats.refreshed")
        row = cursor.fetchone()
    after, sealed = row[0] if row else 0, _last_sealed()
    if after > sealed:
        _begin_anew()
        after = 0
    upto = _step(after, sealed, most)
    wanted = _cases_of(after, upto)
    found = erased = 0
    for first in range(0, len(wanted), CASES_AT_A_TIME):
        counted, gone = _count_anew(wanted[first : first + CASES_AT_A_TIME])
        found, erased = found + counted, erased + gone
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO stats.refreshed (last_event, at) VALUES (%s, %s) "
            "ON CONFLICT (single) DO UPDATE SET last_event = EXCLUDED.last_event, at = EXCLUDED.at",
            [upto, at],
        )
    if found or erased:
        foundation.record(StatisticsRefreshed(upto, found, erased), by=by, at=at)
    return Refreshed(upto, found, erased, more=upto < sealed)


def refresh_all(*, by: Actor, at: datetime) -> Refreshed:
    """Seal what has happened and follow it to the end, a step in each transaction.

    The sums about children are counted anew where something has happened with them, and on each new day: what was in time
    may be late.
    """
    while foundation.seal_events(by=by, at=at):
        pass
    followed, counted_at = _followed(by)
    cases = erased = 0
    while True:
        step = refresh_statistics(by=by, at=at)
        cases, erased = cases + step.cases, erased + step.erased_cases
        if not step.more:
            break
    if (
        counted_at is None
        or foundation.day_of(counted_at) != foundation.day_of(at)
        or _of_children(followed, step.last_event, by)
    ):
        count_children(by=by, at=at)
    return Refreshed(step.last_event, cases, erased, more=False)


def _followed(by: Actor) -> tuple[int, datetime | None]:
    """Up to which event the statistics have followed, and when they last did."""
    with foundation.acting(by), connection.cursor() as cursor:
        cursor.execute("SELECT last_event, at FROM stats.refreshed")
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, None)


def _of_children(after: int, upto: int, by: Actor) -> bool:
    """Whether a report or an investigation is concerned; a log that was set back counts as that."""
    with foundation.acting(by):
        events = Event.objects.filter(id__gt=after, id__lte=upto, kind__startswith="child_protection.")
        return upto < after or events.exists()


def _last_sealed() -> int:
    return Seal.objects.order_by("-id").values_list("last_event", flat=True).first() or 0


def _step(after: int, sealed: int, most: int) -> int:
    ids = Event.objects.filter(id__gt=after, id__lte=sealed).order_by("id").values_list("id", flat=True)
    last = ids[most - 1 : most].first()
    return int(last) if last is not None else sealed


def _cases_of(after: int, upto: int) -> list[UUID]:
    """The cases that events concern; what happens to a person (a mark, a merge) concerns all of her cases."""
    events = Event.objects.filter(id__gt=after, id__lte=upto)
    cases = set(events.filter(case_id__isnull=False).order_by().values_list("case_id", flat=True).distinct())
    persons = events.filter(case_id__isnull=True, person_id__isnull=False, kind__startswith="people.")
    of_persons = [one for one in persons.order_by().values_list("person_id", flat=True).distinct() if one]
    for first in range(0, len(of_persons), CASES_AT_A_TIME):
        part = of_persons[first : first + CASES_AT_A_TIME]
        cases |= set(casework.Case.objects.filter(person_id__in=part).values_list("id", flat=True))
    return sorted(case for case in cases if case is not None)


def _count_anew(wanted: Sequence[UUID]) -> tuple[int, int]:
    """Make the rows of these cases what the casework now says; gives how many there are, and how many were erased."""
    shielded = _shielded()
    told = casework.Case.objects.filter(id__in=wanted).values(
        "id",
        "kind",
        "unit_id",
        "person_id",
        "opened_at",
        "closed_at",
        "person__born",
        "person__sex",
        "person__protection",
    )
    cases: dict[UUID, dict[str, Any]] = {row["id"]: dict(row) for row in told}
    for row in cases.values():
        row["hidden"] = row["person__protection"] in shielded
        row["key"] = pseudonym("case", row["id"])
        row["person_key"] = None if row["hidden"] else pseudonym("person", row["person_id"])
    _put("case_fact", (_case_fact(row) for row in cases.values()))
    keys = [row["key"] for row in cases.values()]
    _put("decision_fact", _decision_facts(cases), of_cases=keys)
    _put("application_fact", _application_facts(cases), of_cases=keys)
    return len(cases), _loosen([one for one in wanted if one not in cases])


def _shielded() -> set[str]:
    """Every mark but `none`: not known to be unprotected counts as protected."""
    return {str(mark) for mark in people.Protection.values} - {str(people.Protection.NONE)}


def _case_fact(row: dict[str, Any]) -> tuple[Any, ...]:
    opened = foundation.day_of(row["opened_at"])
    closed = foundation.day_of(row["closed_at"]) if row["closed_at"] else None
    sex, band = UNKNOWN, UNKNOWN
    if not row["hidden"]:
        sex, band = row["person__sex"], age_band(row["person__born"], opened)
    return (row["key"], row["person_key"], row["unit_id"], row["kind"], opened, closed, sex, band)


def _decision_facts(cases: dict[UUID, dict[str, Any]]) -> Iterable[tuple[Any, ...]]:
    rows = casework.Decision.objects.filter(case_id__in=list(cases)).order_by("id")
    for one in rows.values_list(
        "id", "case_id", "type", "outcome", "automated", "decided_at", "period_from", "period_to", "amount_kr"
    ):
        case = cases[one[1]]
        yield (
            pseudonym("decision", one[0]), case["key"], case["person_key"], case["unit_id"], case["kind"], one[2], one[3], one[4],
            foundation.day_of(one[5]), one[6], one[7], one[8],
        )  # fmt: skip


def _application_facts(cases: dict[UUID, dict[str, Any]]) -> Iterable[tuple[Any, ...]]:
    rows = income_support.Application.objects.filter(case_id__in=list(cases)).order_by("id")
    for id_, case_id, kind, month, sent, complete, decided, automated, state in rows.values_list(
        "id", "case_id", "kind", "month", "submitted_at", "complete_at", "decided_at", "automated", "state"
    ):
        case = cases[case_id]
        minutes = int((decided - (complete or sent)).total_seconds() // 60) if decided else None
        yield (
            pseudonym("application", id_), case["key"], case["person_key"], case["unit_id"], kind, month, foundation.day_of(sent),
            foundation.day_of(complete) if complete else None, foundation.day_of(decided) if decided else None, minutes, automated, state,
        )  # fmt: skip


def _put(table: str, rows: Iterable[tuple[Any, ...]], *, of_cases: list[Any] | None = None) -> None:
    """Insert or renew rows by their first column; with `of_cases`, remove what those cases no longer have."""
    kept = list(rows)
    columns = _TYPES[table]
    key = next(iter(columns))
    with connection.cursor() as cursor:
        if of_cases is not None:
            cursor.execute(
                f"DELETE FROM stats.{table} WHERE case_key = ANY(%s) AND {key} <> ALL(%s::uuid[])",
                [of_cases, [row[0] for row in kept]],
            )
        if kept:
            arrays = ", ".join(f"%s::{type_}[]" for type_ in columns.values())
            renewed = ", ".join(f"{name} = EXCLUDED.{name}" for name in columns if name != key)
            cursor.execute(
                f"INSERT INTO stats.{table} ({', '.join(columns)}) SELECT * FROM unnest({arrays}) "
                f"ON CONFLICT ({key}) DO UPDATE SET {renewed}",
                [list(values) for values in zip(*kept, strict=True)],
            )


def _loosen(erased: Sequence[UUID]) -> int:
    """A case that was erased stays as numbers that lead to nobody: its pseudonyms become random."""
    loosened = 0
    with connection.cursor() as cursor:
        for id_ in erased:
            old, new = pseudonym("case", id_), foundation.new_id()
            cursor.execute(
                "UPDATE stats.case_fact SET case_key = %s, person_key = NULL WHERE case_key = %s", [new, old]
            )
            loosened += cursor.rowcount
            for table in FACTS[1:]:
                key = next(iter(_TYPES[table]))
                cursor.execute(
                    f"UPDATE stats.{table} SET {key} = gen_random_uuid(), case_key = %s, person_key = NULL WHERE case_key = %s",
                    [new, old],
                )
    return loosened


def _begin_anew() -> None:
    with connection.cursor() as cursor:
        for table in (*FACTS, "refreshed"):
            cursor.execute(f"DELETE FROM stats.{table}")
