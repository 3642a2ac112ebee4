"""A kept report is given to the case worker of a running file of a child in it, who takes no reports in; and to no other."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SYSTEM,
    TEACHER,
    a_child,
    child_of,
    fresh,
    number_of,
    reported,
)
from tests.child_protection.test_biased_files import is_person
from tests.child_protection.test_report_faults import NIGHT
from tests.child_protection.test_reports_given_on import give, offered
from tests.child_protection.test_reports_kept import SOMEBODY, at_night, register, rows

pytestmark = pytest.mark.django_db(databases=["default"])
SHY = children.ReporterAsTold(
    kind="private", name="Granne Grön", phone="070-000 00 01", wants_protection=True
)


@pytest.fixture
def nora(cast: Cast) -> people.Person:
    """A child whose file runs in the unit for children; David answers for it."""
    nora = a_child(cast)
    a_running_file(cast, nora, cast.david)
    return nora


def a_running_file(
    cast: Cast, child: people.Person, worker: foundation.Actor, unit: Any = None
) -> casework.Case:
    case = casework.open_case(
        kind="child_protection", person_id=child.id, unit_id=unit or cast.children,
        parties=[(child.id, "child")], by=SYSTEM, at=AT - timedelta(days=40),
    )  # fmt: skip
    return casework.assign_case(case_id=case.id, worker_id=worker.account_id, by=SYSTEM, at=AT)


def as_told(child: people.Person) -> children.ChildAsTold:
    return children.ChildAsTold(
        given_name=child.given_name, family_name=child.family_name, identity_number=number_of(child)
    )


def kept_with(cast: Cast, child: people.Person, **more: Any) -> children.Report:
    """A report that Maja keeps: one child in it is known and has a running file, the other has no number."""
    report = reported(cast, children=[as_told(child), SOMEBODY], **{"reporter": TEACHER, **more})
    register(child_of(report, 1), cast.maja)
    assert fresh(report).kept_by_id == cast.maja.account_id
    return fresh(report)


def unnumbered(report: children.Report) -> children.ReportedChild:
    return child_of(report, 1)


def test_the_worker_of_the_running_file_goes_on(cast: Cast, nora: people.Person) -> None:
    report = kept_with(cast, nora)
    child = unnumbered(report)
    assert child.person_id is not None and child.case_id is not None
    assert rows(cast.david, report) == [0, 0, 0], "the file of one child does not open a closed report"
    assert offered(report, cast.maja) == {"Eva", "David"}
    give(report, cast.david, cast.maja)
    assert fresh(report).kept_by_id == cast.david.account_id
    assert rows(cast.david, report) == [1, 2, 1] and rows(cast.maja, report) == [0, 0, 0]
    assert people.may_read_person(cast.david, child.person_id)
    assert not people.may_read_person(cast.maja, child.person_id)
    assert casework.get_case(child.case_id, cast.david).restricted
    for other in (
        cast.sam,
        cast.olle,
        cast.asa,
        cast.bjorn,
        cast.ada,
        cast.tina,
        cast.elin,
        foundation.VISITOR,
    ):
        assert rows(other, report) == [0, 0, 0], other.name
    # The list of what he has taken on shows it; what the reception takes in is not his.
    assert [one.report.id for one in children.find_arrivals(cast.david, which="mine").rows] == [report.id]
    assert children.find_arrivals(cast.david).rows == []
    assert children.find_arrivals(cast.sam, which="mine").rows == []
    children.assess_protection(
        reported_child_id=child.id, danger=False, ground="Ringt hem till barnet.", by=cast.david, at=AT
    )
    give(report, cast.maja, cast.david)
    assert rows(cast.david, report) == [0, 0, 0] and not people.may_read_person(cast.david, child.person_id)


def test_a_reporter_who_asked_not_to_be_known_is_not_shown_with_it(cast: Cast, nora: people.Person) -> None:
    report = kept_with(cast, nora, reporter=SHY, by=foundation.VISITOR)
    assert rows(cast.maja, report) == [1, 2, 1], "the reception took it in"
    give(report, cast.david, cast.maja)
    assert rows(cast.david, report) == [1, 2, 0]
    view = children.report_view(report.id, cast.david)
    assert view.reporter is None and view.reporter_hidden
    assert rows(cast.eva, report) == [1, 2, 1], "the manager named for the child can still reach the reporter"
    with foundation.acting(SYSTEM):
        foundation.RoleGrant.objects.create(
            account_id=cast.david.account_id,  # type: ignore[misc]
            role="reception", unit_id=cast.children, valid_from=date(2020, 1, 1),
        )  # fmt: skip
    assert rows(cast.david, report) == [1, 2, 1], (
        "one who takes reports in there sees it as the reception does"
    )


def test_a_protected_reporter_or_child_leaves_nothing_to_give(cast: Cast, nora: people.Person) -> None:
    by_hugo = reported(
        cast, children=[as_told(nora), SOMEBODY], by=cast.hugo,
        reporter=children.ReporterAsTold(kind="private", name="Hugo Hav"),
    )  # fmt: skip
    register(child_of(by_hugo, 1), cast.maja)
    assert fresh(by_hugo).kept_by_id == cast.maja.account_id
    for one in (cast.maja, cast.eva):
        assert offered(by_hugo, one) == set(), "one who sees it would read of a protected person too"
        with pytest.raises(children.ReportIsNotKept):
            give(by_hugo, cast.david, one)
    with foundation.acting(SYSTEM, whole=True), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE child_protection_report SET kept_by_id = %s WHERE id = %s",
            [cast.david.account_id, by_hugo.id],
        )
    assert rows(cast.david, by_hugo) == [0, 0, 0], "whatever the row says of the keeper"
    report = kept_with(cast, nora)
    give(report, cast.david, cast.maja)
    assert cast.eva.account_id is not None
    people.protect_person(
        person_id=nora.id, mark="secrecy_mark", named_account_ids=[cast.eva.account_id], by=SYSTEM, at=AT
    )
    assert fresh(report).kept_by_id is None and rows(cast.david, report) == [0, 0, 0]


@pytest.mark.parametrize("why", ["closed", "another", "nobody", "restricted", "left", "inactive"])
def test_only_who_answers_for_a_running_file_now(cast: Cast, why: str) -> None:
    nora = a_child(cast)
    case = a_running_file(cast, nora, cast.david)
    report = kept_with(cast, nora)
    assert "David" in offered(report, cast.maja)
    with foundation.acting(SYSTEM, whole=True), connection.cursor() as cursor:
        where = [case.id]
        if why == "closed":
            cursor.execute(
                "UPDATE casework_case SET state = 'closed', closed_at = now(), closed_because = 'x' WHERE id = %s",
                where,
            )
        elif why == "restricted":
            cursor.execute("UPDATE casework_case SET restricted = true WHERE id = %s", where)
        elif why == "left":
            cursor.execute(
                "UPDATE foundation_rolegrant SET valid_to = '2026-11-01' WHERE account_id = %s",
                [cast.david.account_id],
            )
        elif why == "inactive":
            cursor.execute(
                "UPDATE foundation_account SET is_active = false WHERE id = %s", [cast.david.account_id]
            )
        else:
            worker = cast.sam.account_id if why == "another" else None
            cursor.execute("UPDATE casework_case SET worker_id = %s WHERE id = %s", [worker, *where])
    assert "David" not in offered(report, cast.maja)
    if why != "restricted":
        with pytest.raises(children.NotOfTheReception):
            give(report, cast.david, cast.maja)
    assert fresh(report).kept_by_id == cast.maja.account_id and rows(cast.david, report) == [0, 0, 0]


def test_a_file_of_another_unit_leads_there_in_sql_as_long_as_it_runs(cast: Cast) -> None:
    with foundation.acting(SYSTEM):
        north = foundation.Unit.objects.create(name="Östra barn", kind="children")
        account = foundation.Account.objects.create(username="nils", name="Nils Nord")
        foundation.RoleGrant.objects.create(
            account=account, role="case_worker", unit=north, valid_from=date(2020, 1, 1)
        )
    nils = foundation.Actor(kind="staff", account_id=account.id, name=account.name)
    nora = a_child(cast)
    case = a_running_file(cast, nora, nils, north.id)
    sister = children.ChildAsTold(given_name="Flicka", age_told="två")
    report = reported(cast, children=[as_told(nora), SOMEBODY, sister])
    register(child_of(report, 1), cast.maja)
    assert rows(nils, report) == [0, 0, 0] and "Nils" in offered(report, cast.maja)
    give(report, nils, cast.maja)
    assert rows(nils, report) == [1, 3, 1], "the sister has no file, so nothing but the keeping opens it"
    assert rows(cast.sam, report) == [0, 0, 0]
    with foundation.acting(SYSTEM, whole=True), connection.cursor() as cursor:
        for worker, state, seen in (
            (None, "open", 0),
            (account.id, "open", 1),
            (account.id, "closed", 0),
            (account.id, "open", 1),
        ):
            cursor.execute(
                "UPDATE casework_case SET worker_id = %s, state = %s, closed_at = CASE %s WHEN 'closed' THEN now() END WHERE id = %s",
                [worker, state, state, case.id],
            )
            assert rows(nils, report)[0] == seen, (worker, state)
        cursor.execute(
            "UPDATE foundation_rolegrant SET valid_to = handslag_today() WHERE account_id = %s", [account.id]
        )
    assert rows(nils, report) == [0, 0, 0], "whatever the row says of the keeper"


def test_the_biased_and_those_who_only_know_the_file_are_refused(
    cast: Cast, nora: people.Person, intruder: psycopg.Connection[Any]
) -> None:
    report = kept_with(cast, nora)
    for outsider in (cast.sam, cast.asa, cast.olle, cast.vera, cast.frida, cast.elin):
        with pytest.raises(children.NotOfTheReception):
            give(report, outsider, cast.maja)
    for stranger in (cast.david, cast.sam, cast.olle, cast.asa, cast.elin, foundation.VISITOR):
        assert offered(report, stranger) == set()
        with pytest.raises((foundation.Refused, foundation.NotFound)):
            give(report, cast.david, stranger)
    at_others = at_night(cast, as_told(nora), SOMEBODY)
    register(unnumbered(at_others), cast.olle)
    assert fresh(at_others).kept_by_id == cast.olle.account_id
    give(at_others, cast.david, cast.olle)  # on call too: the file's own case worker knows the child
    assert rows(cast.david, at_others) == [1, 2, 1] and rows(cast.olle, at_others) == [0, 0, 0]
    changed = intruder.execute(
        "UPDATE child_protection_report SET kept_by_id = %s WHERE id = %s", [cast.david.account_id, report.id]
    )
    assert changed.rowcount == 0
    spouse = is_person(cast.david, cast, "David")
    person_id = unnumbered(report).person_id
    assert person_id is not None
    people.relate(
        person_id=spouse.id,
        other_id=person_id,
        kind="guardian",
        valid_from=date(2018, 1, 1),
        by=SYSTEM,
        at=NIGHT,
    )
    assert "David" not in offered(report, cast.maja)
    with pytest.raises(children.NotOfTheReception):  # the file is taken from him at once
        give(report, cast.david, cast.maja)
    assert rows(cast.david, report) == [0, 0, 0]


def test_a_case_worker_who_is_close_to_the_reporter_is_not_offered_and_not_told_to_whom(
    cast: Cast, nora: people.Person
) -> None:
    report = kept_with(
        cast, nora, by=cast.greta, reporter=children.ReporterAsTold(kind="private", name="Greta")
    )
    assert "David" in offered(report, cast.maja)
    spouse = is_person(cast.david, cast, "David")
    assert cast.greta.person_id is not None
    people.relate(
        person_id=spouse.id, other_id=cast.greta.person_id, kind="partner", valid_from=date(2010, 1, 1),
        by=SYSTEM, at=AT,
    )  # fmt: skip
    with foundation.acting(SYSTEM, whole=True), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET worker_id = %s WHERE person_id = %s", [cast.david.account_id, nora.id]
        )
    assert "David" not in offered(report, cast.maja)
    with pytest.raises(children.Biased) as refused:
        give(report, cast.david, cast.maja)
    assert "Greta" not in refused.value.in_one_line and rows(cast.david, report) == [0, 0, 0]
