"""The delegation order: shown to all staff, entered as the board's decision; what comes with the product is proposed, never granted."""

import ast
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, transaction
from django.test import Client

from handslag.foundation import public as foundation
from handslag.foundation.public import DelegationRule, Event, Role
from handslag.portal.lead import operations
from handslag.portal.lead.delegation_order import AUTOMATED, BY_CODE, DECISIONS, not_delegated
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]
SOURCE = Path(__file__).resolve().parents[3] / "src/handslag"
CODE = "child_protection.follow_up"


def forget(cast: Cast, code: str = CODE) -> None:
    """As in an installation whose board decided before the product had this decision."""
    with foundation.acting(cast.system):
        DelegationRule.objects.filter(decision_type=code).update(valid_to=foundation.today())


def given(**more: Any) -> dict[str, Any]:
    today = foundation.today()
    return {
        "decision_type": CODE, "role": "manager", "valid_from": today, "paragraph": "§ 12", "decided_on": today, **more,
    }  # fmt: skip


def may(who: foundation.Actor, cast: Cast, on: date | None = None) -> bool:
    with foundation.acting(who):
        return foundation.may_decide(who, CODE, None, cast.children, on or foundation.today())


def test_every_decision_that_the_code_asks_delegation_for_is_in_the_order() -> None:
    """A type of decision in the source of the contexts that nobody could find on the page would be nobody's to make for ever."""
    contexts = tuple(f"{name}." for name in ("income_support", "child_protection"))
    asked = set()
    for path in SOURCE.glob("*/operations/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg in ("type", "decision"):
                values = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
                asked |= {one for one in values if isinstance(one, str) and one.startswith(contexts)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "require_delegation":
                values = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                asked |= {one for one in values if isinstance(one, str) and one.startswith(contexts)}
    assert asked and asked <= set(BY_CODE)


def test_what_the_board_has_not_decided_is_shown_with_a_proposal_and_is_nobodys(client_of: ClientOf, cast: Cast) -> None:
    with foundation.acting(cast.rune):
        assert not_delegated(foundation.today()) == []
    assert "Nämnden har inte beslutat" not in client_of(cast.rune).get("/ledning/").text
    forget(cast)
    assert not may(cast.eva, cast) and not may(cast.david, cast)
    for who in (cast.rune, cast.carina, cast.board):
        assert "Nämnden har inte beslutat vem som får fatta 1 slags beslut" in client_of(who).get("/ledning/").text
    page = client_of(cast.asa).get("/ledning/delegation/").text
    assert "SoL 23:1" in page and "beslut=" not in page, "all staff read it, the rules officer enters it"
    assert f"/ledning/delegation/beslut/?beslut={CODE}" in client_of(cast.rune).get("/ledning/delegation/").text
    assert not may(cast.eva, cast), "a proposal grants nothing"


def test_the_boards_decision_is_entered_and_holds_from_its_day(client_of: ClientOf, cast: Cast) -> None:
    forget(cast)
    client, today = client_of(cast.rune), foundation.today()
    page = client.get(f"/ledning/delegation/beslut/?beslut={CODE}")
    assert page.status_code == 200 and "Förslaget gäller för ingen" in page.text
    typed = {"decision_type": CODE, "role": "manager", "valid_from": today.isoformat(), "paragraph": "§ 12", "decided_on": today.isoformat()}
    refused = client.post("/ledning/delegation/beslut/", typed | {"decided_on": (today + timedelta(days=1)).isoformat()})
    assert refused.status_code == 400 and 'value="§ 12"' in refused.text
    assert client.post("/ledning/delegation/beslut/", typed).status_code == 302
    assert may(cast.eva, cast) and not may(cast.david, cast)
    assert f"§ 12, {today.isoformat()}" in client.get("/ledning/delegation/").text
    with foundation.acting(cast.system):
        (happened,) = Event.objects.filter(kind="lead.delegation_entered")
    assert happened.account_id == cast.rune.account_id and happened.data["decision_type"] == CODE


def test_a_new_row_ends_the_earlier_one_of_the_same_role(cast: Cast) -> None:
    later = foundation.today() + timedelta(days=10)
    operations.enter_delegation(**given(valid_from=later), by=cast.rune, at=foundation.now())
    assert may(cast.eva, cast) and may(cast.eva, cast, later) and may(cast.david, cast, later)
    with foundation.acting(cast.system):
        rows = DelegationRule.objects.filter(decision_type=CODE, role="manager").order_by("valid_from")
        assert [row.valid_to for row in rows] == [later, None]
    with pytest.raises(foundation.BadInput):
        operations.enter_delegation(**given(valid_from=later), by=cast.rune, at=foundation.now())


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision_type": "income_support.everything"},
        {"role": "king"},
        {"role": AUTOMATED},
        {"paragraph": " "},
        {"max_amount_kr": 0},
        {"decided_on": date(2100, 1, 1)},
        {"valid_from": date(2020, 1, 1)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_no_decision_of_a_board_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    forget(cast)
    with pytest.raises(foundation.BadInput):
        operations.enter_delegation(**given(**wrong), by=cast.rune, at=foundation.now())
    with foundation.acting(cast.system):
        assert not DelegationRule.objects.filter(ground__startswith="§ 12").exists()
        assert not Event.objects.filter(kind="lead.delegation_entered").exists()


@pytest.mark.parametrize("who", ["asa", "carina", "eva", "ada", "board", "frida", "elin"])
def test_nobody_else_enters_delegation_in_sql_either(client_of: ClientOf, cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(foundation.Refused):
        operations.enter_delegation(**given(), by=actor, at=foundation.now())
    with foundation.acting(actor), pytest.raises(Error), transaction.atomic():
        DelegationRule.objects.create(decision_type=CODE, role=Role.CASE_WORKER, ground="x", valid_from=foundation.today())
    assert client_of(actor).get("/ledning/delegation/beslut/").status_code in (302, 403)


def test_a_fault_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*arguments: Any, **named: Any) -> None:
        raise OSError

    later = foundation.today() + timedelta(days=10)
    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(foundation, "record", fault)
        operations.enter_delegation(**given(valid_from=later), by=cast.rune, at=foundation.now())
    with foundation.acting(cast.system):
        assert [row.valid_to for row in DelegationRule.objects.filter(decision_type=CODE, role="manager")] == [None]


def test_the_demo_delegates_all_that_there_is(cast: Cast) -> None:
    with foundation.acting(cast.asa):
        held = set(DelegationRule.objects.values_list("decision_type", flat=True))
    assert held == {decision.code for decision in DECISIONS}


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_decision_is_delegated_in_a_real_browser(open_page: Any, axe: Any, cast: Cast, size: Any, language: str) -> None:
    forget(cast)
    page = open_page("/ledning/delegation/", as_=cast.rune, size=size, language=language)
    axe(page)
    fits(page)
    picture(page, f"lead-delegation-{language}-{size['width']}")
    page.locator(f"a[href*='beslut={CODE}']").click()
    axe(page)
    fits(page)
    today = foundation.today().isoformat()
    for name, value in {"valid_from": today, "paragraph": "§ 12", "decided_on": today}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/ledning/delegation/")
    assert page.locator(f"a[href*='beslut={CODE}']").count() == 0
