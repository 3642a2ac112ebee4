"""In a real browser: taking down an application, the work list with its two days, and the new pages of the lead face."""

from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.shell.operations import report_fault
from tests.browser import DESKTOP, PHONE, fits
from tests.cast import Cast
from tests.income_support import applying
from tests.income_support.paying import ordered

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]


@pytest.mark.parametrize("size", [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop")])
def test_taking_down_an_application_for_hugo(open_page: Any, axe: Any, cast: Cast, size: Any) -> None:
    applying.use()
    page = open_page(
        f"/handlaggare/person/{cast.hugo.person_id}/", as_=cast.asa, size=size, meant=("400", "404")
    )
    axe(page)
    page.get_by_role("link", name="Ta emot ansökan").click()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Ta in ansökan").click()
    page.locator("ds-error-summary").wait_for()
    axe(page)
    fits(page)
    page.goto(f"/handlaggare/person/{cast.greta.person_id}/")
    axe(page)
    fits(page)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_work_list_and_the_new_pages_of_the_lead_face(
    open_page: Any, axe: Any, cast: Cast, made: Any, settings: Any, language: str
) -> None:
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    case = casework.open_case(
        kind="income_support", person_id=cast.farid.person_id, unit_id=cast.support, by=cast.asa, at=foundation.now()
    )
    casework.add_party(
        case_id=case.id, person_id=cast.elin.person_id, role="co_applicant", by=cast.asa, at=foundation.now()
    )
    ordered(cast, case.id)
    report_fault(what="Knappen syns inte", page="/ansok/", by=foundation.VISITOR, at=foundation.now())
    for who, addresses in (
        (cast.asa, ("/handlaggare/", f"/handlaggare/arende/{case.id}/utbetalningar/")),
        (cast.carina, ("/ledning/", "/ledning/utbetalningar/attest/", f"/handlaggare/arende/{case.id}/utbetalningar/")),
        (cast.ada, ("/ledning/", "/ledning/felanmalningar/")),
        (cast.rune, ("/ledning/regler/lokala/",)),
    ):
        page = open_page(addresses[0], as_=who, size=PHONE, language=language)
        for address in addresses:
            page.goto(address)
            axe(page)
            fits(page)


def test_a_case_worker_in_a_hurry_keeps_the_keyboard(open_page: Any, cast: Cast, dear: Any) -> None:
    """The form of a line opens with its amount in focus, and each approval puts the focus on the next one, then on Decide."""
    page = open_page(f"{dear.calculation}?rad=cost.rent#andra", as_=cast.asa)
    page.wait_for_function("() => document.activeElement.name === 'amount'")
    page = open_page(dear.calculation, as_=cast.asa)
    page.locator("form[action$='/godkann/'] button").first.focus()
    while page.locator("form[action$='/godkann/']").count():
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.matches('button, a') && document.activeElement.closest('main')")
    assert page.evaluate("() => document.activeElement.closest('#sum') !== null")
