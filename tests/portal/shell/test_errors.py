"""The pages for what goes wrong, in both languages: each says what, and what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory

from handslag.foundation import public as foundation
from handslag.portal.shell import errors
from handslag.portal.shell.templatetags.shell import tel
from tests.browser import PHONE, fits
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Något gick fel hos oss"), ("en", "Something went wrong with us")]
)
def test_a_fault_has_a_page_that_asks_nothing_of_the_database(
    language: str, words: str, django_assert_num_queries: Any
) -> None:
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
    with django_assert_num_queries(0):
        answer = errors.fault(request)
    assert answer.status_code == 500
    assert words in answer.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (foundation.Refused("Your role does not allow this."), 403),
        (foundation.NotFound("There is no such case."), 404),
        (foundation.Conflict("Somebody else changed this."), 409),
        (foundation.BadInput("That is no amount.", do="Write digits."), 400),
    ],
)
def test_an_error_that_was_written_to_be_told_is_told_with_its_status(
    error: foundation.HandslagError, status: int, client_of: Log, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    from handslag.income_support import public as income_support

    def refuse(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(income_support, "my_applications", refuse)
    answer = client_of(cast.elin).get("/mina-arenden/")
    assert answer.status_code == status
    assert error.what in answer.text


def test_what_a_view_wrote_before_it_failed_is_rolled_back(
    client_of: Log, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    from handslag.income_support import public as income_support

    def write_and_fail(actor: foundation.Actor) -> None:
        foundation.log_read(actor, person_id=actor.person_id, page="citizen.half")
        raise foundation.Conflict("Somebody else changed this.")

    monkeypatch.setattr(income_support, "my_applications", write_and_fail)
    client_of(cast.elin).get("/mina-arenden/")
    with foundation.acting(cast.system):
        assert not foundation.AccessEntry.objects.filter(page="citizen.half").exists()


def test_a_number_to_call_becomes_an_address() -> None:
    assert tel("08-465 004 12") == "tel:+46846500412"


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_error_pages_in_a_real_browser(open_page: Any, axe: Any, cast: Cast, language: str) -> None:
    page = open_page("/finns/inte/", language=language, size=PHONE, meant=("404", "403"))
    axe(page)
    fits(page)
    page = open_page("/mina-arenden/", as_=cast.asa, language=language, size=PHONE, meant=("403",))
    axe(page)
    fits(page)


@pytest.mark.browser
def test_a_form_sent_too_late_stands_in_a_real_browser(open_page: Any, axe: Any, cast: Cast) -> None:
    page = open_page("/tillganglighet/", size=PHONE, meant=("403",))
    page.locator("[name=what]").fill("Knappen går inte att nå")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Skicka anmälan").click()
    axe(page)
    page.get_by_role("button", name="Skicka det jag skrev").click()
    assert page.get_by_role("heading", name="Tack").is_visible()
