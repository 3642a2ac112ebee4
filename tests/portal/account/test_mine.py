"""One's own account page: roles, notices, reads; and nothing of anybody else's."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Notice
from handslag.portal import citizen
from handslag.portal.account.views.mine import PAGE_WORDS
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Carina has a notice and Åsa has read Elin's page."""
    at = foundation.now()
    foundation.words({"tests.told": "Läs den nya rutinen om {what}."})
    with foundation.acting(cast.system):
        foundation.notify(cast.carina.account_id, foundation.said("tests.told", what="jour"), link="/konto/", at=at)
    with foundation.acting(cast.asa):
        for _ in range(3):
            foundation.log_read(cast.asa, person_id=cast.elin.person_id, page="desk.person")
    return cast


def test_a_visitor_is_sent_to_log_in(client: Client, cast: Cast) -> None:
    assert client.get("/konto/").headers["Location"] == "/konto/logga-in/?next=/konto/"


def test_staff_see_their_roles_and_their_own_reads(client_of: ClientOf, told: Cast) -> None:
    page = client_of(told.asa).get("/konto/").text
    assert "Åsa Åberg" in page
    assert "Försörjningsstöd" in page
    assert page.count("desk.person") == 3
    assert "desk.person" not in client_of(told.bjorn).get("/konto/").text
    assert "desk.person" not in client_of(told.david).get("/konto/").text


def test_a_resident_sees_no_roles(client_of: ClientOf, told: Cast) -> None:
    page = client_of(told.greta).get("/konto/").text
    assert "Du är inloggad som invånare" in page
    assert "Försörjningsstöd" not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Min akt", "Din ansökan", "Ett papper i ditt ärende")),
        ("en", ("My record", "Your application", "A paper in your case")),
    ],
)
def test_a_resident_reads_what_was_opened_in_words(
    client_of: ClientOf, told: Cast, language: str, words: tuple[str, ...]
) -> None:
    with foundation.acting(told.elin):
        for page in ("citizen.record", "citizen.matter", "casework.document", "citizen.unheard_of"):
            foundation.log_read(told.elin, person_id=told.elin.person_id, page=page)
    client = client_of(told.elin)
    client.cookies["django_language"] = language
    page = client.get("/konto/").text
    opened = page[page.index('id="lasningar"') :]
    for each in (*words, {"sv": "En sida om dig", "en": "A page about you"}[language]):
        assert f">{each}</td>" in opened
    for code in ("citizen.", "casework.", "Vardagligt arbete", "Everyday work", "<code>"):
        assert code not in opened


def test_every_page_that_a_resident_opens_has_words() -> None:
    root = Path(citizen.__file__).parent
    logged = {code for file in root.rglob("*.py") for code in re.findall(r'page="([a-z_.]+)"', file.read_text("utf-8"))}
    assert logged and logged <= set(PAGE_WORDS)


def test_a_notice_stays_until_its_owner_acknowledges_it(client_of: ClientOf, told: Cast) -> None:
    assert "Läs den nya rutinen om jour" in client_of(told.carina).get("/konto/").text
    assert "Läs den nya rutinen" not in client_of(told.asa).get("/konto/").text
    with foundation.acting(told.carina):
        notice = Notice.objects.get()
    for other in (told.asa, told.greta):
        assert client_of(other).post(f"/konto/last/{notice.id}/").status_code == 404
    assert client_of(told.carina).post(f"/konto/last/{notice.id}/", {"go": "1"}).status_code == 302
    assert "Läs den nya rutinen" not in client_of(told.carina).get("/konto/").text


def test_the_language_follows_the_account(client_of: ClientOf, told: Cast) -> None:
    client = client_of(told.farid)
    answer = client.post("/konto/sprak/", {"language": "en"})
    assert answer.cookies["django_language"].value == "en"
    assert "Log out" in client.get("/konto/").text
    with foundation.acting(told.system):
        assert Account.objects.get(id=told.farid.account_id).language == "en"


def test_the_page_asks_little_of_the_database(
    client_of: ClientOf, told: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(told.carina)
    client.get("/konto/")
    with django_assert_max_num_queries(16):
        client.get("/konto/")


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_stands_in_a_real_browser(open_page: Any, axe: Any, told: Cast, size: Any, language: str) -> None:
    for who in (told.asa, told.carina, told.elin):
        page = open_page("/konto/", as_=who, size=size, language=language)
        axe(page)
        fits(page)
    picture(page, f"account-{language}-{size['width']}")


@pytest.mark.browser
def test_the_keyboard_acknowledges(open_page: Any, told: Cast) -> None:
    page = open_page("/konto/", as_=told.carina)
    assert "Jag har läst det" in walk(page)
    page.get_by_role("button", name="Jag har läst det").press("Enter")
    page.get_by_text("Inget väntar på dig").wait_for()


def test_the_same_news_of_the_same_page_is_told_once_and_seen_once(client_of: ClientOf, cast: Cast) -> None:
    """Two parts of a joint matter shared on one day are one row; what leads to no page is never taken for the same."""
    foundation.words({"tests.same": "Något har delats med dig i provet."})
    at = foundation.now()
    with foundation.acting(cast.system):
        for link in ("/konto/", "/konto/", "", ""):
            foundation.notify(cast.carina.account_id, foundation.said("tests.same"), link=link, at=at)
    with foundation.acting(cast.carina):
        told = foundation.notices_of(cast.carina)
        assert [one.link for one in told].count("/konto/") == 1 and len(told) == 3
    linked = next(one for one in told if one.link)
    client_of(cast.carina).post(reverse("acknowledge", args=[linked.id]))
    assert client_of(cast.bjorn).get("/konto/").text.count("Något har delats med dig i provet.") == 0
    with foundation.acting(cast.carina):
        assert [one.link for one in foundation.notices_of(cast.carina)] == ["", ""]
