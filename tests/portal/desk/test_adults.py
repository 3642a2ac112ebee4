"""Adults at the desk: taken in by the unit for adults alone, followed by its clocks, closed by its own reasons."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def known(cast: Cast) -> str:
    """Greta is known to the unit for adults: the address of her page."""
    people.grant_reading(
        person_id=cast.greta.person_id, unit_id=cast.adults, because="asked", by=cast.system, at=foundation.now()
    )  # fmt: skip
    return f"/handlaggare/person/{cast.greta.person_id}/"


@pytest.fixture
def case_url(cast: Cast) -> str:
    matter = adults.receive_matter(
        kind=adults.ADDICTION, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="report",
        told="Grannen är orolig", told_by="Nora Norén", children_seen="yes", sent_key=uuid4(), by=cast.vera,
        at=foundation.now(),
    )  # fmt: skip
    return f"/handlaggare/arende/{matter.case_id}/"


def asked(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "debt_counselling", "came_as": "own", "told": "Vill ha hjälp med skulder", "told_by": "",
        "children_seen": "no", "sent_key": str(uuid4()), **changed,
    }  # fmt: skip


def test_vera_takes_a_matter_in_and_twice_is_once(cast: Cast, client_of: Log, known: str) -> None:
    client, sent = client_of(cast.vera), asked()
    for _ in range(2):
        answer = client.post(f"{known}vuxen/", sent, follow=True)
        assert answer.status_code == 200
        assert "Vill ha hjälp med skulder" in answer.content.decode()
    assert len(casework.find_cases_of(cast.greta.person_id, cast.vera)) == 1


def test_what_was_typed_is_kept_when_something_is_missing(cast: Cast, client_of: Log, known: str) -> None:
    answer = client_of(cast.vera).post(f"{known}vuxen/", asked(told="", told_by="Nora Norén"))
    assert answer.status_code == 400
    assert "Nora Norén" in answer.content.decode()


def test_one_who_works_elsewhere_is_told_so(cast: Cast, client_of: Log, known: str) -> None:
    people.grant_reading(
        person_id=cast.greta.person_id, unit_id=cast.support, because="asked", by=cast.system, at=foundation.now()
    )  # fmt: skip
    client = client_of(cast.asa)
    assert "Du arbetar inte på en enhet för vuxna" in client.get(f"{known}vuxen/").content.decode()
    client.post(f"{known}vuxen/", asked())
    assert casework.find_cases_of(cast.greta.person_id, cast.asa) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_the_case_opens(cast: Cast, client_of: Log, case_url: str, language: str) -> None:
    client = client_of(cast.vera, language=language)
    for tab in (
        "",
        "vuxen/",
        "vuxen/bedomning/",
        "vuxen/avsluta/",
        "anteckningar/",
        "dokument/",
        "meddelanden/",
        "beslut/",
        "handelser/",
    ):
        answer = client.get(f"{case_url}{tab}")
        assert answer.status_code == 200, tab
        assert "Greta Gren" in answer.content.decode()


def test_steps_of_care_are_recorded_in_order(cast: Cast, client_of: Log, case_url: str) -> None:
    client, today = client_of(cast.vera), foundation.today().isoformat()
    wrong = client.post(f"{case_url}vuxen/", {"step": "begun", "on": today})
    assert wrong.status_code == 400
    right = client.post(f"{case_url}vuxen/", {"step": "immediate", "on": today}, follow=True)
    assert "LVM 15" in right.content.decode()
    left = client.get(f"{case_url}vuxen/avsluta/").content.decode()
    assert "Vård enligt LVM pågår" in left


def test_nobody_else_sees_any_of_it(cast: Cast, client_of: Log, case_url: str) -> None:
    for tab in ("", "vuxen/", "vuxen/bedomning/", "vuxen/besluta/", "vuxen/avsluta/"):
        for who in (cast.asa, cast.david, cast.elin, cast.greta):
            answer = client_of(who).get(f"{case_url}{tab}")
            assert answer.status_code in (403, 404)
            assert "Nora" not in answer.content.decode()


def test_the_pages_of_adults_are_not_of_other_cases(cast: Cast, client_of: Log) -> None:
    case = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa, at=foundation.now()
    )  # fmt: skip
    for page in ("vuxen/", "vuxen/bedomning/", "vuxen/besluta/", "vuxen/avsluta/"):
        assert client_of(cast.asa).get(f"/handlaggare/arende/{case.id}/{page}").status_code == 404


def test_the_page_says_the_next_step_of_the_process_and_where_it_is_taken(
    cast: Cast, client_of: Log, case_url: str
) -> None:
    client = client_of(cast.vera, language="en")
    page = client.get(case_url).content.decode()
    assert "The report is assessed: what is done, and why" in page and f"{case_url}vuxen/bedomning/" in page
    today = foundation.today().isoformat()
    client.post(f"{case_url}vuxen/", {"step": "immediate", "on": today})
    page = client.get(case_url).content.decode()
    assert "The decision is submitted to the court, at the latest" in page
    assert "underställs" in client_of(cast.vera, language="sv").get(case_url).content.decode().lower()
