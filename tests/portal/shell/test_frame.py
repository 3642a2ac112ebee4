"""The frame: what every page carries, and what happens when something goes wrong."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from handslag.config.assets import travelling_size
from handslag.foundation import public as foundation
from handslag.portal.shell.models import FaultReport
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def test_every_answer_carries_a_strict_policy(client: Client) -> None:
    answer = client.get("/tillganglighet/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Permissions-Policy"].startswith("accelerometer=()")
    assert b"style=" not in answer.content
    assert b"<style" not in answer.content


def test_swedish_is_the_default_whatever_the_browser_wants(client: Client) -> None:
    swedish = client.get("/tillganglighet/", headers={"accept-language": "en"})
    assert '<html lang="sv"' in swedish.text
    assert "Tillgänglighets\u00adredogörelse" in swedish.text


def test_the_language_switch_remembers_and_returns(client: Client) -> None:
    answer = client.get("/sprak/en/?next=/tillganglighet/")
    assert answer.headers["Location"] == "/tillganglighet/"
    assert "Accessibility statement" in client.get("/tillganglighet/").text


def test_the_language_switch_leads_nowhere_else(client: Client) -> None:
    assert client.get("/sprak/en/?next=https://example.org/").headers["Location"] == "/"
    assert client.get("/sprak/xx/").status_code == 404


def test_a_page_that_does_not_exist_says_what_to_do(client: Client) -> None:
    answer = client.get("/finns/inte/")
    assert answer.status_code == 404
    assert "Vi hittar inte sidan" in answer.text


def test_pages_of_the_logged_in_are_never_stored(client_of: Callable[..., Client], cast: Cast) -> None:
    assert client_of(cast.elin).get("/tillganglighet/").headers["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in client_of().get("/tillganglighet/").headers


def test_a_closed_account_is_a_visitor_at_once(client_of: Callable[..., Client], cast: Cast) -> None:
    client = client_of(cast.elin)
    assert "Elin" in client.get("/tillganglighet/").text
    with foundation.acting(cast.system):
        foundation.Account.objects.filter(id=cast.elin.account_id).update(session_epoch=1)
    assert "Elin" not in client.get("/tillganglighet/").text


def test_a_report_of_a_fault_is_kept(client_of: Callable[..., Client], cast: Cast) -> None:
    client = client_of()
    sent = client.post(
        "/tillganglighet/", {"what": "Knappen går inte att nå", "page": "/ansok/", "contact": ""}
    )
    assert sent.status_code == 302
    assert "Tack" in client.get(sent.headers["Location"]).text
    with foundation.acting(cast.ada):
        assert FaultReport.objects.get().what == "Knappen går inte att nå"
    for nobody in (cast.asa, cast.elin):
        with foundation.acting(nobody):
            assert not FaultReport.objects.exists()


def test_an_empty_report_is_told_at_the_field_and_keeps_the_rest(client: Client) -> None:
    answer = client.post("/tillganglighet/", {"what": "", "page": "/ansok/", "contact": ""})
    assert answer.status_code == 400
    assert 'href="#id_what">Berätta vad du ville göra och vad som hindrade dig.</a>' in answer.text
    assert "Detta fält måste fyllas i" not in answer.text
    assert 'aria-describedby="id_what_error"' in answer.text
    assert 'value="/ansok/"' in answer.text


def test_a_request_of_fifty_megabytes_gets_a_page(client: Client) -> None:
    answer = client.post("/tillganglighet/", b"x" * 50_000_000, content_type="application/octet-stream")
    assert answer.status_code == 413
    assert "Filen är för stor" in answer.text


def test_a_form_with_an_old_token_keeps_what_was_typed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    answer = client.post("/tillganglighet/", {"what": "Lång text", "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert 'name="what" value="Lång text"' in answer.text
    assert "Sidan hade varit öppen för länge" in answer.text


def test_a_form_with_an_old_token_shows_the_own_words_and_no_name_or_code_of_a_field(
    client_of: Callable[..., Client], cast: Cast
) -> None:
    client = client_of(cast.elin)
    client.handler.enforce_csrf_checks = True
    sent = {"version": "37", "kind": "rental", "rent_kr": "9911", "why": "Hyran höjdes i maj.", "day": "2026-11-02"}
    page = client.post("/tillganglighet/", sent, headers={"sec-fetch-site": "same-origin"}).text
    for name, value in sent.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    shown = re.sub(r"<input[^>]*>", "", page[page.index("Det du skrev") :])
    assert "Hyran höjdes i maj." in shown
    assert "Allt du fyllde i finns kvar här" in shown
    for technical in ("version", "37", "rental", "rent_kr", "9911", "why", "2026-11-02"):
        assert technical not in shown[: shown.index("</form>")]


def test_whoever_was_logged_out_is_told_so_at_once(client_of: Callable[..., Client], cast: Cast) -> None:
    said = {"subject": "Hyra", "body": "Min hyra har höjts."}
    for client, told in ((Client(), "Du blev utloggad"), (client_of(cast.elin), "Sidan hade varit öppen för länge")):
        client.handler.enforce_csrf_checks = True
        answer = client.post("/konto/sprak/", said, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == 403
        assert told in answer.text and "Min hyra har höjts." in answer.text


def test_a_form_from_another_site_gets_nothing_back(cast: Cast) -> None:
    client = Client(
        enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site", "origin": "https://example.org"}
    )
    answer = client.post("/tillganglighet/", {"what": "Lång text"})
    assert answer.status_code == 403
    assert "Lång text" not in answer.text


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_statement_stands_in_a_real_browser(open_page: Any, axe: Any, size: Any, language: str) -> None:
    page = open_page("/tillganglighet/", size=size, language=language)
    axe(page)
    fits(page)
    picture(page, f"accessibility-{language}-{size['width']}")


@pytest.mark.browser
def test_dark_and_without_scripts(open_page: Any, axe: Any) -> None:
    axe(open_page("/tillganglighet/", dark=True))
    still = open_page("/tillganglighet/", scripts=False, size=PHONE)
    still.locator("summary").first.click()
    assert still.get_by_role("link", name="Logga in").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize(("language", "other"), [("sv", "English"), ("en", "Svenska")])
def test_the_other_language_is_one_press_away_on_a_phone(
    open_page: Any, axe: Any, cast: Cast, language: str, other: str
) -> None:
    for path, who in (("/tillganglighet/", None), ("/handlaggare/", cast.asa)):
        page = open_page(path, size=PHONE, language=language, as_=who)
        switch = page.get_by_role("link", name=other)
        assert switch.is_visible(), "outside the menu"
        box, menu = switch.bounding_box(), page.locator("details.menu > summary").bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"] and box["height"] >= 24
        assert abs(box["y"] + box["height"] / 2 - menu["y"] - menu["height"] / 2) < 8, "in the same row as the menu"
        fits(page)
        axe(page)
        page.locator("details.menu > summary").click()
        fits(page)
        picture(page, f"menu-open-{language}-{'desk' if who else 'citizen'}")
        switch.click()
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("lang") == ("en" if language == "sv" else "sv")


@pytest.mark.browser
def test_the_keyboard_reaches_everything(open_page: Any) -> None:
    page = open_page("/tillganglighet/")
    names = walk(page)
    assert names[0] == "Hoppa till innehållet"
    assert "Skicka anmälan" in names
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Kortkommandon").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_the_first_visit_is_light(client: Client) -> None:
    """Page, styles, scripts and typeface together: at most 150 kB as they travel."""
    page = client.get("/tillganglighet/")
    names = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page.text))
    parts = [Path(str(finders.find(name))) for name in names]
    assert {"vendor/inter-latin.woff2", "vendor/designsystemet.css", "shell/shell.js"} <= names
    assert sum(travelling_size(part) for part in parts) + len(gzip.compress(page.content)) <= 150_000
