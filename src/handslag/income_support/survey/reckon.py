"""The sums of one month for columns of households: norm, costs, needs, incomes, job stimulus (SoL 2025:400 12:7-9).

Whole öre all the way, each line rounded as `assess_month` rounds it. Nobody's decision rests on these sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from handslag.income_support.rules.norm import OF_AGE, SUPPORTED_TO
from handslag.income_support.rules.parameters import MONTHS_A_YEAR
from handslag.income_support.rules.read_facts import MOST_PERSONS
from handslag.income_support.survey.columns import (
    ABSENT,
    CHILD_WORK,
    RENT,
    SALARY,
    WHOLE_SHARE,
    Columns,
    Flags,
    Ints,
)
from handslag.income_support.survey.figures import Figures


@dataclass(frozen=True, slots=True)
class Totals:
    """Öre for each household, in order. `incomes` is what counts, after the `stimulus` that is left out.

    `unknown`: a fact is missing, so the answer is `cannot_tell`.
    """

    unknown: Flags
    personal: Ints
    common: Ints
    costs: Ints
    special: Ints
    incomes: Ints
    stimulus: Ints


@dataclass(frozen=True, slots=True)
class Sums(Totals):
    """What columns alone tell. Where `outside` is set the totals mean nothing."""

    outside: Flags


def reckon(columns: Columns, figures: Figures) -> Sums:
    """The sums of every household that is covered; `outside` says which are not.

    Not covered: somebody whose age `assess_month` refuses, a child of eighteen or more who is not known to go to
    school, work income of a child, several rents where the board decides by rooms, more than forty persons.
    """
    c = columns
    later = 1 if figures.band_from_month_after else 0
    outside = (
        c.outside | (c.adults + c.children > MOST_PERSONS) | (c.home_of > MOST_PERSONS) | (c.home_of == 0)
    )
    outside |= (figures.month - later - c.youngest_adult) // MONTHS_A_YEAR < OF_AGE
    age = np.maximum((figures.month - later - c.born) // MONTHS_A_YEAR, 0)
    refused = (c.born > figures.month) | (age > SUPPORTED_TO) | ((age >= OF_AGE) & (c.pupil != 1))
    outside |= _any(refused, c.children)
    outside |= _any(c.income_kind == CHILD_WORK, c.incomes)
    costs, lacks_rooms, too_many_rents = _costs(c, figures)
    special = _sum(np.minimum(c.need_ore, figures.need[c.need_kind]), c.needs)
    incomes = _sum(c.income_ore, c.incomes)
    stimulus, lacks_row = _stimulus(c, figures)
    return Sums(
        outside=outside | too_many_rents,
        unknown=~c.told | lacks_rooms | lacks_row,
        personal=_personal(c, np.minimum(age, SUPPORTED_TO), figures),
        common=_common(c, figures),
        costs=costs,
        special=special,
        incomes=incomes - stimulus,
        stimulus=stimulus,
    )


def _personal(c: Columns, age: Ints, figures: Figures) -> Ints:
    whole = np.where(c.lunch_away, figures.child_away[age], figures.child[age])
    part = c.share != WHOLE_SHARE
    if part.any():
        whole = np.where(part, _rounded(whole * c.share, WHOLE_SHARE), whole)
    own: Ints = figures.adult[c.adults] + _sum(whole, c.children)
    return own


def _common(c: Columns, figures: Figures) -> Ints:
    persons = np.minimum(c.adults + c.children, MOST_PERSONS)
    common: Ints = figures.common[persons]
    if figures.common_by_share and (c.share != WHOLE_SHARE).any():
        size = c.adults * WHOLE_SHARE + _sum(c.share, c.children)
        below, above_it = np.minimum(size // WHOLE_SHARE, MOST_PERSONS), size % WHOLE_SHARE
        low, high = figures.common[below], figures.common[below + 1]
        by_share = _rounded(low * WHOLE_SHARE + (high - low) * above_it, WHOLE_SHARE)
        common = np.where(_any(c.share != WHOLE_SHARE, c.children), by_share, common)
    shares_home = c.home_of > 0
    if shares_home.any():
        all_of_it = np.where(shares_home, np.minimum(c.home_of, MOST_PERSONS), 1)
        part, step = figures.common[all_of_it] * persons, figures.lodger_step
        steps = (
            -(-part // (all_of_it * step)) if figures.lodger_rounds_up else _rounded(part, all_of_it * step)
        )
        common = np.where(shares_home, steps * step, common)
    return common


def _costs(c: Columns, figures: Figures) -> tuple[Ints, Flags, Flags]:
    """Approved costs; whether the rooms of a home must be known; whether there are more rents than are covered.

    By household all rents share one highest rent, so their sum is held to it.
    """
    is_rent = c.cost_kind == RENT
    rents = np.where(is_rent, c.cost_ore, 0)
    others = _sum(c.cost_ore - rents, c.costs)
    none = np.zeros(len(c), np.bool_)
    if figures.rent_by_rooms is None:
        children = np.minimum(c.children, MOST_PERSONS)
        approved = np.minimum(_sum(rents, c.costs), figures.rent[c.adults, children])
        return others + approved, none, none
    unknown = c.rooms == ABSENT
    highest = np.where(unknown, figures.smallest_home, figures.rent_by_rooms[np.where(unknown, 0, c.rooms)])
    lacks = is_rent & unknown & (c.cost_ore > figures.smallest_home)
    several = _sum(is_rent.astype(np.int64), c.costs) > 1
    return others + _sum(np.minimum(rents, highest), c.costs), _any(lacks, c.costs), several


def _stimulus(c: Columns, figures: Figures) -> tuple[Ints, Flags]:
    """What is left out of salaries (SoL 12:8), and where the row of months must be known to tell."""
    rule = figures.stimulus
    is_salary = (c.income_kind == SALARY) & (c.income_ore > 0)
    if rule is None or not is_salary.any():
        return np.zeros(len(c), np.int64), np.zeros(len(c), np.bool_)
    of_each = np.where(is_salary, _rounded(c.income_ore * rule.share_of, rule.share_whole), 0)
    has_since, used = c.since != ABSENT, figures.month - c.since
    within = has_since & (used < rule.length)
    too_early = has_since & ~within & (used - rule.length < rule.months)
    by_row = ~within & ~too_early
    applies = within | (by_row & (c.row >= rule.months))
    lacks = by_row & (c.row == ABSENT) & _any(is_salary, c.incomes)
    return np.where(applies, _sum(of_each, c.incomes), 0), lacks


def _rounded(amount: Ints, divisor: Ints | int) -> Ints:
    """To the nearest whole, halves up. Amounts are not negative, so that is away from zero."""
    nearest: Ints = (2 * amount + divisor) // (2 * divisor)
    return nearest


def _sum(values: Ints, counts: Ints) -> Ints:
    """The sum of each household's own rows."""
    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(values)])
    ends = np.cumsum(counts)
    sums: Ints = running[ends] - running[ends - counts]
    return sums


def _any(found: Flags, counts: Ints) -> Flags:
    """Whether any of each household's own rows is so."""
    if not found.any():
        return np.zeros(len(counts), np.bool_)
    some: Flags = _sum(found.astype(np.int64), counts) > 0
    return some
