"""Months in a row and the two years of the job stimulus, by the settings that the law leaves open."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handslag.income_support.parameter_files import default_settings, rule_book
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.months_in_a_row import job_stimulus_since, months_in_a_row
from handslag.income_support.rules.read_facts import read_facts

FIRST = date(2021, 1, 1)


def month(number):
    """The month so many months after January 2021."""
    return date(2021 + number // 12, number % 12 + 1, 1)


def months(*numbers):
    return [month(number) for number in numbers]


def row(number, aided, **chosen):
    return months_in_a_row(month(number), months(*aided), replace(default_settings(), **chosen))


def since(number, aided, paid=(), **chosen):
    parameters = rule_book().parameters(month(number), settings=replace(default_settings(), **chosen))
    found = job_stimulus_since(month(number), months(*aided), months(*paid), parameters)
    return None if found is None else (found.year - 2021) * 12 + found.month - 1


@pytest.mark.parametrize(
    ("aided", "expected"),
    [((), 0), (range(6), 6), ((5,), 1), (range(5), 0), ((0, 1, 3, 4, 5), 3), (range(0, 12), 6)],
)
def test_one_month_without_aid_breaks_the_row(aided, expected):
    assert row(6, aided) == expected


def test_or_two_where_decided_and_the_gap_is_not_counted():
    assert row(6, (0, 1, 3, 4), row_broken_after_months="2") == 4
    assert row(6, (0, 1, 4, 5), row_broken_after_months="2") == 2


@pytest.mark.parametrize(
    ("number", "aided", "expected"),
    [
        (5, range(5), None), (6, range(6), 6), (20, range(6), 6), (29, range(40), 6),
        # The two years end with month 29; six months in a row after them start the rule again in month 36.
        (30, range(40), 6), (35, range(40), 6), (36, range(40), 36), (59, range(60), 36),
        (36, [*range(32), *range(33, 40)], 6),
    ],
)  # fmt: skip
def test_two_years_from_qualification_and_six_new_months_for_another_two(number, aided, expected):
    assert since(number, aided) == expected


def test_or_from_the_first_income_where_decided():
    assert since(12, range(12), paid=(3, 9, 10), job_stimulus_start="first_income") == 9
    assert since(12, range(12), paid=(), job_stimulus_start="first_income") is None


def test_before_july_2013_there_is_no_stimulus():
    early = date(2013, 6, 1)
    parameters = rule_book().parameters(early, settings=default_settings())
    assert job_stimulus_since(early, [date(2012, each, 1) for each in range(1, 13)], [], parameters) is None


@settings(deadline=None)
@given(st.sets(st.integers(0, 60), max_size=50), st.integers(6, 65))
def test_what_is_counted_is_what_the_assessment_uses(aided, number):
    """The start that is found, and the row, give the same answer as the rule of the month itself."""
    parameters = rule_book().parameters(month(number), settings=default_settings())
    earlier = [each for each in months(*aided) if each < month(number)]
    start = job_stimulus_since(month(number), earlier, [], parameters)
    facts = read_facts(
        {
            "month": f"{month(number):%Y-%m}",
            "household": {"adults": [{"id": "a1", "born": "1980-01-01"}]},
            "incomes": [{"kind": "salary", "of": "a1", "amount": 4000}],
            "history": {
                "months_with_aid_in_a_row": months_in_a_row(month(number), earlier, default_settings()),
                "job_stimulus_since": None if start is None else f"{start:%Y-%m}",
            },
        }
    )
    result = assess_month(facts, parameters=parameters)
    covers = start is not None and (month(number).year - start.year) * 12 + month(number).month - start.month < 24
    assert result.job_stimulus_disregarded == (1000 if covers else 0)
