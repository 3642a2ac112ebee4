"""The desk in a real browser: every page in both languages at three widths, by keyboard, and the whole way of a case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from tests.browser import fits, picture, walk
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
TABS = ("", "berakning/", "anteckningar/", "dokument/", "meddelanden/", "komplettering/", "kommunicering/", "beslut/", "beslut/akut/", "utbetalningar/", "utbetalningar/mottagare/", "handelser/", "ansvarig/", "avsluta/")  # fmt: skip


@pytest.fixture
def lively(dear: Any, cast: Cast) -> Any:
    """Elin's case with something on every tab."""
    at, due = foundation.now(), foundation.today() + timedelta(days=7)
    case = {"case_id": dear.case_id, "at": at}
    casework.write_note(
        body="Elin ringde om hyran.", subject="Telefonsamtal", kind="call", by=cast.asa, **case
    )
    casework.send_message(subject="Fråga", body="När får jag svar?", by=cast.elin, **case)
    casework.request_completion(
        what=["Hyresavi för november", "Kvitto på el"], due_on=due, by=cast.asa, **case
    )
    casework.communicate(
        material="Hyran är högre än den högsta godtagna.",
        answer_until=due,
        matter_id=dear.application.id,
        by=cast.asa,
        **case,
    )
    income_support.change_line(
        assessment_id=dear.row.id,
        version=1,
        line="cost.rent",
        amount=7000,
        why="Inga andra bostäder finns",
        by=cast.asa,
        at=at,
    )
    given = income_support.give_emergency_aid(
        case_id=dear.case_id, amount=800, first_day=foundation.today(), last_day=foundation.today(), reason="Mat över helgen",
        idempotency_key="browser", by=cast.asa, at=at,
    )  # fmt: skip
    payee = income_support.add_payee(
        case_id=dear.case_id, person_id=cast.elin.person_id, kind="landlord", name="Bostads AB Åsen", account_kind="bankgiro",
        account_number="5050-1055", by=cast.asa, at=at,
    )  # fmt: skip
    income_support.order_payments(
        decision_id=given.id, shares=[income_support.Share(payee, given.amount_kr)], by=cast.asa, at=at
    )
    dear.decision = given
    return dear


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_case(open_page: Any, axe: Any, cast: Cast, lively: Any, language: str) -> None:
    page = open_page("/handlaggare/", as_=cast.asa, language=language)
    more = (f"berakning/{lively.application.id}/?rad=cost.rent", f"berakning/{lively.application.id}/?ny", f"berakning/{lively.application.id}/besluta/", f"beslut/{lively.decision.id}/")  # fmt: skip
    axe(page)
    fits(page)
    picture(page, f"desk-start-{language}")
    for tab in (*TABS, *more):
        page.goto(f"{lively.url}{tab}")
        axe(page)
        fits(page)
        word = tab.strip("/").replace(str(lively.application.id), "x").replace(str(lively.decision.id), "y")
        picture(
            page, f"desk-{word.replace('/', '-').replace('?', '-').replace('=', '-') or 'case'}-{language}"
        )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_persons(open_page: Any, axe: Any, cast: Cast, made: Any, language: str) -> None:
    person = f"/handlaggare/person/{cast.elin.person_id}/"
    page = open_page("/handlaggare/sok/", as_=cast.carina, language=language, meant=("404", "400"))
    for shown, path in {"sok": "/handlaggare/sok/", "ny": "/handlaggare/person/ny/", "person": person, "nummer": f"{person}nummer/", "sla-ihop": f"{person}sla-ihop/", "skydd": f"{person}skydd/", "person-protected": f"/handlaggare/person/{cast.hugo.person_id}/", "case-not-found": f"/handlaggare/arende/{foundation.new_id()}/", "utan-behorighet": f"{person}utan-behorighet/"}.items():  # fmt: skip
        page.goto(path)
        axe(page)
        fits(page)
        picture(page, f"desk-{shown}-{language}")


def test_the_whole_way_from_the_list_to_a_decision_by_keyboard(
    open_page: Any, axe: Any, cast: Cast, dear: Any, waive: Callable[..., None]
) -> None:
    waive(dear)
    page = open_page("/handlaggare/", as_=cast.asa)
    page.get_by_role("link", name="EB-").first.click()
    page.get_by_role("heading", name="Elin Ekdal").wait_for()
    page.keyboard.press("2")
    page.wait_for_url("**/berakning/**")
    assert walk(page)
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("Nästa post").wait_for()
    page.keyboard.press("Escape")
    page.locator("main").evaluate("e => e.focus()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-line')")
    page.get_by_role("link", name="Ändra Hyra").click()
    page.get_by_label("Mitt värde").fill("7 000")
    page.get_by_label("Varför, i ord till personen").fill("Inga andra bostäder finns")
    axe(page)
    page.get_by_role("button", name="Spara mitt värde").click()
    page.get_by_text("Ditt värde är sparat.").wait_for()
    assert page.locator("#sum").get_by_text("12 520 kr").is_visible()
    for part in ("Hushåll och norm", "Kostnader"):
        page.get_by_role("button", name=f"Godkänn {part}").click()
        page.get_by_text("Delen är godkänd.").wait_for()
    page.locator("main").evaluate("e => e.focus()")
    page.keyboard.press("b")
    page.wait_for_url("**/besluta/")
    page.get_by_label("Bevilja en del").check()
    page.get_by_label("Skäl, i ord").fill("Hyran är högre än den högsta godtagna.")
    axe(page)
    page.get_by_role("button", name="Se vad som kommer att ske").click()
    page.get_by_role("heading", name="Det här kommer att ske").wait_for()
    axe(page)
    fits(page)
    picture(page, "desk-decide-preview")
    page.get_by_role("button", name="Besluta: bevilja").click()
    page.get_by_text("Beslutet är fattat.").wait_for()
    axe(page)
    picture(page, "desk-decision")


def test_a_note_saves_itself(open_page: Any, axe: Any, cast: Cast, made: Any, site: Any) -> None:
    page = open_page(f"{made.url}anteckningar/", as_=cast.asa)
    page.get_by_role("button", name="Ny anteckning").click()
    page.get_by_label("Text").fill("Elin ringde om hyran.")
    page.locator("#saved").get_by_text("sparad").wait_for()
    page.locator('#saved input[name="version"][value="2"]').wait_for(state="attached")
    page.get_by_label("Text").fill("Elin ringde om hyran i november.")
    page.locator('#saved input[name="version"][value="3"]').wait_for(state="attached")
    axe(page)
    fits(page)
    picture(page, "desk-note")
    page.get_by_role("button", name="Signera").click()
    page.get_by_text("Anteckningen är signerad.").wait_for()
    page.get_by_text("Elin ringde om hyran i november.").wait_for()


def test_it_works_without_scripts(open_page: Any, cast: Cast, dear: Any) -> None:
    page = open_page(f"{dear.calculation}?rad=cost.rent", as_=cast.asa, scripts=False)
    page.get_by_label("Mitt värde").fill("7 000")
    page.get_by_label("Varför, i ord till personen").fill("Inga andra bostäder finns")
    page.get_by_role("button", name="Spara mitt värde").click()
    page.get_by_text("Ditt värde är sparat.").wait_for()
