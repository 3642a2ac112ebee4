"""The work list and the search in a real browser: a phone's width and a desk's, both languages, by keyboard."""

from datetime import timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]


@pytest.fixture
def busy(cast: Cast, made: Any) -> Any:
    """Åsa has thirty cases: two late, one with a message, the others further away; and two notices."""
    at = foundation.now()
    for nth in range(28):
        person = people.register_person(
            given_name=f"Elsa{'abcdefghijklmnopqrstuvwxyzåä'[nth]}", family_name="Wallenståhl-Andersson", born=None,
            sex="woman", identity_number=None, protection="none", by=cast.system, at=at,
        )  # fmt: skip
        case = casework.open_case(
            kind="income_support", person_id=person.id, unit_id=cast.support,
            worker_id=cast.asa.account_id, by=cast.asa, at=at,
        )  # fmt: skip
        casework.promise_day(
            case_id=case.id, on=foundation.today() + timedelta(days=nth - 2), by=cast.system, at=at
        )
    casework.send_message(
        case_id=made.case_id, subject="Hej", body="Jag har flyttat.", by=cast.elin, at=at
    )
    return made


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_todays_work_and_its_pages(
    open_page: Any, axe: Any, cast: Cast, busy: Any, size: Any, language: str
) -> None:
    page = open_page("/handlaggare/", as_=cast.asa, size=size, language=language)
    axe(page)
    fits(page)
    picture(page, f"desk-work-{language}-{size['width']}")
    today = page.locator("#today tbody tr")
    assert today.count() == 4, "two late, one due today and the message"
    page.get_by_role("link", name="Nästa" if language == "sv" else "Next").click()
    page.get_by_role("link", name="Föregående" if language == "sv" else "Previous").wait_for()
    axe(page)
    assert page.locator("#today").count() == 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_search_from_the_start_page_goes_on_page_by_page(
    open_page: Any, axe: Any, cast: Cast, busy: Any, size: Any
) -> None:
    page = open_page("/handlaggare/", as_=cast.asa, size=size)
    page.get_by_role("search").get_by_label("Namn, personnummer").fill("el")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Personer 1–20").wait_for()
    axe(page)
    fits(page)
    picture(page, f"desk-search-hits-{size['width']}")
    assert walk(page)
    page.get_by_role("button", name="Visa fler").click()
    page.get_by_role("heading", name="Personer 21–").wait_for()
    assert page.locator("main [name=q]").first.input_value() == "el", "what was typed is kept"
    number = casework.get_case(busy.case_id, cast.asa).number
    page.locator("main [name=q]").first.fill(number.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{busy.url}")
    page.goto("/handlaggare/sok/")
    page.locator("main [name=q]").fill("EB-1999-00001")
    page.keyboard.press("Enter")
    page.get_by_text("Inget ärende och ingen anmälan EB-1999-00001").wait_for()
    axe(page)
    fits(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_day_is_chosen_and_what_is_written_wrongly_is_kept(
    open_page: Any, axe: Any, cast: Cast, made: Any, scripts: bool
) -> None:
    page = open_page(f"{made.url}komplettering/", as_=cast.asa, scripts=scripts, meant=("400",), size=PHONE)
    field = page.locator("[name=due_on]")
    assert field.get_attribute("type") == "date"
    page.locator("[name=due_on]").evaluate("e => { e.type = 'text'; e.value = 'i övermorgon'; }")
    page.locator("form", has=field).locator("button[type=submit]").first.click()
    page.get_by_text("Skriv dagen med årtal").first.wait_for()
    kept = page.locator("[name=due_on]")
    assert (kept.get_attribute("type"), kept.input_value()) == ("text", "i övermorgon")
    fits(page)
    if scripts:
        axe(page)
    page.locator("[name=what]").fill("Hyresavi")
    kept.fill("22/11 2030")
    page.locator("form", has=kept).locator("button[type=submit]").first.click()
    page.get_by_text("Senast 22\u00a0november 2030").first.wait_for()
