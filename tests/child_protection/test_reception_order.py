"""The order of the reception's list: danger, violence, what is overdue or near its last day, then the newest."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import SYSTEM, a_child, child_of, decide, fresh, reported, safe

pytestmark = pytest.mark.django_db(databases=["default"])


def came(days_ago: int, minutes: int = 0, **told: Any) -> children.Report:
    """An anonymous report so many days ago."""
    at = foundation.now() - timedelta(days=days_ago, minutes=minutes)
    facts: dict[str, Any] = {"what_seen": "x", "children": [children.ChildAsTold()], "by": foundation.VISITOR, **told}
    return children.receive_report(at=at, **facts)


def listed(actor: foundation.Actor, limit: int = 50, **asked: Any) -> list[str]:
    """The numbers of the whole list, read page by page."""
    got: list[str] = []
    after: str | None = None
    while True:
        page = children.find_arrivals(actor, after=after, limit=limit, **asked)
        got += [one.report.number for one in page.rows]
        after = page.after
        if after is None:
            return got


def test_overdue_is_never_last_and_the_newest_stand_first_in_their_rank(cast: Cast) -> None:
    violence: dict[str, Any] = {"concern_codes": ["violence"]}
    honour: dict[str, Any] = {"concern_codes": ["honour"]}
    overdue, near, nearest = came(30), came(11), came(13)
    old, new, newest = came(8), came(2), came(0, 1)
    danger_old, danger_new = came(20, danger_now=True), came(0, 9, danger_now=True)
    violent_overdue, violent_old, violent_new = came(16, **honour), came(5, **violence), came(0, 2, **violence)
    order = [
        one.number
        for one in (
            danger_new, danger_old, violent_overdue, violent_new, violent_old, overdue, nearest, near, newest, new, old,
        )
    ]  # fmt: skip
    assert listed(cast.maja) == order
    for limit in (1, 2, 3):
        assert listed(cast.maja, limit) == order, "page by page it is the same list"
    for report in (near, violent_new, old):
        children.take_report(report_id=report.id, by=cast.maja, at=foundation.now())
    assert listed(cast.maja, 1, which="mine") == [violent_new.number, near.number, old.number]
    assert listed(cast.david) == [] and listed(cast.asa) == []
    row = children.find_arrivals(cast.maja, which="mine").rows[0].report
    assert row.taken_by is not None and row.taken_by.name == cast.maja.name


def test_the_last_day_follows_what_happens_to_the_children(cast: Cast) -> None:
    nora, omar = a_child(cast), a_child(cast, "Omar", nth=1)
    at = foundation.now() - timedelta(days=1)
    report = reported(cast, nora, omar, at=at)
    law = foundation.day_of(at) + timedelta(days=14)
    assert fresh(report).decide_by == law
    assert fresh(came(1)).decide_by == law, "also before anybody knows who the child is"
    now = foundation.now()
    children.extend_preliminary(
        reported_child_id=child_of(report).id, until=law + timedelta(days=4), ground="Familjen är utomlands",
        by=cast.eva, at=now,
    )  # fmt: skip
    assert fresh(report).decide_by == law, "the sibling's day is the nearest"
    safe(cast, child_of(report, 1), at=now)
    decide(cast, child_of(report, 1), at=now)
    assert fresh(report).decide_by == law + timedelta(days=4)
    safe(cast, child_of(report), at=now)
    decide(cast, child_of(report), at=now)
    assert (fresh(report).state, fresh(report).decide_by) == ("decided", None)


def test_what_a_report_of_the_same_event_tells_raises_the_first(cast: Cast) -> None:
    first, later = came(2), came(1, concern_codes=["witnessed_violence"])
    assert (first.urgency, later.urgency) == (children.Urgency.OTHER, children.Urgency.VIOLENCE)
    children.merge_report(
        report_id=later.id, into_id=first.id, because="Samma bråk", by=cast.maja, at=foundation.now()
    )
    assert fresh(first).urgency == children.Urgency.VIOLENCE


def test_nobody_moves_a_report_in_the_list_in_sql(cast: Cast) -> None:
    report = came(1)
    for actor in (cast.maja, cast.eva, cast.olle, foundation.VISITOR):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("UPDATE child_protection_report SET urgency = 0, decide_by = NULL, kept_by_id = NULL")
            assert cursor.rowcount == 0
    assert fresh(report).urgency == children.Urgency.OTHER
    with pytest.raises(foundation.BadInput):
        children.find_arrivals(cast.maja, after="bm9uc2Vucw")


def test_each_section_walks_an_index(cast: Cast) -> None:
    came(1)
    with foundation.acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM child_protection_report WHERE state = 'received' AND unit_id = %s AND urgency = 2"
            " AND decide_by <= CURRENT_DATE ORDER BY decide_by, received_at DESC, id DESC LIMIT 31",
            [cast.children],
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "child_report_last_day" in plan and "Sort" not in plan


def test_five_reports_of_one_event_are_joined_in_one_round(cast: Cast) -> None:
    nora = a_child(cast)
    at = foundation.now() - timedelta(days=1)
    five = [reported(cast, nora, at=at + timedelta(minutes=n), danger_now=n == 4) for n in range(5)]
    other = reported(cast, a_child(cast, "Omar", nth=1), at=at)
    likely = children.likely_same_event(five[3].id, cast.maja)
    assert [one.report.id for one in likely] == [five[n].id for n in (0, 1, 2, 4)]
    assert all(one.known for one in likely)
    assert children.likely_same_event(other.id, cast.maja) == []
    stays = children.merge_reports(
        report_ids=[one.id for one in five], because="Samma bråk på skolgården", by=cast.maja, at=foundation.now()
    )
    assert (stays.id, stays.urgency) == (five[0].id, children.Urgency.DANGER)
    view = children.report_view(stays.id, cast.maja)
    assert {one.id for one in view.duplicates} == {one.id for one in five[1:]}
    with foundation.acting(SYSTEM):
        assert foundation.Event.objects.filter(kind="child_protection.report_merged").count() == 4
        assert children.Reporter.objects.filter(report__in=five).count() == 5
    assert [one.report.id for one in children.find_arrivals(cast.maja).rows] == [five[0].id, other.id]


def test_all_or_none_are_joined_and_by_those_who_may(cast: Cast) -> None:
    nora = a_child(cast)
    at = foundation.now() - timedelta(days=1)
    three = [reported(cast, nora, at=at + timedelta(minutes=n)) for n in range(3)]
    safe(cast, child_of(three[2]), at=foundation.now())
    decide(cast, child_of(three[2]), "open", at=foundation.now())
    asked: dict[str, Any] = {"report_ids": [one.id for one in three], "because": "Samma bråk", "at": foundation.now()}
    with pytest.raises(foundation.Refused):
        children.merge_reports(by=cast.maja, **asked)
    assert {fresh(one).state for one in three[:2]} == {"received"}, "nothing was joined"
    for stranger in (cast.asa, cast.olle, cast.carina, cast.tina, foundation.VISITOR):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            children.merge_reports(by=stranger, **asked | {"report_ids": [one.id for one in three[:2]]})
        with pytest.raises(children.ReportNotFound):
            children.likely_same_event(three[0].id, stranger)
    with pytest.raises(foundation.BadInput):
        children.merge_reports(by=cast.maja, **asked | {"report_ids": [three[0].id]})


def test_a_report_does_not_join_one_that_was_left_without_an_investigation(cast: Cast) -> None:
    """Otherwise what is told of violence would never be decided: the law says that it is investigated (SoL 20:2)."""
    nora = a_child(cast)
    at = foundation.now() - timedelta(days=1)
    first = reported(cast, nora, at=at)
    safe(cast, child_of(first), at=foundation.now())
    decide(cast, child_of(first), "not_open", at=foundation.now())
    later = reported(cast, nora, at=at + timedelta(hours=3), concern_codes=["violence"])
    with translation.override("en"), pytest.raises(foundation.Refused, match="not to investigate"):
        children.merge_report(
            report_id=later.id, into_id=first.id, because="Samma", by=cast.maja, at=foundation.now()
        )
    safe(cast, child_of(later), at=foundation.now())
    with pytest.raises(children.ViolenceIsInvestigated):
        decide(cast, child_of(later), "not_open", at=foundation.now())


def test_a_child_does_not_leave_what_is_told_of_violence_behind(cast: Cast) -> None:
    nora, nils = a_child(cast), a_child(cast, "Nils", nth=1)
    at = foundation.now() - timedelta(days=1)
    quiet = reported(cast, nora, at=at, concern_codes=["neglect"])
    loud = reported(cast, nora, nils, at=at + timedelta(hours=1), concern_codes=["violence"])
    with translation.override("en"), pytest.raises(foundation.Refused, match="violence"):
        children.move_child(
            reported_child_id=child_of(loud).id, to_report_id=quiet.id, because="Hör dit", by=cast.maja, at=at
        )


def test_a_name_and_a_year_are_enough_to_propose_and_closed_reports_are_not_proposed(cast: Cast) -> None:
    def told(name: str, year: int | None, days: int = 1) -> children.Report:
        born = None if year is None else foundation.today().replace(year=year, month=5, day=2)
        child = children.ChildAsTold(given_name=name, family_name="Ek", born=born)
        return came(days, children=[child])

    first = told("Liv", 2016)
    same, unsaid, another = told("LIV", 2016), told("Liv", None), told("Liv", 2011)
    far = told("Liv", 2016, days=12)
    found = [one.report.id for one in children.likely_same_event(first.id, cast.maja)]
    assert set(found) == {same.id, unsaid.id} and another.id not in found and far.id not in found
    hidden = a_child(cast, "Liv", family_name="Ek", protection="secrecy_mark")
    closed = reported(cast, hidden, at=foundation.now())
    assert fresh(closed).restricted
    assert closed.id not in [one.report.id for one in children.likely_same_event(first.id, cast.maja)]
