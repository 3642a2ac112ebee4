"""The manager's page for children: what is counted, and who sees nothing of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.foundation import public as foundation
from tests.browser import fits, picture
from tests.cast import Cast
from tests.child_protection.reporting import a_child, child_of, decide, reported, safe

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
PAGE = "/ledning/barn/"
NOTHING = {"concern_codes": ["school"]}


@pytest.fixture
def busy(cast: Cast) -> Any:
    """One child with three reports in six months, one report that nobody has assessed, one past its fourteen days."""
    now, nora = foundation.now(), a_child(cast)
    for weeks in (20, 10):
        report = reported(cast, nora, at=now - timedelta(weeks=weeks), **NOTHING)
        safe(cast, child_of(report), at=now - timedelta(weeks=weeks))
        decide(cast, child_of(report), at=now - timedelta(weeks=weeks) + timedelta(days=3))
    third = reported(cast, nora, at=now - timedelta(hours=1), **NOTHING)
    forgotten = reported(
        cast, a_child(cast, "Omar", nth=1), at=now - timedelta(days=16), danger_now=True, **NOTHING
    )
    return third, forgotten


def text(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def test_what_is_late_and_what_comes_again(cast: Cast, client_of: Log, busy: Any) -> None:
    third, forgotten = busy
    page = text(client_of(cast.eva).get(PAGE))
    assert "anmälan nummer 3 på sex månader" in page
    assert third.number in page and forgotten.number in page
    assert "384 timmar" in page, "sixteen days without an assessment"
    assert "för 2 dagar sedan" in page, "the fourteen days have passed"
    assert "Ekebys eget mål är 4 timmar" in page
    weeks = client_of(cast.eva).get("/ledning/barn/veckor.xlsx")
    assert weeks.status_code == 200


def test_only_what_is_ones_own_unit_is_counted(cast: Cast, client_of: Log, busy: Any) -> None:
    page = text(client_of(cast.carina).get(PAGE))
    assert "Du leder ingen enhet som arbetar med barn" in page
    assert busy[0].number not in page
    for who in (cast.asa, cast.maja, cast.greta, cast.board):
        assert client_of(who).get(PAGE).status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_in_the_browser(open_page: Any, axe: Any, cast: Cast, busy: Any, language: str) -> None:
    page = open_page(PAGE, as_=cast.eva, language=language)
    axe(page)
    fits(page)
    picture(page, f"lead-children-{language}")
