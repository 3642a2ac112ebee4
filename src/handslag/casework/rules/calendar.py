"""Swedish working days and the counting of statutory time. Pure; every date is a day in Sweden.

Legal sources: lag (1989:253) om allmänna helgdagar; lag (1930:173) om beräkning av lagstadgad tid, whose 2 §
treats Saturdays, midsommarafton, julafton and nyårsafton as holidays.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Unit = Literal["days", "weeks", "months", "years"]

_SATURDAY = 5
# 6 June became a public holiday, and annandag pingst ceased to be one, in 2005 (SFS 2004:1320).
_NATIONAL_DAY_SINCE = 2005


@lru_cache(maxsize=512)
def holidays_of(year: int) -> frozenset[date]:
    """Public holidays and the three eves that count as such, without the ordinary Saturdays and Sundays.

    Valid from 2000.
    """
    easter = _easter_sunday(year)
    midsummer = _saturday_from(date(year, 6, 20))
    days = {
        date(year, 1, 1),
        date(year, 1, 6),
        easter - timedelta(days=2),  # långfredagen
        easter,
        easter + timedelta(days=1),
        date(year, 5, 1),
        easter + timedelta(days=39),  # Kristi himmelsfärds dag
        easter + timedelta(days=49),  # pingstdagen
        date(year, 6, 6) if year >= _NATIONAL_DAY_SINCE else easter + timedelta(days=50),
        midsummer - timedelta(days=1),
        midsummer,
        _saturday_from(date(year, 10, 31)),  # alla helgons dag
        date(year, 12, 24),
        date(year, 12, 25),
        date(year, 12, 26),
        date(year, 12, 31),
    }
    return frozenset(days)


def is_working_day(day: date) -> bool:
    """Whether an act that is due may not be put off beyond the day."""
    return day.weekday() < _SATURDAY and day not in holidays_of(day.year)


def working_day_from(day: date) -> date:
    """The day itself when it is a working day, else the next one (lag 1930:173 2 §)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months later, or the last of that month when it has no such day.

    Lag 1930:173 1 §. So 31 October and four months is 28 February, in a leap year the 29th.
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    for number in range(day.day, 27, -1):
        try:
            return first.replace(day=number)
        except ValueError:
            continue
    return first.replace(day=day.day)


def add(day: date, count: int, unit: Unit) -> date:
    """The last day of a time that begins with the day. The day itself is not counted."""
    match unit:
        case "days":
            return day + timedelta(days=count)
        case "weeks":
            return day + timedelta(weeks=count)
        case "months":
            return add_months(day, count)
        case "years":
            return add_months(day, 12 * count)


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)


def _easter_sunday(year: int) -> date:
    """Gauss's method for the Gregorian calendar, in the form of Meeus, Jones and Butcher."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    weekday = (32 + 2 * rest + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
