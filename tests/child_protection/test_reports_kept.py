"""A child without a number: the one who works on the report goes on, and nobody else reads more than before."""

from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SWEDEN,
    SYSTEM,
    TEACHER,
    a_child,
    child_of,
    decide,
    fresh,
    number_of,
    reported,
)
from tests.child_protection.test_report_faults import NIGHT, the_office

pytestmark = pytest.mark.django_db(databases=["default"])
TABLES = ("child_protection_report", "child_protection_reportedchild", "child_protection_reporter")
SOMEBODY = children.ChildAsTold(given_name="Pojke", age_told="tio")


def rows(actor: foundation.Actor, report: children.Report) -> list[int]:
    """How many rows of the report an actor sees in each table, straight in SQL as the role of the web."""
    found = []
    with foundation.acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            key = "id" if table == TABLES[0] else "report_id"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {key} = %s", [report.id])
            found.append(int(cursor.fetchone()[0]))
    return found


def at_night(cast: Cast, *told: children.ChildAsTold, **more: Any) -> children.Report:
    the_office(cast)
    return reported(cast, children=list(told or (SOMEBODY,)), at=NIGHT, **more)


def register(child: children.ReportedChild, by: foundation.Actor, **told: Any) -> None:
    children.register_unknown_child(reported_child_id=child.id, by=by, at=NIGHT, **told)


def test_the_one_on_call_goes_on_and_hands_over(cast: Cast, intruder: psycopg.Connection[Any]) -> None:
    report = at_night(cast)
    register(child_of(report), cast.olle)
    closed = fresh(report)
    assert (closed.restricted, closed.unit_id, closed.kept_by_id) == (True, cast.on_call, cast.olle.account_id)
    assert rows(cast.olle, report) == [1, 1, 1]
    # Nobody else on call and nobody uninvolved; Eva is named for the child and reads it by the file, as Maja does.
    for other in (cast.asa, cast.bjorn, cast.david, cast.sam, cast.carina, cast.ada, cast.tina, foundation.VISITOR):
        assert rows(other, report) == [0, 0, 0], other.name
    assert rows(cast.eva, report) == [1, 1, 1]
    assert intruder.execute("SELECT handslag_may_read_report(%s)", [report.id]).fetchone() == (False,)
    assert [one.report.id for one in children.find_arrivals(cast.olle).rows] == [report.id]

    child = child_of(report)
    children.assess_protection(
        reported_child_id=child.id, danger=True, ground="Pappan söker barnet i natt.",
        done_tonight="Hos mormor", by=cast.olle, at=NIGHT,
    )  # fmt: skip
    with foundation.acting(cast.eva):
        told = {notice.text["code"] for notice in foundation.notices_of(cast.eva)}
    assert "child_protection.danger_assessed" in told, "nobody on call may see protected persons"
    children.countersign_protection(reported_child_id=child.id, by=cast.eva, at=NIGHT)
    children.hand_over_report(report_id=report.id, by=cast.olle, at=NIGHT)
    over = fresh(report)
    assert (over.unit_id, over.kept_by_id, over.restricted) == (cast.children, None, True)
    assert rows(cast.olle, report) == [0, 0, 0] and rows(cast.eva, report) == [1, 1, 1]
    assert child.person_id is not None
    assert not people.may_read_person(cast.olle, child.person_id), "it leaves the unit on call whole"


def test_it_goes_over_when_the_office_opens_and_not_before(cast: Cast) -> None:
    report = at_night(cast)
    register(child_of(report), cast.olle)
    morning = datetime(2026, 11, 19, 7, 59, tzinfo=SWEDEN)
    assert children.hand_over_due(by=SYSTEM, at=morning) == 0
    assert rows(cast.olle, report) == [1, 1, 1]
    assert children.hand_over_due(by=SYSTEM, at=morning + timedelta(minutes=1)) == 1
    assert rows(cast.olle, report) == [0, 0, 0]


def test_what_cannot_wait_is_opened_on_call_for_a_child_without_a_number(cast: Cast) -> None:
    report = at_night(cast)
    child = child_of(report)
    register(child, cast.olle)
    children.assess_protection(
        reported_child_id=child.id, danger=False, ground="Ringt hem till barnet.", by=cast.olle, at=NIGHT
    )
    decide(
        cast, child, "open", by=cast.olle, at=NIGHT, cannot_wait="Barnet kan inte vara hemma.",
        path="ordinary", path_reason="Flera frågor måste utredas",
    )  # fmt: skip
    assert (fresh(report).unit_id, fresh(report).kept_by_id) == (cast.children, None)
    assert rows(cast.olle, report) == [0, 0, 0]


def test_the_day_units_reception_goes_on_as_well(cast: Cast) -> None:
    report = reported(cast, children=[SOMEBODY])
    register(child_of(report), cast.maja)
    assert fresh(report).restricted
    assert rows(cast.maja, report) == [1, 1, 1] and rows(cast.olle, report) == [0, 0, 0]
    for other in (cast.david, cast.sam, cast.asa):
        assert rows(other, report) == [0, 0, 0], other.name


def test_a_sibling_with_protected_identity_keeps_it_from_who_registers(cast: Cast) -> None:
    hidden = a_child(cast, "Skyddad", protection="secrecy_mark")
    told = children.ChildAsTold(given_name="Kalle", family_name="Anka", identity_number=number_of(hidden))
    report = at_night(cast, SOMEBODY, told)
    assert (fresh(report).unit_id, fresh(report).kept_by_id) == (cast.children, None)
    with pytest.raises(children.ReportNotFound):
        register(child_of(report), cast.olle)
    register(child_of(report), cast.eva)
    assert fresh(report).kept_by_id is None
    assert rows(cast.olle, report) == [0, 0, 0] and rows(cast.maja, report) == [0, 0, 0]


def test_a_mark_that_comes_meanwhile_ends_it_in_sql_too(cast: Cast) -> None:
    report = at_night(cast, SOMEBODY, children.ChildAsTold(given_name="Flicka", age_told="två"))
    register(child_of(report), cast.olle)
    assert rows(cast.olle, report) == [1, 2, 1], "the sister has no file yet, so nothing but the keeping opens it"
    known = child_of(report).person_id
    assert known is not None and cast.eva.account_id is not None
    for mark, seen in (("secrecy_mark", 0), ("unknown", 1), ("protected_registration", 0), ("unknown", 1)):
        # The database itself asks for the mark, whatever the row still says of the keeper.
        with foundation.acting(SYSTEM, whole=True), connection.cursor() as cursor:
            cursor.execute("UPDATE people_person SET protection = %s WHERE id = %s", [mark, known])
        assert rows(cast.olle, report)[0] == seen, mark
    people.protect_person(
        person_id=known, mark="secrecy_mark", named_account_ids=[cast.eva.account_id], by=SYSTEM, at=NIGHT
    )
    assert (fresh(report).unit_id, fresh(report).kept_by_id) == (cast.children, None)
    assert rows(cast.olle, report) == [0, 0, 0] and rows(cast.eva, report) == [1, 2, 1]


def test_who_has_left_the_unit_or_is_biased_keeps_nothing(cast: Cast) -> None:
    report = at_night(cast)
    register(child_of(report), cast.olle)
    children.declare_bias(kind="relative", report_id=report.id, by=cast.olle, at=NIGHT)
    assert rows(cast.olle, report) == [0, 0, 0]
    sister = children.ChildAsTold(given_name="Flicka", age_told="två")
    other = reported(cast, children=[SOMEBODY, sister], at=NIGHT + timedelta(minutes=5), reporter=TEACHER)
    register(child_of(other), cast.olle)
    assert rows(cast.olle, other) == [1, 2, 1]
    with foundation.acting(SYSTEM):
        held = foundation.RoleGrant.objects.filter(account_id=cast.olle.account_id)  # type: ignore[misc]
        held.update(valid_to=foundation.today())
    assert rows(cast.olle, other) == [0, 0, 0]


def test_joined_or_moved_it_stays_with_the_keeper_and_closes_the_other(cast: Cast) -> None:
    first = at_night(cast)
    later = reported(cast, children=[SOMEBODY], at=NIGHT + timedelta(minutes=5))
    register(child_of(later), cast.olle)
    children.merge_report(report_id=later.id, into_id=first.id, because="Samma bråk", by=cast.olle, at=AT)
    assert {fresh(one).kept_by_id for one in (first, later)} == {cast.olle.account_id}
    assert fresh(first).restricted and rows(cast.olle, first) == [1, 1, 1]
    third = reported(
        cast, children=[SOMEBODY, children.ChildAsTold(age_told="fem")], at=NIGHT + timedelta(minutes=9)
    )
    fourth = reported(cast, children=[SOMEBODY], at=NIGHT + timedelta(minutes=7))
    register(child_of(third, 1), cast.olle)
    children.move_child(
        reported_child_id=child_of(third, 1).id, to_report_id=fourth.id, because="Hör dit", by=cast.olle, at=NIGHT
    )
    assert fresh(fourth).restricted and rows(cast.olle, fourth) == [1, 2, 1]
    assert rows(cast.sam, fourth) == [0, 0, 0]
