"""At the desk: a guardian is given sight of the record online with what was weighed, reads it, and it is taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, opened

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def file(cast: Cast) -> casework.Case:
    """Nils' file with an investigation; his guardians are Elin and Farid. A note is thirty days old."""
    child_id, now = a_child(cast), foundation.now()
    people.relate(
        person_id=cast.farid.person_id, other_id=child_id, kind="guardian",
        valid_from=foundation.today() - timedelta(days=99), by=cast.system, at=now,
    )  # fmt: skip
    case = a_file(cast, child_id, on=foundation.today())
    opened(cast, case, at=now)
    casework.write_note(
        case_id=case.id,
        subject="Hembesök",
        body="Nils visade sitt rum.",
        by=cast.david,
        at=now - timedelta(days=30),
    )
    return case


@pytest.fixture
def url(file: casework.Case) -> str:
    return f"/handlaggare/arende/{file.id}/vem-far-veta/journal/"


def test_sight_is_given_read_and_taken_back(
    client_of: Log, cast: Cast, file: casework.Case, url: str
) -> None:
    desk, elin, farid = client_of(cast.david), client_of(cast.elin), client_of(cast.farid)
    record = f"/journal/{file.id}/"
    assert url in desk.get(url.removesuffix("journal/")).text
    page = desk.get(url).text
    assert "ingen har gett insyn i journalen" in page and "inte bekräftad" in page
    assert elin.get(record).status_code == 404 and file.number not in elin.get("/journal/").text
    chosen = {"person": str(cast.elin.person_id), "ground": "custody"}
    kept = desk.post(url, {**chosen, "because": "  "})
    assert kept.status_code == 400 and f'value="{cast.elin.person_id}" selected' in kept.text
    page = desk.post(url, {**chosen, "because": "Samtal med Nils i maj."}, follow=True).text
    assert "Samtal med Nils i maj." in page
    (sight,) = [one.sight for one in casework.find_sights(file.id, cast.david) if one.sight]
    read = elin.get(record).text
    assert "Nils visade sitt rum." in read and "Samtal med Nils" not in read
    assert record in elin.get("/journal/").text
    assert farid.get(record).status_code == 404 and "Nils" not in farid.get("/journal/").text
    ending = f"{url}{sight.id}/avsluta/"
    assert desk.post(ending, {"ground": "child_asks", "because": ""}).status_code == 400
    page = desk.post(ending, {"ground": "child_asks", "because": "Nils ber om det."}, follow=True).text
    assert "Nils ber om det." in page
    gone = elin.get(record)
    assert gone.status_code == 404 and "Nils" not in gone.text + elin.get("/journal/").text
    assert desk.get(ending).status_code == 404
    history = desk.get(f"/handlaggare/arende/{file.id}/handelser/").text
    assert "fick insyn i journalen" in history


@pytest.mark.parametrize("who", ["asa", "rune", "ada", "board", "elin", "greta"])
def test_others_find_no_such_page(
    client_of: Log, cast: Cast, file: casework.Case, url: str, who: str
) -> None:
    sight = casework.give_sight(
        case_id=file.id, person_id=cast.elin.person_id, ground="party", because="Vägt.", by=cast.eva,  # type: ignore[arg-type]
        at=foundation.now(),
    )  # fmt: skip
    client = client_of(getattr(cast, who))
    for address in (url, f"{url}{sight.id}/avsluta/"):
        assert client.get(address).status_code in (403, 404)
        typed = {"person": str(cast.farid.person_id), "ground": "party", "because": "x"}
        assert client.post(address, typed).status_code in (403, 404)
    assert [one.person_id for one in casework.find_sights(file.id, cast.david) if one.sight] == [
        cast.elin.person_id
    ]


def test_one_whom_a_rule_closes_out_is_not_offered(
    client_of: Log, cast: Cast, file: casework.Case, url: str
) -> None:
    casework.keep_out(
        case_id=file.id, person_id=cast.farid.person_id, ground="violence", because="Slog Nils.",  # type: ignore[arg-type]
        by=cast.david, at=foundation.now(),
    )  # fmt: skip
    page = client_of(cast.david).get(url).text
    assert "utestängd från det som ärendet berättar" in page
    assert f'<option value="{cast.farid.person_id}"' not in page
    forced = client_of(cast.david).post(
        url, {"person": str(cast.farid.person_id), "ground": "party", "because": "x"}
    )
    assert forced.status_code == 400


def test_a_child_of_another_kind_of_case_has_no_such_page(client_of: Log, cast: Cast) -> None:
    made = casework.open_case(
        kind="income_support", person_id=cast.elin.person_id, unit_id=cast.support, by=cast.asa,  # type: ignore[arg-type]
        at=foundation.now(),
    )  # fmt: skip
    assert client_of(cast.asa).get(f"/handlaggare/arende/{made.id}/vem-far-veta/journal/").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_for_everybody(
    cast: Cast, file: casework.Case, url: str, open_page: Any, axe: Any, language: str
) -> None:
    page = open_page(url, as_=cast.david, language=language)
    page.locator("[name=person]").select_option(str(cast.elin.person_id))
    page.locator("[name=because]").fill("Samtal med Nils i maj.")
    axe(page)
    fits(page)
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text("Samtal med Nils i maj.").wait_for()
    axe(page)
    picture(page, f"desk-record-sight-{language}")
    (sight,) = [one.sight for one in casework.find_sights(file.id, cast.david) if one.sight]
    for size in (None, PHONE):
        page = open_page(
            f"{url}{sight.id}/avsluta/", as_=cast.david, language=language, **({"size": size} if size else {})
        )
        axe(page)
        fits(page)
    page = open_page("/journal/", as_=cast.elin, language=language, size=PHONE)
    page.get_by_role("link", name=file.number).click()
    page.get_by_text("Nils visade sitt rum.").wait_for()
    axe(page)
    fits(page)
    picture(page, f"citizen-journal-guardian-{language}-360")
