"""The ways in and out: the demo's, a password with a code, and what is refused."""

import base64
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client

from handslag.demo.who import SUPPORT
from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Event
from handslag.portal.account import operations, second_factor
from handslag.portal.account.claims import Grant
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
PASSWORD = "en lång mening om sjöar"


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def local(cast: Cast) -> Account:
    """A member of staff with a password and no app yet."""
    return operations.open_local_account(
        username="lotta", name="Lotta Lund", password=PASSWORD, grants=frozenset({Grant(SUPPORT, "case_worker")}),
        by=cast.system, at=foundation.now(),
    )


def code_now(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def give_password(client: Client, name: str = "lotta", password: str = PASSWORD) -> Any:
    return client.post("/konto/logga-in/losenord/", {"username": name, "password": password, "next": "/konto/"})


def join_app(client: Client) -> str:
    give_password(client)
    secret = client.session["second_step"]["secret"]
    answer = client.post("/konto/logga-in/app/", {"code": code_now(secret, -1)})
    assert answer.status_code == 200
    return str(secret)


def events(kind: str) -> int:
    with foundation.acting(foundation.system("test")):
        return Event.objects.filter(kind=kind).count()


def test_outside_the_demo_there_is_no_demo_log_in(client: Client, cast: Cast) -> None:
    page = client.get("/konto/logga-in/")
    assert page.status_code == 200
    assert "Åsa" not in page.text
    assert client.post("/konto/logga-in/demo/", {"who": "asa"}).status_code == 404
    assert client.get("/konto/").headers["Location"] == "/konto/logga-in/?next=/konto/"


def test_in_the_demo_one_can_be_anyone_of_the_cast_and_it_says_so(client: Client, cast: Cast, demo: None) -> None:
    page = client.get("/konto/logga-in/?next=/konto/")
    assert "Det här är en demo" in page.text
    for name in ("Åsa Åberg", "Elin", "Hugo"):
        assert name in page.text
    entered = client.post("/konto/logga-in/demo/", {"who": "asa", "next": "/konto/"})
    assert entered.headers["Location"] == "/konto/"
    assert "Åsa Åberg" in client.get("/konto/").text
    assert events("account.logged_in") == 1


def test_nobody_outside_the_cast_can_be_taken_in_the_demo(client: Client, cast: Cast, demo: None, local: Account) -> None:
    assert client.post("/konto/logga-in/demo/", {"who": "lotta"}).status_code == 404
    assert client.get("/konto/logga-in/demo/").status_code == 405


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_log_in_leads_nowhere_else(client: Client, cast: Cast, demo: None, away: str) -> None:
    assert client.post("/konto/logga-in/demo/", {"who": "asa", "next": away}).headers["Location"] == "/handlaggare/"


def test_log_out_asks_first_and_ends_every_session(client: Client, cast: Cast, demo: None) -> None:
    client.post("/konto/logga-in/demo/", {"who": "asa"})
    stolen = client.cookies["sessionid"].value
    assert "Logga ut?" in client.get("/konto/logga-ut/").text
    assert client.post("/konto/logga-ut/").headers["Location"] == "/konto/utloggad/"
    other = Client()
    other.cookies["sessionid"] = stolen
    assert other.get("/konto/").status_code == 302
    assert events("account.logged_out") == 1


def test_a_password_alone_opens_nothing(client: Client, local: Account) -> None:
    assert give_password(client).headers["Location"] == "/konto/logga-in/app/"
    assert client.get("/konto/").status_code == 302
    assert "data:image/svg+xml" in client.get("/konto/logga-in/app/").text
    assert client.get("/konto/logga-in/kod/").status_code == 200  # asks for a code, which does not exist yet
    assert client.post("/konto/logga-in/kod/", {"code": "000000"}).status_code == 400
    assert client.get("/konto/").status_code == 302


def test_the_first_log_in_joins_an_app_and_shows_the_codes_once(client: Client, local: Account) -> None:
    give_password(client)
    wrong = client.post("/konto/logga-in/app/", {"code": "12"})
    assert wrong.status_code == 400
    secret = client.session["second_step"]["secret"]
    answer = client.post("/konto/logga-in/app/", {"code": code_now(secret)})
    assert "Spara de här koderna" in answer.text
    assert client.get("/konto/").status_code == 200
    with foundation.acting(foundation.system("test")):
        kept = Authenticator.objects.get(user_id=local.pk, type="totp").data["secret"]
    assert secret not in kept
    assert base64.b32decode(secret)


def test_a_code_counts_once(client: Client, local: Account) -> None:
    secret = join_app(client)
    fresh = Client()
    assert give_password(fresh).headers["Location"] == "/konto/logga-in/kod/"
    assert fresh.post("/konto/logga-in/kod/", {"code": code_now(secret, -1)}).status_code == 400
    assert fresh.post("/konto/logga-in/kod/", {"code": code_now(secret)}).headers["Location"] == "/konto/"
    again = Client()
    give_password(again)
    assert again.post("/konto/logga-in/kod/", {"code": code_now(secret)}).status_code == 400


def test_a_saved_code_opens_once(client: Client, local: Account) -> None:
    join_app(client)
    with foundation.acting(foundation.system("test")):
        saved = Authenticator.objects.get(user_id=local.pk, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (302, 400):
        fresh = Client()
        give_password(fresh)
        assert fresh.post("/konto/logga-in/kod/", {"code": saved}).status_code == expected
    with foundation.acting(foundation.system("test")):
        assert second_factor.codes_left(local.pk) == 9


def test_what_is_wrong_is_not_told_apart(client: Client, local: Account, cast: Cast) -> None:
    texts = set()
    for name, password in (("lotta", "något annat"), ("ingen", PASSWORD), ("asa", "x"), ("resident-elin", PASSWORD)):
        answer = give_password(client, name, password)
        assert answer.status_code == 400
        texts.add("Användarnamnet eller lösenordet är fel" in answer.text)
        assert f">{password}<" not in answer.text and f"\"{password}\"" not in answer.text
    assert texts == {True}


def test_five_failures_close_the_name_and_no_other(client: Client, local: Account, cast: Cast) -> None:
    for _ in range(5):
        assert give_password(client, password="fel").status_code == 400
    assert give_password(client).status_code == 403
    assert give_password(Client(), "LOTTA").status_code == 403
    assert give_password(client, "ingen").status_code == 400
    with foundation.clock_at(foundation.now() + timedelta(minutes=16)):
        assert give_password(client).status_code == 302


def test_wrong_codes_count_as_failures(client: Client, local: Account) -> None:
    join_app(client)
    fresh = Client()
    give_password(fresh)
    for _ in range(5):
        assert fresh.post("/konto/logga-in/kod/", {"code": "000000"}).status_code == 400
    assert fresh.post("/konto/logga-in/kod/", {"code": "000000"}).status_code == 403


def test_the_second_step_waits_ten_minutes(client: Client, local: Account) -> None:
    give_password(client)
    with foundation.clock_at(foundation.now() + timedelta(minutes=11)):
        assert client.get("/konto/logga-in/app/").headers["Location"] == "/konto/logga-in/"


def test_the_failures_hold_no_name_and_no_address(client: Client, local: Account) -> None:
    give_password(client, password="fel")
    with foundation.acting(foundation.system("test")):
        told = str(Event.objects.get(kind="account.log_in_failed").data)
    assert "lotta" not in told
    assert "127.0.0.1" not in told


@pytest.mark.parametrize("path", ["login/", "signup/", "logout/", "password/reset/", "email/", "2fa/", "3rdparty/", "reauthenticate/"])
def test_the_librarys_own_pages_have_no_address(client: Client, cast: Cast, path: str) -> None:
    for prefix in ("/accounts/", "/konto/", "/"):
        assert client.get(prefix + path).status_code == 404


def test_an_expired_session_mid_form_keeps_what_was_typed(client_of: Callable[..., Client], cast: Cast) -> None:
    answer = client_of().post("/konto/sprak/", {"language": "en"})
    assert answer.status_code == 403
    assert 'name="language" value="en"' in answer.text


@pytest.fixture
def filled(cast: Cast, demo: None) -> Iterator[Cast]:
    yield cast


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_log_in_stands_in_a_real_browser(open_page: Any, axe: Any, filled: Cast, size: Any, language: str) -> None:
    page = open_page("/konto/logga-in/", size=size, language=language)
    axe(page)
    fits(page)
    picture(page, f"log-in-{language}-{size['width']}")


@pytest.mark.browser
def test_a_keyboard_becomes_asa(open_page: Any, filled: Cast) -> None:
    page = open_page("/konto/logga-in/?next=/konto/")
    assert any("Åsa Åberg" in name for name in walk(page))
    page.get_by_role("button", name="Åsa Åberg").press("Enter")
    assert page.get_by_role("heading", level=1, name="Åsa Åberg").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_joining_an_app_stands_in_a_real_browser(open_page: Any, axe: Any, local: Account, language: str) -> None:
    page = open_page("/konto/logga-in/", size=PHONE, language=language)
    page.locator("summary", has_text="user name" if language == "en" else "användarnamn").click()
    page.locator("#id_username").fill("lotta")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/app/")
    axe(page)
    fits(page)
    page.locator("#id_code").fill(code_now(page.locator("code.key").inner_text()))
    page.locator("#id_code").press("Enter")
    page.locator(".codes").wait_for()
    axe(page)
    fits(page)


def test_the_command_line_opens_the_first_account_and_shows_its_password_once(client: Client, cast: Cast) -> None:
    said = StringIO()
    call_command("open_account", "anna", "Anna Ask", role="administrator", unit=SUPPORT, stdout=said)
    password = said.getvalue().split()[-1]
    assert give_password(client, "anna", password).headers["Location"] == "/konto/logga-in/app/"
    with pytest.raises(CommandError):
        call_command("open_account", "anna", "Anna Ask", role="administrator", unit=SUPPORT, stdout=said)


def test_a_short_or_common_password_is_refused(cast: Cast) -> None:
    for password in ("kort", "elva tecken", "q1w2e3r4t5y6"):
        with pytest.raises(foundation.BadInput):
            operations.open_local_account(
                username="anna", name="Anna", password=password, grants=frozenset(), by=cast.system, at=foundation.now()
            )
