"""The desk of a large city beside that of a small town: sixteen case workers (`two_towns` tells how)."""

from __future__ import annotations

from random import Random
from typing import Any

import httpx

from benchmarks.table import show
from benchmarks.two_towns import Pages, compare

LARGE, SMALL = (1_000_000, 300_000), (27_000, 8_100)
SOUGHT = ("And", "Lind", "Ali", "Berg", "Nils", "Moh", "Karl", "Sand")
SEARCH = "/handlaggare/sok/"


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    sizes = [tuple(max(200, round(n * fraction)) for n in size) for size in (SMALL, LARGE)]
    pages = Pages(("work list", "person page", "person search"), _ask, _enter)
    aims = {"aim": "≤ 150 ms, growth ≤ 1.3", "aim_of_median": "growth ≤ 1.3"}
    rows = compare("desk_at_scale", sizes, pages, fraction, **aims)
    (few, little_cases), (persons, cases) = sizes
    show(
        f"{persons:,} persons and {cases:,} cases beside {few:,} and {little_cases:,}; ratio is growth", rows
    )


def _enter(client: httpx.Client) -> None:
    client.get(SEARCH)  # gives the token that the search is sent with


def _ask(client: httpx.Client, page: str, user: dict[str, Any], draw: Random) -> httpx.Response:
    if page == "work list":
        return client.get("/handlaggare/")
    if page == "person page":
        return client.get(f"/handlaggare/person/{draw.choice(user['persons'])}/")
    form = {"q": draw.choice(SOUGHT), "csrfmiddlewaretoken": client.cookies.get("csrftoken", "")}
    return client.post(SEARCH, data=form, headers={"Referer": str(client.base_url.join(SEARCH))})
