"""One month assessed beside the same lines of the norm in OpenFisca: one household at a time, and 100 000 at once.

OpenFisca is AGPL and no dependency of Handslag: it is installed into an environment under var/ that only this
measurement uses, and runs there as a process of its own. Both sides get the same households, and what each
household is granted must agree within OpenFisca's single precision before any figure is told. Our sums of many are
whole öre, and their time holds the households that every run computes line by line as a check.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.assess.households import MONTH, as_case, as_rows, figures_of, households, parameters
from benchmarks.table import Row, at, show
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.facts import Facts
from handslag.income_support.rules.parameters import Parameters
from handslag.income_support.simulation import (
    Survey,
    assess_many,
    survey,
    survey_cases,
    survey_facts,
    survey_texts,
)
from handslag.income_support.survey.columns import ORE_A_KRONA
from handslag.income_support.survey.from_facts import columns_of_facts

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "var" / "bench-venv"
MANY, SAMPLE, ROUNDS = 100_000, 1_000, 5
KRONOR_OF_SINGLE_PRECISION = 0.02


class Spent(NamedTuple):
    """The seconds of a round; the best round is the shortest by the wall."""

    wall: float
    cpu: float


NEVER = Spent(float("inf"), float("inf"))
KINDS = {"wall": "wall", "cpu": "processor time"}
# What a household is when the time begins: ours, and OpenFisca's.
WAYS = (
    ("both from stored cases as JSON text, all cores", "texts", "texts"),
    ("both from stored cases as JSON text, one process", "text", "texts"),
    ("both from the same cases as dictionaries, one process", "cases", "cases"),
    ("both from filled columns", "columns", "arrays"),
    ("from facts as objects; beside, from the same cases", "facts", "cases"),
    ("from stored cases; beside, from rows with ages and sums made beforehand", "cases", "digested"),
)
LIKE_WITH_LIKE = frozenset(what for what, *_ in WAYS if what.startswith("both"))


def run(fraction: float = 1.0, *, with_openfisca: bool = True) -> dict[str, float]:
    """Measure and print; gives Handslag's seconds for one household and for all of them from their facts."""
    rows, rules = households(max(10, round(MANY * fraction))), parameters()
    sample = rows[: max(10, round(SAMPLE * fraction))]
    one = _one(sample, rules)
    with _openfisca(rows, len(sample)) if with_openfisca else nullcontext() as other:
        ours, theirs, found = _in_turn(rows, rules, other)
        told = _told(len(rows), one, ours, other.one if other else None, theirs)
    began, spent = time.perf_counter(), _cpu()
    for _ in assess_many(rows, parameters=rules):
        pass
    by_line = f"{time.perf_counter() - began:.1f} s, {_cpu() - spent:.1f} s"
    told += [
        Row(f"{len(rows):,} line by line, {os.cpu_count()} processes, wall and processor time", by_line),
        Row("computed in both ways in each run", f"{found.checked:,}, no difference"),
    ]
    show("One month assessed", told)
    return {"one": one, "many": ours["facts"].wall}


def _one(sample: list[Facts], rules: Parameters) -> float:
    assess_month(sample[0], parameters=rules)
    each = []
    for facts in sample:
        began = time.perf_counter()
        assess_month(facts, parameters=rules)
        each.append(time.perf_counter() - began)
    return at(each, 0.5)


def _in_turn(
    rows: list[Facts], rules: Parameters, other: _Other | None
) -> tuple[dict[str, Spent], dict[str, Spent], Survey]:
    """The best round of each, ours and theirs in turn, so that what else the machine does falls on both."""
    cases, columns = [as_case(facts) for facts in rows], columns_of_facts(rows, MONTH)
    texts = [json.dumps(case) for case in cases]
    ways: dict[str, Callable[[], Survey]] = {
        "texts": lambda: survey_texts(texts, parameters=rules),
        "text": lambda: survey_texts(texts, parameters=rules, processes=1),
        "facts": lambda: survey_facts(rows, parameters=rules),
        "cases": lambda: survey_cases(cases, parameters=rules),
        "columns": lambda: survey(columns, rows.__getitem__, parameters=rules),
    }
    ours, theirs = dict.fromkeys(ways, NEVER), dict.fromkeys(("texts", "cases", "digested", "arrays"), NEVER)
    found: dict[str, Survey] = {}
    for _ in range(ROUNDS):
        for name, surveyed in ways.items():
            began, spent = time.perf_counter(), _cpu()
            found[name] = surveyed()
            ours[name] = min(ours[name], Spent(time.perf_counter() - began, _cpu() - spent))
        if other is not None:
            theirs = {name: min(theirs[name], Spent(*took)) for name, took in other.ask("round").items()}
    granted = found["facts"].granted
    if any((each.granted != granted).any() for each in found.values()):
        raise AssertionError("not the same sums from facts, cases and columns")
    if other is not None:
        _require_same(other.ask("granted"), found["facts"])
    return ours, theirs, found["facts"]


def _require_same(theirs: list[float], ours: Survey) -> None:
    for mine, their in zip(ours.granted.tolist(), theirs, strict=True):
        if abs(mine / ORE_A_KRONA - their) > KRONOR_OF_SINGLE_PRECISION:
            raise AssertionError(f"not the same norm: {mine} öre and {their} kronor")


def _told(
    count: int, one: float, ours: dict[str, Spent], their_one: float | None, theirs: dict[str, Spent]
) -> list[Row]:
    """A row for each way in. Those that say both compare like with like; the others are told because they are known."""
    first = Row("one household, median", f"{one * 1e6:.0f} µs")
    if their_one is not None:
        first = replace(first, beside=f"{their_one * 1e6:.0f} µs", ratio=their_one / one, aim="≥ 10")
    rows = [first]
    for what, key, their_key in WAYS:
        for kind in Spent._fields:
            mine, their = getattr(ours[key], kind), getattr(theirs[their_key], kind)
            row = Row(f"{count:,} {what}, {KINDS[kind]}", f"{mine:.3f} s")
            if their_one is not None:
                aim = "≥ 1" if kind == "wall" and what in LIKE_WITH_LIKE else ""
                row = replace(row, beside=f"{their:.3f} s", ratio=their / mine, aim=aim)
            rows.append(row)
    return rows


class _Other:
    """OpenFisca in a process of its own, asked line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.one = float(self._answer()["one"])

    def ask(self, what: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("OpenFisca's process ended; what it said stands above")
        return json.loads(line)


@contextmanager
def _openfisca(rows: list[Facts], sample: int) -> Iterator[_Other]:
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "openfisca-core"], check=True)
        (ENVIRONMENT / "whole").touch()
    given = {
        "households": [as_rows(facts) for facts in rows],
        "cases": [as_case(facts) for facts in rows],
        "figures": figures_of(parameters()),
        "month": MONTH.strftime("%Y-%m"),
        "sample": sample,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "households.json"
        path.write_text(json.dumps(given))
        script = Path(__file__).with_name("openfisca_norm.py")
        command = [str(python), str(script), str(path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield _Other(process)
        finally:
            process.communicate()


def _cpu() -> float:
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
