"""The desk of a large city beside that of a small town, in one run, over HTTP, with row-level security on.

Sixteen case workers use both at the same pace: a page, a pause of about two seconds, the next page. The rounds take
turns, so that whatever else the machine does falls on both. Both databases are removed afterwards.
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
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import httpx

from benchmarks.product import ROOT, STOPS_WITHIN_SECONDS, free_port
from benchmarks.table import Row, at, show

LARGE, SMALL = (1_000_000, 300_000), (27_000, 8_100)
ROUNDS, PAGES_A_ROUND, PAUSE_SECONDS = 4, 12, 2.0
OPENS_WITHIN_SECONDS = 300
WHOLE_FROM = 0.5  # below it one round shows that it works; nothing is measured
PAGES = ("work list", "person page", "person search")
SOUGHT = ("And", "Lind", "Ali", "Berg", "Nils", "Moh", "Karl", "Sand")


def run(fraction: float = 1.0) -> None:
    """Measure and print."""
    with contextlib.ExitStack() as stack:
        sizes = [tuple(max(200, round(n * fraction)) for n in size) for size in (SMALL, LARGE)]
        towns = [stack.enter_context(town("desk_at_scale", persons, cases)) for persons, cases in sizes]
        for each in towns:
            _round(each, pages=len(PAGES), pause=0.2)  # what is read for the first time is not measured
        taken: list[dict[str, list[float]]] = [{page: [] for page in PAGES} for _ in towns]
        for _ in range(ROUNDS if fraction >= WHOLE_FROM else 1):
            for each, kept in zip(towns, taken, strict=True):
                for page, seconds in _round(each, pages=PAGES_A_ROUND, pause=PAUSE_SECONDS):
                    kept[page].append(seconds)
    rows = []
    small, large = taken
    for page in PAGES:
        for share, name in ((0.5, "p50"), (0.95, "p95")):
            big, little = at(large[page], share), at(small[page], share)
            aim = "≤ 150 ms, growth ≤ 1.3" if share > 0.5 else "growth ≤ 1.3"
            rows.append(
                Row(f"{page}, {name}", f"{big * 1000:.0f} ms", f"{little * 1000:.0f} ms", big / little, aim)
            )
    (persons, cases), (few, little_cases) = sizes[1], sizes[0]
    show(
        f"{persons:,} persons and {cases:,} cases beside {few:,} and {little_cases:,}; ratio is growth", rows
    )


def _round(town: dict[str, Any], *, pages: int, pause: float) -> list[tuple[str, float]]:
    """Every user at once; gives the pages with their seconds."""
    with ThreadPoolExecutor(len(town["users"])) as pool:
        each = pool.map(
            lambda numbered: _use(town["address"], numbered[0], numbered[1], pages, pause),
            enumerate(town["users"]),
        )
        return [taken for user in each for taken in user]


def _use(
    address: str, number: int, user: dict[str, Any], pages: int, pause: float
) -> list[tuple[str, float]]:
    draw, taken = Random(number + int(time.monotonic() * 1000)), []
    with httpx.Client(
        base_url=address, cookies={"sessionid": user["session"]}, trust_env=False, timeout=60
    ) as client:
        asked = client.get("/handlaggare/sok/")
        token = client.cookies.get("csrftoken", "")
        for n in range(pages):
            time.sleep(draw.expovariate(1 / pause))
            page = PAGES[(n + number) % len(PAGES)]
            began = time.perf_counter()
            if page == "work list":
                answer = client.get("/handlaggare/")
            elif page == "person page":
                answer = client.get(f"/handlaggare/person/{draw.choice(user['persons'])}/")
            else:
                form = {"q": draw.choice(SOUGHT), "csrfmiddlewaretoken": token}
                answer = client.post("/handlaggare/sok/", data=form, headers={"Referer": str(asked.url)})
            taken.append((page, time.perf_counter() - began))
            if answer.status_code != 200:
                raise AssertionError(f"{page}: {answer.status_code}")
    return taken


@contextlib.contextmanager
def town(measurement: str, *sizes: int) -> Iterator[dict[str, Any]]:
    """The product with a database that `benchmarks.<measurement>.fill` has filled; gives its address and its users."""
    folder = Path(tempfile.mkdtemp(prefix="handslag-bench-"))
    folder.chmod(0o755)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HANDSLAG_", "DATABASE_URL", "DJANGO_"))
    }
    environment = kept | {
        "HANDSLAG_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "handslag.config.settings",
    }
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
