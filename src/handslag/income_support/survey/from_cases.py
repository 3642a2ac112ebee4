"""Columns straight out of stored cases, without making the facts of each household first.

A stored assessment keeps its facts as a case in the format of `handslag assess`, which `read_facts` has accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np

from handslag.income_support.rules.facts import BadFacts
from handslag.income_support.rules.parameters import month_text
from handslag.income_support.rules.read_facts import read_day, read_month
from handslag.income_support.survey.columns import (
    ABSENT,
    COST_OF_KIND,
    HIGHEST_ORE,
    INCOME_OF_KIND,
    MOST_ROOMS,
    NEED_OF_KIND,
    ORE_A_KRONA,
    PUPIL,
    WHOLE_SHARE,
    Columns,
    Ints,
    NotForColumns,
    first_of_each,
    flags,
    joined,
    known_or_absent,
    month_number,
    one_outside,
    whole_numbers,
)
from handslag.income_support.survey.from_facts import LARGEST_COUNT, LAST_MONTH, PART

Case = Mapping[str, Any]
Rows = list[Mapping[str, Any]]
_CANNOT = (ValueError, LookupError, TypeError, AttributeError, OverflowError, BadFacts)
_NUMBERS = frozenset({int, float})
_NOTHING: Mapping[str, Any] = {}


def columns_of_cases(cases: Sequence[Case], month: date) -> Columns:
    """The households of the cases in their order; `month` is its first day.

    Precondition: `read_facts` has accepted each case, as it has every stored one. What cannot be read here is marked
    as outside, and `read_facts` says then what is wrong with it.
    """
    return joined(
        [
            part
            for start in range(0, len(cases), PART)
            for part in _parts(cases[start : start + PART], month_text(month))
        ]
    )


def _parts(cases: Sequence[Case], month: str) -> list[Columns]:
    try:
        return [_part(cases, month)]
    except _CANNOT:
        if len(cases) == 1:
            return [one_outside()]
        middle = len(cases) // 2
        return _parts(cases[:middle], month) + _parts(cases[middle:], month)


def _part(cases: Sequence[Case], month: str) -> Columns:
    count = len(cases)
    if [case["month"] for case in cases].count(month) != count:
        raise NotForColumns("another month")
    homes = [case["household"] for case in cases]
    histories = [case.get("history") or _NOTHING for case in cases]
    registers = [case.get("registers") or _NOTHING for case in cases]
    adults = [home["adults"] for home in homes]
    grown = whole_numbers(map(len, adults), count)
    if grown.min() < 1 or grown.max() > 2:
        raise NotForColumns("one adult, or two")
    adults_born = _births([each["born"] for each in chain.from_iterable(adults)])
    children, each_child = _rows_of(homes, "children")
    costs, each_cost = _rows_of(cases, "costs")
    needs, each_need = _rows_of(cases, "special")
    incomes, each_income = _rows_of(cases, "incomes")
    return Columns(
        outside=np.zeros(count, np.bool_),
        adults=grown,
        youngest_adult=np.maximum.reduceat(adults_born, first_of_each(grown)),
        home_of=known_or_absent(
            [home.get("lodger_in_household_of") for home in homes], highest=LARGEST_COUNT
        ),
        row=known_or_absent(
            [each.get("months_with_aid_in_a_row") for each in histories], highest=LARGEST_COUNT
        ),
        since=_since([each.get("job_stimulus_since") for each in histories]),
        told=flags(["missing" not in each.values() for each in registers], count),
        children=children,
        costs=costs,
        needs=needs,
        incomes=incomes,
        born=_births([row["born"] for row in each_child]),
        lunch_away=flags([row.get("lunch") == "away" for row in each_child], len(each_child)),
        share=_shares([row.get("share") for row in each_child]),
        pupil=whole_numbers([PUPIL[row.get("pupil")] for row in each_child], len(each_child)),
        cost_kind=_kinds(each_cost, COST_OF_KIND),
        cost_ore=_ore(each_cost),
        rooms=_rooms(each_cost),
        need_kind=_kinds(each_need, NEED_OF_KIND),
        need_ore=_ore(each_need),
        income_kind=_kinds(each_income, INCOME_OF_KIND),
        income_ore=_ore(each_income),
    )


def _rows_of(holders: Sequence[Case], key: str) -> tuple[Ints, Rows]:
    lists = [holder.get(key) or () for holder in holders]
    return whole_numbers(map(len, lists), len(lists)), list(chain.from_iterable(lists))


def _kinds(rows: Rows, of_kind: Mapping[str, int]) -> Ints:
    return whole_numbers([of_kind[row["kind"]] for row in rows], len(rows))


def _rooms(rows: Rows) -> Ints:
    try:
        column = whole_numbers([row.get("rooms", ABSENT) for row in rows], len(rows))
    except TypeError:  # somewhere it is said that they are not known
        return known_or_absent([row.get("rooms") for row in rows], highest=MOST_ROOMS)
    if column.max(initial=ABSENT) > MOST_ROOMS or column.min(initial=ABSENT) < ABSENT:
        raise NotForColumns("more rooms than are covered")
    return column


def _ore(rows: Rows) -> Ints:
    return _scaled([row["amount"] for row in rows], ORE_A_KRONA, lowest=0, highest=HIGHEST_ORE)


def _shares(shares: list[float | None]) -> Ints:
    if shares.count(1) == len(shares):
        return np.full(len(shares), WHOLE_SHARE, np.int64)
    given = [1 if share is None else share for share in shares]
    return _scaled(given, WHOLE_SHARE, lowest=1, highest=WHOLE_SHARE)


def _scaled(values: list[float], scale: int, *, lowest: int, highest: int) -> Ints:
    """Exact: a JSON number is the decimal that it is written as, and the nearest binary number to a decimal is one."""
    if not _NUMBERS.issuperset(map(type, values)):
        raise NotForColumns("not a number")
    numbers = np.fromiter(values, np.float64, len(values))
    if not np.isfinite(numbers).all() or np.abs(numbers).max(initial=0) > highest:
        raise NotForColumns("a number out of bounds")
    column = np.rint(numbers * scale)
    if not np.array_equal(column / scale, numbers):
        raise NotForColumns("too many decimals")
    whole: Ints = column.astype(np.int64)
    if whole.min(initial=highest) < lowest or whole.max(initial=lowest) > highest:
        raise NotForColumns("a number out of bounds")
    return whole


def _births(days: list[str]) -> Ints:
    return whole_numbers(map(_born, days), len(days))


@lru_cache(maxsize=100_000)
def _born(day: str) -> int:
    return month_number(read_day(day, "born"))


@lru_cache(maxsize=10_000)
def _month_of(text: str) -> int:
    return month_number(read_month(text, "job_stimulus_since"))


def _since(texts: list[str | None]) -> Ints:
    months = (
        [None if text is None else _month_of(text) for text in texts] if any(texts) else [None] * len(texts)
    )
    return known_or_absent(months, highest=LAST_MONTH)
