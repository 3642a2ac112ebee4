"""The lead face: who may open which page, what it says, what it costs, and that it stands in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from handslag.analytics import public as analytics
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.lead.forms import household_words
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
ClientOf = Callable[..., Client]

# Who of the cast opens what; everybody who is not named gets no entry.
DOORS = {
    "/ledning/": {"carina", "frida", "goran", "rune", "ada", "board"},
    "/ledning/frister.xlsx": {"carina"},
    "/ledning/belastning.xlsx": {"carina"},
    "/ledning/brutna-frister.xlsx": {"carina"},
    "/ledning/automatisering/": {"carina", "rune", "frida", "board"},
    "/ledning/automatisering/regel/": {"rune"},
    "/ledning/stickprov/": {"carina", "asa", "bjorn", "david"},
    "/ledning/stickprov.xlsx": {"carina", "asa", "bjorn", "david"},
    "/ledning/logg/": {"carina"},
    "/ledning/logg.xlsx": {"carina"},
    "/ledning/jobb/": {"ada"},
    "/ledning/felanmalningar/": {"ada"},
    "/ledning/felanmalningar.xlsx": {"ada"},
    "/ledning/utbetalningar/attest/": {"carina", "frida", "goran"},
    "/ledning/jobb.xlsx": {"ada"},
    "/ledning/regler/": {"rune", "carina", "frida", "board"},
    "/ledning/journal/": {"rune", "carina", "frida", "board"},
    "/ledning/journal/mall/": {"rune"},
    "/ledning/journal/regel/": {"rune"},
    "/ledning/regler/belopp.xlsx": {"rune", "carina", "frida", "board"},
    "/ledning/regler/lokala/": {"rune"},
    "/ledning/regler/installningar/": {"rune"},
    "/ledning/utbetalningar/": {"frida", "goran"},
    "/ledning/utbetalningar/filer.xlsx": {"frida", "goran"},
    "/ledning/utbetalningar/bevarade.xlsx": {"frida", "goran"},
    "/ledning/delegation/": {"asa", "bjorn", "carina", "david", "frida", "goran", "rune", "ada", "board"},
    "/ledning/delegation.xlsx": {"asa", "bjorn", "carina", "david", "frida", "goran", "rune", "ada", "board"},
    "/ledning/gallring/": {"carina", "ada"},
    "/ledning/gallring.xlsx": {"carina", "ada"},
    "/ledning/statistik/": {"carina", "frida", "board"},
    "/ledning/statistik.xlsx": {"carina", "frida", "board"},
    "/ledning/statistik/barn/": {"carina", "frida", "board"},
    "/ledning/statistik-barn.xlsx": {"carina", "frida", "board"},
}
EVERYBODY = ["asa", "bjorn", "carina", "david", "frida", "goran", "rune", "ada", "board", "elin", "greta", "hugo"]
PAGES = {"carina": ("/ledning/", "/ledning/automatisering/", "/ledning/stickprov/", "/ledning/logg/", "/ledning/statistik/", "/ledning/gallring/", "/ledning/delegation/", "/ledning/utbetalningar/attest/"),
         "rune": ("/ledning/", "/ledning/regler/", "/ledning/regler/lokala/", "/ledning/regler/installningar/", "/ledning/automatisering/regel/"),
         "ada": ("/ledning/", "/ledning/jobb/", "/ledning/felanmalningar/"), "frida": ("/ledning/", "/ledning/utbetalningar/")}


@pytest.fixture
def at_work(cast: Cast) -> casework.Case:
    """A case of Elin's whose time limit has passed and that nobody has taken."""
    at = foundation.now() - timedelta(days=40)
    case = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support,
        parties=[(cast.elin.person_id, "applicant")], by=cast.system, at=at,
    )
    with foundation.acting(cast.system):
        casework.Case.objects.filter(id=case.id).update(due_on=foundation.today() - timedelta(days=3))
    return case


@pytest.mark.parametrize("path", DOORS)
def test_who_may_and_who_may_not(client_of: ClientOf, cast: Cast, path: str) -> None:
    for who in EVERYBODY:
        status = client_of(getattr(cast, who)).get(path).status_code
        assert status == (200 if who in DOORS[path] else 403), f"{who} at {path}: {status}"
    assert client_of().get(path).status_code == 302


def test_the_manager_sees_what_breaks_and_no_person(client_of: ClientOf, cast: Cast, at_work: casework.Case) -> None:
    def week() -> str:
        page = client_of(cast.carina).get("/ledning/").text
        return page[page.index('id="week"'):page.index('id="load"')]

    assert at_work.number not in week(), "what is broken already is no more to break"
    with foundation.acting(cast.system):
        casework.Case.objects.filter(id=at_work.id).update(due_on=foundation.today() + timedelta(days=3))
    assert at_work.number in week()
    page = client_of(cast.carina).get("/ledning/").text
    assert "Ingen än" in page
    for hidden in ("Elin", "Ekdal", str(cast.elin.person_id)):
        assert hidden not in page


def test_a_promise_that_has_passed_is_told_beside_the_laws_days(client_of: ClientOf, cast: Cast) -> None:
    cases = [
        casework.open_case(
            kind="income_support", person_id=person, unit_id=cast.support, worker_id=worker,
            parties=[(person, "applicant")], by=cast.system, at=foundation.now(),
        )
        for person, worker in ((cast.elin.person_id, cast.asa.account_id), (cast.farid.person_id, None))
    ]
    for case, days in zip(cases, (-4, -1), strict=True):
        on = foundation.today() + timedelta(days=days)
        casework.promise_day(case_id=case.id, on=on, by=cast.system, at=foundation.now())
    manager = client_of(cast.carina)
    page = manager.get("/ledning/")
    assert "Utlovad dag har passerat" in page.text
    assert '<p class="count num" data-number="promises-passed">2</p>' in page.text
    assert "Ingen lagstadgad frist bryts inom sju dagar" in page.text
    assert page.context["overview"].overdue == 0
    assert [(load.name, load.passed) for load in page.context["overview"].loads] == [("", 1), (cast.asa.name, 1)]
    assert casework.count_work(cast.carina, whose="unit")["overdue"] == 2
    casework.promise_day(case_id=cases[0].id, on=foundation.today(), by=cast.system, at=foundation.now())
    assert 'data-number="promises-passed">1<' in manager.get("/ledning/").text


def test_the_overview_asks_the_same_of_the_database_for_many_cases(
    client_of: ClientOf, cast: Cast, at_work: casework.Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.carina)
    for _ in range(5):
        casework.open_case(
            kind="income_support", person_id=cast.farid.person_id, unit_id=cast.support,
            parties=[(cast.farid.person_id, "applicant")], by=cast.system, at=foundation.now(),
        )
    with django_assert_max_num_queries(24):
        client.get("/ledning/")


def test_a_list_goes_to_excel_and_a_name_is_no_formula(client_of: ClientOf, cast: Cast, at_work: casework.Case) -> None:
    with foundation.acting(cast.system):
        foundation.Account.objects.filter(id=cast.asa.account_id).update(name="=1+1")
        casework.Case.objects.filter(id=at_work.id).update(worker_id=cast.asa.account_id)
    answer = client_of(cast.carina).get("/ledning/frister.xlsx")
    assert 'filename="frister-' in answer.headers["Content-Disposition"]
    with ZipFile(BytesIO(answer.content)) as book:
        assert at_work.number in book.read("xl/sharedStrings.xml").decode()
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_statistics_count_only_ones_own_units(client_of: ClientOf, cast: Cast, at_work: casework.Case) -> None:
    analytics.refresh_all(by=cast.system, at=foundation.now())
    page = client_of(cast.carina).get("/ledning/statistik/").text
    assert "1–4" not in page and ">dolt<" in page and "genom subtraktion" in page
    assert at_work.number not in page
    with foundation.acting(cast.system):
        foundation.RoleGrant.objects.create(
            account_id=cast.david.account_id, unit_id=cast.children, role="manager", valid_from=foundation.today()
        )
    assert "Inget att räkna än" in client_of(cast.david).get("/ledning/statistik/").text


def test_the_delegation_order_is_shown_with_the_automated_function(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.asa).get("/ledning/delegation/").text
    assert "Automatiserad beslutsfunktion" in page
    assert "60\u00a0000" in page


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_stands_in_a_real_browser(
    open_page: Any, axe: Any, cast: Cast, at_work: casework.Case, who: str, size: Any, language: str
) -> None:
    for path in PAGES[who]:
        page = open_page(path, as_=getattr(cast, who), size=size, language=language)
        axe(page)
        fits(page)
        picture(page, f"lead-{who}-{path.strip('/').replace('/', '-')}-{language}-{size['width']}")


def test_a_highest_rent_is_told_in_the_words_of_the_form() -> None:
    assert household_words(None, 1) == "En eller två vuxna, 1 barn"
    assert household_words(2, 0) == "Två vuxna, inga barn"
    assert household_words(1, 3) == "En vuxen, 3 barn"
