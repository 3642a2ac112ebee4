"""The dated tables of this context's own choices, read once from parameters/: benefits and the settings of applications.

A day without a row is an error that names the table and the day, never the nearest row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.conf import settings

from handslag.foundation.public import BadInput
from handslag.income_support.rules.application_answers import Limits
from handslag.income_support.rules.benefits import BenefitRule, BenefitTable, Treatment, table_for
from handslag.income_support.rules.comparison import ComparisonSettings
from handslag.income_support.rules.gates import GateSettings


@dataclass(frozen=True, slots=True)
class ApplicationSettings:
    """One row of application_settings.yaml. Days are calendar days, amounts kronor."""

    valid_from: date
    source: str
    gates: GateSettings
    comparison: ComparisonSettings
    draft_kept_days: int
    partner_signs_within_days: int
    limits: Limits
    assets_free_kr: Decimal
    promise_days: int


def settings_on(day: date) -> ApplicationSettings:
    """The settings in force on the day. BadInput when the table starts later."""
    held = [row for row in _settings() if row.valid_from <= day]
    if not held:
        raise BadInput("There are no settings of applications for {day}.", values={"day": day.isoformat()})
    return max(held, key=lambda row: row.valid_from)


def benefits_on(day: date) -> BenefitTable:
    """The table of benefits in force on the day. A demo confirmation counts in the demo municipality only."""
    return table_for(_benefits(bool(settings.DEMO)), day)


@cache
def _settings() -> tuple[ApplicationSettings, ...]:
    return tuple(
        ApplicationSettings(
            valid_from=row["valid_from"],
            source=row["source"],
            gates=GateSettings(**row["gates"]),
            comparison=ComparisonSettings(
                change_percent=Decimal(str(row["comparison"]["change_percent"])),
                agencies_needed=tuple(row["comparison"]["agencies_needed"]),
                unusual_kr={
                    kind: Decimal(str(kr)) for kind, kr in row["comparison"]["unusual_kr"].items()
                },
            ),
            draft_kept_days=row["draft_kept_days"],
            partner_signs_within_days=row["partner_signs_within_days"],
            limits=Limits(**{name: Decimal(str(value)) for name, value in row["limits"].items()}),
            assets_free_kr=Decimal(str(row["assets_free_kr"])),
            promise_days=row["promise_days"],
        )
        for row in _read("application_settings.yaml")
    )


@cache
def _benefits(is_demo: bool) -> tuple[BenefitRule, ...]:
    confirmed = {"confirmed", "demo"} if is_demo else {"confirmed"}
    return tuple(
        BenefitRule(
            code=row["code"],
            treatment=Treatment(row["treatment"]),
            income_kind=row["income_kind"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            source=row["source"],
            status="confirmed" if row["status"] in confirmed else "unconfirmed",
        )
        for row in _read("benefits.yaml")
    )


def _read(name: str) -> list[dict[str, Any]]:
    text = files("handslag.income_support").joinpath("parameters", name).read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows
