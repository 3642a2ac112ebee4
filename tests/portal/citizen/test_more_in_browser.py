"""In a real browser: a supplement from the first page to the receipt, the answer before a decision, and the doors."""

from datetime import timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from tests.browser import DESKTOP, PHONE, fits
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]


def test_a_supplement_on_a_phone_from_the_first_page_to_the_receipt(
    open_page: Any, axe: Any, cast: Cast, sent: Any
) -> None:
    page = open_page("/ansok/", as_=cast.elin, size=PHONE)
    page.locator(f"[name=month][value='{sent.month}']").check()
    axe(page)
    page.get_by_role("button", name="Börja").click()
    page.wait_for_url("**/special/")
    page.locator("[name=special-0-kind]").select_option("medicine")
    page.locator("[name=special-0-amount_kr]").fill("412,50")
    page.locator("[name=special-0-why]").fill("Recept från vårdcentralen")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.wait_for_url("**/why/")
    page.locator("[name=why]").fill("Pengarna räcker inte till medicinen.")
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.wait_for_url("**/summary/")
    page.locator("[name=truthful]").check()
    axe(page)
    fits(page)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/kvitto/**")
    axe(page)
    found = income_support.my_applications(cast.elin)
    assert sorted(one.kind for one in found) == ["new", "supplement"]
    assert {one.case_id for one in found} == {sent.case_id}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_answer_before_a_decision(
    open_page: Any, axe: Any, cast: Cast, sent: Any, language: str
) -> None:
    told = casework.communicate(
        case_id=sent.case_id, matter_id=sent.id, material="Hyran är högre än vi godkänner.",
        answer_until=foundation.today() + timedelta(days=7), by=cast.asa, at=foundation.now(),
    )  # fmt: skip
    page = open_page(f"/innan-beslut/{told.id}/", as_=cast.elin, size=PHONE, language=language)
    axe(page)
    fits(page)
    page.locator("[name=act][value=speak]").click()
    page.wait_for_load_state()
    axe(page)
    page.locator("[name=answer]").fill("Jag flyttar i mars.")
    page.locator("[name=act][value=answer]").click()
    page.get_by_text("Jag flyttar i mars.").wait_for()
    axe(page)
    fits(page)
    page.set_viewport_size(DESKTOP)
    page.goto("/min-akt/")
    axe(page)
    fits(page)


def test_the_doors_of_the_start_have_the_colours_of_the_house(open_page: Any, cast: Cast) -> None:
    page = open_page("/")
    doors = page.locator(".door a")
    assert doors.count() >= 4
    for number in range(doors.count()):
        one = doors.nth(number)
        assert one.evaluate("e => getComputedStyle(e).color") not in ("rgb(0, 0, 238)", "rgb(85, 26, 139)")
    main = page.locator(".door.main")
    assert main.evaluate("e => getComputedStyle(e).color") == main.locator("a").evaluate(
        "e => getComputedStyle(e).color"
    )
