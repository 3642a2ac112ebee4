"""The wall: who may watch, what it never shows, what an idle second costs, and that it moves by itself."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.wall.models import Screen
from handslag.portal.wall.presenters import kinds_told, length_of_time, percent
from handslag.portal.wall.queries import AGES, STATES, KindBalance
from tests.browser import fits, picture
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]
WIDE, SMALL, PHONE = {"width": 1920, "height": 1080}, {"width": 1280, "height": 720}, {"width": 360, "height": 740}


def a_case(cast: Cast) -> casework.Case:
    return casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support,
        parties=[(cast.elin.person_id, "applicant")], by=cast.system, at=foundation.now(),
    )


def test_staff_may_watch_and_others_may_not(client_of: ClientOf, cast: Cast) -> None:
    for who in (cast.asa, cast.david, cast.carina, cast.ada):
        assert client_of(who).get("/tavla/").status_code == 200
        assert client_of(who).get("/tavla/siffror/").status_code == 200
    for stranger in (cast.greta, cast.elin):
        assert client_of(stranger).get("/tavla/").status_code == 403
        assert client_of(stranger).get("/tavla/siffror/").status_code == 401
    assert client_of().get("/tavla/").headers["Location"] == "/konto/logga-in/?next=/tavla/"
    assert client_of().get("/tavla/siffror/").status_code == 401


def test_it_shows_no_person_no_number_and_no_worker(client_of: ClientOf, cast: Cast) -> None:
    case = a_case(cast)
    page = client_of(cast.david).get("/tavla/").text
    for hidden in ("Elin", "Ekdal", "Åsa", "1991", case.number, str(case.id), str(cast.elin.person_id), "Försörjningsstöd"):
        assert hidden not in page, hidden
    assert re.search(r'data-number="income_support-week">visas inte<', page)
    assert re.search(r'data-number="income_support-open">visas inte<', page)
    for code in ("concern_report", "child_protection", "addiction", "partner_violence", "debt_counselling"):
        assert re.search(rf'data-number="{code}-open">0<', page), f"every kind of case stands there: {code}"


def balance(code: str, states: tuple[int, int, int, int], ages: tuple[int, int, int, int]) -> KindBalance:
    return KindBalance(code, code, dict(zip(STATES, states, strict=True)), dict(zip(AGES, ages, strict=True)))


def test_what_is_told_of_a_kind_never_tells_a_small_number() -> None:
    """States and ages sum to the kind's total: no number is left to subtract, and hidden ones are told by one word."""
    kinds = [
        balance("big", (20, 30, 3, 147), (10, 20, 70, 100)),
        balance("middle", (10, 10, 10, 10), (0, 20, 10, 10)),
        balance("small", (1, 1, 0, 0), (2, 0, 0, 0)),
        balance("none", (0, 0, 0, 0), (0, 0, 0, 0)),
    ]
    rows = {row.code: row for row in kinds_told(kinds, 5)}

    def told(code: str, group: str) -> list[str]:
        return [cell.text for cell in rows[code].cells if cell.group == group]

    with translation.override("en"):
        rows = {row.code: row for row in kinds_told(kinds, 5)}
    assert rows["big"].total.text == "200"
    assert told("big", "state") == ["not shown", "30", "not shown", "147"]
    assert told("big", "age") == ["10", "20", "70", "100"]
    assert rows["middle"].total.text == "40"
    assert told("middle", "state") == ["10"] * 4
    assert rows["small"].total.text == "not shown"
    assert told("small", "state") == told("small", "age") == ["not shown"] * 4, "nor where there are none"
    assert told("none", "age") == ["0"] * 4 and rows["none"].total.text == "0"


def test_a_small_kind_is_not_told_nor_had_by_subtraction(cast: Cast, client_of: ClientOf) -> None:
    def told(*totals: int, smallest: int = 5) -> list[str]:
        kinds = [balance(str(n), (0, 0, 0, n), (n, 0, 0, 0)) for n in totals]
        return [row.total.text for row in kinds_told(kinds, smallest)]

    assert told(200, 40, 2, 1) == ["200", "40", "visas inte", "visas inte"]
    assert told(200, 40, 2) == ["200", "40", "visas inte"]
    assert told(200, 5, smallest=10) == ["200", "visas inte"]
    assert told(200, 5) == ["200", "5"]
    a_case(cast)
    page = client_of(cast.asa).get("/tavla/siffror/").text
    assert 'data-number="open">0 öppna, utan de slag som är få<' in page, "the total of all is that of what is told"


def test_the_share_in_time_stands_with_the_waiting_time(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.asa).get("/tavla/siffror/").text
    automated = page[page.index('id="w-auto"'):page.index('id="w-due"')]
    assert "inom 7 dagar" not in automated.lower()


def test_an_idle_second_costs_one_look(client_of: ClientOf, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = client_of(cast.asa)
    first = client.get("/tavla/siffror/")
    mark = first.headers["ETag"]
    with django_assert_max_num_queries(10):  # of which nine say who asks
        idle = client.get("/tavla/siffror/", headers={"if-none-match": mark})
    assert idle.status_code == 304
    assert idle.content == b""
    a_case(cast)
    moved = client.get("/tavla/siffror/", headers={"if-none-match": mark})
    assert moved.status_code == 200
    assert moved.headers["ETag"] != mark
    assert moved.headers["Cache-Control"] == "private, no-cache"


def test_the_whole_wall_asks_little(client_of: ClientOf, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = client_of(cast.asa)
    with django_assert_max_num_queries(16):
        client.get("/tavla/")


def test_a_screen_shows_the_wall_and_nothing_else(client_of: ClientOf, cast: Cast) -> None:
    device = client_of(cast.ada)
    opened = device.post("/tavla/skarmar/", {"name": "Korridoren, plan 2"})
    assert opened.headers["Location"] == "/tavla/"
    assert device.get("/tavla/").status_code == 200
    assert device.get("/tavla/siffror/").status_code == 200
    assert device.get("/konto/").status_code == 302
    assert device.get("/tavla/skarmar/").status_code == 302
    assert "path=/tavla/" in device.cookies["handslag_wall"].OutputString().lower()
    with foundation.acting(cast.carina):
        screen = Screen.objects.get()
    manager = client_of(cast.carina)
    assert "Korridoren, plan 2" in manager.get("/tavla/skarmar/").text
    assert manager.post(f"/tavla/skarmar/{screen.id}/stang/").status_code == 302
    assert device.get("/tavla/siffror/").status_code == 401
    assert device.get("/tavla/").status_code == 302
    assert manager.post(f"/tavla/skarmar/{screen.id}/stang/").status_code == 404


def test_a_made_up_cookie_opens_nothing(client_of: ClientOf, cast: Cast) -> None:
    device = client_of()
    device.cookies["handslag_wall"] = f"{foundation.new_id()}:x:y"
    assert device.get("/tavla/").status_code == 302


@pytest.mark.parametrize("who", ["asa", "david", "greta", "elin", None])
def test_others_make_no_screens(client_of: ClientOf, cast: Cast, who: str | None) -> None:
    actor = getattr(cast, who) if who else None
    assert client_of(actor).get("/tavla/skarmar/").status_code in (302, 403)
    assert client_of(actor).post("/tavla/skarmar/", {"name": "x"}).status_code in (302, 403)
    with foundation.acting(cast.system):
        assert not Screen.objects.exists()
    if actor is not None:
        from handslag.portal.wall import operations

        with pytest.raises(foundation.Refused):
            operations.open_screen(name="x", by=actor, at=foundation.now())


def test_in_the_demo_anybody_may_watch(client_of: ClientOf, cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    page = client_of().get("/tavla/")
    assert page.status_code == 200
    assert "allt här är påhittat" in page.text


def test_a_screen_needs_a_place(client_of: ClientOf, cast: Cast) -> None:
    answer = client_of(cast.ada).post("/tavla/skarmar/", {"name": " "})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("hours", "told"), [(None, ("–", "")), (0.01, ("1", "minut")), (0.5, ("30", "minuter")), (1.0, ("1", "timme")), (30, ("30", "timmar")), (60, ("2,5", "dagar"))]
)
def test_time_is_told_in_its_own_unit(hours: float | None, told: tuple[str, str]) -> None:
    assert length_of_time(hours) == told


def test_a_share_of_nothing_is_a_dash() -> None:
    assert (percent(None), percent(0.424)) == ("–", "42\u00a0%")


NO_SCROLL = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
INSIDE = """() => [...document.querySelectorAll('.tile')].filter((t) => t.scrollHeight > t.clientHeight + 1 || t.scrollWidth > t.clientWidth + 1 ||
  [...t.querySelectorAll('*')].some((e) => { const a = e.getBoundingClientRect(), b = t.getBoundingClientRect(); return a.bottom > b.bottom + 1 || a.right > b.right + 1; }))
  .map((t) => t.innerText)"""


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
def test_it_fits_one_screen(open_page: Any, axe: Any, cast: Cast, size: Any, language: str) -> None:
    a_case(cast)
    page = open_page("/tavla/", as_=cast.asa, size=size, language=language)
    axe(page)
    assert page.evaluate(NO_SCROLL)
    assert page.evaluate(INSIDE) == []
    picture(page, f"wall-{language}-{size['width']}", whole=False)


@pytest.mark.browser
def test_it_can_be_read_on_a_phone_too(open_page: Any, axe: Any, cast: Cast) -> None:
    page = open_page("/tavla/", as_=cast.asa, size=PHONE)
    axe(page)
    fits(page)


@pytest.mark.browser
def test_it_moves_within_two_seconds_and_says_when_nobody_answers(open_page: Any, cast: Cast, site: Any) -> None:
    page = open_page("/tavla/", as_=cast.asa, size=SMALL, meant=("ERR_", "Failed to load", "htmx", "401"))
    page.wait_for_timeout(1200)
    with site.lock:
        a_case(cast)
    page.locator('[data-number="income_support-week"]', has_text="visas inte").wait_for(timeout=2000)
    page.context.set_offline(True)
    page.get_by_role("alert").get_by_text("Förbindelsen är bruten").wait_for()
    page.context.set_offline(False)
    page.locator("#lost").wait_for(state="hidden")


@pytest.mark.browser
def test_the_screens_page_stands_in_a_real_browser(open_page: Any, axe: Any, cast: Cast) -> None:
    for language in ("sv", "en"):
        page = open_page("/tavla/skarmar/", as_=cast.ada, size=PHONE, language=language)
        axe(page)
        fits(page)
