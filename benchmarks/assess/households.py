"""Invented households for the measurement: the lines that most applications have, drawn from one seed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from handslag.income_support.parameter_files import default_settings, local_rules_in, rule_book
from handslag.income_support.rules.facts import (
    REGISTERS,
    Adult,
    Child,
    Cost,
    Facts,
    History,
    Household,
    Income,
)
from handslag.income_support.rules.norm import BAND_STARTS, age_in
from handslag.income_support.rules.parameters import Parameters, month_text
from handslag.income_support.rules.rule_book import LARGEST_HOUSEHOLD

MONTH = date(2026, 11, 1)
SEED = 2
OLDEST_CHILD = 17
OTHER_INCOMES = ("sickness_benefit", "housing_allowance", "child_allowance")


def parameters() -> Parameters:
    """The shipped rules of the month with the local rules of Ekeby."""
    local = local_rules_in("ekeby", MONTH)
    return rule_book().parameters(MONTH, settings=default_settings(), local=local)


def households(count: int) -> list[Facts]:
    """So many households; the same ones each time."""
    draw = Random(SEED)
    return [_household(draw) for _ in range(count)]


def _household(draw: Random) -> Facts:
    adults = tuple(Adult(f"a{n}", date(1980, n, 1)) for n in range(1, 2 + (draw.random() < 0.3)))
    children = tuple(
        Child(f"c{n}", date(2026 - draw.randint(0, OLDEST_CHILD), draw.randint(1, 10), 1))
        for n in range(1, 1 + draw.choice((0, 0, 0, 1, 2, 3)))
    )
    incomes = []
    if draw.random() < 0.35:
        incomes.append(Income("salary", "a1", Decimal(draw.randint(500, 15_000))))
    incomes += [
        Income(kind, "a1", Decimal(draw.randint(300, 9_000))) for kind in OTHER_INCOMES if draw.random() < 0.4
    ]
    return Facts(
        month=MONTH,
        household=Household(adults, children),
        costs=(
            Cost("rent", Decimal(draw.randint(3_000, 14_000)), draw.randint(1, 5)),
            Cost("electricity", Decimal(draw.randint(150, 900))),
        ),
        incomes=tuple(incomes),
        registers=tuple((register, "ok") for register in REGISTERS),
        history=History(draw.randint(0, 12)),
    )


def as_case(facts: Facts) -> dict[str, Any]:
    """The same household as a stored assessment keeps it: a case in the format of `handslag assess`, whole kronor."""
    home, history = facts.household, facts.history
    return {
        "month": month_text(facts.month),
        "household": {
            "adults": [{"id": each.id, "born": each.born.isoformat()} for each in home.adults],
            "cohabiting": len(home.adults) == 2,
            "children": [
                {
                    "id": each.id,
                    "born": each.born.isoformat(),
                    "lunch": each.lunch,
                    "share": int(each.share),
                    "pupil": each.pupil,
                }
                for each in home.children
            ],
            "lodger_in_household_of": home.lodger_in_household_of,
        },
        "costs": [
            {"kind": each.kind, "amount": int(each.amount), "rooms": each.rooms}
            if each.rooms is not None
            else {"kind": each.kind, "amount": int(each.amount)}
            for each in facts.costs
        ],
        "special": [],
        "incomes": [{"kind": each.kind, "of": each.of, "amount": int(each.amount)} for each in facts.incomes],
        "registers": dict(facts.registers),
        "history": {
            "months_with_aid_in_a_row": history.months_with_aid_in_a_row,
            "job_stimulus_since": None,
        },
    }


def as_rows(facts: Facts) -> dict[str, Any]:
    """The same household in plain numbers, as OpenFisca's side reads it."""
    settings = default_settings()
    salary = sum(income.amount for income in facts.incomes if income.kind == "salary")
    other = sum(income.amount for income in facts.incomes if income.kind != "salary")
    persons = [
        {"id": each.id, "role": "adult", "age": 40, "salary": 0, "other_income": 0}
        for each in facts.household.adults
    ]
    persons += [
        {
            "id": each.id,
            "role": "child",
            "age": max(0, age_in(MONTH, each.born, settings)),
            "salary": 0,
            "other_income": 0,
        }
        for each in facts.household.children
    ]
    persons[0] |= {"salary": int(salary), "other_income": int(other)}
    rent, electricity = facts.costs
    return {
        "persons": persons,
        "rent": int(rent.amount),
        "electricity": int(electricity.amount),
        "months_in_a_row": facts.history.months_with_aid_in_a_row,
    }


def figures_of(rules: Parameters) -> dict[str, Any]:
    """The figures of the norm that OpenFisca's side needs."""

    def value(key: str) -> float:
        return float(rules.cell(key).value)

    local = rules.local
    assert local is not None
    without = {row.adults: float(row.kr) for row in local.rents if not row.children}
    with_children = sorted((row.children, float(row.kr)) for row in local.rents if row.children)
    return {
        "band_starts": [start for start, _ in BAND_STARTS],
        "child_norm": [value(f"norm.child.{band}") for _, band in BAND_STARTS],
        "common": [value(f"norm.common.{size}") for size in range(1, LARGEST_HOUSEHOLD + 1)],
        "single": value("norm.adult.single"),
        "cohabiting": value("norm.adult.cohabiting"),
        "rent_without_children": [without[1], without[2]],
        "rent_with_children": [kr for _, kr in with_children],
        "stimulus_months": value("job_stimulus.months_in_a_row"),
        "stimulus_share": value("job_stimulus.share"),
    }
