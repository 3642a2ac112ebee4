"""Investigations that were closed and opened anew on the same question, as one. Pure.

SoL 20:3 gives an investigation of a child four months. Closing and opening it again does not give new ones,
so the days that it has been open are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handslag.casework.rules.calendar import add_months
from handslag.casework.rules.clock_matters import Investigation

_REOPENED_WITHIN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Chain:
    """Investigations of one child and question, each opened within a year from when another was closed.

    `days_used` is how many days at least one of them was open.
    """

    child: str
    investigations: tuple[Investigation, ...]
    days_used: int


def chains(investigations: Sequence[Investigation], today: date) -> list[Chain]:
    """Investigations of one child that were opened anew on the same question within a year of closing."""
    found: list[Chain] = []
    by_question: dict[str, list[Investigation]] = {}
    for one in sorted(investigations, key=lambda one: (one.on, one.closed_on or date.max, one.id)):
        by_question.setdefault(one.question, []).append(one)
    for asked in by_question.values():
        rows: list[list[Investigation]] = []
        for one in asked:
            if rows and _reopens(one, rows[-1]):
                rows[-1].append(one)
            else:
                rows.append([one])
        found += [Chain(row[0].child, tuple(row), _open_days(row, today)) for row in rows if len(row) > 1]
    return found


def _reopens(investigation: Investigation, earlier: Sequence[Investigation]) -> bool:
    return any(
        one.closed_on is None or investigation.on <= add_months(one.closed_on, _REOPENED_WITHIN_MONTHS)
        for one in earlier
    )


def _open_days(investigations: Sequence[Investigation], today: date) -> int:
    """How many days at least one of them was open; a day that two were open is counted once."""
    days, counted_to = 0, date.min
    for one in sorted(investigations, key=lambda one: one.on):
        end = one.closed_on or today
        days += max(0, (end - max(one.on, counted_to)).days)
        counted_to = max(counted_to, end)
    return days
