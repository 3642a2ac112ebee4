"""Stored sentences are told in the reader's language, with months, days and amounts as people write them."""

import pytest
from django.utils.translation import override

from handslag.foundation.said import said, tell, words

words(
    {
        "test.sentence": "For {month} until {day}: {amount} kr, limit {limit} kr, case {number}. {inner}",
        "test.inner": "In {month}.",
    }
)
STORED = said(
    "test.sentence", month="2026-11", day="2026-11-27", amount="12800.50", limit=4000, number="EB-2026-00001", inner=said("test.inner", month="2026-01")
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "month", "day", "january"),
    [
        ("sv", "november 2026", "27\u00a0november 2026", "januari 2026"),
        ("en", "November 2026", "27\u00a0November 2026", "January 2026"),
    ],
)
def test_values_are_written_out(language: str, month: str, day: str, january: str) -> None:
    with override(language):
        assert (
            tell(STORED)
            == f"For {month} until {day}: 12\u00a0800,50\u00a0kr, limit 4\u00a0000\u00a0kr, case EB-2026-00001. In {january}."
        )


def test_a_persons_own_text_is_given_back_as_it_is() -> None:
    assert tell("2026-11 {x}") == "2026-11 {x}"


def test_a_code_without_words_says_so() -> None:
    with override("en"):
        assert tell(said("nobody.wrote.this")) == "(a text without words: nobody.wrote.this)"


def test_an_amount_that_is_none_stands_as_it_is() -> None:
    words({"test.odd": "{amount} kr"})
    assert tell(said("test.odd", amount="-")) == "- kr"
