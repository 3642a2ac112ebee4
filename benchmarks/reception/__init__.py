"""The reception of a large city beside that of a small town, with ten years of reports (`two_towns` tells how).

Eight of the reception: the list, a report with what came before it.
"""

from __future__ import annotations

from random import Random
from typing import Any

import httpx

from benchmarks.children import REPORTS_A_YEAR_OF_EACH, YEARS
from benchmarks.table import show
from benchmarks.two_towns import Pages, compare

LARGE, SMALL = 1_000_000, 27_000
LIST = "/handlaggare/mottagning/"


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    sizes = []
    for whole in (SMALL, LARGE):
        persons = max(400, round(whole * fraction))
        sizes.append((persons, max(200, round(persons * REPORTS_A_YEAR_OF_EACH * YEARS))))
    pages = Pages(("arrivals", "all reports", "one report"), _ask)
    rows = compare("reception", sizes, pages, fraction, aim="≤ 150 ms")
    (few, few_reports), (persons, reports) = sizes
    show(
        f"The reception: {persons:,} persons and {reports:,} reports beside {few:,} and {few_reports:,}; ratio is growth",
        rows,
    )


def _ask(client: httpx.Client, page: str, user: dict[str, Any], draw: Random) -> httpx.Response:
    if page == "one report":
        return client.get(f"{LIST}{draw.choice(user['reports'])}/")
    return client.get(LIST if page == "arrivals" else f"{LIST}?visa=alla")
