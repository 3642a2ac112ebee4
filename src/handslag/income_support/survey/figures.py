"""The figures of a month as tables in öre, made of the very rule data and by the very functions of `assess_month`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from handslag.income_support.rules.costs import highest_rent
from handslag.income_support.rules.facts import SPECIAL_KINDS, Adult, Child, Cost, Household
from handslag.income_support.rules.norm import CHILD_CODES, LUNCH_AWAY_TO, common_of_size
from handslag.income_support.rules.parameters import LocalRules, Parameters
from handslag.income_support.rules.read_facts import MOST_PERSONS
from handslag.income_support.survey.columns import MOST_ROOMS, ORE_A_KRONA, WHOLE_SHARE, Ints, month_number

NO_HIGHEST = 10**15  # öre; more than any amount that columns hold
MOST_ADULTS = 2


class NotInOre(ValueError):
    """A figure that whole öre cannot hold; every household then goes through `assess_month`."""


@dataclass(frozen=True, slots=True)
class Stimulus:
    """The job stimulus leaves out `share_of` in `share_whole` of a salary after `months` in a row, for `length`."""

    share_of: int
    share_whole: int
    months: int
    length: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Öre. Indexed by: `adult` how many, `child` and `child_away` age, `common` persons, `need` kind.

    `rent` is indexed by adults and children; where the board decides by rooms, `rent_by_rooms` by rooms and otherwise
    it is None. `smallest_home` is then the highest rent that is approved without knowing the rooms.
    """

    month: int
    band_from_month_after: bool
    adult: Ints
    child: Ints
    child_away: Ints
    common: Ints
    common_by_share: bool
    lodger_step: int
    lodger_rounds_up: bool
    rent: Ints
    rent_by_rooms: Ints | None
    smallest_home: int
    need: Ints
    stimulus: Stimulus | None


def figures_of(parameters: Parameters) -> Figures:
    """The tables of the month. Raises NoRules where a figure is missing, NotInOre where one is finer than an öre."""
    settings, local = parameters.settings, parameters.local
    child = [_value(parameters, code) for code in CHILD_CODES]
    away = [
        _value(parameters, f"{code}.away") if age <= LUNCH_AWAY_TO else child[age]
        for age, code in enumerate(CHILD_CODES)
    ]
    common = [
        sum(_ore(line.amount) for line in common_of_size(size, parameters))
        for size in range(1, MOST_PERSONS + 2)
    ]
    by_rooms = local is not None and any(row.rooms is not None for row in local.rents)
    return Figures(
        month=month_number(parameters.month),
        band_from_month_after=settings.age_band_changes == "month_after",
        adult=np.array(
            [0, _value(parameters, "norm.adult.single"), _value(parameters, "norm.adult.cohabiting")]
        ),
        child=np.array(child),
        child_away=np.array(away),
        common=np.array([0, *common]),
        common_by_share=settings.part_time_child_in_common_costs == "by_share",
        lodger_step=1 if settings.lodger_rounding == "ore" else ORE_A_KRONA,
        lodger_rounds_up=settings.lodger_rounding == "krona_up",
        rent=np.zeros((0, 0), np.int64) if by_rooms else _rents_by_household(local),
        rent_by_rooms=np.array([_rent(local, rooms=rooms) for rooms in range(MOST_ROOMS + 1)])
        if by_rooms
        else None,
        smallest_home=_rent(local, rooms=None) if by_rooms else NO_HIGHEST,
        need=np.array([_highest_need(kind, parameters) for kind in SPECIAL_KINDS]),
        stimulus=_stimulus(parameters),
    )


def _value(parameters: Parameters, key: str) -> int:
    return _ore(parameters.cell(key).value)


def _ore(amount: Decimal) -> int:
    whole = int(amount * ORE_A_KRONA)
    if whole != amount * ORE_A_KRONA or not 0 <= whole < NO_HIGHEST:
        raise NotInOre(f"{amount} is not an amount of whole öre")
    return whole


def _rents_by_household(local: LocalRules | None) -> Ints:
    table = np.zeros((MOST_ADULTS + 1, MOST_PERSONS + 1), np.int64)
    for adults in range(1, MOST_ADULTS + 1):
        table[adults] = [_rent(local, adults, children) for children in range(MOST_PERSONS + 1)]
    return table


def _rent(local: LocalRules | None, adults: int = 1, children: int = 0, rooms: int | None = None) -> int:
    """The highest accepted rent for a home or a household; nothing but its size is looked at."""
    household = Household((Adult("", date.min),) * adults, (Child("", date.min),) * children)
    highest, _, _ = highest_rent(Cost("rent", Decimal(0), rooms), household, local)
    return NO_HIGHEST if highest is None else _ore(highest)


def _highest_need(kind: str, parameters: Parameters) -> int:
    rule = parameters.local.amounts.get(kind) if parameters.local else None
    if rule is None:
        return NO_HIGHEST
    price_base = parameters.cell("price_base_amount").value if rule.kr is None else None
    return _ore(rule.highest(price_base))


def _stimulus(parameters: Parameters) -> Stimulus | None:
    if "job_stimulus.share" not in parameters.cells:
        return None
    share = parameters.cell("job_stimulus.share").value
    whole = WHOLE_SHARE
    if share * whole != int(share * whole) or not 0 <= share <= 1:
        raise NotInOre(f"{share} is not a share of at most six decimals")
    return Stimulus(
        share_of=int(share * whole),
        share_whole=whole,
        months=int(parameters.cell("job_stimulus.months_in_a_row").value),
        length=int(parameters.cell("job_stimulus.length_months").value),
    )
