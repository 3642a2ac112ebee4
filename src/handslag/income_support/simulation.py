"""One month assessed for many households at once, by the very function that decides one of them.

The households are shared out over processes, which inherit them where the system can fork. What comes back are
sums, no lines.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from multiprocessing import get_all_start_methods, get_context
from typing import NamedTuple

from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.facts import Facts
from handslag.income_support.rules.parameters import Parameters

PART = 2_000
_given: tuple[Sequence[Facts], Parameters]


class Simulated(NamedTuple):
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
    if wanted == 1 or len(households) <= PART:
        for facts in households:
            yield _sums(facts, parameters)
        return
    context = get_context("fork" if "fork" in get_all_start_methods() else None)
    given = (households, parameters)
    with ProcessPoolExecutor(wanted, mp_context=context, initializer=_take, initargs=given) as pool:
        for text in pool.map(_assess_part, range(0, len(households), PART)):
            for row in text.split("\n"):
                answer, norm, balance, granted = row.split(" ")
                yield Simulated(answer, Decimal(norm), Decimal(balance), Decimal(granted))


def _sums(facts: Facts, parameters: Parameters) -> Simulated:
    result = assess_month(facts, parameters=parameters)
    return Simulated(result.answer, result.norm, result.balance, result.granted)


def _take(households: Sequence[Facts], parameters: Parameters) -> None:
    """Begin a process: what it is given stays as it is, and an assessment leaves no cycles to collect."""
    global _given  # noqa: PLW0603 - a process has one task
    _given = households, parameters
    gc.freeze()
    gc.disable()


def _assess_part(start: int) -> str:
    """The sums as text, which is exact and cheaper to hand over than decimals."""
    households, parameters = _given
    rows = (_sums(facts, parameters) for facts in households[start : start + PART])
    return "\n".join(f"{row.answer} {row.norm} {row.balance} {row.granted}" for row in rows)
