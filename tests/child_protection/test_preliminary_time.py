"""More time for a preliminary assessment: a decision for exceptional reasons, to a set day, before the last one (SoL 20:2)."""

from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SWEDEN,
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


def extend(child: children.ReportedChild, by: foundation.Actor, **told: Any) -> Any:
    facts = {
        "until": LAST + timedelta(days=5),
        "ground": "Familjen är på sjukhus i annat land",
        "at": AT,
        **told,
    }
    return children.extend_preliminary(reported_child_id=child.id, by=by, **facts)


def test_a_manager_decides_and_the_clock_goes_on(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child = child_of(report)
    assert child.due_on == LAST
    made = extend(child, cast.eva)
    assert (made.was_due_on, made.until) == (LAST, date(2026, 12, 7))
    clock = clocks_of(child)["FORH"]
    assert (clock.state, clock.last_day, clock.extended_because) == (
        "extended", date(2026, 12, 7), "Familjen är på sjukhus i annat land",
    )  # fmt: skip
    assert child_of(report).due_on == date(2026, 12, 7)
    assert child.case_id is not None
    (decision,) = casework.find_decisions(child.case_id, cast.david)
    assert (decision.type, decision.outcome, decision.legal_ground, decision.id) == (
        "child_protection.extend_preliminary", "decided", "SoL 20:2", made.decision_id,
    )  # fmt: skip
    assert "preliminary_extended" in events_about(child.report_id)
    view = children.report_view(child.report_id, cast.maja).children[0]
    assert view.extension is not None and view.extension.until == date(2026, 12, 7)
    # Decided within the new time, it is met.
    safe(cast, child)
    decide(cast, child, at=datetime(2026, 12, 6, 12, tzinfo=SWEDEN))
    assert clocks_of(child)["FORH"].state == "met"


def test_it_goes_with_a_child_who_turns_out_to_be_another(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child = child_of(report)
    extend(child, cast.eva)
    other = a_child(cast, "Omar", nth=1)
    children.identify_child(
        reported_child_id=child.id, person_id=other.id, because="Fel barn i klassen", by=cast.maja, at=AT
    )
    moved = child_of(report)
    assert moved.due_on == date(2026, 12, 7)
    with foundation.acting(SYSTEM):
        clock = casework.LegalClock.objects.get(case_id=moved.case_id, rule="FORH", about=child.id)
    assert clock.last_day == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"ground": "  "}, "ground"),
        ({"until": LAST}, "until"),
        ({"until": LAST + timedelta(days=15)}, "until"),  # further than our own setting of fourteen days
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left_behind(
    cast: Cast, told: dict[str, Any], where: str
) -> None:
    child = child_of(reported(cast, a_child(cast)))
    with pytest.raises(foundation.BadInput) as fault:
        extend(child, cast.eva, **told)
    assert fault.value.where == where
    assert clocks_of(child)["FORH"].last_day == LAST
    assert child.case_id is not None and casework.find_decisions(child.case_id, cast.david) == []


def test_too_late_decided_or_not_known_it_is_refused(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast)))
    with pytest.raises(children.TooLateToExtend):
        extend(child, cast.eva, at=datetime(2026, 12, 3, 0, 1, tzinfo=SWEDEN))
    unknown = child_of(
        children.receive_report(
            what_seen="x", children=[children.ChildAsTold()], by=foundation.VISITOR, at=AT
        )
    )
    with pytest.raises(children.ChildNotIdentified):
        extend(unknown, cast.eva)
    safe(cast, child)
    decide(cast, child)
    with pytest.raises(children.AlreadyDecided):
        extend(child, cast.eva)


def test_what_stands_against_more_time_is_known_before_anything_is_written(cast: Cast) -> None:
    report = reported(cast, a_child(cast))
    child, late = child_of(report), datetime(2026, 12, 3, 0, 1, tzinfo=SWEDEN)

    def against(when: datetime = AT) -> type | None:
        hindrance = children.hindrance_to_more_time(child_of(report), cast.eva, when)
        return type(hindrance) if hindrance else None

    assert against() is None
    assert issubclass(against(late) or object, children.TooLateToExtend)
    extend(child, cast.eva, until=LAST + timedelta(days=14))
    assert against() is children.NoMoreTimeToGive, "our own limit is reached: no later day would be taken"
    with pytest.raises(children.NoMoreTimeToGive):
        extend(child, cast.eva, until=LAST + timedelta(days=15))
    safe(cast, child)
    decide(cast, child)
    assert against() is children.AlreadyDecided
    unknown = child_of(
        children.receive_report(
            what_seen="x", children=[children.ChildAsTold()], by=foundation.VISITOR, at=AT
        )
    )
    assert isinstance(children.hindrance_to_more_time(unknown, cast.eva, AT), children.ChildNotIdentified)


def test_who_may_is_the_delegation_order(cast: Cast) -> None:
    child = child_of(reported(cast, a_child(cast)))
    for refused in (cast.maja, cast.david, cast.asa, cast.carina, cast.olle, cast.tina, foundation.VISITOR):
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            extend(child, refused)
    assert clocks_of(child)["FORH"].last_day == LAST


def test_the_rows_are_read_by_the_reception_and_written_by_nobody(
    cast: Cast, intruder: psycopg.Connection[Any]
) -> None:
    extend(child_of(reported(cast, a_child(cast))), cast.eva)
    table = "child_protection_preliminaryextension"
    for actor, rows in ((cast.maja, 1), (cast.david, 1), (cast.asa, 0), (cast.olle, 0), (cast.elin, 0)):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (rows,), actor.name
    row = intruder.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row == (0,)
    for actor in (cast.eva, SYSTEM):
        for statement in (f"UPDATE {table} SET until = until + 1", f"DELETE FROM {table}"):
            changed = 0
            try:
                with foundation.acting(actor, whole=True), connection.cursor() as cursor:
                    cursor.execute(statement)
                    changed = cursor.rowcount
            except DatabaseError:
                pass
            assert changed == 0
