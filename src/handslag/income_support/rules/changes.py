"""The case worker's own values of lines, laid over the system's calculation. Pure; the same on screen and in replay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from handslag.income_support.rules.assessment import (
    GROUPS,
    Assessment,
    Line,
    from_lines,
    line_keys,
    number,
)
from handslag.income_support.rules.rule_book import BANDS, LARGEST_HOUSEHOLD
from handslag.income_support.rules.wording import LABELS

CHANGED = "case worker"
LONGEST_ID = 10
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


def _added(key: str, amount: Decimal) -> Line:
    code, _, of = key.partition("#")[0].partition(":")
    return Line(code, of or None, None, amount, CHANGED)
