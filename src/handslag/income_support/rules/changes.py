"""The case worker's own values of lines, laid over the system's calculation. Pure; the same on screen and in replay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import (
    GROUPS,
    JOB_STIMULUS,
    Assessment,
    Line,
    from_lines,
    line_keys,
    number,
)
from handslag.income_support.rules.facts import Facts, Income
from handslag.income_support.rules.parameters import Parameters
from handslag.income_support.rules.rule_book import BANDS, LARGEST_HOUSEHOLD
from handslag.income_support.rules.wording import LABELS

CHANGED = "case worker"
# Which way changed values are laid over a calculation. An assessment keeps the one that it was made by, so that a decision
# is computed again the way it was decided. A new way is a new number here; the old ones stay for as long as decisions do.
ENGINE = 2
FIRST_ENGINE = 1
LONGEST_ID = 10
SALARY = "income.salary"
JOB_STIMULUS_NOTES = "job_stimulus."
LINE_CODES = frozenset(
    {
        *(code for code in LABELS if not code.endswith(".*")),
        *(f"norm.child.{band}" for band in BANDS),
        *(f"norm.common.{size}" for size in range(1, LARGEST_HOUSEHOLD + 1)),
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """`line` is a key of `line_keys`. `amount` is what counts in the line's own sign: an income is positive."""

    line: str
    amount: Decimal


def apply_changes(system: Assessment, changes: Iterable[Change]) -> Assessment:
    """The assessment with the changed amounts and new sums. A change of a line that is no longer there adds it.

    What was missing stays missing: a case worker decides in spite of it, the calculation does not forget it.
    """
    wanted = {change.line: change.amount for change in changes}
    lines = []
    for key, line in zip(line_keys(system.lines), system.lines, strict=True):
        amount = wanted.pop(key, None)
        lines.append(line if amount is None else replace(line, amount=amount, source=CHANGED))
    lines += [_added(key, amount) for key, amount in wanted.items()]
    if not lines or tuple(lines) == system.lines:
        return system
    lines.sort(key=lambda line: GROUPS.index(line.group))
    return from_lines(
        month=system.month,
        lines=lines,
        missing=system.missing,
        notes=system.notes,
        rule_version=system.rule_version,
        rules_status=system.rules_status,
    )


class UnknownEngine(ValueError):
    """A stored assessment names a way of computing that this version of the program does not have."""


def lay_over(
    engine: int, facts: Facts, system: Assessment, changes: Iterable[Change], *, parameters: Parameters
) -> Assessment:
    """The month with the case worker's values, by the engine that the assessment was made by.

    Engine 1: each changed line by itself; the job stimulus stayed the system's when a salary was changed. Engine 2 (from
    2026-11-22): what follows from a salary follows from the changed one. Raises UnknownEngine.
    """
    if engine == FIRST_ENGINE:
        return apply_changes(system, changes)
    if engine == ENGINE:
        return assess_changed(facts, system, changes, parameters=parameters)
    raise UnknownEngine(f"There is no engine {engine}; the newest is {ENGINE}.")


def assess_changed(
    facts: Facts, system: Assessment, changes: Iterable[Change], *, parameters: Parameters
) -> Assessment:
    """The month with the case worker's values laid over the system's.

    What follows from a salary by rule (job stimulus, SoL 12:8) follows from the changed salary too: the same
    `assess_month` is run on the facts with it. A stimulus that the case worker has changed stands as it was changed.
    """
    wanted = tuple(changes)
    with_salaries = _with_salaries(facts, wanted)
    if with_salaries is facts:
        return apply_changes(system, wanted)
    again = assess_month(with_salaries, parameters=parameters)
    lines = [line for line in system.lines if line.code != JOB_STIMULUS]
    lines += [line for line in again.lines if line.code == JOB_STIMULUS]
    recounted = from_lines(
        month=system.month,
        lines=lines,
        missing=dict.fromkeys((*system.missing, *(one for one in again.missing if one.startswith("history.")))),
        notes=[note for note in again.notes if note.code.startswith(JOB_STIMULUS_NOTES)]
        + [note for note in system.notes if not note.code.startswith(JOB_STIMULUS_NOTES)],
        rule_version=system.rule_version,
        rules_status=system.rules_status,
    )
    return apply_changes(recounted, wanted)


def is_line(key: str) -> bool:
    """Whether a key can name a line: a known code, perhaps with a person and a number."""
    code, _, of = key.partition("#")[0].partition(":")
    return code in LINE_CODES and len(of) <= LONGEST_ID


def section_digest(result: Assessment, section: str) -> str:
    """A fingerprint of the section's lines; it changes when any of them does."""
    rows = [
        [key, None if line.applied is None else number(line.applied), number(line.amount)]
        for key, line in zip(line_keys(result.lines), result.lines, strict=True)
        if line.group == section
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _with_salaries(facts: Facts, changes: Iterable[Change]) -> Facts:
    """The facts with the changed and added salaries; the very same facts when no salary is changed."""
    wanted = {change.line: change.amount for change in changes if change.line.partition(":")[0] == SALARY}
    if not wanted:
        return facts
    seen: dict[str, int] = {}
    incomes = []
    for income in facts.incomes:
        if income.kind == "salary":
            key = f"{SALARY}:{income.of}" if income.of else SALARY
            seen[key] = seen.get(key, 0) + 1
            amount = wanted.pop(key if seen[key] == 1 else f"{key}#{seen[key]}", None)
            income = income if amount is None else replace(income, amount=amount)
        incomes.append(income)
    for key, amount in wanted.items():
        of = key.partition("#")[0].partition(":")[2]
        incomes.append(Income("salary", of or None, amount))
    return replace(facts, incomes=tuple(incomes))


def _added(key: str, amount: Decimal) -> Line:
    code, _, of = key.partition("#")[0].partition(":")
    return Line(code, of or None, None, amount, CHANGED)
