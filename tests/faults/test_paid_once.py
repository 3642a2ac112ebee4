"""Never twice: double click, two workers, two makers, a killed worker, a replayed job. Real connections, real threads."""

import threading
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs, ports
from handslag.income_support.models import BankReportImport, PaymentFile, PaymentOrder
from handslag.income_support.operations import payment_files, payments
from handslag.income_support.operations.payees import Share
from handslag.integrations.mina_meddelanden.mailbox import PrintOnly
from tests.cast import make_cast
from tests.income_support.applying import now, this_month
from tests.income_support.paying import account, connect_bank, emergency, filed, report

pytestmark = pytest.mark.django_db(databases=["default"], transaction=True)
TEST = foundation.system("test")


@pytest.fixture(autouse=True)
def _outside(settings):
    settings.DEMO = True
    connect_bank()
    ports.use(mailbox=PrintOnly())


@pytest.fixture
def people():
    return make_cast()


@pytest.fixture
def decided(people):
    """A decision of 1 200 kr about Elin, with her account known in the case."""
    case = casework.open_case(
        kind="income_support",
        person_id=people.elin.person_id,
        unit_id=people.support,
        parties=[],
        by=people.asa,
        at=now(),
    )
    payee = account(people, case.id)
    return emergency(people, case.id), payee


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each in a thread of its own with its own connection, begun together; results, or the error it ended with."""
    begin, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            begin.wait(timeout=10)
            results[place] = act()
        except Exception as fault:
            results[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def count(model, **which) -> int:
    with foundation.acting(TEST):
        return model.objects.filter(**which).count()


def test_two_workers_with_the_same_job_pay_once_and_write_once(decided):
    decision, _ = decided
    at_once(*[lambda: jobs.carry_out_decision(decision_id=str(decision.id))] * 3)
    jobs.carry_out_decision(decision_id=str(decision.id))
    assert count(PaymentOrder) == 1
    assert count(casework.Document, kind="decision_letter") == 1
    assert count(casework.Message) == 1
    assert count(casework.PrintQueueItem) == 1


def test_a_double_click_orders_once(people, decided):
    decision, payee = decided

    def click():
        shares = [Share(payee, Decimal(1200))]
        return payments.order_payments(decision_id=decision.id, shares=shares, by=people.asa, at=now())

    results = at_once(click, click)
    assert {order.id for found in results for order in found} == {found[0].id for found in results}
    assert count(PaymentOrder) == 1


def test_two_makers_never_put_one_order_in_two_files(people, decided):
    jobs.carry_out_decision(decision_id=str(decided[0].id))

    def make(by):
        return payment_files.make_payment_file(
            unit_id=people.support, pay_on=this_month().plus(1).last, by=by, at=now()
        )

    at_once(lambda: make(people.frida), lambda: make(people.goran))
    with foundation.acting(TEST):
        files = list(PaymentFile.objects.all())
        assert sum(made.payments for made in files) == 1
        assert sum(made.control_sum_kr for made in files) == Decimal(1200)


def test_a_file_is_released_once_and_its_report_taken_in_once(people, decided):
    jobs.carry_out_decision(decision_id=str(decided[0].id))
    made = filed(people)
    at_once(*[lambda: payment_files.release_payment_file(file_id=made.id, by=people.goran, at=now())] * 2)
    assert count(foundation.Event, kind="income_support.payment_file_released") == 1
    with foundation.acting(TEST):
        order = PaymentOrder.objects.get()
    content = report(made, f"{order.end_to_end_id} accepted")
    at_once(*[lambda: payment_files.import_bank_report(content=content, by=people.frida, at=now())] * 2)
    assert count(BankReportImport) == 1
    assert count(foundation.Event, kind="income_support.bank_report_imported") == 1
    assert count(PaymentOrder, state="paid") == 1


def test_release_and_withdrawal_at_once_end_in_one_of_them(people, decided):
    jobs.carry_out_decision(decision_id=str(decided[0].id))
    made = filed(people)
    at_once(
        lambda: payment_files.release_payment_file(file_id=made.id, by=people.goran, at=now()),
        lambda: payment_files.withdraw_payment_file(file_id=made.id, by=people.frida, at=now()),
    )
    with foundation.acting(TEST):
        made.refresh_from_db()
        order = PaymentOrder.objects.get()
    assert (made.state, order.state) in {("released", "released"), ("withdrawn", "ordered")}


@pytest.mark.parametrize("moment", ["ordered", "lettered"])
def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_the_replay_finishes(
    decided, monkeypatch, moment
):
    decision, _ = decided
    kill = {"ordered": (payments, "_ordered"), "lettered": (casework, "deliver_decision")}[moment]
    whole = getattr(*kill)

    def killed(*arguments, **named):
        whole(*arguments, **named)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        owner = connections["owner"].settings_dict
        with psycopg.connect(
            host=owner["HOST"],
            port=owner["PORT"],
            user=owner["USER"],
            password=owner["PASSWORD"],
            dbname=owner["NAME"],
            autocommit=True,
        ) as server:
            server.execute("SELECT pg_terminate_backend(%s)", [backend])
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    monkeypatch.setattr(*kill, killed)
    (fault,) = at_once(lambda: jobs.carry_out_decision(decision_id=str(decision.id)))
    assert isinstance(fault, OperationalError)
    monkeypatch.undo()
    assert count(PaymentOrder) == (0 if moment == "ordered" else 1)
    assert count(casework.Document, kind="decision_letter") == 0
    jobs.carry_out_decision(decision_id=str(decision.id))
    assert count(PaymentOrder) == 1
    assert count(casework.Document, kind="decision_letter") == 1
    with suppress(casework.PartNotFound):
        assert casework.get_decision(decision.id, TEST).delivered_at is not None
