"""The facts of many households as columns of whole numbers: amounts in öre, months by number, shares in millionths.

What belongs to a household stands once for each; children, costs, needs and incomes stand in the order of the
households, and a count for each household says how many are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from handslag.income_support.rules.facts import COST_KINDS, INCOME_KINDS, SPECIAL_KINDS
from handslag.income_support.rules.parameters import MONTHS_A_YEAR
from handslag.income_support.rules.read_facts import HIGHEST_KR

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ABSENT = -1  # not known, or not so; never a value of its own
WHOLE_SHARE = 1_000_000
ORE_A_KRONA = 100
HIGHEST_ORE = int(HIGHEST_KR) * ORE_A_KRONA
MOST_ROOMS = 30

RENT, OTHER_COST = 1, 0
SALARY, CHILD_WORK, OTHER_INCOME = 1, 2, 0
COST_OF_KIND = {kind: RENT if kind == "rent" else OTHER_COST for kind in COST_KINDS}
NEED_OF_KIND = {kind: number for number, kind in enumerate(SPECIAL_KINDS)}
INCOME_OF_KIND = {
    kind: {"salary": SALARY, "child_work": CHILD_WORK}.get(kind, OTHER_INCOME) for kind in INCOME_KINDS
}
PUPIL = {None: ABSENT, False: 0, True: 1}


class NotForColumns(ValueError):
    """Something that columns of whole numbers cannot hold. The household goes through `assess_month`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Many households in one month.

    For each household: `outside` it cannot be held here, and nothing else of it is; `adults` 1 or 2; `youngest_adult`
    the month of birth; `home_of` how many persons share the home, `row` months with aid in a row, `since` the first
    month of job stimulus (each ABSENT where there is none); `told` every register has answered; then the counts.
    """

    outside: Flags
    adults: Ints
    youngest_adult: Ints
    home_of: Ints
    row: Ints
    since: Ints
    told: Flags
    children: Ints
    costs: Ints
    needs: Ints
    incomes: Ints
    born: Ints
    lunch_away: Flags
    share: Ints
    pupil: Ints
    cost_kind: Ints
    cost_ore: Ints
    rooms: Ints
    need_kind: Ints
    need_ore: Ints
    income_kind: Ints
    income_ore: Ints

    def __len__(self) -> int:
        return len(self.outside)


NAMES = tuple(each.name for each in fields(Columns))
FLAGS = frozenset({"outside", "told", "lunch_away"})
OF_HOUSEHOLD = NAMES[: NAMES.index("born")]


def joined(parts: Sequence[Columns]) -> Columns:
    """The households of all parts, in their order."""
    if not parts:
        return _empty(0)
    return Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in NAMES))


def one_outside() -> Columns:
    """A household that columns cannot hold."""
    return _empty(1)


def _empty(count: int) -> Columns:
    made: dict[str, Any] = {}
    for name in NAMES:
        length = count if name in OF_HOUSEHOLD else 0
        made[name] = np.zeros(length, np.bool_ if name in FLAGS else np.int64)
    made["outside"] = np.ones(count, np.bool_)
    return Columns(**made)


def month_number(month: date) -> int:
    """Months counted from the year 0, so that differences are months."""
    return month.year * MONTHS_A_YEAR + month.month - 1


def whole_numbers(values: Iterable[int], count: int) -> Ints:
    """A column of so many numbers."""
    return np.fromiter(values, np.int64, count)


def flags(values: Iterable[bool], count: int) -> Flags:
    """A column of so many yes and no."""
    return np.fromiter(values, np.bool_, count)


def known_or_absent(values: Sequence[int | None], *, highest: int) -> Ints:
    """ABSENT for None. NotForColumns for a value below 0 or above the highest."""
    absent = values.count(None)
    if absent == len(values):
        return np.full(absent, ABSENT, np.int64)
    numbers = values if absent == 0 else [ABSENT if each is None else each for each in values]
    column = np.fromiter(numbers, np.int64, len(values))
    if column.max() > highest or np.count_nonzero(column < 0) != absent:
        raise NotForColumns("a number is out of bounds")
    return column


def first_of_each(counts: Ints) -> Ints:
    """Where the rows of each household begin."""
    return np.cumsum(counts) - counts
