"""Who reads applications, answers of registers and warnings, and who does not; through the database role too."""

import contextlib

import psycopg
import pytest
from django.db import Error, connection, transaction

from handslag.foundation import public as foundation
from handslag.income_support.models import (
    Application,
    Attachment,
    CoApplicantSignature,
    RegisterAnswer,
    RegisterFigure,
    Warning,
)
from handslag.income_support.operations import applications, registers
from handslag.income_support.queries.applications import my_applications, status_of, waiting_times
from handslag.people import public as people
from tests.income_support.applying import ToldRegisters, apply, in_month, now, number_of, this_month, use

pytestmark = pytest.mark.django_db(databases=["default"])
TABLES = (Application, CoApplicantSignature, Attachment, RegisterAnswer, RegisterFigure, Warning)


@pytest.fixture
def asked(cast):
    """An application of Elin and Farid, signed, with register answers and a warning."""
    use(ToldRegisters(payments=[("FK:XYZ", "100", in_month(this_month().previous()))]))
    household = {"living": "partner", "partner_identity_number": number_of(cast.farid)}
    application = apply(cast.elin, household=household)
    applications.sign_as_co_applicant(application_id=application.id, by=cast.farid, at=now())
    applications.attach(
        application_id=application.id, name="a.pdf", content=b"%PDF-1.7\n%%EOF\n", about="rent", by=cast.elin, at=now()
    )
    registers.fetch_registers(application.id)
    return application


def seen_by(actor):
    with foundation.acting(actor):
        return {table.__name__: table.objects.count() for table in TABLES}


def test_the_two_and_their_unit_see_it(cast, asked):
    assert [each.id for each in my_applications(cast.elin)] == [asked.id]
    assert [each.id for each in my_applications(cast.farid)] == [asked.id]
    own = seen_by(cast.elin)
    assert own["Application"] == own["CoApplicantSignature"] == own["Attachment"] == 1
    worker = seen_by(cast.asa)
    assert worker["Application"] == 1 and worker["Warning"] >= 2 and worker["RegisterFigure"] == 2


def test_each_of_the_two_sees_their_own_figures_alone(cast, asked):
    for resident in (cast.elin, cast.farid):
        with foundation.acting(resident):
            assert set(RegisterFigure.objects.values_list("person_id", flat=True)) == {resident.person_id}
            assert not Warning.objects.exists()


def test_nobody_else_sees_anything(cast, asked):
    for other in (cast.greta, cast.hugo, cast.david, cast.rune, cast.ada, cast.board, foundation.VISITOR):
        assert set(seen_by(other).values()) == {0}, other.name
        with pytest.raises(foundation.NotFound):
            status_of(asked.id, other)


def test_the_role_without_an_actor_sees_and_writes_nothing(cast, asked, intruder):
    for table in TABLES:
        name = table._meta.db_table
        assert intruder.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {name}")
            assert cursor.fetchone()[0] == 0
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):  # a table that nobody updates
            assert intruder.execute(f"UPDATE {name} SET id = id").rowcount == 0


def test_what_was_sent_is_never_changed_whoever_asks(cast, asked):
    for actor in (cast.elin, cast.asa, cast.system):
        for change in ({"answers": {}}, {"month": "2020-01"}, {"applicant_id": cast.greta.person_id}):
            with pytest.raises(Error), foundation.acting(actor), transaction.atomic():
                Application.objects.filter(id=asked.id).update(**change)
        with pytest.raises(Error), foundation.acting(actor), transaction.atomic():
            Application.objects.filter(id=asked.id).delete()


def test_a_resident_does_not_write_an_application_of_somebody_else(cast, asked):
    with foundation.acting(cast.greta), pytest.raises(Error), transaction.atomic():
        Application.objects.bulk_create(
            [
                Application(
                    case_id=asked.case_id, kind="supplement", month=asked.month, applicant_id=cast.elin.person_id,
                    answers={}, state="submitted", state_since=now(), route={}, draft_id=foundation.new_id(),
                    submitted_at=now(),
                )
            ]
        )  # fmt: skip


def test_a_resident_writes_no_register_answer(cast, asked):
    with foundation.acting(cast.elin):
        assert RegisterAnswer.objects.filter(application=asked).update(state="ok") == 0


def test_once_protected_only_the_named_see_it(cast, asked):
    people.protect_person(
        person_id=cast.elin.person_id, mark="secrecy_mark", named_account_ids=[cast.carina.account_id],
        by=cast.system, at=now(),
    )  # fmt: skip
    assert seen_by(cast.carina)["Application"] == 1
    assert set(seen_by(cast.asa).values()) == {0}
    assert set(seen_by(cast.bjorn).values()) == {0}


def test_the_partner_asked_but_not_yet_signed_sees_what_to_sign_and_not_the_case(cast):
    household = {"living": "partner", "partner_identity_number": number_of(cast.farid)}
    application = apply(cast.elin, household=household)
    status = status_of(application.id, cast.farid)
    assert status.must_sign and status.case_number == ""
    with foundation.acting(cast.farid):
        from handslag.casework.public import Case

        assert not Case.objects.filter(id=application.case_id).exists()


def test_waiting_times_are_for_everybody_and_hold_nobody(cast):
    for _ in range(2):
        with foundation.acting(foundation.VISITOR):
            times = waiting_times()
    assert times.decided == 0 and times.median_hours is None


@pytest.mark.parametrize(
    "moved",
    [
        "state = 'assessing'",
        "state = 'with_worker'",
        "registers_at = now()",
        "complete_at = now() - interval '40 days'",
        "handed_because = '[1]'",
        "state_since = now() - interval '40 days'",
        "version = version + 1",
        "promised_on = current_date",
    ],
)
def test_in_sql_the_applicant_moves_nothing_of_an_application_but_takes_it_back(cast, asked, moved):
    for somebody in (cast.elin, cast.farid):
        with foundation.acting(somebody), connection.cursor() as cursor, pytest.raises(Error), transaction.atomic():
            cursor.execute(f"UPDATE income_support_application SET {moved} WHERE id = %s", [asked.id])
    applications.withdraw_application(application_id=asked.id, by=cast.elin, at=now())


def test_in_sql_nobody_sends_an_application_that_is_further_than_sent(cast):
    sent = apply(cast.elin)
    with foundation.acting(cast.elin), connection.cursor() as cursor:
        for told in ("state = 'with_worker'", "registers_at = now()", "co_applicant_id = applicant_id"):
            column, _, value = told.partition(" = ")
            columns = [row[0] for row in _columns(cursor, "income_support_application")]
            values = ", ".join(
                {"id": "gen_random_uuid()", "draft_id": "gen_random_uuid()", "month": "'2020-01'", column: value}.get(one, one)
                for one in columns
            )
            with pytest.raises(Error, match="sent, and nothing more"), transaction.atomic():
                cursor.execute(
                    f"INSERT INTO income_support_application ({', '.join(columns)}) SELECT {values} "
                    "FROM income_support_application WHERE id = %s",
                    [sent.id],
                )


def _columns(cursor, table):
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    return cursor.fetchall()
