"""Compares the control month (M-1) with the month before it (M-2) and with what was answered last time.

Each finding becomes a warning that a person handles once; its key is made so that the same finding, found again
by a later refresh, is the same warning. Nothing here decides anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from handslag.income_support.rules.benefits import BenefitTable, Treatment

WarningKind = Literal[
    "UNHANDLED_INCOME", "INCOME_CHANGE", "MISSING_REGISTER", "INCOME_DROPPED", "NEW_INCOME", "HOUSEHOLD_CHANGE",
    "HOUSING_COST_CHANGE", "EXPENSE_REVIEW", "EXPENSE_CAPPED", "EXPENSE_UNUSUAL",
    "ACCOUNT_SHARED",
]  # fmt: skip
WARNING_KINDS: tuple[WarningKind, ...] = (
    "UNHANDLED_INCOME", "INCOME_CHANGE", "MISSING_REGISTER", "INCOME_DROPPED", "NEW_INCOME", "HOUSEHOLD_CHANGE",
    "HOUSING_COST_CHANGE", "EXPENSE_REVIEW", "EXPENSE_CAPPED", "EXPENSE_UNUSUAL",
    "ACCOUNT_SHARED",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A payment by a register: `of` is the member of the household (`a1` …), `month` as 2026-10, kronor after tax."""

    agency: str
    code: str
    label: str
    of: str
    month: str
    amount_kr: Decimal


@dataclass(frozen=True, slots=True)
class HomeNow:
    """The household and home of one application: birth days of children, adults' count, rent in kronor."""

    adults: int
    children_born: tuple[str, ...]
    rent_kr: Decimal | None
    rooms: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person must look at. `values` are codes and numbers for the words, no names."""

    kind: WarningKind
    key: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComparisonSettings:
    """`change_percent`: a benefit that changed by more than so much is shown. Default as in live practice: 12.

    `unusual_kr`: a cost beside rent above so many kronor a month is unusually high; a setting, no law.
    """

    change_percent: Decimal = Decimal(12)
    unusual_kr: Mapping[str, Decimal] = field(default_factory=dict)
    agencies_needed: tuple[str, ...] = ("fk", "pm", "csn", "af", "so", "skv")


def find_warnings(
    *,
    month: str,
    control_month: str,
    earlier_month: str,
    figures: Iterable[Figure],
    states: dict[str, dict[str, str]],
    benefits: BenefitTable,
    now: HomeNow | None,
    before: HomeNow | None,
    household_in_register: HomeNow | None,
    special_kinds: Iterable[str] = (),
    costs: Iterable[tuple[str, Decimal]] = (),
    account_of_a_stranger: str = "",
    settings: ComparisonSettings,
) -> tuple[Finding, ...]:
    """All findings, in a steady order.

    `states` gives for each member the state of each agency's answer (`ok`, `missing`, `error`). `before` is None
    for a first application: then nothing is compared with an earlier application. `account_of_a_stranger`: the last
    four digits of the account when somebody outside the household and family has given the same one.
    """
    figures = tuple(figures)
    found = [
        *_missing(month, states, settings),
        *_incomes(control_month, earlier_month, figures, benefits, settings),
        *_homes(month, now, before, household_in_register, settings),
        *(
            Finding("EXPENSE_REVIEW", f"EXPENSE_REVIEW:{month}:{kind}", {"kind": kind})
            for kind in sorted(set(special_kinds))
        ),
        *_unusual(month, costs, settings),
        *_shared_account(account_of_a_stranger),
    ]
    return tuple(found)


def unusual_costs(
    costs: Iterable[tuple[str, Decimal]], settings: ComparisonSettings
) -> dict[str, tuple[Decimal, Decimal]]:
    """Kinds of cost whose sum in the month is above the setting: the sum and the setting. Equal is not above."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for kind, amount in costs:
        sums[kind] += amount
    return {
        kind: (sums[kind], settings.unusual_kr[kind])
        for kind in sorted(sums)
        if kind in settings.unusual_kr and sums[kind] > settings.unusual_kr[kind]
    }


def _unusual(
    month: str, costs: Iterable[tuple[str, Decimal]], settings: ComparisonSettings
) -> Iterator[Finding]:
    for kind, (amount, above) in unusual_costs(costs, settings).items():
        values = {"kind": kind, "amount": f"{amount:.2f}", "above": f"{above:.2f}"}
        yield Finding("EXPENSE_UNUSUAL", f"EXPENSE_UNUSUAL:{month}:{kind}:{amount:.2f}", values)


def _shared_account(last_digits: str) -> Iterator[Finding]:
    """One for an account, not for a month: who has asked whose account it is does not ask again."""
    if last_digits:
        yield Finding("ACCOUNT_SHARED", f"ACCOUNT_SHARED:{last_digits}", {"account": f"•••{last_digits}"})


def _missing(
    month: str, states: dict[str, dict[str, str]], settings: ComparisonSettings
) -> Iterator[Finding]:
    for of in sorted(states):
        for agency in settings.agencies_needed:
            state = states[of].get(agency, "missing")
            if state != "ok":
                values = {"agency": agency, "of": of, "state": state}
                yield Finding("MISSING_REGISTER", f"MISSING_REGISTER:{month}:{of}:{agency}", values)


def _incomes(
    control: str,
    earlier: str,
    figures: tuple[Figure, ...],
    benefits: BenefitTable,
    settings: ComparisonSettings,
) -> Iterator[Finding]:
    now, then = _sums(figures, control), _sums(figures, earlier)
    for of, agency, code in sorted({*now, *then}):
        have, had = now.get((of, agency, code)), then.get((of, agency, code))
        place = f"{control}:{of}:{code}"
        values = {"of": of, "agency": agency, "benefit": code}
        treatment = benefits.treatment_of(code)
        if treatment is Treatment.DISREGARDED:
            continue
        if treatment is Treatment.HUMAN and have is not None:
            yield Finding(
                "UNHANDLED_INCOME", f"UNHANDLED_INCOME:{place}", {**values, "amount": f"{have:.2f}"}
            )
        elif had is None and have is not None:
            yield Finding("NEW_INCOME", f"NEW_INCOME:{place}", {**values, "amount": f"{have:.2f}"})
        elif have is None and had is not None:
            yield Finding("INCOME_DROPPED", f"INCOME_DROPPED:{place}", {**values, "amount": f"{had:.2f}"})
        elif have is not None and had is not None and changed_by_more(had, have, settings.change_percent):
            both = {"before": f"{had:.2f}", "now": f"{have:.2f}"}
            yield Finding("INCOME_CHANGE", f"INCOME_CHANGE:{place}", {**values, **both})


def changed_by_more(before: Decimal, now: Decimal, percent: Decimal) -> bool:
    """Whether the change, as a share of the earlier amount, is greater than the threshold; equal is not greater."""
    if before == 0:
        return now != 0
    return abs(now - before) * 100 > percent * abs(before)


def _sums(figures: tuple[Figure, ...], month: str) -> dict[tuple[str, str, str], Decimal]:
    sums: dict[tuple[str, str, str], Decimal] = {}
    for figure in figures:
        if figure.month == month:
            key = (figure.of, figure.agency, figure.code)
            sums[key] = sums.get(key, Decimal(0)) + figure.amount_kr
    return sums


def _homes(
    month: str,
    now: HomeNow | None,
    before: HomeNow | None,
    registered: HomeNow | None,
    settings: ComparisonSettings,
) -> Iterator[Finding]:
    if now is None:
        return
    if registered is not None and (now.adults, now.children_born) != (
        registered.adults,
        registered.children_born,
    ):
        values = {"against": "register", "adults": str(now.adults), "children": str(len(now.children_born))}
        yield Finding("HOUSEHOLD_CHANGE", f"HOUSEHOLD_CHANGE:{month}:register:{_who(now)}", values)
    if before is None:
        return
    if (now.adults, now.children_born) != (before.adults, before.children_born):
        values = {"against": "last", "adults": str(now.adults), "children": str(len(now.children_born))}
        yield Finding("HOUSEHOLD_CHANGE", f"HOUSEHOLD_CHANGE:{month}:last:{_who(now)}", values)
    if now.rent_kr is not None and before.rent_kr is not None and now.rent_kr != before.rent_kr:
        values = {"before": f"{before.rent_kr:.2f}", "now": f"{now.rent_kr:.2f}"}
        yield Finding("HOUSING_COST_CHANGE", f"HOUSING_COST_CHANGE:{month}:{now.rent_kr:.2f}", values)


def _who(home: HomeNow) -> str:
    return f"{home.adults}+{'.'.join(sorted(home.children_born))}"
