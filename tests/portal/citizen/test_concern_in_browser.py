"""The e-service for concern in a real browser: with and without scripts, in both languages, on a phone and at a desk."""

from pathlib import Path
from typing import Any

import pytest

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.citizen.concern.models import ConcernDraft
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
START = "/anmal-oro/"
SEEN = "Pojken hade blåmärken på båda armarna och ville inte gå hem."


def _go_on(page: Any, name: str) -> None:
    page.get_by_role("button", name="Gå vidare").or_(page.get_by_role("button", name="Go on")).click()
    page.get_by_role("heading", level=1, name=name).wait_for()


def _whole_way(page: Any, see: Any) -> None:
    """From the start to the summary; `see` looks at each page."""
    see(page, "start")
    page.locator("main a.ds-button", has_text="Börja anmäla").click()
    page.get_by_role("heading", level=1, name="Fara nu").wait_for()
    see(page, "danger")
    page.get_by_label("Ja", exact=True).check()
    _go_on(page, "Ring nu")
    see(page, "call")
    page.get_by_label("Vad är faran?").fill("Pappan är full och hotar.")
    _go_on(page, "Det som oroar dig")
    see(page, "seen")
    page.get_by_label("Vad gör dig orolig?").fill(SEEN)
    _go_on(page, "Vad det handlar om")
    see(page, "kinds")
    page.locator("input[value=witnessed_violence]").check()
    _go_on(page, "När det hände")
    see(page, "when")
    page.get_by_label("När såg eller hörde du det?").fill("I dag klockan 16.30")
    _go_on(page, "Berätta om barnet")
    see(page, "child")
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_label("Ungefär hur gammalt").fill("8 år")
    page.get_by_role("button", name="Spara barnet").click()
    page.get_by_role("heading", level=1, name="Vilket eller vilka barn").wait_for()
    see(page, "children")
    _go_on(page, "Var barnet är nu")
    see(page, "where")
    page.get_by_label("Var är barnet nu?").fill("Kvar i skolan till 17.00")
    _go_on(page, "Vem du är")
    see(page, "who")
    page.get_by_label("Jag anmäler i mitt arbete").check()
    _go_on(page, "Om dig")
    see(page, "contact")
    page.get_by_label("Ditt namn").fill("Tina Tall")
    page.get_by_label("Vilken sorts arbete?").select_option("school")
    page.get_by_label("Var du arbetar").fill("Ekebyskolan")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Telefon").fill("0123-456 78")
    page.get_by_label("Jag vill veta om en utredning").check()
    _go_on(page, "Foton och papper")
    see(page, "papers")
    _go_on(page, "Se över och skicka")
    see(page, "summary")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_whole_way(open_page: Any, axe: Any, cast: Cast, size: Any) -> None:
    page = open_page(START, size=size)

    def see(page: Any, name: str) -> None:
        axe(page)
        fits(page, (page.viewport_size["width"],))
        picture(page, f"concern-{name}-{'phone' if size == PHONE else 'desktop'}")

    _whole_way(page, see)
    page.get_by_role("button", name="Skicka anmälan").click()
    page.get_by_role("heading", name="Vi har fått din anmälan").wait_for()
    see(page, "receipt")
    assert page.get_by_text("OA-").first.is_visible()
    assert page.evaluate("history.length") <= 3, (
        "the whole report stands in one place of the browser's history"
    )
    with foundation.acting(cast.system):
        report = children.Report.objects.get()
        assert (report.danger_now, report.concern_codes) == (True, ["witnessed_violence"])


def test_the_whole_way_without_scripts(open_page: Any, cast: Cast) -> None:
    page = open_page(START, scripts=False, size=PHONE)
    _whole_way(page, lambda page, name: None)
    page.get_by_role("button", name="Skicka anmälan").click()
    page.get_by_role("heading", name="Vi har fått din anmälan").wait_for()
    with foundation.acting(cast.system):
        assert children.Report.objects.count() == 1


def test_the_pages_in_english(open_page: Any, axe: Any, cast: Cast) -> None:
    page = open_page(START, language="en", size=PHONE, meant=("400",))
    axe(page)
    page.locator("main a.ds-button", has_text="Begin the report").click()
    page.get_by_label("No", exact=True).check()
    _go_on(page, "What worries you")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("One sentence is enough.").first.wait_for()
    axe(page)
    fits(page)
    for slug, name in (
        ("vem", "Who you are"),
        ("barn/0", "Tell us about the child"),
        ("bilder", "Photos and papers"),
    ):
        page.goto(f"{START}{slug}/")
        page.get_by_role("heading", level=1, name=name).wait_for()
        axe(page)
        fits(page)


def test_every_answer_is_reached_by_keyboard(open_page: Any, cast: Cast) -> None:
    page = open_page(f"{START}vem/")
    names = walk(page)
    assert "Gå vidare" in names
    assert any("Lämna sidan snabbt" in name for name in names)


def test_a_photo_is_added(open_page: Any, axe: Any, cast: Cast, tmp_path: Path) -> None:
    from tests.portal.citizen.test_concern import PNG

    photo = tmp_path / "arm.png"
    photo.write_bytes(PNG)
    page = open_page(f"{START}bilder/", meant=("400",))
    page.get_by_label("Välj filer").set_input_files(str(photo))
    page.get_by_role("button", name="Lägg till filerna").click()
    page.get_by_text("arm.png").wait_for()
    axe(page)


@pytest.mark.parametrize(
    ("language", "go_on"), [("sv", "Fortsätt med det jag skrev här"), ("en", "Go on with what I wrote here")]
)
def test_erased_in_one_window_and_written_on_in_another(
    open_page: Any, axe: Any, cast: Cast, language: str, go_on: str
) -> None:
    page = open_page(f"{START}fara/", size=PHONE, language=language, meant=("409",))
    page.locator("[name=danger_now][value=no]").check()
    page.locator("main form button.ds-button").first.click()
    page.locator("[name=what_seen]").wait_for()
    page.locator("[name=what_seen]").fill("Grannens flicka gråter varje kväll.")
    other = page.context.new_page()
    other.goto(f"{START}oro/")
    other.locator("form[action$='/radera/'] button").last.click()
    other.wait_for_url("**/")
    other.close()
    page.locator("main form button.ds-button").first.click()
    page.get_by_text("Grannens flicka gråter varje kväll.").wait_for()
    axe(page)
    fits(page)
    page.get_by_role("button", name=go_on).click()
    page.locator("[name=danger_now]").first.wait_for()
    axe(page)
    with foundation.acting(cast.system):
        assert ConcernDraft.objects.count() == 1


def test_leaving_fast_erases_the_draft_and_shows_the_weather(open_page: Any, cast: Cast) -> None:
    page = open_page("/kontakt/", meant=("ERR_", "net::"))
    page.goto(START)
    page.route(
        "https://www.smhi.se/**",
        lambda route: route.fulfill(body="<h1>Vädret</h1>", content_type="text/html"),
    )
    page.locator("main a.ds-button", has_text="Börja anmäla").click()
    page.get_by_label("Nej", exact=True).check()
    _go_on(page, "Det som oroar dig")
    with page.expect_request(lambda asked: "radera" in asked.url):
        page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url("https://www.smhi.se/**")
    page.go_back()
    assert START not in page.url
    with foundation.acting(cast.system):
        assert ConcernDraft.objects.count() == 0
