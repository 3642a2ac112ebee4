"""Measures around a child at the desk: recorded as facts, with the time limits that follow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.portal.desk.children.words import CLOCKS, FORMS, MEASURES, STEPS
from tests.browser import fits, picture
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file, clock_of

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]


@pytest.fixture
def file(cast: Cast) -> casework.Case:
    return a_file(cast, a_child(cast), on=foundation.today())


@pytest.fixture
def url(file: casework.Case) -> str:
    return f"/handlaggare/arende/{file.id}/atgarder/"


def day(back: int = 0) -> str:
    return (foundation.today() - timedelta(days=back)).isoformat()


def test_every_measure_form_step_and_clock_has_words() -> None:
    assert set(MEASURES) == set(children.MEASURES)
    assert set(FORMS) == set(children.FORMS)
    assert {step for kind in children.MEASURES.values() for step in kind.steps} <= set(STEPS)
    assert {clock.rule for kind in children.MEASURES.values() for clock in kind.clocks} <= set(CLOCKS)


def test_a_placement_is_recorded_considered_and_ended(
    cast: Cast, client_of: Log, file: casework.Case, url: str
) -> None:
    client = client_of(cast.david)
    placed = {"kind": "placement_sol", "form": "family_home", "on": day(30)}
    answer = client.post(url, placed, follow=True)
    told = answer.content.decode()
    assert answer.status_code == 200, told[told.find("<main") :][:4000]
    assert "Placering med samtycke" in told
    assert "SoL 22:13" in told
    first = clock_of(file.id, "OVERV")
    (view,) = children.measures_of(file.id, cast.david)
    client.post(f"{url}{view.measure.id}/steg/", {"code": "considered", "on": day(1), "body": "Behövs ännu"})
    again = clock_of(file.id, "OVERV")
    assert again.id != first.id
    ended = client.post(
        f"{url}{view.measure.id}/avsluta/", {"on": day(), "because": "Flyttade hem"}, follow=True
    )
    assert "Flyttade hem" in ended.content.decode()
    assert clock_of(file.id, "UPPF_P").state == "running"


def test_the_page_says_what_is_next_and_leads_there(
    cast: Cast, client_of: Log, file: casework.Case, url: str
) -> None:
    client, case = client_of(cast.david), f"/handlaggare/arende/{file.id}/"
    client.post(url, {"kind": "lvu_immediate", "form": "", "on": day(2)})
    (view,) = children.measures_of(file.id, cast.david)
    there = f"{url}{view.measure.id}/steg/?steg="
    told = client.get(url).content.decode()
    assert "Lämna omhändertagandet enligt LVU" in told or "underställ" in told.lower()
    assert f"{there}submitted" in told and "Nämndens utskott" in told
    assert "/handlaggare/processer/measure_lvu_immediate/" in told
    assert f"{there}submitted" in client.get(case).content.decode(), "the page of the case says it too"
    form = client.get(f"{there}submitted").content.decode()
    assert 'value="submitted" selected' in form
    assert 'value="submitted" selected' not in client.get(f"{there}x").content.decode()
    client.post(f"{url}{view.measure.id}/steg/", {"code": "submitted", "on": day(1)})
    assert f"{there}executed" in client.get(case).content.decode()
    english = client_of(cast.david, language="en").get(url).content.decode()
    assert "The taking into care is executed" in english
    assert client.get("/handlaggare/processer/measure_lvu_immediate/").status_code == 200


def test_a_child_who_has_left_care_is_followed(
    cast: Cast, client_of: Log, file: casework.Case, url: str
) -> None:
    client = client_of(cast.david)
    client.post(url, {"kind": "lvu_care3", "form": "family_home", "on": day(40)})
    (view,) = children.measures_of(file.id, cast.david)
    step = f"{url}{view.measure.id}/steg/"
    assert client.post(step, {"code": "followed", "on": day()}).status_code == 400
    client.post(f"{url}{view.measure.id}/avsluta/", {"on": day(5), "because": "Upphörde"})
    assert f"{step}?steg=followed" in client.get(url).content.decode()
    assert client.post(step, {"code": "reviewed", "on": day()}).status_code == 400
    done = client.post(step, {"code": "followed", "on": day(), "body": "Hembesök"}, follow=True)
    assert "Barnet följs upp efter vården" in done.content.decode()
    assert f"{step}?steg=followed" not in done.content.decode()


def test_bad_input_is_told_and_kept(cast: Cast, client_of: Log, file: casework.Case, url: str) -> None:
    client = client_of(cast.david)
    for facts in (
        {"kind": "placement_sol", "form": "", "on": day()},
        {"kind": "placement_sol", "form": "family_home", "on": day(-2)},
        {"kind": "okänd", "form": "", "on": day()},
        {"kind": "lvu_immediate", "form": "", "on": "i går"},
    ):
        answer = client.post(url, facts)
        assert answer.status_code == 400, facts
    assert children.measures_of(file.id, cast.david) == []


def test_nobody_else_sees_any_of_it(cast: Cast, client_of: Log, file: casework.Case, url: str) -> None:
    measure = children.record_measure(
        case_id=file.id, kind="lvu_immediate", on=foundation.today(), by=cast.david, at=foundation.now()
    )
    for page in ("", f"{measure.id}/steg/", f"{measure.id}/avsluta/"):
        for who in (cast.asa, cast.vera, cast.greta, cast.elin):
            assert client_of(who).get(f"{url}{page}").status_code in (403, 404), (page, who.name)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_in_a_browser(
    open_page: Any, axe: Any, cast: Cast, file: casework.Case, url: str, language: str
) -> None:
    measure = children.record_measure(
        case_id=file.id, kind="lvu_care3", form="family_home", on=foundation.today(), by=cast.david, at=foundation.now()
    )  # fmt: skip
    page = open_page(url, as_=cast.david, language=language)
    for each in ("", f"{measure.id}/steg/", f"{measure.id}/avsluta/"):
        page.goto(f"{url}{each}")
        axe(page)
        fits(page)
        picture(page, f"desk-measures-{each.split('/')[-2] if each else 'page'}-{language}")
