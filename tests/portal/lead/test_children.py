"""The manager's page for children: what is counted, and who sees nothing of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import translation

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry
from handslag.portal.lead.child_rules import RULES, WORDS, grouped
from handslag.portal.lead.queries import children as queries_children
from tests.browser import DESKTOP, PHONE, ROOT, fits, picture
from tests.cast import Cast
from tests.child_protection import investigating
from tests.child_protection.investigating import a_file, at, opened
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


@pytest.fixture
def late(cast: Cast) -> Any:
    """Nils' investigation is past its four months; Omar's breaks within seven days."""
    today = foundation.today()
    nils = a_file(cast, on=today - timedelta(days=200))
    opened(cast, nils, on=today - timedelta(days=200))
    omar = a_file(cast, a_child(cast, "Omar", date(2015, 3, 9)).id, on=today - timedelta(days=118))
    opened(cast, omar, on=today - timedelta(days=118))
    return nils, omar


def test_late_investigations_and_those_that_break_are_listed_with_child_and_worker(
    cast: Cast, client_of: Log, late: Any
) -> None:
    nils, omar = late
    page = text(client_of(cast.eva, language="en").get(PAGE))
    first, second = page.split('id="late"')[1].split('id="breaking"')
    assert nils.number in first and "Nils" in first and "Finish the investigation" in first
    assert omar.number in second.split("</table>")[0] and "Omar" in second and omar.number not in first
    assert 'data-number="late-investigations">1<' in page
    assert f"/handlaggare/arende/{nils.id}/" in first and "David" in first
    with foundation.acting(cast.system):
        read = set(AccessEntry.objects.filter(page="lead.children").values_list("person_id", "account_id"))
    assert read == {(nils.person_id, cast.eva.account_id), (omar.person_id, cast.eva.account_id)}


def test_the_lists_are_ordered_by_the_address_and_odd_orders_are_the_day(
    cast: Cast, client_of: Log, late: Any
) -> None:
    today = foundation.today()
    more = a_file(cast, a_child(cast, "Adam", nth=2).id, on=today - timedelta(days=150))
    opened(cast, more, on=today - timedelta(days=150))
    client = client_of(cast.eva, language="en")

    def found(order: str) -> list[int]:
        first = text(client.get(f"{PAGE}?ordna={order}")).split('id="late"')[1].split('id="breaking"')[0]
        return [first.index(late[0].number), first.index(more.number)]

    by_day, by_name = found("dag"), found("barn")
    assert by_day == sorted(by_day) and by_name == sorted(by_name, reverse=True)
    assert found("x'; --") == by_day == found("") and found("handlaggare")
    page = text(client.get(f"{PAGE}?ordna=barn"))
    assert 'aria-sort="ascending"><a class="ds-link" href="?ordna=barn"' in page


def test_a_manager_of_another_unit_finds_no_name(cast: Cast, client_of: Log, late: Any) -> None:
    for who in (cast.carina, cast.board, cast.asa):
        page = client_of(who).get(PAGE)
        assert late[0].number not in page.text and "Nils" not in page.text
    with foundation.acting(cast.system):
        assert not AccessEntry.objects.filter(page="lead.children").exists()


def test_a_file_that_is_restricted_is_neither_counted_nor_named(
    cast: Cast, client_of: Log, late: Any
) -> None:
    casework.restrict_case(
        case_id=late[0].id,
        account_ids=[cast.david.account_id],
        because="Hot",
        by=cast.eva,
        at=foundation.now(),
    )
    page = text(client_of(cast.eva).get(PAGE))
    assert late[0].number not in page


@pytest.fixture
def restarted(cast: Cast) -> None:
    """Three children whose investigation was closed after forty days and opened again, Ada's last."""
    today = foundation.today()
    for nth, name in enumerate(("Edvin", "Otto", "Ada"), start=5):
        case = a_file(
            cast, investigating.a_child(cast, given_name=name, nth=nth), on=today - timedelta(days=100)
        )
        first = opened(cast, case, on=today - timedelta(days=100))
        investigating.made_whole(cast, first, on=today - timedelta(days=60))
        children.close_investigation(
            investigation_id=first.id, outcome="without_intervention", ground="Behovet är mött hemma.", by=cast.david,
            at=at(today - timedelta(days=60), 14),
        )  # fmt: skip
        opened(cast, case, on=today - timedelta(days=30 - nth))


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_in_the_browser(
    open_page: Any,
    axe: Any,
    cast: Cast,
    busy: Any,
    late: Any,
    restarted: None,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setattr(queries_children, "NEWEST_RESTARTS", 2)
    for size in (PHONE, DESKTOP):
        page = open_page(f"{PAGE}?ordna=barn", as_=cast.eva, size=size, language=language)
        axe(page)
        fits(page)
        for fold in page.locator("main details > summary").all():
            fold.click()
        axe(page)
        fits(page)
        picture(page, f"lead-children-{language}-{size['width']}")


LAW = ROOT / "src/handslag/casework/parameters/clocks.yaml"


def test_every_rule_of_law_around_a_child_stands_in_one_group() -> None:
    """Issue's list: all that clocks.yaml holds of children with a number, none twice."""
    known = {one["id"] for one in yaml.safe_load(LAW.read_text())["clocks"]}
    asked = {
        "FORH",
        "AATERK",
        "UTR",
        "UPPF_U",
        "UPPF_P",
        "UPPF_LVU",
        "JOUR",
        "OVERV",
        "VARDN",
        "VARDPLAN",
        "UNGTJ",
    }
    asked |= {rule for rule in known if rule.startswith(("LVU_", "SKB_"))}
    assert set(RULES) == asked and len(RULES) == len(asked) and set(WORDS) >= asked
    with translation.override("en"):
        groups, idle = grouped({}, foundation.today())
    assert groups == [] and {row.rule for row in idle} == asked
    assert all(row.limit and row.source and row.words for row in idle)


def test_the_clocks_of_care_are_counted_and_break_here(cast: Cast, client_of: Log, late: Any) -> None:
    today, omar = foundation.today(), late[1]
    for rule, days_ago in (("LVU_UND", 3), ("SKB_OVERV", 10), ("UPPF_LVU", 400)):
        casework.start_clock(
            case_id=omar.id, rule=rule, about=foundation.new_id(), starts_on=today - timedelta(days=days_ago),
            by=cast.david, at=foundation.now(),
        )  # fmt: skip
    page = text(client_of(cast.eva, language="en").get(PAGE))
    rows = {
        rule: cut.split("</tr>")[0]
        for rule, cut in ((c.split('"')[0], c) for c in page.split('data-rule="')[1:])
    }
    assert set(rows) == set(RULES)
    running, idle = page.split("<summary>")[0], page.split("<summary>")[1]
    for rule in ("LVU_UND", "SKB_OVERV", "UPPF_LVU", "UTR"):
        assert f'data-rule="{rule}"' in running, rule
    for rule in ("LVU_26", "JOUR", "UNGTJ"):
        assert f'data-rule="{rule}"' in idle.split("</details>")[0], rule
    assert "Submit the immediate taking into care under LVU to the court" in rows["LVU_UND"]
    assert '<span class="ds-tag" data-color="danger">' in rows["UPPF_LVU"]
    breaking = page.split('id="breaking"')[1].split('id="rules"')[0]
    assert "LVU 7" in breaking and omar.number in breaking, "ends within seven days"
    late_now = page.split('id="late"')[1].split('id="breaking"')[0]
    assert "LVU 21b-c" in late_now


def test_restarts_are_a_table_with_the_days_added_and_the_older_folded(
    cast: Cast, client_of: Log, restarted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_children, "NEWEST_RESTARTS", 1)
    page = text(client_of(cast.eva, language="en").get(PAGE))
    table, folded = page.split('id="restarts"')[1].split("<summary>")
    assert 'data-number="restarts">3<' in page
    assert table.count("<tr><td") == 1 and folded.split("</details>")[0].count("<tr><td") == 2
    assert "2 earlier restarts" in folded and "Ada" in table, "the newest stands first"
    assert 'data-label="Days added from before">40<' in table
