"""`handslag replay`: every assessment that a decision rests on is computed again, and differences are listed.

It uses the frozen facts, the frozen parameters and the case worker's changes, and the same functions as the web, by the
engine that the decision was made by. A difference means that a decision could no longer be explained by its own rules.
Where a newer engine would give something else the decision is listed too, with the reason: it is explained, not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from handslag.casework.public import Decision
from handslag.foundation import public as foundation
from handslag.income_support.models import Assessment
from handslag.income_support.operations.assessments import result_of, system_of
from handslag.income_support.rules.assessment import as_stored
from handslag.income_support.rules.changes import ENGINE
from handslag.income_support.rules.rule_book import from_plain, with_version

BATCH = 500
# What must be the same to the öre. Labels and texts may be reworded.
AMOUNTS = (
    "norm",
    "costs_approved",
    "special_approved",
    "incomes_counted",
    "job_stimulus_disregarded",
    "balance",
    "granted",
    "answer",
    "rule_version",
)


# What came after each engine, and so why the newest gives something else. For whoever runs the command.
LATER = {
    1: "decided before the job stimulus followed a salary that the case worker had changed (engine 1)",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of a decision that comes out otherwise now. `what` is a key of the answer, a line, or a fault.

    `because` explains it, and is empty for what nothing explains.
    """

    decision_id: UUID
    assessment_id: UUID
    month: str
    what: str
    stored: str
    now: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """`differences` are unexplained; `explained` are those that a newer engine would make."""

    decisions: int
    differences: tuple[Difference, ...]
    explained: tuple[Difference, ...]


def replay(limit: int | None = None) -> Replay:
    """Compute every stored decision of economic aid again. Reads as the system; changes nothing."""
    counted, found, explained = 0, [], []
    with foundation.acting(foundation.system("replay")):
        for row in _final_rows(limit):
            counted += 1
            found += list(_differences(row))
            explained += list(_by_newer_engine(row))
    return Replay(counted, tuple(found), tuple(explained))


def replay_all() -> tuple[int, list[str], list[str]]:
    """How many decisions were computed again, and a line for each unexplained and each explained difference.

    Ids and amounts only.
    """
    done = replay()
    different = [f"{_place(each)} was {each.stored}, is now {each.now}" for each in done.differences]
    explained = [
        f"{_place(each)} is {each.stored}, and would be {each.now} today: {each.because}" for each in done.explained
    ]
    return done.decisions, different, explained


def _place(each: Difference) -> str:
    return f"decision {each.decision_id} ({each.month}): {each.what}"


def _final_rows(limit: int | None) -> Iterator[Assessment]:
    rows = Assessment.objects.filter(final_at__isnull=False).select_related("snapshot", "decision").order_by("id")
    yield from (rows[:limit] if limit is not None else rows).iterator(chunk_size=BATCH)


def _differences(row: Assessment) -> Iterator[Difference]:
    try:
        system, result = as_stored(system_of(row)), as_stored(result_of(row))
    except Exception as fault:
        yield _different(row, "fault", "", type(fault).__name__)
        return
    for name, stored, now in (("system", row.system, system), ("result", row.result, result)):
        for key in AMOUNTS:
            if stored.get(key) != now[key]:
                yield _different(row, f"{name}.{key}", stored.get(key), now[key])
        yield from _line_differences(row, name, stored["lines"], now["lines"])
    decision: Decision | None = row.decision
    granted = 0 if decision is None or decision.outcome == "refused" else result["granted"]
    if decision is not None and decision.amount_kr is not None and float(decision.amount_kr) != float(granted):
        yield _different(row, "decision.amount", decision.amount_kr, granted)
    frozen = from_plain(row.snapshot.content)
    if with_version(frozen).rule_version != row.rule_version:
        yield _different(row, "rules", row.rule_version, with_version(frozen).rule_version)


def _by_newer_engine(row: Assessment) -> Iterator[Difference]:
    if row.engine == ENGINE:
        return
    because = LATER.get(row.engine, f"decided by engine {row.engine}")
    try:
        now = as_stored(result_of(row, engine=ENGINE))
    except Exception as fault:
        yield replace(_different(row, "fault", "", type(fault).__name__), because=because)
        return
    for key in AMOUNTS:
        if row.result.get(key) != now[key]:
            yield replace(_different(row, f"result.{key}", row.result.get(key), now[key]), because=because)


def _line_differences(row: Assessment, name: str, stored: list[Any], now: list[Any]) -> Iterator[Difference]:
    if len(stored) != len(now):
        yield _different(row, f"{name}.lines", len(stored), len(now))
        return
    for before, after in zip(stored, now, strict=True):
        kept = ("code", "of", "applied", "amount", "source", "status")
        if any(before[key] != after[key] for key in kept):
            yield _different(row, f"{name}.{before['code']}", before["amount"], after["amount"])


def _different(row: Assessment, what: str, stored: Any, now: Any) -> Difference:
    return Difference(
        decision_id=row.decision_id or row.id,
        assessment_id=row.id,
        month=row.month,
        what=what,
        stored=str(stored),
        now=str(now),
    )
