"""Dated amounts, the municipality's settings and its local rules, resolved for one month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any, Literal

Status = Literal["confirmed", "unconfirmed"]
Unit = Literal["once", "month", "year"]

ORE = Decimal("0.01")
MONTHS_A_YEAR = 12


class NoRules(LookupError):
    """There is no rule for the month; the nearest one is never used instead."""

    def __init__(self, what: str, do: str, where: str = "month") -> None:
        super().__init__(what)
        self.what, self.do, self.where = what, do, where


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the law: `value` holds from `valid_from` up to, not including, `valid_to`."""

    key: str
    value: Decimal
    valid_from: date
    valid_to: date | None
    source: str
    status: Status

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


SETTING_CHOICES: Mapping[str, tuple[str, ...]] = {
    "lodger_rounding": ("ore", "krona_nearest", "krona_up"),
    "age_band_changes": ("birthday_month", "month_after"),
    "part_time_child_in_common_costs": ("whole", "by_share"),
    "days_of_month": ("30", "actual"),
    "row_broken_after_months": ("1", "2", "3"),
    "job_stimulus_start": ("qualification", "first_income"),
    "job_stimulus_base": ("net",),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the law leaves open, with the default for each. A municipality may decide otherwise.

    lodger_rounding: common(n)/n of somebody who shares a home (SoF 12:3 gives no rounding).
    age_band_changes: the month from which a child has the next age band.
    part_time_child_in_common_costs: a part-time child is a whole person in the common costs, or counts by share.
    days_of_month: what a share of a month is counted in.
    row_broken_after_months: so many months without aid end "months in a row".
    job_stimulus_start: the two years run from the month of qualification or of the first income after it.
    job_stimulus_base: the quarter is taken of the net amount; only net amounts are recorded.
    """

    lodger_rounding: str = "ore"
    age_band_changes: str = "birthday_month"
    part_time_child_in_common_costs: str = "whole"
    days_of_month: str = "30"
    row_broken_after_months: str = "1"
    job_stimulus_start: str = "qualification"
    job_stimulus_base: str = "net"

    def __post_init__(self) -> None:
        for name, choices in SETTING_CHOICES.items():
            if getattr(self, name) not in choices:
                raise NoRules(
                    f"The setting {name} has no choice {getattr(self, name)!r}.",
                    f"Use one of: {', '.join(choices)}.",
                    where=name,
                )

    def as_plain(self) -> dict[str, str]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class LocalAmount:
    """The highest accepted amount of a need: a share of the price base amount, or kronor; for its unit."""

    unit: Unit
    share_of_price_base: Decimal | None = None
    kr: Decimal | None = None
    day_kr: Decimal | None = None

    def highest(self, price_base: Decimal | None) -> Decimal:
        """Kronor for one occasion, or for a month when the unit is month or year."""
        if self.kr is not None:
            amount = self.kr
        elif self.share_of_price_base is not None and price_base is not None:
            amount = self.share_of_price_base * price_base
        else:
            raise NoRules(
                "The local amount is a share of a price base amount that is not known.",
                "Enter the price base amount of the year, or the local amount in kronor.",
            )
        return to_ore(amount / MONTHS_A_YEAR if self.unit == "year" else amount)


@dataclass(frozen=True, slots=True)
class HighestRent:
    """A row of the table of highest rents: by `rooms`, or by adults (None: any number) and children."""

    kr: Decimal
    rooms: int | None = None
    adults: int | None = None
    children: int | None = None


@dataclass(frozen=True, slots=True)
class LocalRules:
    """A board's own guideline values. `paragraph` and `decided_on` say which decision, where it is known."""

    name: str
    valid_from: date
    valid_to: date | None
    source: str
    status: Status
    rents: tuple[HighestRent, ...] = ()
    amounts: Mapping[str, LocalAmount] = field(default_factory=dict)
    paragraph: str | None = None
    decided_on: date | None = None
    work_travel_kr_per_10_km: Decimal | None = None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that `assess_month` needs for one month, and nothing that it does not.

    `rule_set` names the version of the law (2026-10-activity-requirement ...); `rule_version` names these very
    parameters by a hash of their content: equal contents have equal versions.
    """

    month: date
    rule_set: str
    rule_set_status: Status
    cells: Mapping[str, Cell]
    references: Mapping[str, str]
    settings: Settings
    local: LocalRules | None
    rule_version: str

    def cell(self, key: str) -> Cell:
        """The cell, or NoRules naming it and the month."""
        found = self.cells.get(key)
        if found is None:
            raise NoRules(
                f"There is no rule {key} for {month_text(self.month)}.",
                "Enter the rule with its source, or let a case worker calculate the month by hand.",
            )
        return found


def activity_requirement_may_apply(parameters: Parameters, months_in_a_row: int | None) -> bool:
    """Whether the activity requirement (SoL 12:4 a-6 a, SFS 2026:730) may apply; an unknown row of months may."""
    cell = parameters.cells.get("activity_requirement.months_in_a_row")
    return cell is not None and (months_in_a_row is None or months_in_a_row >= cell.value)


def to_ore(amount: Decimal) -> Decimal:
    """Rounded to whole öre, halves away from zero."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def rounded_lodger_part(amount: Decimal, settings: Settings) -> Decimal:
    """The lodger's part of the common costs, rounded as the municipality has decided."""
    if settings.lodger_rounding == "krona_up":
        return amount.quantize(Decimal(1), ROUND_CEILING)
    if settings.lodger_rounding == "krona_nearest":
        return amount.quantize(Decimal(1), ROUND_HALF_UP)
    return to_ore(amount)


def both(*statuses: Status) -> Status:
    """Confirmed only when all are."""
    return "confirmed" if all(status == "confirmed" for status in statuses) else "unconfirmed"


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from the month of one day to the month of another."""
    return (later.year - earlier.year) * MONTHS_A_YEAR + later.month - earlier.month


def month_text(month: date) -> str:
    return f"{month.year:04d}-{month.month:02d}"


def plain(value: Any) -> Any:
    """Dates and decimals as text, for hashing and for JSON."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value
