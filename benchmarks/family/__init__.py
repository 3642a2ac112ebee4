"""The family view and the timeline of a large city beside those of a small town (`two_towns` tells how).

Sixteen case workers; a family is about twelve persons with ten years of notes, decisions and events, and four
children with reports, investigations and clocks.
"""

from __future__ import annotations

from random import Random
from typing import Any

import httpx

from benchmarks.desk_at_scale import LARGE, SMALL
from benchmarks.table import show
from benchmarks.two_towns import Pages, compare

ADDRESSES = {"family view": "familj/", "timeline": "tidslinje/", "timeline, notes": "tidslinje/?visa=notes"}


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    sizes = [tuple(max(200, round(n * fraction)) for n in size) for size in (SMALL, LARGE)]
    rows = compare("family", sizes, Pages(tuple(ADDRESSES), _ask), fraction, aim="≤ 150 ms")
    (few, little_cases), (persons, cases) = sizes
    title = f"Families: {persons:,} persons and {cases:,} cases beside {few:,} and {little_cases:,}; ratio is growth"
    show(title, rows)


def _ask(client: httpx.Client, page: str, user: dict[str, Any], draw: Random) -> httpx.Response:
    return client.get(f"/handlaggare/person/{draw.choice(user['persons'])}/{ADDRESSES[page]}")
