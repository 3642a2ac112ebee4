"""The family's pages in a real browser: both languages, a phone's width, the dark, by keyboard, nothing for axe to find."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from tests.browser import PHONE, fits, picture, walk
from tests.cast import Cast
from tests.coordination.families import CHILD_KIND, People, make_family

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]

# Text over text, or a line over text, anywhere in the drawing.
OVERLAPS = """() => {
  const texts = [...document.querySelectorAll('.family-drawing text')].map((e) => [e.textContent, e.getBoundingClientRect()]);
  const found = [];
  texts.forEach(([one, a], i) => texts.slice(i + 1).forEach(([other, b]) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) found.push([one, other]); }));
  return found; }"""


@pytest.fixture
def family(cast: Cast) -> People:
    return make_family(cast)


@pytest.fixture
def lively(cast: Cast, family: People) -> Any:
    now = foundation.now()
    case = family.case("alva", cast.children, cast.david, kind=CHILD_KIND)
    start = now + timedelta(days=2)
    family.add("mohammed wallenståhl", 1958, open_to=[cast.children])
    family.relate("mohammed wallenståhl", "partner", "rut")
    casework.write_note(case_id=case.id, subject="Samtal med Alva", body="x", by=cast.david, at=now)
    casework.start_clock(
        case_id=case.id, rule="FL12", about=case.id, starts_on=foundation.day_of(now), by=cast.david, at=now
    )
    meeting = coordination.plan_meeting(
        case_id=case.id, subject="Nätverksmöte", way="office", place="Rum 3", starts_at=start,
        ends_at=start + timedelta(hours=1), person_ids=[family.alva], by=cast.david, at=now,
    )  # fmt: skip
    coordination.keep_secret(
        person_id=family.alva, toward_id=family.mats, ground="lvu_14", because="Hot", by=cast.david, at=now
    )
    matter = coordination.open_joint_matter(
        kind="family_violence", case_id=case.id, role="child", known_to_team=True, member_ids=[cast.asa.account_id],
        by=cast.david, at=now,
    )  # fmt: skip
    aid = family.case("mats", cast.support, cast.asa)
    part = coordination.add_part(
        matter_id=matter.id, case_id=aid.id, role="perpetrator", known_to_team=True, by=cast.asa, at=now
    )
    own = next(one.part for one in coordination.get_joint_matter(matter.id, cast.david).parts if one.is_own)
    coordination.share_note(
        part_id=part.id, to_part_ids=[own.id], body="Mats går i samtal på onsdagar.", ground="needed", ground_text="Umgänget",
        by=cast.asa, at=now,
    )  # fmt: skip
    person = f"/handlaggare/person/{family.alva}/"
    return {
        "family": f"{person}familj/", "timeline": f"{person}tidslinje/", "secrets": f"{person}hemligt/", "person": person,
        "meetings": f"/handlaggare/arende/{case.id}/moten/", "meeting": f"/handlaggare/mote/{meeting.id}/",
        "joint-new": f"/handlaggare/arende/{case.id}/gemensamt/", "joint": f"/handlaggare/gemensamt/{matter.id}/",
        "joint-matters": "/handlaggare/gemensamt/",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page(open_page: Any, axe: Any, cast: Cast, lively: Any, language: str) -> None:
    page = open_page("/handlaggare/", as_=cast.david, language=language)
    for name, path in lively.items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        axe(page)
        fits(page)
        kept = "journey-" if language == "sv" and name in ("family", "timeline", "joint") else ""
        picture(page, f"{kept}family-{name}-{language}")


def test_the_map_on_a_phone_and_by_keyboard(open_page: Any, axe: Any, cast: Cast, lively: Any) -> None:
    page = open_page(lively["family"], as_=cast.david, size=PHONE)
    axe(page)
    assert page.evaluate(OVERLAPS) == []
    region = page.get_by_role("region", name="Familjekarta")
    region.focus()
    before = region.evaluate("(e) => e.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("(e) => e.scrollLeft") > before, "the map scrolls by keyboard inside its own frame"
    picture(page, "journey-family-phone")
    names = walk(page)
    assert any(name.startswith("Mats Test f. 1974") and "Förälder" in name for name in names)
    page.get_by_role("link", name="Mats Test f. 1974").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Familjen kring Mats Test", level=1).wait_for()


def test_the_map_in_the_dark_and_without_scripts(open_page: Any, axe: Any, cast: Cast, lively: Any) -> None:
    page = open_page(lively["family"], as_=cast.david, dark=True)
    axe(page)
    assert page.evaluate(OVERLAPS) == []
    picture(page, "family-dark")
    plain = open_page(lively["family"], as_=cast.david, scripts=False)
    plain.get_by_role("link", name="Lena Test f. 1976").wait_for()
    page.emulate_media(media="print")
    assert page.locator(".family-drawing").is_visible()
