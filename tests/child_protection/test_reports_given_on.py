"""A kept report is given to a named colleague of the same reception: they go on, and who gave it reads it no more."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import AT, SYSTEM, child_of, events_about, fresh, reported
from tests.child_protection.test_biased_files import is_person
from tests.child_protection.test_report_faults import NIGHT
from tests.child_protection.test_reports_kept import SOMEBODY, at_night, register, rows

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture
def colleague(cast: Cast) -> foundation.Actor:
    """Sam takes reports in too, both by day and on call."""
    assert cast.sam.account_id is not None
    with foundation.acting(SYSTEM):
        for unit_id in (cast.children, cast.on_call):
            foundation.RoleGrant.objects.create(
                account_id=cast.sam.account_id, role="reception", unit_id=unit_id, valid_from=date(2020, 1, 1)
            )
    return cast.sam


def kept(cast: Cast, *, by: foundation.Actor | None = None, **more: Any) -> children.Report:
    """A report that Maja keeps, or somebody else: its child is registered without a number."""
    report = reported(cast, children=[SOMEBODY], **more)
    register(child_of(report), by or cast.maja)
    return fresh(report)


def give(report: children.Report, to: foundation.Actor, by: foundation.Actor) -> children.Report:
    assert to.account_id is not None
    return children.give_kept_report(report_id=report.id, account_id=to.account_id, by=by, at=AT)


def offered(report: children.Report, to: foundation.Actor) -> set[str]:
    return {one.name.split()[0] for one in children.may_be_given_to(report.id, to)}


def test_the_colleague_goes_on_and_who_gave_it_reads_nothing_more(
    cast: Cast, colleague: foundation.Actor
) -> None:
    report = kept(cast)
    child = child_of(report)
    assert child.person_id is not None and child.case_id is not None
    assert rows(colleague, report) == [0, 0, 0]
    assert offered(report, cast.maja) == {"Sam", "Eva"}
    give(report, colleague, cast.maja)
    over = fresh(report)
    assert (over.kept_by_id, over.taken_by_id) == (colleague.account_id, colleague.account_id)
    assert over.restricted and over.version > report.version
    assert rows(colleague, report) == [1, 1, 1] and rows(cast.maja, report) == [0, 0, 0]
    assert people.may_read_person(colleague, child.person_id)
    assert not people.may_read_person(cast.maja, child.person_id)
    with pytest.raises(casework.CaseNotFound):
        casework.get_case(child.case_id, cast.maja)
    for other in (cast.olle, cast.david, cast.asa, cast.bjorn, cast.tina, cast.elin, foundation.VISITOR):
        assert rows(other, report) == [0, 0, 0], other.name
    assert rows(cast.eva, report) == [1, 1, 1], "named as a manager who sees protected persons"
    assert [one.report.id for one in children.find_arrivals(colleague).rows] == [report.id]
    assert children.find_arrivals(cast.maja).rows == []
    children.assess_protection(
        reported_child_id=child.id, danger=False, ground="Ringt hem till barnet.", by=colleague, at=AT
    )
    with foundation.acting(colleague):
        told = {notice.text["code"] for notice in foundation.notices_of(colleague)}
    assert "child_protection.report_given" in told
    assert events_about(report.id).count("kept_report_given") == 1
    with foundation.acting(SYSTEM):
        event = foundation.Event.objects.get(kind="child_protection.kept_report_given")
    assert event.account_id == cast.maja.account_id
    assert event.data["from_account_id"] == str(cast.maja.account_id)
    assert event.data["kept_by_id"] == str(colleague.account_id)
    give(report, cast.maja, colleague)
    assert rows(cast.maja, report) == [1, 1, 1] and rows(colleague, report) == [0, 0, 0], "and back again"


def test_on_call_it_leaves_with_the_one_it_was_given_to(cast: Cast, colleague: foundation.Actor) -> None:
    report = at_night(cast)
    register(child_of(report), cast.olle)
    give(report, colleague, cast.olle)
    with foundation.acting(SYSTEM):
        foundation.RoleGrant.objects.filter(
            account_id=colleague.account_id,
            unit_id=cast.children,
            role="reception",  # type: ignore[misc]
        ).update(valid_to=foundation.today())
    assert rows(cast.olle, report) == [0, 0, 0] and rows(colleague, report) == [1, 1, 1]
    children.hand_over_report(report_id=report.id, by=colleague, at=NIGHT)
    assert fresh(report).kept_by_id is None and rows(colleague, report) == [0, 0, 0]
    person_id = child_of(report).person_id
    assert person_id is not None and not people.may_read_person(colleague, person_id)


def test_reports_of_one_event_go_together(cast: Cast, colleague: foundation.Actor) -> None:
    first, later = kept(cast), kept(cast)
    children.merge_report(report_id=later.id, into_id=first.id, because="Samma bråk", by=cast.maja, at=AT)
    assert {fresh(one).kept_by_id for one in (first, later)} == {cast.maja.account_id}
    give(first, colleague, cast.maja)
    assert {fresh(one).kept_by_id for one in (first, later)} == {colleague.account_id}
    assert rows(cast.maja, later) == [0, 0, 0] and rows(colleague, later)[0] == 1


def test_a_child_of_another_kept_report_is_still_read(cast: Cast, colleague: foundation.Actor) -> None:
    first = kept(cast)
    person_id = child_of(first).person_id
    assert person_id is not None
    second = reported(cast, children=[SOMEBODY])
    children.identify_child(reported_child_id=child_of(second).id, person_id=person_id, by=cast.maja, at=AT)
    assert fresh(second).kept_by_id == cast.maja.account_id
    give(first, colleague, cast.maja)
    assert people.may_read_person(cast.maja, person_id) and rows(cast.maja, second) == [1, 1, 1]
    give(second, colleague, cast.maja)
    assert not people.may_read_person(cast.maja, person_id)


def test_who_may_not(cast: Cast, colleague: foundation.Actor) -> None:
    report = kept(cast)
    for stranger in (colleague, cast.olle, cast.david, cast.asa, cast.tina, cast.elin, foundation.VISITOR):
        assert offered(report, stranger) == set()
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            give(report, colleague, stranger)
    for outsider in (cast.olle, cast.asa, cast.david, cast.frida, cast.tina):
        with pytest.raises(children.NotOfTheReception):
            give(report, outsider, cast.maja)
    give(report, colleague, cast.eva)  # the unit's manager, who reads it, may do it for Maja
    assert rows(cast.maja, report) == [0, 0, 0] and offered(report, cast.maja) == set()
    plain = reported(cast, children=[SOMEBODY])
    with pytest.raises(children.ReportIsNotKept):
        give(plain, colleague, cast.maja)
    on_call = at_night(cast)
    register(child_of(on_call), cast.olle)
    with pytest.raises(foundation.Refused):
        give(on_call, colleague, cast.eva)  # she reads it, and manages another unit
    assert events_about(report.id).count("kept_report_given") == 1


def test_the_spouse_of_who_reported_is_refused_in_the_list_the_operation_and_sql(
    cast: Cast, colleague: foundation.Actor
) -> None:
    spouse = is_person(colleague, cast, "Sam")
    assert cast.greta.person_id is not None
    people.relate(
        person_id=spouse.id, other_id=cast.greta.person_id, kind="partner", valid_from=date(2010, 1, 1),
        by=SYSTEM, at=AT,
    )  # fmt: skip
    report = kept(cast, reporter=children.ReporterAsTold(kind="private", name="Greta"), by=cast.maja)
    by_greta = reported(
        cast,
        children=[SOMEBODY],
        reporter=children.ReporterAsTold(kind="private", name="Greta"),
        by=cast.greta,
    )
    register(child_of(by_greta), cast.maja)
    assert offered(report, cast.maja) == {"Sam", "Eva"}
    assert offered(by_greta, cast.maja) == {"Eva"}
    with pytest.raises(children.Biased) as refused:
        give(by_greta, colleague, cast.maja)
    assert "Greta" not in refused.value.in_one_line
    assert fresh(by_greta).kept_by_id == cast.maja.account_id
    # Whatever the row says: the database itself shows it to nobody who is biased.
    with foundation.acting(SYSTEM, whole=True), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE child_protection_report SET kept_by_id = %s WHERE id = %s",
            [colleague.account_id, by_greta.id],
        )
    assert rows(colleague, by_greta) == [0, 0, 0]


def test_nobody_gives_it_to_themselves_in_sql(
    cast: Cast, colleague: foundation.Actor, intruder: psycopg.Connection[Any]
) -> None:
    report = kept(cast)
    for actor in (colleague, cast.maja, cast.david, cast.eva, cast.elin):
        try:
            with foundation.acting(actor), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE child_protection_report SET kept_by_id = %s WHERE id = %s",
                    [colleague.account_id, report.id],
                )
                assert cursor.rowcount == 0, actor.name
        except Exception as refused:
            assert "row-level security" in str(refused) or "permission" in str(refused), refused
    changed = intruder.execute(
        "UPDATE child_protection_report SET kept_by_id = %s WHERE id = %s", [colleague.account_id, report.id]
    )
    assert changed.rowcount == 0
    assert fresh(report).kept_by_id == cast.maja.account_id and rows(colleague, report) == [0, 0, 0]


def test_what_fails_on_the_way_changes_nothing(
    cast: Cast, colleague: foundation.Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = kept(cast)

    def broken(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the notice is lost")

    monkeypatch.setattr(foundation, "notify", broken)
    with pytest.raises(RuntimeError):
        give(report, colleague, cast.maja)
    assert fresh(report).kept_by_id == cast.maja.account_id
    assert rows(cast.maja, report) == [1, 1, 1] and rows(colleague, report) == [0, 0, 0]
