"""A month whose version of the law nobody has confirmed is never computed in silence."""

import pytest
from django.utils import translation

from handslag.foundation.public import Month
from handslag.income_support import parameter_files
from handslag.income_support.shown_rule_version import WORDS, rule_version_in


def test_every_version_has_words_and_no_other_has():
    assert set(WORDS) == {one.name for one in parameter_files.rule_book().rule_sets}


@pytest.mark.parametrize(
    ("month", "confirmed", "words"),
    [("2021-03", True, "Job stimulus"), ("2026-11", False, "three months in a row"), ("2027-01", False, "ceiling")],
)
def test_the_version_of_a_month_with_whether_it_is_confirmed(month, confirmed, words):
    with translation.override("en"):
        version = rule_version_in(Month.parse(month))
    assert version is not None and version.is_confirmed == confirmed
    assert words in version.words and version.source


def test_a_month_before_the_first_version_has_none():
    assert rule_version_in(Month(2009, 1)) is None
