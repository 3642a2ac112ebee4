"""Limits of unusual costs: shown with where they come from, settled by the rules officer as dated data, and used."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django import forms
from django.db import Error, transaction
from django.test import Client
from django.utils import translation

from handslag.foundation import public as foundation
from handslag.foundation.public import Event
from handslag.foundation.rows import insert_row
from handslag.income_support import public as income_support
from handslag.income_support.models import UnusualCostLimits, UnusualCostReview
from handslag.income_support.operations import unusual_costs
from handslag.portal.lead.forms import FigureField
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast

ClientOf = Callable[..., Client]
PAGE = "/ledning/regler/ovanliga-kostnader/"


def given(**more: Any) -> dict[str, Any]:
    today = foundation.today()
    return {
        "valid_from": today.replace(day=1), "limits": {"electricity": Decimal(1500)}, "paragraph": "§ 9", "decided_on": today,
        **more,
    }  # fmt: skip


def confirmed(cast: Cast) -> None:
    """Carina holds what waits against the decision."""
    (entered,) = income_support.find_unusual_costs_to_review()
    income_support.confirm_unusual_costs(limits_id=entered.id, by=cast.carina, at=foundation.now())


def links_told(who: foundation.Actor) -> list[str]:
    with foundation.acting(who):
        return [notice.link for notice in foundation.notices_of(who)]


@pytest.mark.django_db(databases=["default"])
def test_the_rules_page_tells_each_limit_and_that_it_is_our_own_guess(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.carina).get("/ledning/regler/").text
    assert "vår egen gissning" in page and "2\u00a0000\u00a0kr</span> i månaden" in page
    assert PAGE not in page, "only the rules officer changes them"
    assert PAGE in client_of(cast.rune).get("/ledning/regler/").text


@pytest.mark.django_db(databases=["default"])
def test_the_rules_officer_settles_them_from_a_month_and_earlier_months_keep_theirs(
    client_of: ClientOf, cast: Cast
) -> None:
    first = foundation.today().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    client = client_of(cast.rune)
    assert 'value="2\u00a0000"' in client.get(PAGE).text, "begins with what holds now"
    typed = {
        "limit_electricity": "1 500", "limit_home_insurance": "6.200", "valid_from": first.isoformat(), "paragraph": "§ 9",
        "decided_on": foundation.today().isoformat(),
    }  # fmt: skip
    asked = client.post(PAGE, typed)
    assert asked.status_code == 400 and "6\u00a0200" in asked.text and 'value="1 500"' in asked.text
    assert client.post(PAGE, typed | {"limit_home_insurance": ""}).status_code == 302
    assert income_support.unusual_costs_on(first).decided is None, "nobody else has looked yet"
    confirmed(cast)
    held = income_support.unusual_costs_on(first)
    assert held.limits == {"electricity": Decimal("1500.00")} and held.decided is not None
    assert unusual_costs.comparison_on(first).unusual_kr == held.limits
    assert income_support.unusual_costs_on(before).decided is None
    page = client.get("/ledning/regler/").text
    assert "§ 9" in page and "1\u00a0500\u00a0kr</span> i månaden" in page and "vår egen gissning" not in page
    with foundation.acting(cast.system):
        (happened,) = Event.objects.filter(kind="income_support.unusual_costs_entered")
    assert happened.account_id == cast.rune.account_id


@pytest.mark.django_db(databases=["default"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"limits": {"rent": Decimal(1)}},
        {"limits": {"electricity": Decimal(0)}},
        {"limits": {"electricity": Decimal(10**7)}},
        {"valid_from": date(2026, 11, 2)},
        {"paragraph": " "},
        {"decided_on": date(2100, 1, 1)},
    ],
)
def test_what_is_no_limit_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(foundation.BadInput):
        income_support.enter_unusual_costs(**given(**wrong), by=cast.rune, at=foundation.now())
    with foundation.acting(cast.system):
        assert not UnusualCostLimits.objects.exists()


@pytest.mark.django_db(databases=["default"])
def test_nobody_else_settles_them_in_sql_either_and_nobody_changes_them(cast: Cast, intruder: Any) -> None:
    plain = given(limits={"electricity": "1.00"}) | {"entered_at": foundation.now()}
    for who in (cast.asa, cast.carina, cast.eva, cast.ada, cast.elin):
        with pytest.raises(foundation.Refused):
            income_support.enter_unusual_costs(**given(), by=who, at=foundation.now())
        with foundation.acting(who), pytest.raises(Error), transaction.atomic():
            insert_row(UnusualCostLimits(**plain, entered_by_id=who.account_id))
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        insert_row(UnusualCostLimits(**plain, entered_by_id=cast.carina.account_id))
    entered = income_support.enter_unusual_costs(**given(), by=cast.rune, at=foundation.now())
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        UnusualCostLimits.objects.update(paragraph="x")
    with pytest.raises(psycopg.Error):
        intruder.execute("INSERT INTO income_support_unusualcostlimits (id) VALUES (gen_random_uuid())")
    review = {"limits_id": entered.id, "outcome": "confirmed", "reviewed_name": "x", "reviewed_at": foundation.now()}
    for who in (cast.rune, cast.asa, cast.elin):
        with foundation.acting(who), pytest.raises(Error), transaction.atomic():
            insert_row(UnusualCostReview(**review, reviewed_by_id=who.account_id))
    with foundation.acting(cast.rune), pytest.raises(Error), transaction.atomic():
        insert_row(UnusualCostReview(**review, reviewed_by_id=cast.carina.account_id))
    with pytest.raises(psycopg.Error):
        intruder.execute("INSERT INTO income_support_unusualcostreview (id) VALUES (gen_random_uuid())")
    assert income_support.unusual_costs_on(foundation.today().replace(day=1)).decided is None


@pytest.mark.django_db(databases=["default"])
def test_two_persons_settle_them_and_the_one_who_entered_is_not_the_second(cast: Cast, client_of: ClientOf) -> None:
    first = foundation.today().replace(day=1)
    entered = income_support.enter_unusual_costs(**given(), by=cast.rune, at=foundation.now())
    page = f"{PAGE}{entered.id}/"
    with translation.override("en"):
        for who in (cast.rune, cast.asa, cast.elin, cast.board):
            with pytest.raises(foundation.Refused):
                income_support.confirm_unusual_costs(limits_id=entered.id, by=who, at=foundation.now())
    assert page in links_told(cast.carina) and page not in links_told(cast.rune), "who may confirm is told"
    mine = client_of(cast.rune).get(page).text
    assert "någon annan bekräftar dem" in mine and 'name="confirm"' not in mine
    assert "väntar på en andra person" in client_of(cast.rune).get("/ledning/regler/").text
    assert client_of(cast.rune).post(page, {"confirm": "1"}).status_code == 403
    assert client_of(cast.asa).get(page).status_code == 403
    theirs = client_of(cast.carina).get(page).text
    assert "2\u00a0000\u00a0kr" in theirs and "1\u00a0500\u00a0kr" in theirs and "ingen gräns" in theirs
    assert client_of(cast.carina).post(page, {"confirm": "1"}).status_code == 302
    assert income_support.unusual_costs_on(first).decided == entered
    assert page not in links_told(cast.carina)
    income_support.confirm_unusual_costs(limits_id=entered.id, by=cast.carina, at=foundation.now())
    with pytest.raises(foundation.Conflict):
        income_support.return_unusual_costs(limits_id=entered.id, because="Fel.", by=cast.carina, at=foundation.now())
    with foundation.acting(cast.system):
        (happened,) = Event.objects.filter(kind="income_support.unusual_costs_confirmed")
    assert happened.account_id == cast.carina.account_id
    assert client_of(cast.carina).get(f"{PAGE}{foundation.new_id()}/").status_code == 404


@pytest.mark.django_db(databases=["default"])
def test_returned_limits_never_hold(cast: Cast, client_of: ClientOf) -> None:
    entered = income_support.enter_unusual_costs(**given(), by=cast.rune, at=foundation.now())
    page, client = f"{PAGE}{entered.id}/", client_of(cast.carina)
    assert client.post(page, {"return": "1", "because": " "}).status_code == 400
    assert client.post(page, {"return": "1", "because": "Elen är 2 500 i beslutet."}).status_code == 302
    assert income_support.unusual_costs_on(foundation.today().replace(day=1)).decided is None
    assert "Elen är 2 500" in client.get(page).text
    with pytest.raises(foundation.Conflict):
        income_support.confirm_unusual_costs(limits_id=entered.id, by=cast.carina, at=foundation.now())
    assert income_support.find_unusual_costs_to_review() == []


@pytest.mark.django_db(databases=["default"])
@pytest.mark.parametrize("act", ["confirm_unusual_costs", "return_unusual_costs"])
def test_a_fault_leaves_no_review(cast: Cast, monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    entered = income_support.enter_unusual_costs(**given(), by=cast.rune, at=foundation.now())
    more = {"because": "Fel."} if act == "return_unusual_costs" else {}

    def fault(*arguments: Any, **named: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(foundation, "record", fault)
        getattr(income_support, act)(limits_id=entered.id, **more, by=cast.carina, at=foundation.now())
    assert income_support.find_unusual_costs_to_review() == [entered]


@pytest.mark.django_db(databases=["default"])
def test_a_fault_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*arguments: Any, **named: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken, pytest.raises(OSError):
        broken.setattr(foundation, "record", fault)
        income_support.enter_unusual_costs(**given(), by=cast.rune, at=foundation.now())
    assert income_support.unusual_costs_on(foundation.today()).decided is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12,5", "12.5"), ("0.25", "0.25"), ("0,539", "0.539"), ("4 200", "4200"), ("\u22121,5", "-1.5"), ("5", "5")],
)
def test_a_figure_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert FigureField(decimals=4).clean(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["6.200", "1,234", "1.234,50", "tolv", "1.2.3", "1e5", "NaN", "٣", "0,12345"])
def test_what_may_mean_two_things_is_asked_about(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        FigureField(decimals=4).clean(typed)


@pytest.mark.browser
@pytest.mark.django_db(databases=["default"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_in_the_browser(open_page: Any, axe: Any, cast: Cast, size: Any, language: str) -> None:
    entered = income_support.enter_unusual_costs(**given(), by=cast.rune, at=foundation.now())
    for path in ("/ledning/regler/", PAGE):
        page = open_page(path, as_=cast.rune, size=size, language=language)
        axe(page)
        fits(page)
    picture(page, f"lead-unusual-costs-{language}-{size['width']}")
    page = open_page(f"{PAGE}{entered.id}/", as_=cast.carina, size=size, language=language)
    page.locator("main details > summary").click()
    axe(page)
    fits(page)
    picture(page, f"lead-unusual-costs-confirm-{language}-{size['width']}")
