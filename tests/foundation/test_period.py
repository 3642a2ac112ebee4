from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.foundation.errors import BadInput
from handslag.foundation.period import Month, Period

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
months = st.builds(Month.of, days)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    length = draw(st.none() | st.integers(1, 5000))
    return Period(start, None if length is None else start + timedelta(days=length))


@given(days)
def test_a_day_lies_in_its_own_month(day: date) -> None:
    month = Month.of(day)
    assert month.first <= day <= month.last
    assert Period.of_month(month).holds(day)
    assert Month.parse(str(month)) == month


@given(months, st.integers(-600, 600))
def test_months_add_up(month: Month, count: int) -> None:
    assert month.plus(count).plus(-count) == month
    assert month.until(month.plus(count)) == count
    assert (month.plus(count) > month) == (count > 0)
    assert month.next().previous() == month
    assert month.last + timedelta(days=1) == month.next().first


def test_february_of_a_leap_year_has_29_days() -> None:
    assert Month(2028, 2).last == date(2028, 2, 29)
    assert Month(2026, 2).days == 28


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-1", "26-11", "november", "", "2026-11-01", "٢٠٢٦-١١", "0001-01"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        Month.parse(text)


@given(periods(), days)
def test_a_period_holds_its_first_day_and_not_its_end(period: Period, day: date) -> None:
    assert period.holds(period.valid_from)
    if period.valid_to is not None:
        assert not period.holds(period.valid_to)
        assert period.holds(period.valid_to - timedelta(days=1))


@given(periods(), periods(), days)
def test_overlap_is_mutual_and_means_a_common_day(one: Period, other: Period, day: date) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    common = one.common(other)
    assert (common is not None) == one.overlaps(other)
    assert (common is not None and common.holds(day)) == (one.holds(day) and other.holds(day))


def test_periods_that_only_meet_do_not_overlap() -> None:
    assert not Period(date(2026, 1, 1), date(2026, 2, 1)).overlaps(Period(date(2026, 2, 1)))


def test_an_empty_or_backward_period_is_refused() -> None:
    for end in (date(2026, 1, 1), date(2025, 12, 31)):
        with pytest.raises(BadInput):
            Period(date(2026, 1, 1), end)


def test_the_months_that_a_period_touches() -> None:
    assert [str(m) for m in Period(date(2025, 12, 31), date(2026, 2, 1)).months()] == ["2025-12", "2026-01"]
    assert Period(date(2026, 1, 1), date(2026, 1, 31)).days == 30
