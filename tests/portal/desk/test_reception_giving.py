"""A report kept because its child has no number is given to a colleague on its page, and the list says who goes on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.reporting import SYSTEM, child_of, fresh, reported
from tests.portal.desk.test_reception_hurry import SCHOOL, SOMEBODY, START, text

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def colleague(cast: Cast) -> foundation.Actor:
    """Sam takes reports in too."""
    assert cast.sam.account_id is not None
    with foundation.acting(SYSTEM):
        foundation.RoleGrant.objects.create(
            account_id=cast.sam.account_id,
            role="reception",
            unit_id=cast.children,
            valid_from=date(2020, 1, 1),
        )
    return cast.sam


@pytest.fixture
def report(cast: Cast, colleague: foundation.Actor) -> children.Report:
    """Maja keeps it."""
    at = foundation.now() - timedelta(hours=1)
    report = reported(cast, at=at, children=[SOMEBODY], **SCHOOL)
    children.register_unknown_child(reported_child_id=child_of(report).id, by=cast.maja, at=at)
    return fresh(report)


def test_it_is_given_on_its_page_and_the_list_says_who_goes_on(
    cast: Cast, client_of: Log, report: children.Report, colleague: foundation.Actor
) -> None:
    maja, sam, page = client_of(cast.maja), client_of(colleague), f"{START}{report.id}/ge/"
    assert "Maja Malm går vidare med den" in text(maja.get(START))
    assert report.number not in text(sam.get(START))
    shown = text(maja.get(f"{START}{report.id}/"))
    assert "Lämna den till en kollega" in shown and "Barnet saknar nummer, så bara Maja Malm" in shown
    form = text(maja.get(page))
    assert colleague.name in form and "Eva" in form and "Olle" not in form and "David" not in form
    empty = maja.post(page, {})
    assert empty.status_code == 400 and fresh(report).kept_by_id == cast.maja.account_id
    for odd in (str(cast.david.account_id), str(cast.olle.account_id), "x", str(report.id)):
        assert maja.post(page, {"account_id": odd}).status_code == 400, odd
    given = maja.post(page, {"account_id": str(colleague.account_id)}, follow=True)
    assert given.status_code == 200 and "Din kollega har anmälan nu." in text(given)
    assert report.number not in text(given) and maja.get(f"{START}{report.id}/").status_code == 404
    listed = text(sam.get(START))
    assert report.number in listed and f"{colleague.name} går vidare med den" in listed
    assert f"Handläggs av: {colleague.name}" in listed
    assert text(client_of(cast.eva, language="en").get(START)).count(f"{colleague.name} goes on with it") == 1
    # Eva reads it all the time, and may give it back.
    back = client_of(cast.eva).post(page, {"account_id": str(cast.maja.account_id)})
    assert back.status_code == 302 and back["Location"].endswith(f"{report.id}/")
    assert sam.get(f"{START}{report.id}/").status_code == 404


def test_who_does_not_keep_it_is_offered_nothing(cast: Cast, client_of: Log, report: children.Report) -> None:
    page = f"{START}{report.id}/ge/"
    for who in (cast.olle, cast.david, cast.asa, cast.elin):
        for ask in (client_of(who).get, client_of(who).post):
            assert ask(page).status_code in (302, 403, 404), who.name
    assert Client().get(page).status_code == 302
    open_one = reported(cast, at=foundation.now() - timedelta(minutes=5), children=[SOMEBODY], **SCHOOL)
    told = text(client_of(cast.maja).get(f"{START}{open_one.id}/ge/"))
    assert "Det finns ingen att lämna den till" in told
    assert "Lämna den till en kollega" not in text(client_of(cast.maja).get(f"{START}{open_one.id}/"))


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_page_in_a_browser(
    open_page: Any, axe: Any, cast: Cast, report: children.Report, language: str, size: dict[str, int]
) -> None:
    page = open_page(f"{START}{report.id}/ge/", as_=cast.maja, size=size, language=language)
    assert page.locator("h1").count() == 1
    axe(page)
    fits(page)
    picture(page, f"desk-reception-give-{language}-{size['width']}")
    page.get_by_label("Sam").check()
    page.get_by_role("button", name="Lämna anmälan" if language == "sv" else "Give the report").click()
    page.wait_for_url(f"**{START}")
    axe(page)
    assert report.number not in page.content()
