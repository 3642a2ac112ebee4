"""Who may read and write what the reception has, and who may not; the same straight in SQL as the app role."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.casework import public as casework
from handslag.child_protection import models
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast
from tests.child_protection.reporting import (
    AT,
    SYSTEM,
    a_child,
    child_of,
    decide,
    fresh,
    number_of,
    reported,
    safe,
)

pytestmark = pytest.mark.django_db(databases=["default"])

OF_A_REPORT = [
    models.Report,
    models.Reporter,
    models.ReportedChild,
    models.ReportAttachment,
    models.ReportAttachmentContent,
    models.ProtectionAssessment,
    models.PreliminaryAssessment,
    models.RepeatAnswer,
    models.Feedback,
]
TABLES = [one._meta.db_table for one in OF_A_REPORT]


@pytest.fixture
def nora(cast: Cast) -> people.Person:
    return a_child(cast)


@pytest.fixture
def full(cast: Cast, nora: people.Person) -> children.Report:
    """A report with something in every table."""
    report = reported(cast, nora, attachments=[("brev.pdf", b"%PDF-1.7\n")])
    fill(cast, report)
    return report


def fill(cast: Cast, report: children.Report) -> None:
    """Something of the report in every table; it is left without an investigation."""
    child = child_of(report)
    safe(cast, child)
    children.answer_repeat(reported_child_id=child.id, reason="Samma sak", by=cast.maja, at=AT)
    decide(cast, child)
    children.give_feedback(report_id=report.id, text_code="not_opened", way="phone", by=cast.maja, at=AT)


def seen(actor: foundation.Actor, table: str) -> int:
    """How many rows of a table the actor sees, asked straight in SQL as the role of the web."""
    with foundation.acting(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", TABLES)
def test_the_reception_and_those_who_work_in_the_file_read_it(
    cast: Cast, full: children.Report, table: str
) -> None:
    for reader in (cast.maja, cast.david, cast.sam, cast.eva, SYSTEM):
        assert seen(reader, table) == 1, reader.name


@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_reads_a_row_of_it(
    cast: Cast, full: children.Report, nora: people.Person, table: str
) -> None:
    with foundation.acting(SYSTEM):
        own = foundation.Account.objects.create(username="nora", person_id=nora.id)
    child = foundation.Actor(kind="resident", account_id=own.id, person_id=nora.id)
    strangers = [
        cast.asa, cast.bjorn, cast.carina, cast.vera, cast.olle, cast.frida, cast.rune, cast.ada, cast.board,
        cast.elin, cast.greta, cast.tina, child, foundation.VISITOR,
    ]  # fmt: skip
    assert {seen(reader, table) for reader in strangers} == {0}


def test_a_known_sibling_opens_no_restricted_report(
    cast: Cast, nora: people.Person, intruder: psycopg.Connection[Any]
) -> None:
    """A protected child told of by number under another name has no file yet: the sibling's file opens nothing."""
    hidden = a_child(cast, "Skyddad", nth=1, protection="secrecy_mark")
    told = [
        children.ChildAsTold(
            given_name=nora.given_name, family_name=nora.family_name, identity_number=number_of(nora)
        ),
        children.ChildAsTold(given_name="Kalle", family_name="Anka", identity_number=number_of(hidden)),
    ]
    report = reported(cast, children=told)
    assert fresh(report).restricted
    assert [child_of(report, place).case_id is None for place in (0, 1)] == [False, True]
    tables = ("child_protection_report", "child_protection_reportedchild", "child_protection_reporter")
    for reader in (cast.david, cast.sam, cast.maja, cast.olle, cast.carina):
        assert {seen(reader, table) for table in tables} == {0}, reader.name
    assert [seen(cast.eva, table) for table in tables] == [1, 2, 1]
    with pytest.raises(children.ReportNotFound):
        children.report_view(report.id, cast.david)
    row = intruder.execute("SELECT handslag_may_read_report(%s)", [report.id]).fetchone()
    assert row == (False,)


def test_who_is_named_for_every_child_reads_the_restricted_report(cast: Cast, nora: people.Person) -> None:
    hidden = a_child(cast, "Skyddad", nth=1, protection="secrecy_mark")
    people.grant_reading(
        person_id=hidden.id, account_id=cast.david.account_id, because="named", by=SYSTEM, at=AT
    )
    report = reported(cast, nora, hidden)
    assert fresh(report).restricted
    assert [seen(one, "child_protection_report") for one in (cast.david, cast.sam, cast.maja)] == [1, 0, 0]


def test_a_party_with_insight_reads_the_case_and_nothing_of_the_report(
    cast: Cast, full: children.Report
) -> None:
    case_id = child_of(full).case_id
    assert case_id is not None and cast.greta.person_id is not None
    casework.add_party(
        case_id=case_id, person_id=cast.greta.person_id, role="representative", by=cast.david, at=AT
    )
    assert casework.get_case(case_id, cast.greta).id == case_id
    assert {seen(cast.greta, table) for table in TABLES} == {0}


def test_broken_glass_into_the_file_opens_no_report(cast: Cast, full: children.Report) -> None:
    case_id = child_of(full).case_id
    assert case_id is not None
    casework.break_glass(case_id=case_id, reason="Akut i natt, ring mig", hours=2, by=cast.asa, at=foundation.now())
    assert casework.get_case(case_id, cast.asa).id == case_id
    assert {seen(cast.asa, table) for table in TABLES} == {0}


def test_before_the_child_is_known_only_the_reception_reads_who_reported(cast: Cast) -> None:
    children.receive_report(
        what_seen="x", children=[children.ChildAsTold()], by=foundation.VISITOR, at=AT,
        reporter=children.ReporterAsTold(kind="private", name="Granne", wants_protection=True),
    )  # fmt: skip
    readers = {"maja": cast.maja, "eva": cast.eva, "david": cast.david, "olle": cast.olle}
    assert {name: seen(one, "child_protection_reporter") for name, one in readers.items()} == {
        "maja": 1, "eva": 0, "david": 0, "olle": 0,
    }  # fmt: skip
    assert {name: seen(one, "child_protection_report") for name, one in readers.items()} == {
        "maja": 1, "eva": 1, "david": 0, "olle": 0,
    }  # fmt: skip


def test_an_ended_role_and_a_closed_account_read_nothing(cast: Cast, full: children.Report) -> None:
    today = foundation.today()
    with foundation.acting(SYSTEM):
        held = foundation.RoleGrant.objects.filter(account_id=cast.maja.account_id)  # type: ignore[misc]
        held.update(valid_to=today)
        foundation.Account.objects.filter(id=cast.david.account_id).update(is_active=False)  # type: ignore[misc]
    assert {seen(one, table) for one in (cast.maja, cast.david) for table in TABLES} == {0}


@pytest.mark.parametrize("table", [*TABLES, "child_protection_bias", "child_protection_receptionunit"])
def test_nobody_but_the_system_writes_a_row_in_sql(cast: Cast, full: children.Report, table: str) -> None:
    for actor in (cast.maja, cast.eva, cast.tina, foundation.VISITOR):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            if "content" in table:
                statement = statement.replace("id = id", "content = content")
            assert _changed(actor, statement) == 0
    for statement in (f"UPDATE {table} SET id = gen_random_uuid()", f"DELETE FROM {table}"):
        if seen(SYSTEM, table) and "content" not in table:
            assert _changed(SYSTEM, statement) == 0


def _changed(actor: foundation.Actor, statement: str) -> int:
    try:
        with foundation.acting(actor, whole=True), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except DatabaseError:
        return 0


def test_a_bare_role_is_nobody(cast: Cast, full: children.Report, intruder: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        row = intruder.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row is not None and row[0] == 0


def test_what_was_told_is_never_changed_even_by_the_system(cast: Cast, full: children.Report) -> None:
    for column in ("what_seen = 'annat'", "received_at = now()", "concern_codes = '{violence}'", "danger_now = true"):
        with (
            pytest.raises(DatabaseError),
            foundation.acting(SYSTEM, whole=True),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE child_protection_report SET {column}")


def test_who_acts_on_a_report(cast: Cast, nora: people.Person) -> None:
    report = reported(cast, nora)
    child = child_of(report)
    for stranger in (
        cast.asa,
        cast.carina,
        cast.vera,
        cast.olle,
        cast.frida,
        cast.ada,
        cast.elin,
        foundation.VISITOR,
    ):
        for act in (
            lambda by: children.assess_protection(
                reported_child_id=child.id, danger=False, ground="x", by=by, at=AT
            ),
            lambda by: decide(cast, child, by=by),
            lambda by: children.answer_repeat(reported_child_id=child.id, reason="x", by=by, at=AT),
            lambda by: children.split_child(reported_child_id=child.id, given_name="X", by=by, at=AT),
            lambda by: children.identify_child(reported_child_id=child.id, person_id=nora.id, by=by, at=AT),
            lambda by: children.register_unknown_child(reported_child_id=child.id, by=by, at=AT),
            lambda by: children.take_report(report_id=report.id, by=by, at=AT),
            lambda by: children.give_feedback(
                report_id=report.id, text_code="opened", way="phone", by=by, at=AT
            ),
            lambda by: children.countersign_protection(reported_child_id=child.id, by=by, at=AT),
            lambda by: children.hand_over_report(report_id=report.id, by=by, at=AT),
        ):
            with pytest.raises((foundation.Refused, foundation.NotFound)):
                act(stranger)
    assert fresh(report).version == report.version


def test_the_decision_follows_the_delegation_order(cast: Cast, nora: people.Person) -> None:
    child = child_of(reported(cast, nora))
    safe(cast, child)
    with foundation.acting(SYSTEM):
        foundation.DelegationRule.objects.filter(
            decision_type="child_protection.preliminary_assessment"
        ).update(valid_to=AT.date())
    with pytest.raises(foundation.Refused, match="elegation"):
        decide(cast, child)


def test_only_managers_and_administrators_set_the_reception(cast: Cast) -> None:
    def set_it(by: foundation.Actor) -> None:
        children.set_reception(
            municipality="9900", name="Ekeby", day_unit_id=cast.children, on_call_unit_id=None, opens=time(8),
            closes=time(17), by=by, at=AT,
        )  # fmt: skip

    for stranger in (cast.maja, cast.david, cast.tina, foundation.VISITOR):
        with pytest.raises(foundation.Refused):
            set_it(stranger)
    set_it(cast.eva)
    set_it(cast.ada)
    assert seen(cast.maja, "child_protection_receptionunit") == 2


def test_a_bias_is_known_to_the_one_it_concerns_alone(cast: Cast, nora: people.Person) -> None:
    report = reported(cast, nora)
    bias = children.declare_bias(kind="spouse", report_id=report.id, by=cast.david, at=AT)
    assert children.declare_bias(kind="spouse", report_id=report.id, by=cast.david, at=AT).id == bias.id
    assert [seen(one, "child_protection_bias") for one in (cast.david, cast.maja, cast.sam)] == [1, 0, 0]
    with pytest.raises(foundation.Refused):
        children.declare_bias(
            kind="spouse", report_id=report.id, account_id=cast.sam.account_id, by=cast.maja, at=AT
        )
    with pytest.raises(foundation.Refused):
        children.end_bias(bias_id=bias.id, by=cast.david, at=AT)
    children.end_bias(bias_id=bias.id, by=cast.eva, at=AT + timedelta(days=1))
    assert child_of(report).case_id is not None
    casework.assign_case(
        case_id=_case(report), worker_id=cast.david.account_id, by=cast.eva, at=AT + timedelta(days=1)
    )


def test_a_report_is_hidden_from_who_is_biased_in_every_table(
    cast: Cast, nora: people.Person
) -> None:
    full = reported(cast, nora, attachments=[("brev.pdf", b"%PDF-1.7\n")])
    other = reported(cast, nora, what_seen="En gång till")
    children.merge_report(report_id=other.id, into_id=full.id, because="Samma händelse", by=cast.maja, at=AT)
    fill(cast, full)
    assert {seen(cast.sam, table) for table in TABLES} >= {1}
    bias = children.declare_bias(kind="relative", report_id=full.id, by=cast.david, at=AT)
    assert {seen(cast.david, table) for table in TABLES} == {0}
    assert 0 not in {seen(cast.sam, table) for table in TABLES}
    assert seen(cast.sam, "child_protection_report") == 2
    assert {one.report.id for one in children.find_arrivals(cast.maja, which="all").rows} == {full.id, other.id}
    assert children.earlier_reports_of([nora.id], cast.david) == []
    with pytest.raises(children.ReportNotFound):
        children.report_view(full.id, cast.david)
    # The units' managers see from whom; nobody else does, and nobody reads to whom David is close.
    assert children.report_view(full.id, cast.eva).hidden_from == (cast.david.name,)
    assert children.report_view(full.id, cast.sam).hidden_from == ()
    with foundation.acting(SYSTEM):
        told = foundation.Event.objects.filter(kind="child_protection.report_hidden").order_by("id")
        assert [one.data["report_id"] for one in told] == [str(full.id), str(other.id)]
        assert {one.data["hidden_account_id"] for one in told} == {str(cast.david.account_id)}
    children.end_bias(bias_id=bias.id, by=cast.eva, at=AT + timedelta(days=1))
    assert seen(cast.david, "child_protection_report") == 2


def test_a_bias_toward_the_child_hides_each_report_of_it_also_from_a_manager(
    cast: Cast, full: children.Report, nora: people.Person
) -> None:
    children.declare_bias(kind="spouse", person_id=nora.id, by=cast.eva, at=AT)
    assert {seen(cast.eva, table) for table in TABLES} == {0}
    later = reported(cast, nora)
    assert later.id not in {one.report.id for one in children.find_arrivals(cast.eva, which="all").rows}


def test_a_staff_member_who_reported_does_not_follow_the_own_report(cast: Cast, nora: people.Person) -> None:
    report = reported(
        cast, nora, by=cast.sam, channel="own",
        reporter=children.ReporterAsTold(kind="professional", profession="social_services", name="Sam", under_duty=True),
    )  # fmt: skip
    assert seen(cast.sam, "child_protection_report") == 0
    assert children.report_view(report.id, cast.eva).hidden_from == (cast.sam.name,)


def test_whom_a_report_is_hidden_from_is_not_asked_by_a_bare_role(
    cast: Cast, full: children.Report, intruder: psycopg.Connection[Any]
) -> None:
    children.declare_bias(kind="relative", report_id=full.id, by=cast.david, at=AT)
    row = intruder.execute("SELECT handslag_report_hidden_from(%s), handslag_hidden_reports()", [full.id]).fetchone()
    assert row == ([], [])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute("SELECT handslag_reports_hidden_from(%s)", [cast.david.account_id])


def test_every_reading_of_a_report_is_logged(cast: Cast, nora: people.Person) -> None:
    report = reported(cast, nora)
    children.report_view(report.id, cast.maja, page="desk.reception")
    with foundation.acting(SYSTEM):
        entry = foundation.AccessEntry.objects.filter(page="desk.reception").get()
    assert (entry.account_id, entry.person_id, entry.case_id) == (
        cast.maja.account_id,
        nora.id,
        _case(report),
    )


def test_the_list_is_read_page_by_page_the_most_urgent_first(cast: Cast) -> None:
    for n in range(7):
        children.receive_report(
            what_seen="x", children=[children.ChildAsTold()], danger_now=n in (1, 4), by=foundation.VISITOR,
            at=AT + timedelta(minutes=n),
        )  # fmt: skip
    for which, order in (("waiting", [4, 1, 6, 5, 3, 2, 0]), ("all", [6, 5, 4, 3, 2, 1, 0])):
        got: list[int] = []
        after: str | None = None
        while True:
            page = children.find_arrivals(cast.maja, which=which, after=after, limit=2)  # type: ignore[arg-type]
            got += [int((one.report.received_at - AT).total_seconds() // 60) for one in page.rows]
            after = page.after
            if after is None:
                break
        assert got == order
    with pytest.raises(foundation.BadInput):
        children.find_arrivals(cast.maja, after="nonsense")
    assert children.find_arrivals(cast.david).rows == []


def test_earlier_reports_that_one_may_not_read_leave_no_trace(cast: Cast, nora: people.Person) -> None:
    reported(cast, nora)
    assert len(children.earlier_reports_of([nora.id], cast.maja)) == 1
    assert children.earlier_reports_of([nora.id], cast.asa) == []
    assert children.third_report_warnings(cast.asa) == []


def _case(report: children.Report) -> UUID:
    case_id = child_of(report).case_id
    assert case_id is not None
    return case_id
