"""The process handbook: every process in the language of the reader, drawn and measured, for those who work here."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_file, made_whole, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Clients = Callable[..., Client]
PAGE = "/handlaggare/processer/child_investigation/"


def test_every_process_has_a_page_in_both_languages(client_of: Clients, cast: Cast) -> None:
    for language, title in (("sv", "Processhandbok"), ("en", "Process handbook")):
        client = client_of(cast.asa, language=language)
        listed = client.get("/handlaggare/processer/").content.decode()
        assert "<h1" in listed and title in listed
        for process in casework.processes():
            answer = client.get(f"/handlaggare/processer/{process.code}/")
            assert answer.status_code == 200
            page = answer.content.decode()
            assert page.count('class="process-box') == page.count('<th scope="row"') == len(process.steps)
            assert ' style="' not in page and "<h1" in page
    sv, en = (client_of(cast.asa, language=each).get(PAGE).content.decode() for each in ("sv", "en"))
    assert "Förhandsbedömning" in sv and "inom 14 dagar" in sv and "Handläggare" in sv
    assert "Preliminary assessment" in en and "within 14 days" in en and "Case worker" in en


def test_the_figures_are_those_of_what_happened(client_of: Clients, cast: Cast) -> None:
    today = foundation.today()
    investigation = opened(cast, a_file(cast, on=today), on=today)
    made_whole(cast, investigation, on=today)
    page = client_of(cast.board, language="en").get(PAGE).content.decode()
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in page.split("<tr>")[2:]]
    assert any(
        "The child's own view" in row.replace("&#x27;", "'") and "100 % (1 of 1)" in row for row in rows
    )
    assert any("Decision, and the investigation is closed" in row and "0 % (0 of 1)" in row for row in rows)
    assert "Nils" not in page and "BU-" not in page


def test_what_is_asked_for_oddly_is_answered_plainly(client_of: Clients, cast: Cast) -> None:
    client = client_of(cast.asa)
    assert client.get("/handlaggare/processer/finns-inte/").status_code == 404
    for odd in ("", "0", "-1", "99999999999999", "x"):
        assert client.get(f"{PAGE}?dagar={odd}").status_code == 200


def test_residents_and_visitors_do_not_come_in(client_of: Clients, cast: Cast) -> None:
    for path in ("/handlaggare/processer/", PAGE):
        assert client_of(cast.elin).get(path).status_code in (302, 403)
        assert Client().get(path).status_code == 302


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_it_is_read_by_everybody(
    open_page: Any, axe: Any, cast: Cast, language: str, size: dict[str, int]
) -> None:
    for path in ("/handlaggare/processer/", "/handlaggare/processer/lvm_care/", PAGE):
        page = open_page(path, as_=cast.david, size=size, language=language)
        axe(page)
        fits(page)
        picture(page, f"desk-handbook-{path.strip('/').split('/')[-1]}-{language}-{size['width']}")
    # The table stays within the page, and the drawing shows what it says: no text runs out of its box.
    out = page.evaluate(
        """() => [...document.querySelectorAll('.process-step')].filter((step) => { const box = step.querySelector('rect')
        .getBoundingClientRect(); return [...step.querySelectorAll('text')].some((t) => t.getBoundingClientRect().right > box.right
        + 1 || t.getBoundingClientRect().bottom > box.bottom + 1); }).map((step) => step.textContent)"""
    )
    assert out == []
