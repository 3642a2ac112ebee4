"""`assess_month` beside the same lines of the norm in OpenFisca, one household at a time and 100 000 at once.

OpenFisca is AGPL and no dependency of Handslag: it is installed into an environment under var/ that only this
measurement uses, and runs there as a process of its own. Both sides get the same households, and what each
household is granted must agree within OpenFisca's single precision before any figure is told.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.assess.households import MONTH, as_rows, figures_of, households, parameters
from benchmarks.table import Row, at, show
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.simulation import Simulated, assess_many

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "var" / "bench-venv"
MANY, SAMPLE, ROUNDS = 100_000, 1_000, 3
KRONOR_OF_SINGLE_PRECISION = 0.02


def run(fraction: float = 1.0, *, with_openfisca: bool = True) -> dict[str, float]:
    """Measure and print; gives Handslag's seconds for one household and for all of them."""
    rows = households(max(10, round(MANY * fraction)))
    rules = parameters()
    sample = rows[: max(10, round(SAMPLE * fraction))]
    assess_month(rows[0], parameters=rules)
    one_each = []
    for facts in sample:
        began = time.perf_counter()
        assess_month(facts, parameters=rules)
        one_each.append(time.perf_counter() - began)
    one = at(one_each, 0.5)
    best, cpu, simulated = float("inf"), 0.0, []
    for _ in range(ROUNDS):
        began, spent = time.perf_counter(), _cpu()
        simulated = list(assess_many(rows, parameters=rules))
        if time.perf_counter() - began < best:
            best, cpu = time.perf_counter() - began, _cpu() - spent
    told = [
        Row("one household, median", f"{one * 1e6:.0f} µs, {1 / one:,.0f} a second"),
        Row(f"{len(rows):,} households, wall", f"{best:.2f} s, {len(rows) / best:,.0f} a second"),
    ]
    if with_openfisca:
        told = _beside(_openfisca(rows, len(sample)), one, best, cpu, simulated)
    show("One month assessed", told)
    return {"one": one, "many": best}


def _beside(
    theirs: dict[str, Any], one: float, best: float, cpu: float, simulated: list[Simulated]
) -> list[Row]:
    for ours, their in zip(simulated, theirs["granted"], strict=True):
        if abs(float(ours.granted) - their) > KRONOR_OF_SINGLE_PRECISION:
            raise AssertionError(f"not the same norm: {ours.granted} and {their}")
    count = len(simulated)
    other = theirs["one"]
    rows = [
        Row("one household, median", f"{one * 1e6:.0f} µs", f"{other * 1e6:.0f} µs", other / one, "≥ 10"),
    ]
    for what, key in (("from the households", "objects"), ("from filled columns", "arrays")):
        wall, spent = theirs[f"all_{key}"], theirs[f"cpu_{key}"]
        rows += [
            Row(
                f"{count:,} {what}, wall",
                f"{best:.2f} s",
                f"{wall:.2f} s",
                wall / best,
                "≥ 1" if key == "objects" else "",
            ),
            Row(f"{count:,} {what}, processor time", f"{cpu:.2f} s", f"{spent:.2f} s", spent / cpu),
        ]
    return rows


def _openfisca(rows: list[Any], sample: int) -> dict[str, Any]:
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "openfisca-core"], check=True)
        (ENVIRONMENT / "whole").touch()
    given = {
        "households": [as_rows(facts) for facts in rows],
        "figures": figures_of(parameters()),
        "month": MONTH.strftime("%Y-%m"),
        "sample": sample,
        "rounds": ROUNDS,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "households.json"
        path.write_text(json.dumps(given))
        script = Path(__file__).with_name("openfisca_norm.py")
        done = subprocess.run(
            [str(python), str(script), str(path)], check=True, stdout=subprocess.PIPE, text=True
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _cpu() -> float:
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
