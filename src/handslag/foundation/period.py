"""Months and half-open periods of days. Pure; every date is a day in Sweden, never an instant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month. Ordered and hashable; `str()` gives `2026-11`. An impossible one raises BadInput."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (_FIRST_YEAR <= self.year <= _LAST_YEAR and 1 <= self.month <= 12):
            _no_month(f"{self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds the day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Reads `2026-11`, nothing else."""
        found = _MONTH.fullmatch(text.strip())
        if found is None:
            _no_month(text.strip()[:40])
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day, inside the month."""
        return self.next().first - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return self.last.day

    def plus(self, months: int) -> Month:
        """The month so many months later; earlier when negative."""
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    def next(self) -> Month:
        return self.plus(1)

    def previous(self) -> Month:
        return self.plus(-1)

    def until(self, later: Month) -> int:
        """Whole months from this month to the later one; 0 for the same month, negative when earlier."""
        return (later.year - self.year) * 12 + later.month - self.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, order=False, slots=True)
class Period:
    """Days from `valid_from` up to, but not including, `valid_to`; None means without end.

    An empty or backward period is refused with BadInput.
    """

    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            _refuse_backward(self.valid_from, self.valid_to)

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """All days of the month."""
        return cls(month.first, month.next().first)

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period; the end day does not."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, other: Period) -> bool:
        """Whether at least one day is in both. Periods that only meet do not overlap."""
        return (other.valid_to is None or self.valid_from < other.valid_to) and (
            self.valid_to is None or other.valid_from < self.valid_to
        )

    def common(self, other: Period) -> Period | None:
        """The days that are in both, or None."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.valid_to, other.valid_to) if end is not None]
        return Period(max(self.valid_from, other.valid_from), min(ends) if ends else None)

    @property
    def days(self) -> int | None:
        """How many days; None without end."""
        return None if self.valid_to is None else (self.valid_to - self.valid_from).days

    def months(self) -> Iterator[Month]:
        """Every month that the period touches, in order. Never stops for a period without end."""
        month = Month.of(self.valid_from)
        while self.valid_to is None or month.first < self.valid_to:
            yield month
            month = month.next()


# BadInput is imported where it is raised: the pure commands use months without loading the web frame that
# translates it.


def _no_month(text: str) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "{month} is not a month.", do="Write year and month as 2026-11.", values={"month": text}
    )


def _refuse_backward(start: date, end: date) -> NoReturn:
    from handslag.foundation.errors import BadInput

    raise BadInput(
        "The period ends {end}, before or on the day it starts, {start}.",
        do="Give an end that is later than the start, or leave it open.",
        values={"start": start.isoformat(), "end": end.isoformat()},
    )
