"""What is done with each benefit that a register may tell of: counted, left out, or put before a person.

A code that is not in the table is put before a person: it is never counted silently and never left out silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Treatment(StrEnum):
    COUNT = "count"
    DISREGARDED = "disregarded"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class BenefitRule:
    """One row of the table, held for a period of days. `income_kind` is the kind that `assess_month` reads."""

    code: str
    treatment: Treatment
    income_kind: str
    valid_from: date
    valid_to: date | None
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class BenefitTable:
    """The rows in force in one month, by code such as `FK:SJP`."""

    rules: Mapping[str, BenefitRule]

    def treatment_of(self, code: str) -> Treatment:
        rule = self.rules.get(code)
        return rule.treatment if rule else Treatment.HUMAN

    def income_kind_of(self, code: str) -> str:
        """The kind of income, `other` for a code that is not in the table."""
        rule = self.rules.get(code)
        return rule.income_kind if rule else "other"

    def is_confirmed(self, code: str) -> bool:
        """Whether an authorised person has confirmed the row; nothing is automated on one that is not."""
        rule = self.rules.get(code)
        return rule is not None and rule.status == "confirmed"


def table_for(rules: tuple[BenefitRule, ...], on: date) -> BenefitTable:
    """The rows in force on the day; of two rows for one code the table is wrong, and it says so."""
    held: dict[str, BenefitRule] = {}
    for rule in rules:
        if rule.valid_from <= on and (rule.valid_to is None or on < rule.valid_to):
            if rule.code in held:
                raise ValueError(f"two rows for {rule.code} on {on.isoformat()}")
            held[rule.code] = rule
    return BenefitTable(held)
