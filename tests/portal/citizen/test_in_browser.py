"""The citizen's pages in a real browser: each page in both languages on phone and desktop, and Elin's way on a phone."""

from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast
from tests.income_support import applying

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]

OPEN_PAGES = ("/", "/vantetider/", "/anmal-oro/", "/kontakt/")
SIZES = [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop")]


def _name(address: str, language: str, size: Any) -> str:
    word = address.strip("/").split("/")[0] or "start"
    return f"citizen-{word}-{language}-{size['width']}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_open_pages(open_page: Any, axe: Any, size: Any, language: str) -> None:
    page = open_page("/", size=size, language=language)
    for address in OPEN_PAGES:
        page.goto(address)
        axe(page)
        fits(page)
        picture(page, _name(address, language, size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_step_of_the_application(
    open_page: Any, axe: Any, cast: Cast, draft: Any, size: Any, language: str
) -> None:
    draft = applying.answer(draft, cast.elin)
    page = open_page("/ansok/", as_=cast.elin, size=size, language=language)
    axe(page)
    for step in income_support.FLOWS["new"]:
        page.goto(f"/ansok/{draft.id}/{step}/")
        axe(page)
        fits(page)
        picture(page, f"citizen-apply-{step}-{language}-{size['width']}")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_a_sent_application(
    open_page: Any, axe: Any, cast: Cast, sent: Any, ask: Any, size: Any, language: str
) -> None:
    asked = ask(sent, cast.asa, "Hyresavi för november", "Kvitto på glasögon")
    casework.send_message(
        case_id=sent.case_id,
        subject="Vi har läst din ansökan",
        body="Hej Elin!\n\nVi saknar en hyresavi.",
        by=cast.asa,
        at=foundation.now(),
    )
    with foundation.acting(cast.asa):
        casework.get_case(sent.case_id, cast.asa, page="desk.case")
    page = open_page("/mina-arenden/", as_=cast.elin, size=size, language=language)
    for address in (
        "/mina-arenden/",
        f"/kvitto/{sent.id}/",
        f"/mina-arenden/{sent.id}/",
        f"/mina-arenden/{sent.id}/ta-tillbaka/",
        f"/komplettera/{asked.id}/",
        "/meddelanden/",
        "/min-akt/",
    ):
        page.goto(address)
        axe(page)
        fits(page)
        one = "" if address.count("/") < 3 or "ta-tillbaka" in address else "-one"
        picture(
            page, _name(address, language, size) + one + ("-withdraw" if "ta-tillbaka" in address else "")
        )


def test_elin_applies_on_her_phone_and_the_answers_save_themselves(
    open_page: Any, axe: Any, cast: Cast
) -> None:
    applying.use()
    page = open_page("/ansok/", as_=cast.elin, size=PHONE)
    page.get_by_role("button", name="Börja").click()
    page.locator("[name=read]").check()
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.locator("[name=living][value=alone]").check()
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.locator("[name=has_children][value=no]").check()
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.locator("[name=kind][value=rental]").check()
    rent = page.locator("[name=rent_kr]")
    with page.expect_response(lambda answer: answer.url.endswith("/spara/")):
        rent.fill("5200")
        rent.blur()
    page.reload()
    assert page.locator("[name=rent_kr]").input_value() == "5200"
    page.get_by_role("button", name="Spara och gå vidare").click()
    assert page.url.endswith("/costs/")


def test_a_wrong_answer_takes_the_focus_to_the_summary_of_errors(
    open_page: Any, axe: Any, cast: Cast, draft: Any
) -> None:
    page = open_page(f"/ansok/{draft.id}/housing/", as_=cast.elin, size=PHONE, meant=("400",))
    page.locator("[name=rent_kr]").fill("mycket")
    page.get_by_role("button", name="Spara och gå vidare").click()
    summary = page.locator("ds-error-summary")
    assert summary.is_visible()
    axe(page)
    summary.get_by_role("link").last.click()
    assert page.evaluate("document.activeElement.name") == "rent_kr"


def test_fields_follow_the_answer_that_they_belong_to(open_page: Any, cast: Cast, draft: Any) -> None:
    page = open_page(f"/ansok/{draft.id}/household/", as_=cast.elin)
    number = page.get_by_label("personnummer", exact=False)
    assert not number.is_visible()
    page.locator("[name=living][value=partner]").check()
    assert number.is_visible()


def test_the_whole_application_works_without_scripts(open_page: Any, cast: Cast, draft: Any) -> None:
    page = open_page(f"/ansok/{draft.id}/children/", as_=cast.elin, scripts=False, size=PHONE)
    page.locator("#id_has_children_0").check()
    page.get_by_label("Förnamn").fill("Alva")
    page.get_by_label("Födelsedag", exact=False).fill("2019-05-01")
    page.get_by_label("Hur många dagar", exact=False).fill("30")
    page.get_by_role("button", name="Lägg till en till").click()
    assert page.get_by_label("Förnamn").first.input_value() == "Alva"
    assert page.get_by_label("Förnamn").count() == 2
    page.get_by_role("button", name="Spara och gå vidare").click()
    assert page.url.endswith("/housing/")


def test_the_keyboard_reaches_every_answer(open_page: Any, cast: Cast, draft: Any) -> None:
    page = open_page(f"/ansok/{draft.id}/housing/", as_=cast.elin)
    names = walk(page)
    assert "Spara och gå vidare" in names


def test_the_quick_exit_leaves_no_way_back(open_page: Any, cast: Cast) -> None:
    page = open_page("/kontakt/", meant=("ERR_", "net::"))
    page.goto("/anmal-oro/")
    page.route(
        "https://www.smhi.se/**",
        lambda route: route.fulfill(body="<h1>Vädret</h1>", content_type="text/html"),
    )
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url("https://www.smhi.se/**")
    page.go_back()
    assert "/anmal-oro/" not in page.url


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_partner_signs_in_a_real_browser(
    open_page: Any, axe: Any, cast: Cast, size: Any, language: str
) -> None:
    applying.use()
    household = {"living": "partner", "partner_identity_number": applying.number_of(cast.farid)}
    application = applying.apply(cast.elin, household=household)
    page = open_page(
        f"/skriv-under/{application.id}/", as_=cast.farid, size=size, language=language, meant=("400",)
    )
    axe(page)
    fits(page)
    picture(page, f"citizen-co-sign-{language}-{size['width']}")
    page.locator("form button[type=submit]").first.click()
    axe(page)
    page.locator("[name=truthful]").check()
    page.locator("form button[type=submit]").first.click()
    assert page.url.endswith(f"/mina-arenden/{application.id}/")


def test_a_renewal_takes_eight_presses_on_a_phone(open_page: Any, axe: Any, cast: Cast) -> None:
    """Two minutes are promised; what can be held here is how little there is to do: four pages, eight presses."""
    applying.use()
    applying.apply(cast.elin)
    page = open_page("/ansok/", as_=cast.elin, size=PHONE)
    go_on = page.locator("form[data-application] button[type=submit]:not([name])").last
    page.get_by_role("button", name="Börja").click()
    page.locator("[name=has_changed][value=no]").check()
    go_on.click()
    page.locator("[name=has_incomes][value=no]").check()
    go_on.click()
    page.locator("[name=status][value=job_seeking]").check()
    go_on.click()
    picture(page, "citizen-renewal-summary-sv-360")
    axe(page)
    page.locator("[name=truthful]").check()
    page.get_by_role("button", name="Skicka ansökan").click()
    assert "/kvitto/" in page.url


def test_the_pages_in_the_dark(open_page: Any, axe: Any, cast: Cast, sent: Any, ask: Any) -> None:
    asked = ask(sent, cast.asa, "Hyresavi för november")
    page = open_page("/", as_=cast.elin, size=PHONE, dark=True)
    for address in (
        "/",
        f"/mina-arenden/{sent.id}/",
        f"/komplettera/{asked.id}/",
        "/meddelanden/",
        "/min-akt/",
    ):
        page.goto(address)
        axe(page)
    page.goto("/")
    picture(page, "citizen-start-dark-sv-360")


def test_a_zoom_of_400_percent_needs_no_sideways_scroll(open_page: Any, cast: Cast, sent: Any) -> None:
    page = open_page("/", as_=cast.elin, size={"width": 320, "height": 256})
    for address in ("/", f"/mina-arenden/{sent.id}/", "/min-akt/", "/vantetider/"):
        page.goto(address)
        fits(page, (320,))


def test_a_matter_can_be_printed(open_page: Any, cast: Cast, sent: Any) -> None:
    page = open_page(f"/mina-arenden/{sent.id}/", as_=cast.elin)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator("h1").is_visible()
