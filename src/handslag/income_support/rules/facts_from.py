"""Makes the facts that `assess_month` reads out of answers, register figures and the population register.

The result is a case in the format of the command `handslag assess`, so that what a decision was made of can be
run again by anyone. What is not known is named in `missing`; it is never a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from handslag.income_support.rules.answered import ApplicationAnswers, ChildAnswered, IncomeAnswered
from handslag.income_support.rules.benefits import BenefitTable, Treatment
from handslag.income_support.rules.comparison import Figure
from handslag.income_support.rules.facts import REGISTERS

# Kinds of income that an agency tells of: a figure of the agency governs over what was typed.
TOLD_BY_REGISTER: Mapping[str, tuple[str, ...]] = {
    "child_allowance": ("fk",),
    "housing_allowance": ("fk", "pm"),
    "maintenance_support": ("fk",),
    "sickness_benefit": ("fk",),
    "parental_benefit": ("fk",),
    "activity_grant": ("fk",),
    "pension": ("pm", "fk"),
    "student_aid": ("csn",),
    "unemployment_benefit": ("so",),
    "tax_refund": ("skv",),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the population register knows them. `id` is a1, a2, c1 …"""

    id: str
    person_id: UUID
    born: date | None


@dataclass(frozen=True, slots=True)
class AidHistory:
    """Months immediately before this one with aid, and the first month (2026-03) that the job stimulus applied."""

    months_with_aid_in_a_row: int = 0
    job_stimulus_since: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not known or that a person must judge: a code with words, and where it belongs."""

    code: str
    where: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MadeFacts:
    """`case` is in the format of `handslag assess`; with anything in `missing` a person decides."""

    case: dict[str, Any]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class FactSettings:
    """How open questions are settled here. `full_month_days`: a month has so many days when shares are counted."""

    full_month_days: int = 30
    assets_free_kr: Decimal = Decimal(0)


def make_facts(
    *,
    month: str,
    control_month: str,
    answers: ApplicationAnswers,
    adults: tuple[Member, ...],
    children: tuple[Member, ...],
    figures: Iterable[Figure],
    states: Mapping[str, Mapping[str, str]],
    benefits: BenefitTable,
    history: AidHistory,
    settings: FactSettings,
) -> MadeFacts:
    """The case for one month. Incomes are those of the control month.

    `adults` holds the applicant (a1) and, with a partner, the co-applicant (a2); `children` those children of the
    answers that the register knows. `states`: the agencies' answers for each adult.
    """
    missing: list[Missing] = []
    case: dict[str, Any] = {
        "month": month,
        "household": _household(answers, adults, children, settings, missing),
        "costs": _costs(answers, missing),
        "special": [{"kind": cost.kind, "amount": _plain(cost.amount_kr)} for cost in answers.special],
        "incomes": _incomes(answers, tuple(figures), control_month, benefits, missing),
        "registers": _registers(states),
        "history": {
            "months_with_aid_in_a_row": history.months_with_aid_in_a_row,
            "job_stimulus_since": history.job_stimulus_since,
        },
    }
    _assets(answers, settings, missing)
    return MadeFacts(case, tuple(missing))


def _household(
    answers: ApplicationAnswers,
    adults: tuple[Member, ...],
    children: tuple[Member, ...],
    settings: FactSettings,
    missing: list[Missing],
) -> dict[str, Any]:
    said = answers.household
    if said is None:
        missing.append(Missing("facts.no_household", "household"))
    living = said.living if said else "alone"
    if living == "partner" and len(adults) < 2:
        missing.append(Missing("facts.partner_unknown", "household.partner"))
    for adult in adults:
        if adult.born is None:
            missing.append(Missing("facts.birth_unknown", f"household.{adult.id}"))
    known = {child.person_id: child for child in children}
    return {
        "adults": [{"id": adult.id, "born": _day(adult.born)} for adult in adults],
        "cohabiting": living == "partner",
        "children": [_child(child, known, settings, missing) for child in (said.children if said else ())],
        "lodger_in_household_of": said.persons_in_home if said and living == "others" else None,
    }


def _child(
    child: ChildAnswered, known: Mapping[UUID, Member], settings: FactSettings, missing: list[Missing]
) -> dict[str, Any]:
    registered = known.get(child.person_id) if child.person_id else None
    if registered is None:
        missing.append(Missing("facts.child_not_in_register", f"household.{child.id}"))
    elif registered.born is not None and registered.born != child.born:
        missing.append(Missing("facts.child_birth_differs", f"household.{child.id}"))
    born = registered.born if registered and registered.born else child.born
    days = min(child.days_a_month, settings.full_month_days)
    share = Decimal(days) / Decimal(settings.full_month_days)
    return {
        "id": child.id,
        "born": _day(born),
        "lunch": "away" if child.lunch_away else "home",
        "share": _plain(share.quantize(Decimal("0.0001"))),
        "pupil": child.pupil,
    }


def _costs(answers: ApplicationAnswers, missing: list[Missing]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if answers.housing is None:
        missing.append(Missing("facts.no_housing", "housing"))
    elif answers.housing.rent_kr > 0:
        rent: dict[str, Any] = {"kind": "rent", "amount": _plain(answers.housing.rent_kr)}
        if answers.housing.rooms is not None:
            rent["rooms"] = answers.housing.rooms
        rows.append(rent)
    if answers.costs is None:
        missing.append(Missing("facts.no_costs", "costs"))
    rows += [{"kind": cost.kind, "amount": _plain(cost.amount_kr)} for cost in answers.costs or ()]
    return rows


def _incomes(
    answers: ApplicationAnswers,
    figures: tuple[Figure, ...],
    control_month: str,
    benefits: BenefitTable,
    missing: list[Missing],
) -> list[dict[str, Any]]:
    """Figures of the agencies first, then what only the household can tell."""
    sums: dict[tuple[str, str], Decimal] = {}
    for figure in figures:
        if figure.month != control_month:
            continue
        treatment = benefits.treatment_of(figure.code)
        if treatment is Treatment.HUMAN:
            values = (("benefit", figure.code), ("of", figure.of))
            missing.append(Missing("facts.unhandled_income", f"incomes.{figure.of}", values))
            continue
        if treatment is Treatment.DISREGARDED:
            continue
        if not benefits.is_confirmed(figure.code):
            missing.append(Missing("facts.unconfirmed_benefit", "incomes", (("benefit", figure.code),)))
        key = (benefits.income_kind_of(figure.code), figure.of)
        sums[key] = sums.get(key, Decimal(0)) + figure.amount_kr
    rows = [{"kind": kind, "of": of, "amount": _plain(amount)} for (kind, of), amount in sorted(sums.items())]
    if answers.incomes is None:
        missing.append(Missing("facts.no_incomes", "incomes"))
    for number, income in enumerate(answers.incomes or ()):
        rows += _declared(income, number, sums, control_month, missing)
    return rows


def _declared(
    income: IncomeAnswered,
    number: int,
    sums: Mapping[tuple[str, str], Decimal],
    control_month: str,
    missing: list[Missing],
) -> list[dict[str, Any]]:
    where = f"incomes.{number}"
    if income.kind in TOLD_BY_REGISTER:
        told = sums.get((income.kind, income.of))
        if told is None:
            # The household says so and the register does not: a person finds out which month it belongs to.
            missing.append(Missing("facts.income_not_in_register", where, (("kind", income.kind),)))
        return []
    if income.paid_on is not None and f"{income.paid_on:%Y-%m}" != control_month and not income.expected:
        missing.append(Missing("facts.income_other_month", where, (("month", f"{income.paid_on:%Y-%m}"),)))
    if income.expected:
        missing.append(Missing("facts.income_expected", where, (("kind", income.kind),)))
    if income.kind == "other":
        missing.append(Missing("facts.income_other_kind", where))
    row: dict[str, Any] = {"kind": income.kind, "of": income.of, "amount": _plain(income.amount_kr)}
    if income.kind == "child_work":
        # SoL 12:9 counts per calendar year; what was earned earlier is not known by the machine.
        missing.append(Missing("facts.child_work_earlier_unknown", where))
    return [row]


def _registers(states: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """One state per agency for the household: `ok` only when every adult's answer was."""
    agencies = sorted({agency for of in states.values() for agency in of} & set(REGISTERS))
    return {
        agency: "ok" if all(of.get(agency) == "ok" for of in states.values()) else "missing"
        for agency in agencies
    }


def _assets(answers: ApplicationAnswers, settings: FactSettings, missing: list[Missing]) -> None:
    if answers.assets is None:
        missing.append(Missing("facts.no_assets", "assets"))
        return
    if answers.assets.savings_kr > settings.assets_free_kr:
        missing.append(
            Missing("facts.savings", "assets.savings", (("amount", f"{answers.assets.savings_kr:.2f}"),))
        )
    if answers.assets.has_car:
        missing.append(Missing("facts.car", "assets.car"))
    if answers.assets.other:
        missing.append(Missing("facts.other_assets", "assets.other"))


def _plain(amount: Decimal) -> int | float:
    """A JSON number; amounts of two decimals and shares of four come back to the same decimal when read."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
