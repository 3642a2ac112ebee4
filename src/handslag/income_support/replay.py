"""`handslag replay`: every assessment that a decision rests on is computed again, and differences are listed.

It uses the frozen facts, the frozen parameters and the case worker's changes, and the same functions as the web. A
difference means that a decision could no longer be explained by its own rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handslag.casework.public import Decision
from handslag.foundation import public as foundation
from handslag.income_support.models import Assessment
from handslag.income_support.operations.assessments import result_of, system_of
from handslag.income_support.rules.assessment import as_stored
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


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of a decision that comes out otherwise now. `what` is a key of the answer, a line, or a fault."""

    decision_id: UUID
    assessment_id: UUID
    month: str
    what: str
    stored: str
    now: str


@dataclass(frozen=True, slots=True)
class Replay:
    decisions: int
    differences: tuple[Difference, ...]


def replay(limit: int | None = None) -> Replay:
    """Compute every stored decision of economic aid again. Reads as the system; changes nothing."""
    counted, found = 0, []
    with foundation.acting(foundation.system("replay")):
        for row in _final_rows(limit):
            counted += 1
            found += list(_differences(row))
    return Replay(counted, tuple(found))


def replay_all() -> tuple[int, list[str]]:
    """How many decisions were computed again, and a line for each difference; ids and amounts only."""
    done = replay()
    lines = [
        f"decision {each.decision_id} ({each.month}): {each.what} was {each.stored}, is now {each.now}"
        for each in done.differences
    ]
    return done.decisions, lines


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
