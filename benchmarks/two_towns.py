"""Pages of a large city beside those of a small town, over HTTP, with row-level security on.

Users use both at the same pace: a page, a pause of about two seconds, the next page. The rounds take turns, so that
whatever else the machine does falls on both. Both databases are removed afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx

from benchmarks.product import ROOT, STOPS_WITHIN_SECONDS, environment_in, free_port
from benchmarks.table import Row, at

ROUNDS, PAGES_A_ROUND, PAUSE_SECONDS = 4, 12, 2.0
OPENS_WITHIN_SECONDS = 300
WHOLE_FROM = 0.5  # below it one round shows that it works; nothing is measured


@dataclass(frozen=True)
class Pages:
    """What a user opens: `ask(client, page, user, draw)` gives the answer; `enter(client)` comes before, untimed."""

    names: tuple[str, ...]
    ask: Callable[[httpx.Client, str, dict[str, Any], Random], httpx.Response]
    enter: Callable[[httpx.Client], None] = lambda _client: None


def compare(
    measurement: str,
    sizes: Sequence[tuple[int, ...]],
    pages: Pages,
    fraction: float,
    *,
    aim: str,
    aim_of_median: str = "",
) -> list[Row]:
    """Fill both towns (the small one first) and use them; a row for each page's median and 95th percentile."""
    with contextlib.ExitStack() as stack:
        towns = [stack.enter_context(town(measurement, *size)) for size in sizes]
        for each in towns:
            _round(
                each, pages, many=len(pages.names), pause=0.2
            )  # what is read for the first time is not measured
        taken: list[dict[str, list[float]]] = [{page: [] for page in pages.names} for _ in towns]
        for _ in range(ROUNDS if fraction >= WHOLE_FROM else 1):
            for each, kept in zip(towns, taken, strict=True):
                for page, seconds in _round(each, pages, many=PAGES_A_ROUND, pause=PAUSE_SECONDS):
                    kept[page].append(seconds)
    rows = []
    small, large = taken
    for page in pages.names:
        for share, name in ((0.5, "p50"), (0.95, "p95")):
            big, little = at(large[page], share), at(small[page], share)
            sought = aim if share > 0.5 else aim_of_median
            figures = (f"{big * 1000:.0f} ms", f"{little * 1000:.0f} ms", big / little)
            rows.append(Row(f"{page}, {name}", *figures, sought))
    return rows


def _round(there: dict[str, Any], pages: Pages, *, many: int, pause: float) -> list[tuple[str, float]]:
    """Every user at once; gives the pages with their seconds."""
    with ThreadPoolExecutor(len(there["users"])) as pool:
        each = pool.map(
            lambda numbered: _use(there["address"], *numbered, pages, many, pause), enumerate(there["users"])
        )
        return [taken for user in each for taken in user]


def _use(
    address: str, number: int, user: dict[str, Any], pages: Pages, many: int, pause: float
) -> list[tuple[str, float]]:
    draw, taken = Random(number + int(time.monotonic() * 1000)), []
    with httpx.Client(
        base_url=address, cookies={"sessionid": user["session"]}, trust_env=False, timeout=60
    ) as client:
        pages.enter(client)
        for n in range(many):
            time.sleep(draw.expovariate(1 / pause))
            page = pages.names[(n + number) % len(pages.names)]
            began = time.perf_counter()
            answer = pages.ask(client, page, user, draw)
            taken.append((page, time.perf_counter() - began))
            if answer.status_code != 200:
                raise AssertionError(f"{page}: {answer.status_code}")
    return taken


@contextlib.contextmanager
def town(measurement: str, *sizes: int) -> Iterator[dict[str, Any]]:
    """The product with a database that `benchmarks.<measurement>.fill` has filled; gives its address and its users."""
    folder = Path(tempfile.mkdtemp(prefix="handslag-bench-"))
    folder.chmod(0o755)
    environment = environment_in(folder)
    process = None
    try:
        filled = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{measurement}.fill", *map(str, sizes)],
            env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        port = free_port()
        with (folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "handslag.config.cli", "serve", "--port", str(port)],
                env=environment, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        _await(address, folder)
        yield {"address": address, "users": json.loads(filled.stdout.splitlines()[-1])}
    finally:
        if process is not None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _await(address: str, folder: Path) -> None:
    until = time.monotonic() + OPENS_WITHIN_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/halsa/", timeout=5, trust_env=False).status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"the product did not open:\n{(folder / 'serve.log').read_text()[-3000:]}")
