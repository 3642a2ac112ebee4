"""The one search of the desk: by name, by identity number, and by the number of a case or a report."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import a_child, reported

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
SEARCH = "/handlaggare/sok/"


@pytest.fixture
def register(cast: Cast) -> Callable[..., people.Person]:
    """Somebody more with a name, whom no register protects."""

    def make(given_name: str, family_name: str) -> people.Person:
        told: dict[str, Any] = {"born": None, "sex": "unknown", "identity_number": None, "protection": "none"}
        names = {"given_name": given_name, "family_name": family_name}
        return people.register_person(**names, **told, by=cast.system, at=foundation.now())

    return make


@pytest.mark.parametrize("write", [str, str.lower, lambda text: f"  {text.replace('-', ' ')} "])
def test_the_number_of_a_case_leads_to_it_and_the_reading_is_logged(
    cast: Cast, client_of: Log, made: Any, write: Callable[[str], str]
) -> None:
    number = casework.get_case(made.case_id, cast.asa).number
    client = client_of(cast.asa)
    answer = client.post(SEARCH, {"q": write(number)})
    assert answer.status_code == 302 and answer.headers["Location"] == made.url
    assert client.get(made.url).status_code == 200
    with foundation.acting(cast.system):
        assert foundation.AccessEntry.objects.filter(case_id=made.case_id, account_id=cast.asa.account_id).exists()


def test_a_number_that_one_may_not_read_answers_as_one_that_nobody_has(
    cast: Cast, client_of: Log, made: Any
) -> None:
    number = casework.get_case(made.case_id, cast.asa).number
    client = client_of(cast.david)
    hidden, nothing = (client.post(SEARCH, {"q": text}) for text in (number, "EB-1999-99999"))
    assert hidden.status_code == nothing.status_code == 200
    plain = [re.sub(r'value="[^"]{40,}"|X-CSRFToken": "[^"]+', "", one.text) for one in (hidden, nothing)]
    assert plain[0].replace(number, "#") == plain[1].replace("EB-1999-99999", "#")
    assert "Det finns inget med det numret som du får läsa" in hidden.text
    assert f'value="{number}"' in hidden.text, "what was typed is kept"


def test_own_persons_come_first_with_their_cases(cast: Cast, client_of: Log, made: Any, register: Any) -> None:
    for sign in "abcdefghijklmnopqrstuvw":
        register(given_name=f"El{sign}", family_name="Aadal")
    page = client_of(cast.asa).post(SEARCH, {"q": "el"})
    first = page.context["found"][0]
    assert first.person.person_id == cast.elin.person_id
    assert [one.case_id for one in first.cases] == [made.case_id]
    assert "Personer 1–20" in page.text and "Visa fler" in page.text
    second = client_of(cast.asa).post(SEARCH, {"q": "el", "from": str(page.context["next_start"])})
    shown = [{hit.person.person_id for hit in one.context["found"]} for one in (page, second)]
    assert not shown[0] & shown[1] and len(shown[0] | shown[1]) >= 24
    assert "Visa fler" not in second.text
    assert client_of(cast.asa).post(SEARCH, {"q": "el", "from": "x" * 9}).context["first"] == 1


def test_the_cost_of_a_search_does_not_grow(cast: Cast, client_of: Log, made: Any, register: Any) -> None:
    client = client_of(cast.asa)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.post(SEARCH, {"q": "el"}).status_code == 200
        return len(asked)

    statements()
    before = statements()
    for sign in "abcdefghijklmnopqrstuvw":
        person = register(given_name=f"El{sign}", family_name="Aadal")
        casework.open_case(
            kind="income_support", person_id=person.id, unit_id=cast.support,
            worker_id=cast.asa.account_id, by=cast.asa, at=foundation.now(),
        )  # fmt: skip
    assert statements() == before
    assert before < 25


def test_the_number_of_a_report_leads_to_it_for_those_who_may_read_it(
    cast: Cast, client_of: Log
) -> None:
    report = reported(cast, a_child(cast))
    answer = client_of(cast.maja).post(SEARCH, {"q": report.number.lower()})
    assert answer.headers["Location"] == f"/handlaggare/mottagning/{report.id}/"
    for other in (cast.asa, cast.bjorn):
        refused = client_of(other).post(SEARCH, {"q": report.number})
        assert refused.status_code == 200 and "som du får läsa" in refused.text
        assert str(report.id) not in refused.text
