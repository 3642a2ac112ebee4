"""Adults' pages and the page of measures in a real browser: both languages, a phone and a desk, by keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.browser import DESKTOP, PHONE, fits, picture, walk
from tests.cast import Cast
from tests.child_protection.investigating import a_child, a_file

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
BOTH = pytest.mark.parametrize("language", ["sv", "en"])


@pytest.fixture
def lively(cast: Cast) -> dict[str, str]:
    """Greta's report with care under LVM, her debts, and the page that takes a matter in; addresses by name."""
    at = foundation.now()
    person_id = cast.greta.person_id
    assert person_id is not None
    people.grant_reading(person_id=person_id, unit_id=cast.adults, because="asked", by=cast.system, at=at)
    report = adults.receive_matter(
        kind=adults.ADDICTION, person_id=person_id, unit_id=cast.adults, came_as="report",
        told="Grannen hör henne ropa om nätterna. Hon öppnar inte.", told_by="Nora Norén", children_seen="yes",
        sent_key=uuid4(), by=cast.vera, at=at,
    )  # fmt: skip
    today = foundation.day_of(at)
    for step, days in (("immediate", 3), ("submitted", 2)):
        adults.record_care_step(
            case_id=report.case_id, step=step, on=today - timedelta(days=days), by=cast.vera, at=at
        )
    debts = adults.receive_matter(
        kind=adults.DEBT, person_id=person_id, unit_id=cast.adults, came_as="own", told="Fyra lån och en skuld hos Kronofogden.",
        children_seen="no", sent_key=uuid4(), by=cast.vera, at=at,
    )  # fmt: skip
    care, debt = f"/handlaggare/arende/{report.case_id}/", f"/handlaggare/arende/{debts.case_id}/"
    return {
        "receive": f"/handlaggare/person/{person_id}/vuxen/", "person": f"/handlaggare/person/{person_id}/",
        "overview": care, "matter": f"{care}vuxen/", "assess": f"{care}vuxen/bedomning/", "close": f"{care}vuxen/avsluta/", "debt": f"{debt}vuxen/",
        "debt-close": f"{debt}vuxen/avsluta/",
    }  # fmt: skip


@pytest.fixture
def applied(cast: Cast) -> str:
    """Greta's application after violence, talked of, and told before the decision; nobody has written the assessment."""
    at = foundation.now()
    matter = adults.receive_matter(
        kind=adults.VIOLENCE, person_id=cast.greta.person_id, unit_id=cast.adults, came_as="own",
        told="Vill bo på ett skyddat boende.", children_seen="no", sent_key=uuid4(), by=cast.vera, at=at,
    )  # fmt: skip
    casework.write_note(case_id=matter.case_id, body="Samtal om faran.", kind="meeting", by=cast.vera, at=at)
    casework.waive_communication(
        case_id=matter.case_id, because="Allt är sagt vid mötet.", by=cast.vera, at=at
    )
    return f"/handlaggare/arende/{matter.case_id}/"


@pytest.fixture
def measures(cast: Cast) -> dict[str, str]:
    """A child placed in a family home, considered once, with a care under LVU that has ended before."""
    file = a_file(cast, a_child(cast), on=foundation.today() - timedelta(days=400))
    at, today = foundation.now(), foundation.today()
    before = children.record_measure(
        case_id=file.id, kind="lvu_immediate", on=today - timedelta(days=390), by=cast.david, at=at
    )
    children.end_measure(
        measure_id=before.id, on=today - timedelta(days=380), because="Modern sade ja", by=cast.david, at=at
    )
    placed = children.record_measure(
        case_id=file.id,
        kind="placement_sol",
        form="family_home",
        on=today - timedelta(days=380),
        by=cast.david,
        at=at,
    )
    children.consider_measure(
        measure_id=placed.id, on=today - timedelta(days=200), body="Behövs ännu", by=cast.david, at=at
    )
    url = f"/handlaggare/arende/{file.id}/atgarder/"
    return {"page": url, "step": f"{url}{placed.id}/steg/", "end": f"{url}{placed.id}/avsluta/"}


def stands(page: Any, axe: Any, path: str, name: str) -> None:
    """What a page must stand, with its picture at a desk and on a phone."""
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.goto(path)
        axe(page)
        fits(page)
        picture(page, f"desk-{name}-{size['width']}")


@BOTH
def test_the_pages_of_adults(
    open_page: Any, axe: Any, cast: Cast, lively: dict[str, str], language: str
) -> None:
    page = open_page("/handlaggare/", as_=cast.vera, language=language)
    for name, path in lively.items():
        stands(page, axe, path, f"adult-{name}-{language}")


@BOTH
def test_the_pages_of_measures(
    open_page: Any, axe: Any, cast: Cast, measures: dict[str, str], language: str
) -> None:
    page = open_page("/handlaggare/", as_=cast.david, language=language)
    for name, path in measures.items():
        stands(page, axe, path, f"measures-{name}-{language}")


@BOTH
def test_an_application_is_decided_and_read(
    open_page: Any, axe: Any, cast: Cast, applied: str, language: str
) -> None:
    """From the form by keyboard to the person's own page, with nothing that axe finds on the way."""
    page = open_page(f"{applied}vuxen/besluta/", as_=cast.vera, language=language)
    stands(page, axe, f"{applied}vuxen/avsluta/", f"adult-close-missing-{language}")
    stands(page, axe, f"{applied}vuxen/besluta/", f"adult-decide-{language}")
    page.locator("[name=outcome][value=partly_granted]").focus()
    page.keyboard.press("Space")
    page.locator("#id_gets").fill("Samtalsstöd varje vecka.")
    page.locator("#id_reason").fill("Faran bedöms vara liten nu.")
    page.locator("button[name=preview]").focus()
    page.keyboard.press("Enter")
    page.locator("button[name=decide]").wait_for()
    axe(page)
    fits(page)
    picture(page, f"desk-adult-decide-preview-{language}-360")
    page.locator("button[name=decide]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/beratta/")
    stands(page, axe, page.url, f"adult-tell-{language}")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    for place in ("", "vuxen/", "beslut/"):
        stands(page, axe, f"{applied}{place}", f"adult-decided-{place.strip('/') or 'overview'}-{language}")
    own = open_page("/mina-arenden/", as_=cast.greta, language=language)
    axe(own)
    own.locator("a[href^='/besked/']").click()
    own.locator("#overklaga").wait_for()
    stands(own, axe, own.url, f"adult-notice-{language}")


@BOTH
def test_a_wrong_decision_is_changed_by_keyboard_and_read(
    open_page: Any, axe: Any, cast: Cast, applied: str, language: str
) -> None:
    """From the earlier decision's page to the person's own, where the earlier one says that it does not count any more."""
    at = foundation.now()
    made = adults.decide_application(
        case_id=applied.split("/")[3], outcome="partly_granted", legal_ground="SoL 11:1", applied_for="Skyddat boende",
        gets="Samtalsstöd varje vecka", reason="Faran bedöms vara liten nu.", by=cast.vera, at=at,
    )  # fmt: skip
    telling = [casework.Telling(made.person_id, "my_page")]
    casework.tell_decision(decision_id=made.id, tellings=telling, by=cast.vera, at=foundation.now())
    casework.waive_communication(
        case_id=made.case_id, because="Sagt vid mötet.", by=cast.vera, at=foundation.now()
    )
    page = open_page(f"{applied}beslut/{made.id}/", as_=cast.vera, language=language, meant=("400",))
    page.locator("a[href$='/andra/']").focus()
    page.keyboard.press("Enter")
    page.locator("#id_what_was_wrong").wait_for()
    stands(page, axe, page.url, f"adult-change-{language}")
    assert walk(page), "every stop can be seen"
    for name, value in (("ground", "wrong"), ("stage", "none"), ("effect", "worse"), ("outcome", "refused")):
        page.locator(f"[name={name}][value={value}]").focus()
        page.keyboard.press("Space")
    page.locator("#id_what_was_wrong").fill("Polisens bedömning kom först efter beslutet.")
    page.locator("button[name=preview]").focus()
    page.keyboard.press("Enter")
    page.locator("#id_exception[aria-invalid=true]").wait_for()
    axe(page)
    for name, value in (("effect", "better"), ("outcome", "granted")):
        page.locator(f"[name={name}][value={value}]").focus()
        page.keyboard.press("Space")
    page.locator("button[name=preview]").focus()
    page.keyboard.press("Enter")
    page.locator("button[name=decide]").wait_for()
    axe(page)
    fits(page)
    picture(page, f"desk-adult-change-preview-{language}-360")
    page.locator("button[name=decide]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/beratta/")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    for place in ("beslut/", f"beslut/{made.id}/"):
        stands(page, axe, f"{applied}{place}", f"adult-changed-{place.count('/')}-{language}")
    own = open_page("/mina-arenden/", as_=cast.greta, language=language)
    own.locator("a[href^='/besked/']").last.click()
    own.locator("main .ds-alert a[href^='/besked/']").wait_for()
    stands(own, axe, own.url, f"adult-changed-notice-{language}")


def test_an_adults_matter_is_taken_in_by_keyboard(
    open_page: Any, axe: Any, cast: Cast, lively: dict[str, str]
) -> None:
    page = open_page(lively["receive"], as_=cast.vera, meant=("400",))
    page.get_by_label("Vad gäller det?").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "told"
    page.get_by_role("button", name="Öppna ärendet").focus()
    page.keyboard.press("Enter")
    page.locator("[aria-invalid=true]").first.wait_for()
    axe(page)
    picture(page, "desk-adult-receive-error-sv-1280")
    page.get_by_label("Vad gäller det?").select_option("addiction")
    page.get_by_label("Hur kom det in?").select_option("own")
    page.get_by_label("Vad som berättades").focus()
    page.keyboard.type("Vill ha hjälp att sluta dricka.")
    page.get_by_role("button", name="Öppna ärendet").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Ärendet är öppnat.").wait_for()
    assert walk(page), "every stop can be seen"


def test_a_step_of_care_and_a_measure_by_keyboard(
    open_page: Any, cast: Cast, lively: dict[str, str], measures: dict[str, str]
) -> None:
    page = open_page(lively["matter"], as_=cast.vera)
    assert {"Skriv in steget"} <= set(walk(page))
    page.get_by_label("Vad hände?").select_option("confirmed")
    page.get_by_label("Vilken dag?").fill(foundation.today().isoformat())
    page.keyboard.press("Enter")
    page.get_by_text("Steget är inskrivet och dess tidsgränser löper.").wait_for()
    with foundation.acting(cast.system):
        assert casework.LegalClock.objects.filter(rule="LVM_ANS", closed_on__isnull=True).count() == 1
    page = open_page(measures["page"], as_=cast.david)
    names = walk(page)
    assert any(name.startswith("Skriv in ett steg") for name in names), names
    page.get_by_role("link", name="Skriv in ett steg").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Vad gjordes?").select_option("considered")
    page.get_by_label("Vilken dag?").fill(foundation.today().isoformat())
    page.keyboard.press("Enter")
    page.get_by_text("Steget är inskrivet.").wait_for()
