"""Where an appeal is sent: the municipality's postal address, and not where the letter goes to the court itself."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from handslag.casework import postal
from handslag.casework import public as casework


@pytest.fixture(autouse=True)
def _address() -> Iterator[None]:
    before = postal.postal_address()
    casework.use_postal_address(("Ekeby kommun", "Socialnämnden", " Box 99 ", "", "999 01 Ekeby"))
    yield
    casework.use_postal_address(before)


def test_an_appeal_goes_by_post_to_the_municipality() -> None:
    with translation.override("sv"):
        for code in ("income_support", "needs", "investigation"):
            said = casework.appeal_sending(code)
            assert said == "Skicka det med post till: Ekeby kommun, Socialnämnden, Box 99, 999 01 Ekeby."


def test_a_review_of_legality_goes_to_the_court() -> None:
    assert casework.appeal_sending("further_aid") == ""


def test_without_an_address_nothing_is_promised() -> None:
    casework.use_postal_address(())
    assert casework.appeal_sending("needs") == ""
