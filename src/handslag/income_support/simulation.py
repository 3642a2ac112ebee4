"""One month assessed for many households at once, by the very function that decides one of them.

The households are shared out over processes; each gets the parameters once. What comes back are sums, no lines.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.facts import Facts
from handslag.income_support.rules.parameters import Parameters

PART = 2_000


@dataclass(frozen=True, slots=True)
class Simulated:
    """The sums of one household; `answer` as in an assessment."""

    answer: str
    norm: Decimal
    balance: Decimal
    granted: Decimal


def assess_many(
    households: Sequence[Facts], *, parameters: Parameters, processes: int | None = None
) -> Iterator[Simulated]:
    """The sums of every household, in their order. With one process everything stays in this one.

    Raises what `assess_month` raises, for the first household that cannot be assessed.
    """
    wanted = processes or os.cpu_count() or 1
    parts = [households[start : start + PART] for start in range(0, len(households), PART)]
    if wanted == 1 or len(parts) <= 1:
        for part in parts:
            yield from _assess_part(part, parameters)
        return
    with ProcessPoolExecutor(max_workers=wanted) as pool:
        for done in pool.map(_assess_part, parts, [parameters] * len(parts)):
            yield from done


def _assess_part(households: Sequence[Facts], parameters: Parameters) -> list[Simulated]:
    results = (assess_month(facts, parameters=parameters) for facts in households)
    return [Simulated(each.answer, each.norm, each.balance, each.granted) for each in results]
