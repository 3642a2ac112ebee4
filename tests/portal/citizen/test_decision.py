"""The decision as the person reads it: result, sum, every line of the calculation, how to appeal."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support.operations import letters, payments
from handslag.portal.shell import formats
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.income_support import deciding

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def decided(cast: Cast) -> casework.Decision:
    """Elin's application, granted by the machine and delivered."""
    deciding.rules(cast)
    deciding.decide(deciding.applied(cast.elin))
    with foundation.acting(cast.system):
        decision = casework.Decision.objects.get()
    return casework.deliver_decision(
        decision_id=decision.id, way="my_page", by=foundation.system("automation"), at=foundation.now()
    )


def test_the_result_first_then_every_line(client_of: Log, cast: Cast, decided: casework.Decision) -> None:
    page = client_of(cast.elin).get(f"/beslut/{decided.id}/").text
    assert "Du får ekonomiskt bistånd" in page
    assert foundation.kr(decided.amount_kr) in page
    assert (
        page.index("Du får ekonomiskt bistånd")
        < page.index("Så har vi räknat")
        < page.index("Om du tycker att beslutet är fel")
    )
    assert "Hyra" in page
    assert "automatiska handläggning" in page
    assert "Sista dag att överklaga" in page


def test_the_money_and_the_letter_stand_with_the_decision(
    client_of: Log, cast: Cast, decided: casework.Decision
) -> None:
    automation = foundation.system("automation")
    orders = payments.order_decision(decision_id=decided.id, by=automation, at=foundation.now())
    letters.make_letter(decision_id=decided.id, by=automation, at=foundation.now())
    client = client_of(cast.elin)
    page = client.get(f"/beslut/{decided.id}/").text
    assert "När du får pengarna" in page
    assert "Planerad" in page
    assert formats.day(orders[0].pay_on) in page
    letter = re.search(r'href="(/papper/[^"]+)"', page)
    assert letter is not None
    paper = client.get(letter[1])
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert client_of(cast.greta).get(letter[1]).status_code == 404
    matters = client.get("/mina-arenden/").text
    assert "Det finns ett beslut att läsa" in matters
    assert "Vi behöver något från dig" not in matters and "Läs ett nytt meddelande" not in matters


def test_a_stranger_reads_no_decision(client_of: Log, cast: Cast, decided: casework.Decision) -> None:
    for actor in (cast.greta, cast.farid, cast.hugo):
        assert client_of(actor).get(f"/beslut/{decided.id}/").status_code == 404


def test_my_matter_leads_to_the_decision(client_of: Log, cast: Cast, decided: casework.Decision) -> None:
    page = client_of(cast.elin).get(f"/mina-arenden/{decided.matter_id}/").text
    assert f"/beslut/{decided.id}/" in page
    assert "Beslutet är fattat" in page


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_decision_in_a_real_browser(
    open_page: Any, axe: Any, cast: Cast, decided: casework.Decision, size: Any, language: str
) -> None:
    page = open_page(f"/beslut/{decided.id}/", as_=cast.elin, size=size, language=language)
    axe(page)
    fits(page)
    page.locator("details.ds-details summary").first.click()
    axe(page)
    picture(page, f"citizen-decision-{language}-{size['width']}")
    page.goto(f"/mina-arenden/{decided.matter_id}/")
    axe(page)
    picture(page, f"citizen-decided-{language}-{size['width']}")
