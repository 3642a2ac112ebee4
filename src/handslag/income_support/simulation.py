"""What a month gives many households: sums for a simulation, never for a decision.

Of up to `ALL_CHECKED_UP_TO` households each goes through `assess_month`, and columns (`survey`) beside it: one difference of one öre stops the run. Of more, most are computed in columns only: those that
columns do not cover go through `assess_month`, and of the others a random part of every run (docs/adr/0011).
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing import get_all_start_methods, get_context
from random import Random, SystemRandom
from typing import Any, NamedTuple

import numpy as np

from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.facts import Facts
from handslag.income_support.rules.parameters import NoRules, Parameters
from handslag.income_support.rules.read_facts import read_facts
from handslag.income_support.survey.columns import ORE_A_KRONA, Columns, Flags, Ints
from handslag.income_support.survey.figures import NotInOre, figures_of
from handslag.income_support.survey.from_cases import columns_of_cases
from handslag.income_support.survey.from_facts import columns_of_facts
from handslag.income_support.survey.from_texts import columns_of_texts
from handslag.income_support.survey.reckon import Sums, Totals, reckon

PART = 2_000
# Some fifty times what the demo municipality decides in a month; so many take about a second on two cores.
ALL_CHECKED_UP_TO = 20_000
# Of more, a fault that strikes two households in a hundred is missed by fewer than one run in four hundred; they are drawn
# anew in each run, and the larger the town, the more are looked at.
FEWEST_CHECKED, ONE_CHECKED_IN = 300, 300
COMMON_COSTS = "norm.common"
_given: tuple[Sequence[Facts], Parameters]


class Simulated(NamedTuple):
    """The sums of one household in öre, by `assess_month`; `unknown`: its answer is `cannot_tell`."""

    unknown: bool
    personal: int
    common: int
    costs: int
    special: int
    incomes: int
    stimulus: int


class SurveyDiffers(RuntimeError):
    """Columns and `assess_month` do not agree, so nothing of the run may be used. Tells place and sums, no facts."""

    def __init__(self, number: int, columns: Simulated, alone: Simulated) -> None:
        different = ", ".join(
            f"{name} {in_columns} and {by_line}"
            for name, in_columns, by_line in zip(Simulated._fields, columns, alone, strict=True)
            if in_columns != by_line
        )
        super().__init__(
            f"Household {number} of the survey differs in columns and line by line (öre): {different}. "
            "The run is stopped and gives nothing; report it as a fault of the survey."
        )
        self.number, self.columns, self.alone = number, columns, alone


@dataclass(frozen=True, slots=True)
class Survey(Totals):
    """The sums of many households in one month.

    `one_by_one` households went through `assess_month`; `checked` others did so as well and agreed.
    """

    one_by_one: int
    checked: int

    def __len__(self) -> int:
        return len(self.unknown)

    @property
    def norm(self) -> Ints:
        return self.personal + self.common

    @property
    def balance(self) -> Ints:
        """Incomes less norm and approved costs; negative is a deficit. Special needs stand outside."""
        return self.incomes - self.norm - self.costs

    @property
    def granted(self) -> Ints:
        """The deficit and the special needs, less a surplus; whether it can be told is `unknown`'s to say."""
        return np.maximum(self.special - self.balance, 0)

    @property
    def is_granted(self) -> Flags:
        """Whose answer is `granted`."""
        granted: Flags = ~self.unknown & (self.special > self.balance)
        return granted


def survey_facts(
    households: Sequence[Facts], *, parameters: Parameters, draw: Random | None = None
) -> Survey:
    """The sums of every household. `draw` picks those that are checked, of so many that not all are (none given: unforeseeable).

    Raises what `assess_month` raises for the first household that cannot be assessed, SurveyDiffers when a checked
    household differs, ValueError for an amount that is not of whole öre.
    """
    return survey(
        columns_of_facts(households, parameters.month),
        households.__getitem__,
        parameters=parameters,
        draw=draw,
    )


def survey_cases(
    cases: Sequence[Mapping[str, Any]], *, parameters: Parameters, draw: Random | None = None
) -> Survey:
    """The same of stored cases, which `read_facts` has accepted once; facts are made of those only that need them.

    Raises BadFacts too, for a stored case that is no longer accepted.
    """
    return survey(
        columns_of_cases(cases, parameters.month),
        lambda number: read_facts(cases[number]),
        parameters=parameters,
        draw=draw,
    )


def survey_texts(
    texts: Sequence[str], *, parameters: Parameters, draw: Random | None = None, processes: int | None = None
) -> Survey:
    """The same of stored cases as they are stored, read by so many processes (none given: one a core)."""
    return survey(
        columns_of_texts(texts, parameters.month, processes=processes),
        lambda number: read_facts(json.loads(texts[number])),
        parameters=parameters,
        draw=draw,
    )


def survey(
    columns: Columns,
    facts_of: Callable[[int], Facts],
    *,
    parameters: Parameters,
    draw: Random | None = None,
) -> Survey:
    """The same of filled columns; `facts_of` gives the facts of a household by its place. Raises as `survey_facts`."""
    try:
        sums = reckon(columns, figures_of(parameters))
    except (NoRules, NotInOre):
        # A figure that somebody may need is missing, or finer than an öre: columns say nothing of anybody.
        sums = _nothing(len(columns))
    outside = np.flatnonzero(sums.outside).tolist()
    alone = assess_many([facts_of(number) for number in outside], parameters=parameters)
    for number, exact in zip(outside, alone, strict=True):
        for name, value in zip(Simulated._fields, exact, strict=True):
            getattr(sums, name)[number] = value
    checked = _check(sums, facts_of, parameters, draw or SystemRandom())
    columns_of_sums: dict[str, Any] = {name: getattr(sums, name) for name in Simulated._fields}
    return Survey(**columns_of_sums, one_by_one=len(outside), checked=checked)


def _nothing(count: int) -> Sums:
    none: dict[str, Any] = {name: np.zeros(count, np.int64) for name in Simulated._fields}
    return Sums(**none | {"unknown": np.zeros(count, np.bool_)}, outside=np.ones(count, np.bool_))


def _check(sums: Sums, facts_of: Callable[[int], Facts], parameters: Parameters, draw: Random) -> int:
    covered = np.flatnonzero(~sums.outside)
    numbers: list[int] = covered.tolist()
    if len(numbers) > ALL_CHECKED_UP_TO:
        numbers = draw.sample(numbers, max(FEWEST_CHECKED, len(numbers) // ONE_CHECKED_IN))
    columns = [getattr(sums, name) for name in Simulated._fields]
    by_line = assess_many([facts_of(number) for number in numbers], parameters=parameters)
    for number, alone in zip(numbers, by_line, strict=True):
        in_columns = Simulated(*(column[number].item() for column in columns))
        if in_columns != alone:
            raise SurveyDiffers(number, in_columns, alone)
    return len(numbers)


def assess_many(
    households: Sequence[Facts], *, parameters: Parameters, processes: int | None = None
) -> Iterator[Simulated]:
    """The sums of every household by `assess_month` itself, in their order. With one process all stays in this one.

    Raises what `assess_month` raises, for the first household that cannot be assessed; ValueError for an amount that
    is not of whole öre.
    """
    wanted = processes or os.cpu_count() or 1
    if wanted == 1 or len(households) <= PART:
        for facts in households:
            yield _sums(facts, parameters)
        return
    context = get_context("fork" if "fork" in get_all_start_methods() else None)
    given = (households, parameters)
    with ProcessPoolExecutor(wanted, mp_context=context, initializer=_take, initargs=given) as pool:
        for part in pool.map(_assess_part, range(0, len(households), PART)):
            yield from part


def _sums(facts: Facts, parameters: Parameters) -> Simulated:
    result = assess_month(facts, parameters=parameters)
    common = sum((line.amount for line in result.lines if line.code.startswith(COMMON_COSTS)), Decimal(0))
    return Simulated(
        unknown=result.answer == "cannot_tell",
        personal=_ore(result.norm - common),
        common=_ore(common),
        costs=_ore(result.costs_approved),
        special=_ore(result.special_approved),
        incomes=_ore(result.incomes_counted),
        stimulus=_ore(result.job_stimulus_disregarded),
    )


def _ore(amount: Decimal) -> int:
    scaled = amount * ORE_A_KRONA
    if scaled != int(scaled):
        raise ValueError("an amount of the household is not of whole öre")
    return int(scaled)


def _take(households: Sequence[Facts], parameters: Parameters) -> None:
    """Begin a process: what it is given stays as it is, and an assessment leaves no cycles to collect."""
    global _given  # noqa: PLW0603 - a process has one task
    _given = households, parameters
    gc.freeze()
    gc.disable()


def _assess_part(start: int) -> list[Simulated]:
    households, parameters = _given
    return [_sums(facts, parameters) for facts in households[start : start + PART]]
