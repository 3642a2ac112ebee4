"""The family view and the timeline of a large city beside those of a small town, over HTTP, with row-level security on.

Sixteen case workers use both at the same pace: a family of about twelve with ten years of notes, decisions and events, a
pause of about two seconds. The rounds take turns, so that whatever else the machine does falls on both. Both
databases are removed afterwards.
"""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import httpx

from benchmarks.desk_at_scale import LARGE, PAUSE_SECONDS, SMALL, WHOLE_FROM, town
from benchmarks.table import Row, at, show

ROUNDS, PAGES_A_ROUND = 4, 12
PAGES = ("family view", "timeline", "timeline, notes")
ADDRESSES = {"family view": "familj/", "timeline": "tidslinje/", "timeline, notes": "tidslinje/?visa=notes"}


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    with contextlib.ExitStack() as stack:
        sizes = [tuple(max(200, round(n * fraction)) for n in size) for size in (SMALL, LARGE)]
        towns = [stack.enter_context(town("family", persons, cases)) for persons, cases in sizes]
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
    (few, little_cases), (persons, cases) = sizes
    title = f"Families: {persons:,} persons and {cases:,} cases beside {few:,} and {little_cases:,}; ratio is growth"
    show(title, rows)


def _round(there: dict[str, Any], *, pages: int, pause: float) -> list[tuple[str, float]]:
    """Every user at once; gives the pages with their seconds."""
    with ThreadPoolExecutor(len(there["users"])) as pool:
        each = pool.map(
            lambda numbered: _use(there["address"], *numbered, pages, pause), enumerate(there["users"])
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
            began = time.perf_counter()
            answer = client.get(f"/handlaggare/person/{draw.choice(user['persons'])}/{ADDRESSES[page]}")
            taken.append((page, time.perf_counter() - began))
            if answer.status_code != 200:
                raise AssertionError(f"{page}: {answer.status_code}")
    return taken
