"""The reception in a real browser: every page in both languages, at three widths, and the list that follows along."""

import re
from datetime import timedelta
from typing import Any

import pytest

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.reporting import a_child, child_of, reported

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
START = "/handlaggare/mottagning/"


@pytest.fixture
def came(cast: Cast) -> Any:
    """Three reports: a grave one of a known child, one of an unknown child, and an old one of the first child."""
    now = foundation.now()
    nora, omar = a_child(cast), a_child(cast, "Omar", nth=1)
    old = reported(
        cast, nora, at=now - timedelta(days=40), concern_codes=["school"], what_seen="Mycket frånvaro."
    )
    reported(
        cast, omar, at=now - timedelta(hours=9), concern_codes=["neglect"],
        children=[children.ChildAsTold(age_told="cirka 4 år", lives_with="Flicka i blå jacka vid torget")],
    )  # fmt: skip
    grave = reported(
        cast, nora, omar, at=now - timedelta(minutes=20), danger_now=True, danger_text="Pappan är full och hotar.",
        concern_codes=["witnessed_violence"], where_now="Kvar i skolan till 17.00", when_seen="I dag",
    )  # fmt: skip
    return old, grave


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page(open_page: Any, axe: Any, cast: Cast, came: Any, language: str) -> None:
    old, grave = came
    page = open_page(START, as_=cast.maja, language=language)

    def see(path: str, name: str) -> None:
        page.goto(path)
        axe(page)
        fits(page)
        picture(page, f"reception-{name}-{language}")

    report, child = f"{START}{grave.id}/", f"{START}{grave.id}/barn/{child_of(grave).id}/"
    file, at = child_of(grave).case_id, foundation.now()
    children.record_measure(
        case_id=file, kind="placement_sol", form="emergency_home", on=foundation.today(), by=cast.david, at=at
    )
    see(START, "list")
    see(f"{START}?visa=alla", "all")
    see(f"{START}ny/", "new")
    see(report, "report")
    for word in ("vem", "okand", "dela", "flytta", "skydd", "upprepad", "forhandsbedomning", "forlang"):
        see(f"{child}{word}/", word)
    children.assess_protection(
        reported_child_id=child_of(grave).id, danger=True, ground="Hot i hemmet.", done_tonight="Polis är på väg.",
        by=cast.maja, at=foundation.now(),
    )  # fmt: skip
    see(f"{child}forhandsbedomning/", "preliminary")
    for word in ("sla-ihop", "aterkoppling", "lamna-over", "jav"):
        see(f"{report}{word}/", word)
    see(f"{START}{old.id}/", "old")
    page = open_page("/handlaggare/", as_=cast.eva, language=language)
    axe(page)
    fits(page)
    picture(page, f"reception-waits-{language}")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_a_manager_sees_of_bias_and_of_unknown_protection(
    open_page: Any, axe: Any, cast: Cast, came: Any, language: str
) -> None:
    _old, grave = came
    children.declare_bias(kind="relative", report_id=grave.id, by=cast.david, at=foundation.now())
    page = open_page(f"{START}{grave.id}/", as_=cast.eva, language=language, size=PHONE)
    page.get_by_text(cast.david.name).first.wait_for()
    axe(page)
    fits(page)
    unknown = people.register_person(
        given_name="Okänd", family_name="Utifrån", born=None, sex="unknown", identity_number=None, by=cast.system,
        at=foundation.now(),
    )  # fmt: skip
    people.grant_reading(
        person_id=unknown.id,
        account_id=cast.eva.account_id,
        because="named",
        by=cast.system,
        at=foundation.now(),
    )
    page.goto(f"/handlaggare/person/{unknown.id}/skydd/okant/")
    axe(page)
    fits(page)
    picture(page, f"person-lift-{language}")


def test_on_a_phone(open_page: Any, axe: Any, cast: Cast, came: Any) -> None:
    page = open_page(START, as_=cast.maja, size=PHONE)
    axe(page)
    picture(page, "reception-list-phone")
    page.goto(f"{START}{came[1].id}/")
    axe(page)
    picture(page, "reception-report-phone")


def test_the_list_follows_along_by_itself(open_page: Any, cast: Cast, came: Any) -> None:
    page = open_page(START, as_=cast.maja)
    before = page.locator("#arrivals tbody tr").count()
    reported(cast, a_child(cast, "Vera", nth=2), at=foundation.now(), concern_codes=["school"])
    page.evaluate("htmx.trigger('#arrivals', 'refresh')")
    page.locator("#arrivals tbody tr").nth(before).wait_for()


def test_from_the_list_to_a_mandatory_investigation(open_page: Any, axe: Any, cast: Cast, came: Any) -> None:
    _old, grave = came
    page = open_page(START, as_=cast.maja)
    page.get_by_role("link", name=grave.number).click()
    page.get_by_role("button", name="Jag tar den").click()
    page.get_by_text("Du har anmälan nu.").wait_for()
    page.get_by_role("link", name=re.compile("^Bedöm behovet av skydd.*Nora")).click()
    page.get_by_label("Nej", exact=True).check()
    page.get_by_label("Grund").fill("Barnet är kvar på fritids, mamman hämtar ensam.")
    page.get_by_role("button", name="Spara bedömningen").click()
    page.get_by_role("link", name=re.compile("^Bestäm om utredning.*Nora")).click()
    page.get_by_text("Då måste en utredning inledas.").wait_for()
    assert page.get_by_label("Inled ingen utredning").count() == 0
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Inled en utredning").check()
    page.get_by_label("Skäl", exact=True).fill("Barnet har bevittnat våld.")
    assert page.get_by_label("Hur bred ska den vara?").input_value() == "", "no path is chosen beforehand"
    page.get_by_label("Hur bred ska den vara?").select_option("ordinary")
    page.get_by_role("button", name="Se vad som kommer att ske").click()
    axe(page)
    picture(page, "reception-preview-sv")
    page.get_by_role("button", name="Besluta: Inled en utredning").click()
    page.get_by_text("Utredningen är inledd, och tiden löper från i dag.").wait_for()
    axe(page)
