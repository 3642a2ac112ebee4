"""The answers of an application as typed values: what the rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChildAnswered:
    """A child as the applicant states it. `id` is c1, c2 … in the order of the answers."""

    id: str
    person_id: UUID | None
    name: str
    born: date
    days_a_month: int
    lunch_away: bool
    pupil: bool


@dataclass(frozen=True, slots=True)
class HouseholdAnswered:
    """Who lives together. `persons_in_home` is set for an adult who shares a home without being a partner."""

    living: str
    partner_person_id: UUID | None
    partner_identity_number: str
    persons_in_home: int | None
    children: tuple[ChildAnswered, ...]


@dataclass(frozen=True, slots=True)
class HousingAnswered:
    """The home and its monthly rent in kronor."""

    kind: str
    rent_kr: Decimal
    rooms: int | None
    pay_landlord: bool
    landlord_name: str
    landlord_giro: str


@dataclass(frozen=True, slots=True)
class CostAnswered:
    """A monthly cost or a special need, in kronor; `why` for special needs."""

    kind: str
    amount_kr: Decimal
    why: str = ""


@dataclass(frozen=True, slots=True)
class IncomeAnswered:
    """An income in kronor after tax that a member of the household (`a1`, `a2`, `c1` …) had or expects."""

    kind: str
    of: str
    amount_kr: Decimal
    paid_on: date | None
    expected: bool


@dataclass(frozen=True, slots=True)
class AssetsAnswered:
    """What the household owns, in kronor."""

    savings_kr: Decimal
    has_car: bool
    car_value_kr: Decimal
    other: str


@dataclass(frozen=True, slots=True)
class AccountAnswered:
    """Where the money goes."""

    clearing: str
    number: str


@dataclass(frozen=True, slots=True)
class ApplicationAnswers:
    """One application. What was not asked is None, never a zero."""

    household: HouseholdAnswered | None
    housing: HousingAnswered | None
    costs: tuple[CostAnswered, ...] | None
    special: tuple[CostAnswered, ...]
    incomes: tuple[IncomeAnswered, ...] | None
    assets: AssetsAnswered | None
    account: AccountAnswered | None
    occupation: str | None
    registered_as_job_seeker: bool | None
    changes: tuple[str, ...]


def read_answers(clean: Mapping[str, Any]) -> ApplicationAnswers:
    """Typed answers out of the stored form that `check_answers` gave without problems."""
    occupation = clean.get("occupation") or {}
    costs, incomes = clean.get("costs"), clean.get("incomes")
    return ApplicationAnswers(
        household=_household(clean),
        housing=_housing(clean.get("housing")),
        costs=None if costs is None else _costs(costs.get("costs", [])),
        special=_costs((clean.get("special") or {}).get("special", [])),
        incomes=None if incomes is None else tuple(_income(row) for row in incomes.get("incomes", [])),
        assets=_assets(clean.get("assets")),
        account=AccountAnswered(**clean["account"]) if clean.get("account") else None,
        occupation=occupation.get("status"),
        registered_as_job_seeker=occupation.get("registered_as_job_seeker"),
        changes=tuple((clean.get("changes") or {}).get("what", ())),
    )


def _household(clean: Mapping[str, Any]) -> HouseholdAnswered | None:
    answered = clean.get("household")
    if not answered:
        return None
    children = (clean.get("children") or {}).get("children", [])
    return HouseholdAnswered(
        living=answered["living"],
        partner_person_id=_uuid(answered.get("partner_person_id")),
        partner_identity_number=answered.get("partner_identity_number", ""),
        persons_in_home=answered.get("persons_in_home"),
        children=tuple(
            ChildAnswered(
                id=f"c{number}",
                person_id=_uuid(child.get("person_id")),
                name=child["name"],
                born=date.fromisoformat(child["born"]),
                days_a_month=child["days_a_month"],
                lunch_away=bool(child.get("lunch_away")),
                pupil=bool(child.get("pupil")),
            )
            for number, child in enumerate(children, start=1)
        ),
    )


def _housing(answered: Mapping[str, Any] | None) -> HousingAnswered | None:
    if not answered:
        return None
    return HousingAnswered(
        kind=answered["kind"],
        rent_kr=Decimal(answered["rent_kr"]),
        rooms=answered.get("rooms"),
        pay_landlord=bool(answered.get("pay_landlord")),
        landlord_name=answered.get("landlord_name", ""),
        landlord_giro=answered.get("landlord_giro", ""),
    )


def _costs(rows: list[dict[str, Any]]) -> tuple[CostAnswered, ...]:
    return tuple(CostAnswered(row["kind"], Decimal(row["amount_kr"]), row.get("why", "")) for row in rows)


def _income(row: Mapping[str, Any]) -> IncomeAnswered:
    return IncomeAnswered(
        kind=row["kind"],
        of=row["of"],
        amount_kr=Decimal(row["amount_kr"]),
        paid_on=date.fromisoformat(row["paid_on"]) if row.get("paid_on") else None,
        expected=row["when"] == "expected",
    )


def _assets(answered: Mapping[str, Any] | None) -> AssetsAnswered | None:
    if not answered:
        return None
    return AssetsAnswered(
        savings_kr=Decimal(answered["savings_kr"]),
        has_car=answered["has_car"],
        car_value_kr=Decimal(answered.get("car_value_kr", "0")),
        other=answered.get("other", ""),
    )


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
