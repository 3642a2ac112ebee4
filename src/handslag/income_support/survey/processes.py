"""Filling columns with every core: processes that inherit the households, and hand back columns."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar

from handslag.income_support.survey.columns import Columns, joined

Household = TypeVar("Household")
Fill = Callable[[Sequence[Any], date], Columns]
WORTH_A_PROCESS = 20_000  # households; fewer are filled before another process has begun
_given: tuple[Fill, Sequence[Any], date]


def fill_with_all_cores(
    fill: Callable[[Sequence[Household], date], Columns],
    households: Sequence[Household],
    month: date,
    *,
    processes: int | None = None,
) -> Columns:
    """The columns of all households in their order, with `processes` (None: a core each) where it is worth it.

    Where a process cannot inherit (no fork), this one does all of it: sending the households costs more.
    """
    wanted = min(processes or os.cpu_count() or 1, len(households) // WORTH_A_PROCESS)
    if wanted < 2 or "fork" not in get_all_start_methods():
        return fill(households, month)
    bounds = [len(households) * number // wanted for number in range(wanted + 1)]
    given = (fill, households, month)
    with ProcessPoolExecutor(
        wanted - 1, mp_context=get_context("fork"), initializer=_take, initargs=given
    ) as pool:
        others = [pool.submit(_part, *bounds[number : number + 2]) for number in range(1, wanted)]
        own = fill(households[: bounds[1]], month)
        return joined([own, *(other.result() for other in others)])


def _take(fill: Fill, households: Sequence[Any], month: date) -> None:
    """Begin a process: what it inherits stays as it is."""
    global _given  # noqa: PLW0603 - a process has one task
    _given = fill, households, month
    gc.freeze()
    gc.disable()


def _part(start: int, stop: int) -> Columns:
    fill, households, month = _given
    return fill(households[start:stop], month)
