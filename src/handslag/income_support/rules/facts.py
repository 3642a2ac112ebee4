"""The facts of one household and month, as `assess_month` reads them. Kronor are exact decimals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Lunch = Literal["home", "away"]

COST_KINDS = ("rent", "electricity", "home_insurance", "work_travel", "unemployment_fund", "union_fee")
SPECIAL_KINDS = (
    "spectacle_frames",
    "funeral",
    "infant_equipment",
    "home_equipment",
    "eating_out",
    "pocket_money",
    "medical_care",
    "medicine",
    "dental_care",
    "moving",
    "child_care_fee",
    "other",
)
INCOME_KINDS = (
    "salary",
    "child_allowance",
    "housing_allowance",
    "maintenance_support",
    "sickness_benefit",
    "parental_benefit",
    "unemployment_benefit",
    "activity_grant",
    "pension",
    "student_aid",
    "tax_refund",
    "child_work",
    "other",
    "earlier_aid",
)
EARLIER_AID = "earlier_aid"  # aid already granted for the month, when a supplement is assessed
REGISTERS = ("fk", "csn", "af", "skv", "so", "pm")


class BadFacts(ValueError):
    """Facts that cannot be assessed: `where` is the path of the faulty key, `do` what to change."""

    def __init__(self, where: str, what: str, do: str) -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.where, self.what, self.do = where, what, do


@dataclass(frozen=True, slots=True)
class Adult:
    id: str
    born: date


@dataclass(frozen=True, slots=True)
class Child:
    """`share`: the part of the month that the child lives here, 0 < share <= 1. `pupil` None: not known."""

    id: str
    born: date
    lunch: Lunch = "home"
    share: Decimal = Decimal(1)
    pupil: bool | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """One adult, or two who are married, registered partners or sambor, with the children they support.

    `lodger_in_household_of`: how many persons share the home when others than these live there too.
    """

    adults: tuple[Adult, ...]
    children: tuple[Child, ...] = ()
    lodger_in_household_of: int | None = None

    @property
    def size(self) -> int:
        """How many persons these are; a part-time child is one."""
        return len(self.adults) + len(self.children)


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of a month beside the norm. `rooms` belongs to rent alone; None: not known."""

    kind: str
    amount: Decimal
    rooms: int | None = None


@dataclass(frozen=True, slots=True)
class Special:
    """A need beside maintenance support (levnadskostnader i övrigt)."""

    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Income:
    """Net kronor of the month. `earned_earlier_this_year` belongs to child_work; None: not known."""

    kind: str
    of: str | None
    amount: Decimal
    earned_earlier_this_year: Decimal | None = None


@dataclass(frozen=True, slots=True)
class History:
    """`months_with_aid_in_a_row`: immediately before this month, None: not known.

    `job_stimulus_since`: the first day of the first month that the special rule of calculation applied.
    """

    months_with_aid_in_a_row: int | None = None
    job_stimulus_since: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """`month` is its first day. `registers` pairs an agency with "ok" or "missing"."""

    month: date
    household: Household
    costs: tuple[Cost, ...] = ()
    special: tuple[Special, ...] = ()
    incomes: tuple[Income, ...] = ()
    registers: tuple[tuple[str, str], ...] = ()
    history: History = History()
    local_rules: str | None = None
