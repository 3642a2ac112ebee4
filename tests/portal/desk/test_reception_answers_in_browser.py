"""In a real browser: a proposal of more time as the manager finds and answers it, and the preview before reports are joined."""

from datetime import timedelta
from typing import Any

import pytest

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.reporting import a_child, child_of, fresh, reported

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.browser]
START = "/handlaggare/mottagning/"
SIZES = pytest.mark.parametrize(("language", "size"), [("sv", PHONE), ("en", DESKTOP)])
WORDS = {
    "sv": {
        "no": "Ingen mer tid", "why": "Varför blir det inte mer tid?", "save": "Besluta",
        "told": "Förslaget har fått nej", "decided": "Tiden är förlängd genom beslut.", "look": "Se på det",
        "change": "Ändra något", "joined": "Anmälningarna är sammanförda.",
    },
    "en": {
        "no": "No more time", "why": "Why is there no more time?", "save": "Decide",
        "told": "The proposal is answered no", "decided": "The time is extended by decision.", "look": "Look at it",
        "change": "Change something", "joined": "The reports are joined.",
    },
}  # fmt: skip


def asked(cast: Cast, child: children.ReportedChild, days: int = 20) -> None:
    children.propose_more_time(
        reported_child_id=child.id, until=foundation.today() + timedelta(days=days),
        ground="Familjen är på sjukhus", by=cast.maja, at=foundation.now(),
    )  # fmt: skip


@SIZES
def test_the_manager_finds_the_proposal_on_the_start_page_and_answers_it(
    open_page: Any, axe: Any, cast: Cast, language: str, size: dict[str, int]
) -> None:
    says = WORDS[language]
    at = foundation.now() - timedelta(days=1)
    report = reported(cast, a_child(cast), at=at, concern_codes=["school"])
    asked(cast, child_of(report))
    page = open_page("/handlaggare/", as_=cast.eva, size=size, language=language, meant=("400",))
    there = f"{START}{report.id}/barn/{child_of(report).id}/forlang/"
    page.locator(f'a[href="{there}"]').first.click()
    page.wait_for_url(f"**{there}")
    page.get_by_text("Familjen är på sjukhus").first.wait_for()
    assert page.locator("h1").count() == 1
    assert page.locator('[name="ground"]').input_value() == "Familjen är på sjukhus", (
        "what was asked for stands there"
    )
    axe(page)
    fits(page)
    picture(page, f"reception-time-proposal-{language}-{size['width']}")
    page.get_by_label(says["why"]).fill("nej")
    page.get_by_role("button", name=says["no"]).click()
    page.locator('[aria-invalid="true"]').first.wait_for()
    assert page.get_by_label(says["why"]).input_value() == "nej", "what was typed is kept"
    axe(page)
    page.get_by_label(says["why"]).fill("Skolan svarar redan i dag")
    page.get_by_role("button", name=says["no"]).click()
    page.get_by_text(says["told"]).first.wait_for()
    axe(page)
    # Asked once more, it is decided with what stands in the form.
    asked(cast, child_of(report), days=18)
    page.goto(there)
    page.get_by_role("button", name=says["save"], exact=True).click()
    page.get_by_text(says["decided"]).first.wait_for()
    assert child_of(report).due_on == foundation.today() + timedelta(days=18)
    page.goto("/handlaggare/")
    assert page.locator(f'a[href="{there}"]').count() == 0, "nothing waits any more"


@SIZES
def test_several_reports_are_shown_before_they_are_joined(
    open_page: Any, axe: Any, cast: Cast, language: str, size: dict[str, int]
) -> None:
    says = WORDS[language]
    nora, at = a_child(cast), foundation.now() - timedelta(hours=5)
    told = ("Bråk på skolgården.", "Ett barn blev slaget.", "Polisen kom till skolan.")
    three = [
        reported(cast, nora, at=at + timedelta(minutes=n), what_seen=words, concern_codes=["school"])
        for n, words in enumerate(told)
    ]
    page = open_page(f"{START}{three[2].id}/sla-ihop/", as_=cast.maja, size=size, language=language)
    axe(page)
    fits(page)
    for box in page.locator('input[name="reports"]').all():
        box.check()
    page.locator('[name="because"]').fill("Samma bråk på skolgården")
    page.get_by_role("button", name=says["look"]).click()
    page.locator('[name="confirmed"]').wait_for()
    shown = page.locator("main").inner_text()
    assert all(words in shown for words in told), "each keeps its own text, and all are read before"
    assert [shown.index(words) for words in told] == sorted(shown.index(words) for words in told)
    assert page.locator("h1").count() == 1
    axe(page)
    fits(page)
    picture(page, f"reception-join-preview-{language}-{size['width']}")
    assert {fresh(one).state for one in three} == {"received"}, "nothing is joined yet"
    page.get_by_role("button", name=says["change"]).click()
    page.get_by_role("button", name=says["look"]).wait_for()
    assert page.locator('[name="because"]').input_value() == "Samma bråk på skolgården"
    assert page.locator('input[name="reports"]:checked').count() == 2
    page.get_by_role("button", name=says["look"]).click()
    page.locator('[name="confirmed"]').click()
    page.get_by_text(says["joined"]).first.wait_for()
    axe(page)
    assert {fresh(one).duplicate_of_id for one in three[1:]} == {three[0].id}
