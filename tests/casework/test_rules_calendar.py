import calendar
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.casework.rules.calendar import (
    add,
    add_months,
    holidays_of,
    is_working_day,
    working_day_from,
)

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("year", range(2000, 2100))
def test_the_holidays_agree_with_an_independent_calendar(year: int) -> None:
    published = set(holidays.country_holidays("SE", years=[year], categories=("public", "de_facto")))
    assert set(holidays_of(year)) == published


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 6, 5), True),
        (date(2026, 6, 19), False),  # midsommarafton
        (date(2025, 6, 20), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 1, 5), True),  # trettondagsafton counts as a working day
        (date(2026, 4, 2), True),  # skärtorsdagen too
        (date(2026, 5, 14), False),  # Kristi himmelsfärds dag
        (date(2026, 10, 31), False),
    ],
)
def test_the_days_that_people_ask_about(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@given(days)
def test_the_working_day_is_the_first_one_that_is_not_earlier(day: date) -> None:
    found = working_day_from(day)
    assert is_working_day(found)
    assert found - day <= timedelta(days=5)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


@given(days, st.integers(0, 240))
def test_months_end_on_the_same_number_or_the_last_of_the_month(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == min(day.day, last)


@given(days, days, st.integers(0, 60))
def test_a_later_start_never_gives_an_earlier_end(one: date, other: date, months: int) -> None:
    earlier, later = sorted([one, other])
    assert add_months(earlier, months) <= add_months(later, months)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 10, 31), 4, date(2026, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 5, 3), 4, date(2026, 9, 3)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_by_hand(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(days, st.integers(0, 300))
def test_weeks_end_on_the_day_with_the_same_name(day: date, weeks: int) -> None:
    assert add(day, weeks, "weeks").weekday() == day.weekday()
    assert add(day, weeks, "weeks") == add(day, 7 * weeks, "days")
    assert add(day, weeks, "years") == add(day, 12 * weeks, "months")


def test_three_weeks_that_end_on_midsommarafton_run_to_the_monday() -> None:
    end = add(date(2026, 5, 29), 3, "weeks")
    assert end == date(2026, 6, 19)
    assert working_day_from(end) == date(2026, 6, 22)
