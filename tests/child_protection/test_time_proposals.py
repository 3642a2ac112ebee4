"""More time for a preliminary assessment is asked for by who may not decide it, and answered by who may."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SYSTEM,
    a_child,
    child_of,
    clocks_of,
    decide,
    events_about,
    reported,
    safe,
)

pytestmark = pytest.mark.django_db(databases=["default"])
LAST = date(2026, 12, 2)
TABLE = "child_protection_preliminaryproposal"
WHY = "Familjen är på sjukhus i annat land"


def propose(child: children.ReportedChild, by: foundation.Actor, **told: Any) -> children.PreliminaryProposal:
    facts: dict[str, Any] = {"until": LAST + timedelta(days=5), "ground": WHY, "at": AT, **told}
    return children.propose_more_time(reported_child_id=child.id, by=by, **facts)


def state_of(proposal: children.PreliminaryProposal) -> str:
    with foundation.acting(SYSTEM):
        return str(children.PreliminaryProposal.objects.get(id=proposal.id).state)


def test_it_lands_with_the_manager_who_decides(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child = child_of(report)
    assert children.may_extend_preliminary(child, cast.eva, AT)
    assert not children.may_extend_preliminary(child, cast.maja, AT)
    asked = propose(child, cast.maja)
    assert clocks_of(child)["FORH"].last_day == LAST, "nothing is decided"
    with foundation.acting(cast.eva):
        (notice,) = foundation.notices_of(cast.eva)
    assert notice.text["code"] == "child_protection.more_time_proposed"
    assert notice.link.endswith(f"/barn/{child.id}/forlang/")
    (waits,) = children.waits_for_manager(cast.eva, [cast.children])
    assert (waits.kind, waits.report_id, waits.last_day) == ("more_time", report.id, LAST)
    with pytest.raises(children.MoreTimeIsAsked):
        propose(child, cast.maja)
    children.extend_preliminary(reported_child_id=child.id, until=asked.until, ground=asked.reason, by=cast.eva, at=AT)
    assert state_of(asked) == "decided"
    assert children.waits_for_manager(cast.eva, [cast.children]) == []
    assert events_about(report.id)[-3:] == ["more_time_proposed", "more_time_answered", "preliminary_extended"]


def test_a_no_is_told_with_its_reason_and_a_decision_lapses_it(cast: Cast) -> None:
    first, second = child_of(reported(cast, a_child(cast))), child_of(reported(cast, a_child(cast, "Omar", nth=1)))
    asked, other = propose(first, cast.maja), propose(second, cast.david)
    with pytest.raises(foundation.BadInput):
        children.decline_more_time(reported_child_id=first.id, because="nej", by=cast.eva, at=AT)
    children.decline_more_time(
        reported_child_id=first.id, because="Skolan kan svara redan nu", by=cast.eva, at=AT
    )
    assert state_of(asked) == "declined"
    with foundation.acting(cast.maja):
        assert "child_protection.more_time_declined" in {one.text["code"] for one in foundation.notices_of(cast.maja)}
    assert children.decline_more_time(reported_child_id=first.id, because="En gång till", by=cast.eva, at=AT) is None
    safe(cast, second)
    decide(cast, second)
    assert state_of(other) == "lapsed"


def test_who_may_ask_and_who_may_answer(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast)))
    for stranger in (cast.asa, cast.carina, cast.olle, cast.tina, cast.elin, foundation.VISITOR):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            propose(child, stranger)
    propose(child, cast.david)
    for stranger in (cast.maja, cast.david, cast.carina, cast.olle, cast.tina):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            children.decline_more_time(reported_child_id=child.id, because="Det räcker nu", by=stranger, at=AT)
    # The refusal comes before anything is asked of what was written.
    for wrong in ({"until": LAST, "ground": "x"}, {"until": LAST + timedelta(days=99), "ground": ""}):
        with pytest.raises(foundation.Refused):
            children.extend_preliminary(reported_child_id=child.id, **wrong, by=cast.maja, at=AT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "where"),
    [({"ground": "x"}, "ground"), ({"until": LAST}, "until"), ({"until": LAST + timedelta(days=15)}, "until")],
)
def test_what_is_wrong_is_said(cast: Cast, told: dict[str, Any], where: str) -> None:
    child = child_of(reported(cast, a_child(cast)))
    with pytest.raises(foundation.BadInput) as fault:
        propose(child, cast.maja, **told)
    assert fault.value.where == where


def test_the_rows_are_read_with_the_report_and_written_by_nobody(
    cast: Cast, intruder: psycopg.Connection[Any]
) -> None:
    propose(child_of(reported(cast, a_child(cast))), cast.maja)
    readers = ((cast.maja, 1), (cast.eva, 1), (cast.david, 1), (cast.asa, 0), (cast.olle, 0), (cast.elin, 0))
    for actor, rows in readers:
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLE}")
            assert cursor.fetchone() == (rows,), actor.name
    assert intruder.execute(f"SELECT count(*) FROM {TABLE}").fetchone() == (0,)
    for statement in (f"UPDATE {TABLE} SET until = until + 1", f"DELETE FROM {TABLE}", f"UPDATE {TABLE} SET reason = 'x'"):
        for actor in (cast.eva, cast.maja, SYSTEM):
            changed = 0
            try:
                with foundation.acting(actor, whole=True), connection.cursor() as cursor:
                    cursor.execute(statement)
                    changed = cursor.rowcount
            except DatabaseError:
                pass
            assert changed == 0, (actor.name, statement)


def test_danger_that_waits_for_a_manager_is_listed_until_it_is_countersigned(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child = child_of(report)
    danger: dict[str, Any] = {"reported_child_id": child.id, "danger": True, "ground": "Pappan slår hemma.", "at": AT}
    children.assess_protection(**danger, by=cast.maja)
    (waits,) = children.waits_for_manager(cast.eva, [cast.children])
    assert (waits.kind, waits.number) == ("countersign", report.number)
    for other in (cast.carina, cast.asa, cast.olle):
        assert children.waits_for_manager(other, [cast.children]) == []
    assert children.waits_for_manager(cast.eva, [cast.support]) == []
    children.countersign_protection(reported_child_id=child.id, by=cast.eva, at=AT)
    assert children.waits_for_manager(cast.eva, [cast.children]) == []
    children.assess_protection(**danger | {"at": AT + timedelta(minutes=1)}, by=cast.eva)
    assert children.waits_for_manager(cast.eva, [cast.children]) == [], "her own waits for another manager"
    children.assess_protection(
        reported_child_id=child.id, danger=False, ground="Pappan har flyttat.", by=cast.maja,
        at=AT + timedelta(minutes=2),
    )  # fmt: skip
    assert children.waits_for_manager(cast.eva, [cast.children]) == [], "the latest counts"


@pytest.mark.parametrize("ground", ["x", "  x ", "nej", "Akutläge"])
def test_a_letter_or_a_word_is_no_ground(cast: Cast, ground: str) -> None:
    child = child_of(reported(cast, a_child(cast)))
    with pytest.raises(foundation.BadInput) as fault:
        children.assess_protection(reported_child_id=child.id, danger=False, ground=ground, by=cast.maja, at=AT)
    assert fault.value.where == "ground"
    safe(cast, child)
    with pytest.raises(foundation.BadInput) as fault:
        decide(cast, child, reason=ground)
    assert fault.value.where == "reason"
    with pytest.raises(foundation.BadInput) as fault:
        children.answer_repeat(reported_child_id=child.id, reason=ground, by=cast.maja, at=AT)
    assert fault.value.where == "reason"
