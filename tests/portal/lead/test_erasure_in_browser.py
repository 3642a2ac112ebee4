"""The page of files to erase in a real browser: with files on it, in both languages, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.casework.test_erasure import Old, old
from tests.cast import Cast

__all__ = ["old"]
pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
PAGE = "/ledning/gallring/"


@pytest.fixture
def listed(cast: Cast, old: Old) -> list[str]:
    """Two files that fall due, on this month's list; their numbers."""
    numbers = [old(born=date(1970 + place, 3, 7)).number for place in (4, 9)]
    casework.propose_erasure(on=foundation.today(), by=cast.system, at=foundation.now())
    return numbers


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_with_files(open_page: Any, axe: Any, cast: Cast, listed: list[str], language: str) -> None:
    page = open_page(PAGE, as_=cast.carina, language=language)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.goto(PAGE)
        assert all(number in page.content() for number in listed)
        axe(page)
        fits(page)
        picture(page, f"lead-erasure-list-{language}-{size['width']}")


def test_a_file_is_kept_and_the_rest_approved_by_keyboard(
    open_page: Any, axe: Any, cast: Cast, listed: list[str]
) -> None:
    page = open_page(PAGE, as_=cast.carina, meant=("400",))
    first = listed[0]
    assert any(name.startswith("Bevara") for name in walk(page))
    page.get_by_role("button", name=f"Bevara {first}").focus()
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    axe(page)
    picture(page, "lead-erasure-wrong-sv-1280")
    page.get_by_label(f"Varför ska den bevaras? {first}").focus()
    page.keyboard.type("Pågående tvist i domstol")
    page.keyboard.press("Enter")
    page.get_by_text("Pågående tvist i domstol").wait_for()
    page.get_by_role("button", name="Gallra 1 akt").focus()
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    page.get_by_label("Jag har gått igenom listan.").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Gallra 1 akt").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Godkänd av Carina").wait_for()
    axe(page)
    picture(page, "lead-erasure-approved-sv-1280")
