"""The reception of a large city beside that of a small town, with ten years of reports, over HTTP, with row-level
security on.

Eight of the reception use both at the same pace: the list, a report with what came before it, a pause of about two
seconds. The rounds take turns, so that whatever else the machine does falls on both. Both databases are removed.
"""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import httpx

from benchmarks.desk_at_scale import town
from benchmarks.table import Row, at, show

LARGE, SMALL = 1_000_000, 27_000
# As printed for a municipality of 27 000 at its highest: 1 122 reports a year.
REPORTS_A_YEAR_OF_EACH, YEARS = 1_122 / 27_000, 10
ROUNDS, PAGES_A_ROUND, PAUSE_SECONDS = 4, 12, 2.0
WHOLE_FROM = 0.5  # below it one round shows that it works; nothing is measured
PAGES = ("arrivals", "all reports", "one report")


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    with contextlib.ExitStack() as stack:
        sizes = []
        for whole in (SMALL, LARGE):
            persons = max(400, round(whole * fraction))
            sizes.append((persons, max(200, round(persons * REPORTS_A_YEAR_OF_EACH * YEARS))))
        towns = [stack.enter_context(town("reception", *size)) for size in sizes]
        for each in towns:
            _round(each, pages=len(PAGES), pause=0.2)  # what is read for the first time is not measured
        taken: list[dict[str, list[float]]] = [{page: [] for page in PAGES} for _ in towns]
        for _ in range(ROUNDS if fraction >= WHOLE_FROM else 1):
            for each, kept in zip(towns, taken, strict=True):
                for page, seconds in _round(each, pages=PAGES_A_ROUND, pause=PAUSE_SECONDS):
                    kept[page].append(seconds)
    rows, (small, large) = [], taken
    for page in PAGES:
        for share, name in ((0.5, "p50"), (0.95, "p95")):
            big, little = at(large[page], share), at(small[page], share)
            aim = "≤ 150 ms" if share > 0.5 else ""
            rows.append(
                Row(f"{page}, {name}", f"{big * 1000:.0f} ms", f"{little * 1000:.0f} ms", big / little, aim)
            )
    (few, few_reports), (persons, reports) = sizes
    show(
        f"The reception: {persons:,} persons and {reports:,} reports beside {few:,} and {few_reports:,}; ratio is growth",
        rows,
    )


def _round(there: dict[str, Any], *, pages: int, pause: float) -> list[tuple[str, float]]:
    """Every user at once; gives the pages with their seconds."""
    with ThreadPoolExecutor(len(there["users"])) as pool:
        each = pool.map(
            lambda numbered: _use(there["address"], numbered[0], numbered[1], pages, pause),
            enumerate(there["users"]),
        )
        return [taken for user in each for taken in user]


def _use(
    address: str, number: int, user: dict[str, Any], pages: int, pause: float
) -> list[tuple[str, float]]:
    draw, taken = Random(number + int(time.monotonic() * 1000)), []
    with httpx.Client(
        base_url=address, cookies={"sessionid": user["session"]}, trust_env=False, timeout=60
    ) as client:
        for n in range(pages):
            time.sleep(draw.expovariate(1 / pause))
            page = PAGES[(n + number) % len(PAGES)]
            url = {
                "arrivals": "/handlaggare/mottagning/",
                "all reports": "/handlaggare/mottagning/?visa=alla",
                "one report": f"/handlaggare/mottagning/{draw.choice(user['reports'])}/",
            }[page]
            began = time.perf_counter()
            answer = client.get(url)
            taken.append((page, time.perf_counter() - began))
            if answer.status_code != 200:
                raise AssertionError(f"{page}: {answer.status_code}")
    return taken
