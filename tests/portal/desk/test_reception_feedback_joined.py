"""Of reports that were joined, each reporter under duty is named with an own last day, and is told on the page of the own report."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.browser import DESKTOP, PHONE, fits, picture
from tests.cast import Cast
from tests.child_protection.reporting import SYSTEM, a_child, child_of, decide, fresh, reported, safe

pytestmark = pytest.mark.django_db(databases=["default"])
NURSE = children.ReporterAsTold(
    kind="professional",
    profession="health_care",
    name="Siv Skog",
    employer="Vårdcentralen",
    under_duty=True,
    wants_feedback=True,
)
UNASKED = children.ReporterAsTold(
    kind="professional", profession="police", name="Pia Polis", employer="Polisen", under_duty=True
)
NEIGHBOUR = children.ReporterAsTold(kind="private", name="Gun Granne", wants_feedback=True)


def page(client: Any, report: children.Report) -> str:
    text: str = client.get(f"/handlaggare/mottagning/{report.id}/").content.decode()
    return text


def joined(cast: Cast, *reporters: children.ReporterAsTold) -> list[children.Report]:
    """A teacher's report, and later ones of the same event that have joined it."""
    child, at = a_child(cast), foundation.now() - timedelta(hours=5)
    first = reported(cast, child, at=at)
    rest = [
        reported(cast, child, at=at + timedelta(minutes=1 + nth), reporter=one, by=foundation.VISITOR)
        for nth, one in enumerate(reporters)
    ]
    for one in rest:
        children.merge_report(
            report_id=one.id, into_id=first.id, because="Samma bråk", by=cast.maja, at=foundation.now()
        )
    return [fresh(one) for one in (first, *rest)]


def decided(
    cast: Cast, report: children.Report, days_ago: int = 0, outcome: str = "not_open", **told: Any
) -> None:
    at = foundation.now() - timedelta(days=days_ago)
    safe(cast, child_of(report), at)
    decide(cast, child_of(report), outcome, at=at, **told)


def owed(report: children.Report, actor: foundation.Actor) -> list[tuple[str, Any]]:
    return [(one.reporter.name, one.last_day) for one in children.owed_feedback(report, actor)]


def test_each_reporter_under_duty_is_named_until_told(cast: Cast, client_of: Any) -> None:
    first, nurse, police, neighbour = joined(cast, NURSE, UNASKED, NEIGHBOUR)
    assert owed(first, cast.maja) == []
    decided(cast, first)
    last = foundation.today() + timedelta(days=7)
    assert owed(first, cast.maja) == [("Tina Tall", last), ("Siv Skog", last)]
    client = client_of(cast.maja)
    shown = page(client, first)
    assert "Berätta för var och en av anmälarna" in shown and "Vem som ska få veta" in shown
    assert "Siv Skog" in shown and nurse.number in shown and "Vårdcentralen" in shown
    assert shown.count(f'href="/handlaggare/mottagning/{nurse.id}/aterkoppling/"') == 1
    for nobody in (police, neighbour):
        assert f"{nobody.id}/aterkoppling" not in shown
    assert "Pia Polis" not in shown and "Gun Granne" not in shown
    assert (
        "told what was decided"
        in client_of(cast.maja, language="en").get(f"/handlaggare/mottagning/{first.id}/").content.decode()
    )
    # The main reporter is told: the other one is still next, with the own day.
    children.give_feedback(
        report_id=first.id, text_code="not_opened", way="phone", by=cast.maja, at=foundation.now()
    )
    shown = page(client, first)
    assert "Beslutat. Berätta för anmälaren vad som beslutades." in shown and "Siv Skog" in shown
    assert owed(first, cast.maja) == [("Siv Skog", last)]
    told = client.post(
        f"/handlaggare/mottagning/{nurse.id}/aterkoppling/", {"text_code": "not_opened", "way": "phone"}
    )
    assert told.status_code == 302, (
        "the joined report has no decision of its own, and is told that of the first"
    )
    assert owed(first, cast.maja) == [] and "Vem som ska få veta" not in page(client, first)


def test_one_who_joins_after_the_decision_is_owed_from_it(cast: Cast) -> None:
    child, at = a_child(cast), foundation.now() - timedelta(days=9)
    first = reported(cast, child, at=at)
    decided(cast, first, 5, "open", path="ordinary", path_reason="Flera frågor måste utredas")
    children.give_feedback(
        report_id=first.id, text_code="opened", way="phone", by=cast.maja, at=foundation.now()
    )
    later = reported(
        cast, child, at=foundation.now() - timedelta(hours=1), reporter=NURSE, by=foundation.VISITOR
    )
    children.merge_report(
        report_id=later.id, into_id=first.id, because="Samma bråk", by=cast.maja, at=foundation.now()
    )
    assert owed(first, cast.maja) == [("Siv Skog", foundation.today() + timedelta(days=2))]
    with foundation.acting(SYSTEM):
        assert casework.LegalClock.objects.filter(rule="AATERK", closed_on__isnull=True).count() == 1


def test_who_does_not_see_a_reporter_is_not_told_that_they_are_owed(cast: Cast, client_of: Any) -> None:
    first, _ = joined(cast, NURSE)
    decided(cast, first)
    for stranger in (cast.olle, cast.asa, cast.tina, cast.elin, foundation.VISITOR):
        assert owed(first, stranger) == [], stranger.name
    children.declare_bias(kind="relative", report_id=first.id, by=cast.maja, at=foundation.now())
    assert owed(first, cast.maja) == []
    with foundation.acting(cast.olle), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM child_protection_reporter")
        assert cursor.fetchone() == (0,)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "size"), [("sv", PHONE), ("en", DESKTOP)])
def test_the_list_of_who_is_owed_in_a_browser(
    cast: Cast, open_page: Any, axe: Any, language: str, size: dict[str, int]
) -> None:
    first, nurse = joined(cast, NURSE)
    decided(cast, first)
    page = open_page(f"/handlaggare/mottagning/{first.id}/", as_=cast.maja, language=language, size=size)
    axe(page)
    fits(page)
    picture(page, f"desk-reception-owed-{language}-{size['width']}")
    page.get_by_role("link", name="Siv Skog").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{nurse.id}/aterkoppling/")
    axe(page)
