"""At the desk: letters that must be posted stand in one list, are opened, and are marked as posted once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.telling import post
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
URL = "/handlaggare/brev/"


@pytest.fixture
def file(cast: Cast) -> casework.Case:
    """Nils' file: his guardian Elin has an account here, his other guardian Mona has none. Both are told before a decision."""
    child_id, now = a_child(cast), foundation.now()
    mona = people.register_person(
        given_name="Mona", family_name="Malm", born=foundation.today() - timedelta(days=14_000), sex="woman",
        identity_number=None, protection="none", by=cast.system, at=now,
    )  # fmt: skip
    people.relate(
        person_id=mona.id, other_id=child_id, kind="guardian", valid_from=foundation.today() - timedelta(days=99),
        by=cast.system, at=now,
    )  # fmt: skip
    case = a_file(cast, child_id, on=foundation.today())
    one = opened(cast, case, at=now)
    children.communicate_investigation(
        investigation_id=one.id, material="Nils behöver lugn.", answer_until=foundation.today() + timedelta(days=7),
        by=cast.david, at=now,
    )  # fmt: skip
    return case


def test_who_has_no_account_here_is_told_by_post(client_of: Log, cast: Cast, file: casework.Case) -> None:
    desk = client_of(cast.david)
    (item,) = casework.find_print_queue(cast.david)
    page = desk.get(URL).text
    assert "Mona Malm" in page and "Elin Ekdal" not in page and file.number in page
    paper = f"/handlaggare/arende/{file.id}/dokument/{item.document_id}/"
    assert paper in page and desk.get(paper).status_code == 200
    done = f"{URL}{item.id}/postat/"
    assert desk.get(done).status_code == 405
    for _pressed_twice in range(2):
        assert desk.post(done).status_code == 302
    assert "Mona Malm" not in desk.get(URL).text
    with foundation.acting(cast.system):
        kinds = list(foundation.Event.objects.filter(case_id=file.id).values_list("kind", flat=True))
    assert kinds.count("casework.letter_printed") == 1


@pytest.mark.parametrize("who", ["asa", "rune", "board", "elin", "farid", "greta"])
def test_others_find_nothing_of_it(client_of: Log, cast: Cast, file: casework.Case, who: str) -> None:
    (item,) = casework.find_print_queue(cast.david)
    client = client_of(getattr(cast, who))
    answer = client.get(URL)
    assert answer.status_code in (200, 403) and "Mona" not in answer.text
    assert client.post(f"{URL}{item.id}/postat/").status_code in (403, 404)
    assert len(casework.find_print_queue(cast.david)) == 1


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_is_for_everybody(
    cast: Cast, file: casework.Case, open_page: Any, axe: Any, language: str
) -> None:
    page = open_page(URL, as_=cast.david, language=language, size=PHONE)
    axe(page)
    fits(page)
    page = open_page(URL, as_=cast.david, language=language)
    axe(page)
    fits(page)
    picture(page, f"desk-letters-{language}")
    page.locator("main form button").click()
    page.wait_for_url(f"**{URL}")
    axe(page)


def test_more_letters_than_a_page_holds_are_told_of_and_reached(
    client_of: Log, cast: Cast, file: casework.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    (item,) = casework.find_print_queue(cast.david)
    monkeypatch.setattr(post, "A_PAGE", 2)
    asked: list[int] = []

    def queue(actor: Any, limit: int, *, skip: int = 0) -> list[Any]:
        asked.append(skip)
        return ([item] * 3)[skip : skip + limit]

    monkeypatch.setattr(casework, "find_print_queue", queue)
    desk = client_of(cast.david, language="en")
    first, second = desk.get(URL).text, desk.get(f"{URL}?sida=2").text
    assert "Letters 1 to 2" in first and "?sida=2" in first and "There are more letters on the next page." in first
    assert "Letters 3 to 3" in second and "?sida=1" in second and "There are no more letters." in second
    for odd in ("0", "-1", "x", "99999999999999999999", "٣"):
        assert desk.get(URL, {"sida": odd}).status_code == 200
    assert asked == [0, 2, 0, 0, 0, 0, 0]


def test_the_queue_is_read_from_a_place(cast: Cast, file: casework.Case) -> None:
    assert casework.find_print_queue(cast.david, 1, skip=1) == []
