"""Warnings and missing facts in words: the codes that they carry become the names that people use."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from handslag.foundation.public import kr, said, tell
from handslag.income_support.models import RegisterFigure, Warning
from handslag.income_support.questions import choice_words
from handslag.income_support.rules.comparison import Finding
from handslag.income_support.said import HAS_NAME

_PLACES = ("incomes.incomes.kind", "special.special.kind", "costs.costs.kind")


def tell_warning(warning: Warning | Finding) -> str:
    """One sentence about a warning in the reader's language."""
    told = tell(said(f"warning.{warning.kind}", **named(warning.values)))
    return f"{told} ({share})" if (share := _changed_by(warning.values)) else told


def figure_in_words(figure: RegisterFigure) -> tuple[str, str]:
    """Which agency told a figure and what it is, in the reader's language; what has no words of ours as it was told."""
    agency, benefit = f"agency.{figure.agency}", f"benefit.{figure.code}"
    return (
        tell(said(agency)) if agency in HAS_NAME else figure.agency.upper(),
        tell(said(benefit)) if benefit in HAS_NAME else figure.label,
    )


def named(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with benefits, agencies and kinds by their names; a code without a name stays a code."""
    return {name: _name(name, value) for name, value in values.items()}


def _name(name: str, value: Any) -> Any:
    if name in ("benefit", "agency") and (code := f"{name}.{value}") in HAS_NAME:
        return said(code)
    if name == "kind":
        for place in _PLACES:
            try:
                return str(choice_words(place, str(value)))
            except KeyError:
                continue
        return str(tell(said("cost.rent"))) if value == "rent" else value
    if name in ("amount", "before", "now", "applied", "approved", "above"):
        exact = _exact(value)
        return kr(exact).removesuffix("\u00a0kr") if exact is not None else value
    return value


def _changed_by(values: Mapping[str, Any]) -> str:
    """How much an amount rose or fell, `−63 %`; empty where there is nothing to compare."""
    before, now = _exact(values.get("before")), _exact(values.get("now"))
    if not before or now is None:
        return ""
    share = round((now - before) * 100 / before)
    return f"{'−' if share < 0 else '+'}{abs(share)}\u00a0%"


def _exact(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
