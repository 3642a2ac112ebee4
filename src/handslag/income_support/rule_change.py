"""`handslag simulate MONTH`: what the month's decided assessments would have given with another figure or setting.

Sums over the town, computed in columns (`simulation`). Reads as the system, changes nothing, and no decision uses it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from django.conf import settings as municipality
from django.db.models import TextField
from django.db.models.functions import Cast

from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.models import Assessment
from handslag.income_support.operations.rules import parameters_for
from handslag.income_support.rules.parameters import NoRules, Parameters
from handslag.income_support.rules.read_facts import HIGHEST_KR, read_facts
from handslag.income_support.rules.rule_book import with_version
from handslag.income_support.simulation import Survey, survey
from handslag.income_support.survey.columns import ORE_A_KRONA, Flags
from handslag.income_support.survey.from_texts import columns_of_texts

BATCH = 2_000
SOURCE = "a simulation, not a rule"
# The other settings shape the facts when they are made, and the facts are stored.
SETTINGS = ("lodger_rounding", "age_band_changes", "part_time_child_in_common_costs")


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What the change comes to. Öre, over those `told` of the `assessments` whose answer both sides can tell.

    `more` and `less`: how many would be granted more and less. `one_by_one` and `checked` as in a Survey, both sides.
    """

    month: Month
    assessments: int
    told: int
    before_ore: int
    after_ore: int
    more: int
    less: int
    one_by_one: int
    checked: int

    def lines(self, smallest_group: int) -> list[str]:
        """The result in words. A group smaller than the smallest is not told, nor a sum of so few."""
        if self.told < smallest_group:
            return [
                f"{self.month}: fewer than {smallest_group} decided assessments that can be told; no sums are given."
            ]

        def group(count: int) -> str:
            return str(count) if count == 0 or count >= smallest_group else f"fewer than {smallest_group}"

        sums = (
            [
                f"granted with the rules of the month: {_kronor(self.before_ore)} kr",
                f"granted with the change: {_kronor(self.after_ore)} kr ({_kronor(self.after_ore - self.before_ore, sign='+')})",
            ]
            if not 0 < self.more + self.less < smallest_group
            else ["granted: not told, since it would tell of the few who are touched"]
        )
        return [
            f"{self.month}: {self.assessments} decided assessments, as the rules give them "
            "(without case workers' own values)",
            *sums,
            f"more: {group(self.more)}; less: {group(self.less)}",
            f"computed in columns, {self.one_by_one} line by line; {self.checked} computed in both ways, no difference",
        ]


def simulate(month: Month, *, figures: Mapping[str, Decimal], settings: Mapping[str, str]) -> RuleChange:
    """The month's decided assessments under its rules and under the rules with these figures and settings instead.

    `figures` are kronor, shares or months by their key (`norm.adult.single`). Raises NoRules for a key that the month
    does not have, a figure out of bounds, or a setting or choice that no assessment reads; BadInput for a month without
    rules; SurveyDiffers when columns and `assess_month` do not agree.
    """
    before = parameters_for(month)
    after = _changed(before, figures, settings)
    with foundation.acting(foundation.system("simulation")):
        decided = Assessment.objects.filter(month=str(month), final_at__isnull=False).order_by("id")
        stored = decided.annotate(text=Cast("facts", TextField())).values_list("text", flat=True)
        cases: list[str] = list(stored.iterator(chunk_size=BATCH))
    columns = columns_of_texts(cases, month.first)

    def surveyed(parameters: Parameters) -> Survey:
        return survey(columns, lambda number: read_facts(json.loads(cases[number])), parameters=parameters)

    first, second = surveyed(before), surveyed(after)
    told: Flags = ~(first.unknown | second.unknown)
    difference = second.granted[told] - first.granted[told]
    return RuleChange(
        month=month,
        assessments=len(cases),
        told=int(np.count_nonzero(told)),
        before_ore=int(first.granted[told].sum()),
        after_ore=int(second.granted[told].sum()),
        more=int(np.count_nonzero(difference > 0)),
        less=int(np.count_nonzero(difference < 0)),
        one_by_one=first.one_by_one + second.one_by_one,
        checked=first.checked + second.checked,
    )


def simulate_in_words(month: str, figures: list[str], settings: list[str]) -> list[str]:
    """The lines that `handslag simulate` prints; `figures` and `settings` as KEY=VALUE. Raises as `simulate`."""
    done = simulate(
        Month.parse(month),
        figures={key: _figure(key, value) for key, value in map(_pair, figures)},
        settings=dict(map(_pair, settings)),
    )
    return done.lines(municipality.HANDSLAG_SMALLEST_GROUP)


def _changed(
    parameters: Parameters, figures: Mapping[str, Decimal], settings: Mapping[str, str]
) -> Parameters:
    cells = dict(parameters.cells)
    for key, value in figures.items():
        cells[key] = replace(parameters.cell(key), value=value, source=SOURCE, status="unconfirmed")
    unread = sorted(settings.keys() - set(SETTINGS))
    if unread:
        raise NoRules(
            f"The setting {unread[0][:40]} is not read when an assessment is computed.",
            f"Settings that are: {', '.join(SETTINGS)}.",
            where="setting",
        )
    return with_version(replace(parameters, cells=cells, settings=replace(parameters.settings, **settings)))


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise NoRules(f"{text[:40]!r} says no value.", "Write KEY=VALUE.", where="change")
    return key.strip(), value.strip()


def _figure(key: str, text: str) -> Decimal:
    """Digits, and at most four decimals after a point; 0 to ten million."""
    whole, _, decimals = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 8 and len(decimals) <= 4):
        raise NoRules(f"{key[:40]}: {text[:40]!r} is not a figure.", "Write digits, such as 4500.", where=key)
    if decimals and not (decimals.isascii() and decimals.isdigit()):
        raise NoRules(f"{key[:40]}: {text[:40]!r} is not a figure.", "Write digits, such as 0.25.", where=key)
    value = Decimal(text)
    if value > HIGHEST_KR:
        raise NoRules(f"{key[:40]}: {text[:40]} is too large.", "Check the number of digits.", where=key)
    return value


def _kronor(ore: int, sign: str = "") -> str:
    return f"{Decimal(ore) / ORE_A_KRONA:{sign},.2f}".replace(",", " ")
