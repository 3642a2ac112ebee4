"""Columns out of the facts of households, as `assess_month` reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, localcontext
from itertools import chain

import numpy as np

from handslag.income_support.rules.facts import Facts
from handslag.income_support.rules.norm import WHOLE
from handslag.income_support.survey.columns import (
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

PART = 1_000  # so many households are still in the processor's own memory when the next column is read
LARGEST_COUNT = 10_000
MOST_REMEMBERED = 100_000
LAST_MONTH = month_number(date.max)
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
_MILLION = Decimal(WHOLE_SHARE)
_EPOCH_DAY, _EPOCH_MONTH = date(1970, 1, 1).toordinal(), month_number(date(1970, 1, 1))
_CANNOT = (ValueError, KeyError, TypeError, OverflowError, DecimalException)


def columns_of_facts(households: Sequence[Facts], month: date) -> Columns:
    """The households in their order; `month` is its first day.

    A household of another month, or with something that columns cannot hold (an amount below one öre, negative or
    above ten million kronor, a share of more than six decimals, an unknown kind), is marked as outside.
    """
    memory = _Memory()
    with localcontext(_EXACT):
        return joined(
            [
                part
                for start in range(0, len(households), PART)
                for part in _parts(households[start : start + PART], month, memory)
            ]
        )


class _Memory:
    """What was found of amounts and registers: those of a town are often the same, and finding is the cheaper."""

    def __init__(self) -> None:
        self._ore: dict[Decimal, int] = {}
        self._told: dict[tuple[tuple[str, str], ...], bool] = {}
        self._usual: tuple[tuple[str, str], ...] = ()

    def ore_of(self, amounts: list[Decimal]) -> Ints:
        """Öre of each amount, or NotForColumns."""
        found = list(map(self._ore.get, amounts))
        if None in found:
            if len(self._ore) > MOST_REMEMBERED:
                self._ore.clear()
            found = [
                self._keep(amount) if ore is None else ore for amount, ore in zip(amounts, found, strict=True)
            ]
        return np.array(found, np.int64)

    def _keep(self, amount: Decimal) -> int:
        scaled = amount * ORE_A_KRONA
        ore = int(scaled)
        if ore != scaled or not 0 <= ore <= HIGHEST_ORE:
            raise NotForColumns("an amount that is not of whole öre, negative or too large")
        self._ore[amount] = ore
        return ore

    def told_by(self, registers: list[tuple[tuple[str, str], ...]]) -> list[bool]:
        """Whether every register of each has answered."""
        usual = self._usual
        return [each == usual or self._all_told(each) for each in registers]

    def _all_told(self, registers: tuple[tuple[str, str], ...]) -> bool:
        told = self._told.get(registers)
        if told is None:
            told = self._told[registers] = all(state == "ok" for _, state in registers)
            if told:
                self._usual = registers
        return told


def _parts(rows: Sequence[Facts], month: date, memory: _Memory) -> list[Columns]:
    """What cannot be held is searched for by halves, so that one household never takes its neighbours with it."""
    try:
        return [_part(rows, month, memory)]
    except _CANNOT:
        if len(rows) == 1:
            return [one_outside()]
        middle = len(rows) // 2
        return _parts(rows[:middle], month, memory) + _parts(rows[middle:], month, memory)


def _part(rows: Sequence[Facts], month: date, memory: _Memory) -> Columns:
    count = len(rows)
    if [row.month for row in rows].count(month) != count:
        raise NotForColumns("another month")
    homes, histories = [row.household for row in rows], [row.history for row in rows]
    adults, children = [home.adults for home in homes], [home.children for home in homes]
    costs, needs, incomes = (
        [row.costs for row in rows],
        [row.special for row in rows],
        [row.incomes for row in rows],
    )
    grown = whole_numbers(map(len, adults), count)
    if grown.min() < 1 or grown.max() > 2:
        raise NotForColumns("one adult, or two")
    adults_born = _months([adult.born for adult in chain.from_iterable(adults)])
    each_child, each_cost = list(chain.from_iterable(children)), list(chain.from_iterable(costs))
    each_need, each_income = list(chain.from_iterable(needs)), list(chain.from_iterable(incomes))
    return Columns(
        outside=np.zeros(count, np.bool_),
        adults=grown,
        youngest_adult=np.maximum.reduceat(adults_born, first_of_each(grown)),
        home_of=known_or_absent([home.lodger_in_household_of for home in homes], highest=LARGEST_COUNT),
        row=known_or_absent([each.months_with_aid_in_a_row for each in histories], highest=LARGEST_COUNT),
        since=_since([each.job_stimulus_since for each in histories]),
        told=flags(memory.told_by([row.registers for row in rows]), count),
        children=whole_numbers(map(len, children), count),
        costs=whole_numbers(map(len, costs), count),
        needs=whole_numbers(map(len, needs), count),
        incomes=whole_numbers(map(len, incomes), count),
        born=_months([child.born for child in each_child]),
        lunch_away=flags([child.lunch == "away" for child in each_child], len(each_child)),
        share=_shares([child.share for child in each_child]),
        pupil=whole_numbers([PUPIL[child.pupil] for child in each_child], len(each_child)),
        cost_kind=whole_numbers([COST_OF_KIND[cost.kind] for cost in each_cost], len(each_cost)),
        cost_ore=memory.ore_of([cost.amount for cost in each_cost]),
        rooms=known_or_absent([cost.rooms for cost in each_cost], highest=MOST_ROOMS),
        need_kind=whole_numbers([NEED_OF_KIND[need.kind] for need in each_need], len(each_need)),
        need_ore=memory.ore_of([need.amount for need in each_need]),
        income_kind=whole_numbers([INCOME_OF_KIND[each.kind] for each in each_income], len(each_income)),
        income_ore=memory.ore_of([each.amount for each in each_income]),
    )


def _since(days: list[date | None]) -> Ints:
    months = [None if day is None else month_number(day) for day in days] if any(days) else [None] * len(days)
    return known_or_absent(months, highest=LAST_MONTH)


def _months(days: list[date]) -> Ints:
    ordinals = whole_numbers(map(date.toordinal, days), len(days)) - _EPOCH_DAY
    months: Ints = ordinals.astype("M8[D]").astype("M8[M]").astype(np.int64) + _EPOCH_MONTH
    return months


def _shares(shares: list[Decimal]) -> Ints:
    if shares.count(WHOLE) == len(shares):
        return np.full(len(shares), WHOLE_SHARE, np.int64)
    scaled = [share * _MILLION for share in shares]
    column = whole_numbers(map(int, scaled), len(scaled))
    if scaled != column.tolist() or column.min() < 1 or column.max() > WHOLE_SHARE:
        raise NotForColumns("a share of more than six decimals")
    return column
