"""What has been entered about the rules: settings, confirmations, and the frozen copies that assessments rest on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import QuerySet

from handslag.foundation import public as foundation
from handslag.income_support import parameter_files
from handslag.income_support.models import (
    MunicipalitySettings,
    RuleConfirmation,
    RuleSnapshot,
    UnusualCostLimits,
)


@foundation.ready
def settings_begun(first: date) -> QuerySet[MunicipalitySettings]:
    """The municipality's latest settings that had begun on the day."""
    rows = MunicipalitySettings.objects.filter(valid_from__lte=first)
    return rows.order_by("-valid_from", "-entered_at", "-id")[:1]


@foundation.ready
def unusual_costs_begun(first: date) -> QuerySet[UnusualCostLimits]:
    """The latest confirmed limits of unusual costs that had begun on the day."""
    rows = UnusualCostLimits.objects.filter(valid_from__lte=first, review__outcome="confirmed")
    return rows.order_by("-valid_from", "-entered_at", "-id")[:1]


@foundation.ready
def snapshots_of(version: str) -> QuerySet[RuleSnapshot]:
    """The frozen copy of a version, without its content."""
    return RuleSnapshot.objects.filter(version=version).defer("content").order_by("id")[:1]


@cache
def shipped_amounts() -> dict[tuple[str, date], Decimal]:
    """The amount of every cell as it ships, by key and first day."""
    return {(cell.key, cell.valid_from): cell.value for cell in parameter_files.rule_book().cells}


@foundation.ready
def confirmed() -> QuerySet[RuleConfirmation, tuple[str, date, str, bool, Decimal]]:
    """Every confirmation: cell, its first day, source, whether it is the demo's, and the amount that was confirmed."""
    return RuleConfirmation.objects.values_list("cell", "cell_from", "source", "demo", "amount")
