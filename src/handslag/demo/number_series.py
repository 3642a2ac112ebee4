"""Identity numbers for synthetic people, taken from the test series alone.

Birth numbers 980-999; where a day is full, coordination numbers (day + 60) of the same series; and last in
each the birth numbers 238 and 239 (law.md 5.1). Never a number that a living person may have.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from handslag.people.rules.identity_number import check_digit


class NumbersRunOut(ValueError):
    """The test series holds no more numbers for that year of birth and sex."""


class NumberSeries:
    """Hands out test identity numbers, no number twice, spread evenly over the days of a year."""

    _SERIALS = {
        "man": tuple(range(981, 1000, 2)) + (239,),
        "woman": tuple(range(980, 999, 2)) + (238,),
    }

    def __init__(self, last_day: date, *, reserved: frozenset[str] = frozenset()) -> None:
        """`reserved` numbers are never handed out: somebody in the standing cast has them."""
        self._last_day = last_day
        self._reserved = reserved
        self._taken: dict[tuple[int, str], int] = {}
        self._days: dict[int, tuple[date, ...]] = {}

    def take(self, year: int, sex: str) -> tuple[date, str, str]:
        """A free number for a person of that sex born that year: (day of birth, 12 digits, kind).

        Raises NumbersRunOut when the year's series is used up.
        """
        while (found := self._next(year, sex))[1] in self._reserved:
            pass
        return found

    def _next(self, year: int, sex: str) -> tuple[date, str, str]:
        days = self._days.get(year)
        if days is None:
            days = self._days[year] = _shuffled_days(year, self._last_day)
        key = (year, sex)
        taken = self._taken.get(key, 0)
        self._taken[key] = taken + 1
        turn, place = divmod(taken, len(days))
        serials = self._SERIALS[sex]
        ordinary = turn < len(serials)
        if turn >= 2 * len(serials):
            raise NumbersRunOut(f"no test numbers are left for {year}")
        born = days[place]
        shown_day = born.day if ordinary else born.day + 60
        nine = f"{year % 100:02d}{born.month:02d}{shown_day:02d}{serials[turn % len(serials)]:03d}"
        number = f"{year // 100:02d}{nine}{check_digit(nine)}"
        return born, number, "personnummer" if ordinary else "samordningsnummer"


def _shuffled_days(year: int, last_day: date) -> tuple[date, ...]:
    first = date(year, 1, 1)
    last = min(date(year, 12, 31), last_day)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    Random(year).shuffle(days)
    return tuple(days)
