"""Where an appeal or an answer by letter is sent: the municipality's postal address, and not where it goes to the court itself."""

import io
from collections.abc import Iterator
from datetime import date

import pypdf
import pytest
from django.utils import translation

from handslag.casework import postal
from handslag.casework import public as casework
from handslag.casework.letters.hearing import HearingLetter, make_hearing_pdf


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


def hearing(language: str, *, is_hidden: bool = False) -> str:
    """The words of the paper that tells somebody without an own page what a decision will rest on."""
    letter = HearingLetter(
        unit="Vuxenenheten", number="VN-2026-00001", receiver="Nils Nyman", language=language,
        address_lines=() if is_hidden else ("Storgatan 1", "123 45 Ekeby"), is_hidden=is_hidden, day=date(2026, 11, 2),
        material="Vi tänker avslå ansökan.", partial=False, answer_until=date(2026, 11, 16), has_copy=False,
    )  # fmt: skip
    pages = pypdf.PdfReader(io.BytesIO(make_hearing_pdf(letter))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_before_a_decision_says_where_an_answer_is_sent() -> None:
    address = "Ekeby kommun, Socialnämnden, Box 99, 999 01 Ekeby"
    assert f"Vår postadress: {address}." in hearing("sv")
    assert f"Our postal address: {address}." in hearing("en"), "in the translation too"
    hidden = hearing("sv", is_hidden=True)
    assert f"Vår postadress: {address}." in hidden and "Storgatan" not in hidden, "ours, and never theirs"
    casework.use_postal_address(())
    assert "postadress" not in hearing("sv")
