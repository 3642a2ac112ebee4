"""Loads the time limits of law from `parameters/clocks.yaml`, without the web frame."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from handslag.casework.rules.clock_rules import COUNTED_UNITS, ClockRule, ClockRules, ClockVersion

CLOCKS = Path(__file__).parent / "parameters" / "clocks.yaml"
_UNITS = {*COUNTED_UNITS, "at_once", "hours", "day_of_january", "day_of_next_month", "years_of_age"}


@lru_cache(maxsize=1)
def load_clock_rules() -> ClockRules:
    """All time limits. Raises ValueError or KeyError on a row that breaks the form of the file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(CLOCKS.read_text(encoding="utf-8"), Loader=loader)["clocks"]  # noqa: S506 (a safe loader)
    return ClockRules(_rule(row) for row in rows)


def _rule(row: dict[str, Any]) -> ClockRule:
    return ClockRule(
        id=row["id"],
        trigger=row["trigger"],
        duty=row["duty"],
        event=row.get("event"),
        soft=_one_of(row.get("strength", "hard"), "hard", "soft") == "soft",
        falls_on=_one_of(row.get("falls_on", "board"), "board", "court", "region", "party"),
        window=_one_of(row.get("end", "duty"), "duty", "window") == "window",
        shifts=_one_of(row.get("shift", "none"), "none", "working_day") == "working_day",
        extension=row.get("extension"),
        versions=tuple(_version(version) for version in row["versions"]),
    )


def _version(row: dict[str, Any]) -> ClockVersion:
    limit = row["limit"]
    if not isinstance(row["valid_from"], date) or not (limit is None or isinstance(limit, int)):
        raise ValueError(f"{row} is not a version")
    return ClockVersion(
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        limit=limit,
        unit=_one_of(row["unit"], *_UNITS),
        then=row.get("then"),
        source=row["source"],
        status="confirmed"
        if _one_of(row["status"], "confirmed", "unconfirmed") == "confirmed"
        else "unconfirmed",
    )


def _one_of(value: str, *allowed: str) -> str:
    if value not in allowed:
        raise ValueError(f"{value} is none of {', '.join(sorted(allowed))}")
    return value
