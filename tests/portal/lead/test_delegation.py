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
from handslag.foundation.rows import insert_row
from handslag.portal.lead import delegating
from handslag.portal.lead.delegation_order import AUTOMATED, BY_CODE, DECISIONS, not_delegated
from handslag.portal.lead.models import DelegationDecision, DelegationReview
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


def entered(cast: Cast, **more: Any) -> DelegationDecision:
    return delegating.enter_delegation(**given(**more), by=cast.rune, at=foundation.now())


def counted(cast: Cast, **more: Any) -> DelegationDecision:
    """Entered by Rune and confirmed by Carina."""
    one = entered(cast, **more)
    delegating.confirm_delegation(decision_id=one.id, by=cast.carina, at=foundation.now())
    return one


def waiting_for(cast: Cast) -> list[DelegationDecision]:
    with foundation.acting(cast.rune):
        return delegating.find_waiting()


def rules(cast: Cast) -> list[DelegationRule]:
    with foundation.acting(cast.system):
        return list(DelegationRule.objects.filter(decision_type=CODE, role="manager").order_by("valid_from"))


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
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "require_delegation"
            ):
                values = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                asked |= {one for one in values if isinstance(one, str) and one.startswith(contexts)}
    assert asked and asked <= set(BY_CODE)


def test_what_the_board_has_not_decided_is_shown_with_a_proposal_and_is_nobodys(
    client_of: ClientOf, cast: Cast
) -> None:
    with foundation.acting(cast.rune):
        assert not_delegated(foundation.today()) == []
    assert "Nämnden har inte beslutat" not in client_of(cast.rune).get("/ledning/").text
    forget(cast)
    assert not may(cast.eva, cast) and not may(cast.david, cast)
    for who in (cast.rune, cast.carina, cast.board):
        assert (
            "Nämnden har inte beslutat vem som får fatta 1 slags beslut"
            in client_of(who).get("/ledning/").text
        )
    page = client_of(cast.asa).get("/ledning/delegation/").text
    assert "SoL 23:1" in page and "beslut=" not in page, "all staff read it, the rules officer enters it"
    assert (
        f"/ledning/delegation/beslut/?beslut={CODE}" in client_of(cast.rune).get("/ledning/delegation/").text
    )
    assert not may(cast.eva, cast), "a proposal grants nothing"


def test_the_boards_decision_is_entered_by_one_and_counts_when_another_has_confirmed_it(
    client_of: ClientOf, cast: Cast
) -> None:
    forget(cast)
    client, today = client_of(cast.rune), foundation.today()
    page = client.get(f"/ledning/delegation/beslut/?beslut={CODE}")
    assert page.status_code == 200 and "Förslaget gäller för ingen" in page.text
    typed = {
        "decision_type": CODE,
        "role": "manager",
        "valid_from": today.isoformat(),
        "paragraph": "§ 12",
        "decided_on": today.isoformat(),
    }
    refused = client.post(
        "/ledning/delegation/beslut/", typed | {"decided_on": (today + timedelta(days=1)).isoformat()}
    )
    assert refused.status_code == 400 and 'value="§ 12"' in refused.text
    assert client.post("/ledning/delegation/beslut/", typed).status_code == 302
    assert not may(cast.eva, cast), "one person alone gives nobody a right to decide"
    (waiting,) = waiting_for(cast)
    url = f"/ledning/delegation/vantar/{waiting.id}/"
    assert url in client.get("/ledning/delegation/").text and "§ 12" in client.get(url).text
    assert client.post(url, {"confirm": "1"}).status_code == 403
    assert not may(cast.eva, cast)
    assert "väntar på en andra person" in client_of(cast.carina).get("/ledning/").text
    for _pressed_twice in range(2):
        assert client_of(cast.carina).post(url, {"confirm": "1"}).status_code == 302
    assert may(cast.eva, cast) and not may(cast.david, cast)
    assert f"§ 12, {today.isoformat()}" in client.get("/ledning/delegation/").text
    with foundation.acting(cast.system):
        (happened,) = Event.objects.filter(kind="lead.delegation_entered")
        (confirmed,) = Event.objects.filter(kind="lead.delegation_confirmed")
    assert happened.account_id == cast.rune.account_id and happened.data["decision_type"] == CODE
    assert confirmed.account_id == cast.carina.account_id


def test_a_new_row_ends_the_earlier_one_of_the_same_role(cast: Cast) -> None:
    later = foundation.today() + timedelta(days=10)
    counted(cast, valid_from=later)
    assert may(cast.eva, cast) and may(cast.eva, cast, later) and may(cast.david, cast, later)
    assert [row.valid_to for row in rules(cast)] == [later, None]
    with pytest.raises(foundation.BadInput):
        entered(cast, valid_from=later)


def test_a_row_is_ended_from_a_day_with_its_paragraph(client_of: ClientOf, cast: Cast) -> None:
    today = foundation.today()
    later, (rule,) = today + timedelta(days=3), rules(cast)
    url = f"/ledning/delegation/rad/{rule.id}/avsluta/"
    client = client_of(cast.rune)
    assert url in client.get("/ledning/delegation/").text
    typed = {"ends_on": later.isoformat(), "paragraph": "§ 7", "decided_on": today.isoformat()}
    wrong = client.post(url, typed | {"ends_on": (today - timedelta(days=1)).isoformat()})
    assert wrong.status_code == 400 and 'value="§ 7"' in wrong.text
    assert client.post(url, typed).status_code == 302
    assert may(cast.eva, cast, later), "it counts when somebody else has confirmed it"
    (waiting,) = waiting_for(cast)
    assert waiting.ends_id == rule.id
    delegating.confirm_delegation(decision_id=waiting.id, by=cast.board, at=foundation.now())
    assert may(cast.eva, cast) and not may(cast.eva, cast, later) and may(cast.david, cast, later)
    assert [row.valid_to for row in rules(cast)] == [later]
    for faulty in (
        {"ends_on": later},
        {"ends_on": rule.valid_from},
        {"paragraph": " "},
        {"decided_on": date(2100, 1, 1)},
    ):
        asked: dict[str, Any] = {"ends_on": later, "paragraph": "§ 7", "decided_on": today, **faulty}
        with pytest.raises(foundation.BadInput):
            delegating.end_delegation(rule_id=rule.id, **asked, by=cast.rune, at=foundation.now())
    with pytest.raises(foundation.NotFound):
        delegating.end_delegation(
            rule_id=foundation.new_id(),
            ends_on=later,
            paragraph="§ 7",
            decided_on=today,
            by=cast.rune,
            at=foundation.now(),
        )
    assert client.get(f"/ledning/delegation/rad/{foundation.new_id()}/avsluta/").status_code == 404


def test_what_does_not_agree_with_the_minutes_is_returned_and_never_counts(
    client_of: ClientOf, cast: Cast
) -> None:
    forget(cast)
    one = entered(cast)
    url = f"/ledning/delegation/vantar/{one.id}/"
    empty = client_of(cast.carina).post(url, {"return": "1", "because": " "})
    assert empty.status_code == 400
    assert client_of(cast.carina).post(url, {"return": "1", "because": "Paragrafen är 13"}).status_code == 302
    assert "Paragrafen är 13" in client_of(cast.rune).get(url).text
    with pytest.raises(foundation.Conflict):
        delegating.confirm_delegation(decision_id=one.id, by=cast.board, at=foundation.now())
    assert not may(cast.eva, cast) and waiting_for(cast) == []
    with foundation.acting(cast.system):
        assert (
            Event.objects.filter(kind="lead.delegation_returned", account_id=cast.carina.account_id).count()
            == 1
        )


def test_where_one_is_enough_by_the_setting_it_counts_at_once(cast: Cast, settings: Any) -> None:
    settings.DELEGATION_PERSONS = 1
    forget(cast)
    entered(cast)
    assert may(cast.eva, cast)


@pytest.mark.parametrize("who", ["asa", "david", "ada", "frida", "elin", "rune"])
def test_who_may_not_confirm_in_sql_either(cast: Cast, who: str) -> None:
    """Rune entered it; the others hold no role that confirms."""
    forget(cast)
    one, actor = entered(cast), getattr(cast, who)
    with pytest.raises(foundation.Refused):
        delegating.confirm_delegation(decision_id=one.id, by=actor, at=foundation.now())
    with foundation.acting(actor), pytest.raises(Error), transaction.atomic():
        insert_row(
            DelegationReview(
                decision=one,
                outcome="confirmed",
                reviewed_by_id=actor.account_id,
                reviewed_at=foundation.now(),
            )
        )
    assert not may(cast.eva, cast)


def test_nobody_writes_the_order_past_the_second_person_in_sql(cast: Cast) -> None:
    """Neither a row of the order itself, nor a decision that one person is enough for, nor in another's name."""
    forget(cast)
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        DelegationRule.objects.create(
            decision_type=CODE, role="manager", ground="x", valid_from=foundation.today()
        )
    with foundation.acting(cast.rune):
        assert DelegationRule.objects.filter(decision_type=CODE).update(valid_to=None) == 0
    plain: dict[str, Any] = {
        "decision_type": CODE, "role": "manager", "day": foundation.today(), "paragraph": "§ 1",
        "decided_on": foundation.today(), "entered_at": foundation.now(),
    }  # fmt: skip
    for told in (
        {"persons": 1, "entered_by_id": cast.rune.account_id},
        {"persons": 2, "entered_by_id": cast.carina.account_id},
    ):
        with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
            insert_row(DelegationDecision(**plain, **told))
    one = entered(cast)
    with foundation.acting(cast.carina), pytest.raises(Error), transaction.atomic():
        insert_row(
            DelegationReview(
                decision=one,
                outcome="confirmed",
                reviewed_by_id=cast.board.account_id,
                reviewed_at=foundation.now(),
            )
        )
    assert not may(cast.eva, cast)


def test_a_stranger_reads_nothing_of_it(cast: Cast, intruder: Any) -> None:
    entered(cast, valid_from=foundation.today() + timedelta(days=10))
    for table in ("lead_delegationdecision", "lead_delegationreview"):
        assert intruder.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    with foundation.acting(cast.elin):
        assert not DelegationDecision.objects.exists()


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
        delegating.enter_delegation(**given(**wrong), by=cast.rune, at=foundation.now())
    with foundation.acting(cast.system):
        assert not DelegationRule.objects.filter(ground__startswith="§ 12").exists()
        assert not Event.objects.filter(kind="lead.delegation_entered").exists()


@pytest.mark.parametrize("who", ["asa", "carina", "eva", "ada", "board", "frida", "elin"])
def test_nobody_else_enters_delegation_in_sql_either(client_of: ClientOf, cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(foundation.Refused):
        delegating.enter_delegation(**given(), by=actor, at=foundation.now())
    with pytest.raises(foundation.Refused):
        delegating.end_delegation(
            rule_id=rules(cast)[0].id, ends_on=foundation.today(), paragraph="§ 1", decided_on=foundation.today(),
            by=actor, at=foundation.now(),
        )  # fmt: skip
    with foundation.acting(actor), pytest.raises(Error), transaction.atomic():
        DelegationRule.objects.create(
            decision_type=CODE, role=Role.CASE_WORKER, ground="x", valid_from=foundation.today()
        )
    assert client_of(actor).get("/ledning/delegation/beslut/").status_code in (302, 403)


def test_a_fault_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*arguments: Any, **named: Any) -> None:
        raise OSError

    later = foundation.today() + timedelta(days=10)
    one = entered(cast, valid_from=later)
    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(foundation, "record", fault)
        delegating.confirm_delegation(decision_id=one.id, by=cast.carina, at=foundation.now())
    assert [row.valid_to for row in rules(cast)] == [None]
    assert [waiting.id for waiting in waiting_for(cast)] == [one.id]


def test_the_demo_delegates_all_that_there_is(cast: Cast) -> None:
    with foundation.acting(cast.asa):
        held = set(DelegationRule.objects.values_list("decision_type", flat=True))
    assert held == {decision.code for decision in DECISIONS}


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_decision_is_delegated_in_a_real_browser(
    open_page: Any, axe: Any, cast: Cast, size: Any, language: str
) -> None:
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
    axe(page)
    fits(page)
    page = open_page("/ledning/delegation/", as_=cast.carina, size=size, language=language)
    page.locator("a[href*='/vantar/']").click()
    axe(page)
    fits(page)
    picture(page, f"lead-delegation-review-{language}-{size['width']}")
    page.locator("button[name=confirm]").click()
    page.wait_for_url("**/ledning/delegation/")
    assert may(cast.david, cast), "the first role that is proposed"
    page = open_page("/ledning/delegation/", as_=cast.rune, size=size, language=language)
    page.locator("a[href*='/avsluta/']").first.click()
    axe(page)
    fits(page)
