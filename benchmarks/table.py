"""How a measurement is told: what was compared, both figures, their ratio, and the load that they were taken at."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Row:
    """`ratio` is ours against the other, above 1 when ours is the better; `aim` what the issue asks for."""

    what: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    aim: str = ""


def show(title: str, rows: Iterable[Row]) -> None:
    """Print a table that can be pasted into docs/reference/speed.md."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n## {title}\n\n{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {load}\n")
    print("| | Handslag | beside | ratio | aim |\n|---|---|---|---|---|")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"| {row.what} | {row.ours} | {row.beside} | {ratio} | {row.aim} |", flush=True)


def at(values: list[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank). ValueError without values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]
