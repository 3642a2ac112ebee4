"""Payments: shared out to the öre, attested, filed by one and released by another, answered by the bank."""

from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs, ports
from handslag.income_support.errors_payments import (
    AlreadyOrdered,
    BadBankReport,
    BadPayeeAccount,
    FileDoesNotAgree,
    FileIsNotOpen,
    NoBank,
    NothingToPay,
    PaymentNotFound,
    PaymentsDoNotFit,
    SamePerson,
)
from handslag.income_support.models import BankReportImport, OrderState, Payee, PaymentFile, PaymentOrder
from handslag.income_support.operations import decisions, payees, payment_files, payments
from handslag.income_support.operations.payees import Share
from handslag.income_support.payment_states import MOVES, PaymentMoveRefused
from handslag.income_support.queries import payments as seen
from tests.income_support.applying import ANSWERS, now, this_month
from tests.income_support.deciding import events, rules, with_worker
from tests.income_support.paying import (
    account,
    connect_bank,
    emergency,
    filed,
    fresh,
    ordered,
    released,
    report,
)

pytestmark = pytest.mark.django_db(databases=["default"])
TEST = foundation.system("test")


@pytest.fixture(autouse=True)
def bank(settings):
    settings.DEMO = True
    return connect_bank()


@pytest.fixture
def case(cast):
    return casework.open_case(
        kind="income_support",
        person_id=cast.elin.person_id,
        unit_id=cast.support,
        parties=[],
        by=cast.asa,
        at=now(),
    )


# --- who is paid --------------------------------------------------------------------------------------------


def test_a_payee_is_kept_once_and_a_new_own_account_ends_the_old(cast, case):
    first = account(cast, case.id)
    assert account(cast, case.id).id == first.id
    second = account(cast, case.id, number="SE4550000000058398257466", account_kind="iban", clearing="")
    assert fresh(first).ended_at is not None
    assert [payee.id for payee in seen.find_payees(cast.asa, case.id)] == [second.id]


def test_a_wrong_account_is_refused(cast, case):
    with pytest.raises(BadPayeeAccount) as refused:
        account(cast, case.id, number="123456788")
    assert refused.value.code == "account.bad_number"


def test_an_application_says_who_gets_the_money(cast):
    rules(cast)
    wish = {
        **ANSWERS["housing"],
        "pay_landlord": "yes",
        "landlord_name": "Bostads AB",
        "landlord_giro": "5805-6201",
    }
    made = with_worker(cast.elin, cast.asa, housing=wish)
    decision = decisions.grant(application_id=made.application.id, by=cast.asa, at=now())
    jobs.carry_out_decision(decision_id=str(decision.id))
    orders = {order.payee.kind: order for order in seen.find_payments(cast.asa, decision_id=decision.id)}
    assert orders["landlord"].amount_kr == Decimal(5200)
    assert orders["person"].amount_kr == decision.amount_kr - Decimal(5200)
    assert orders["landlord"].payee.account_number == "58056201"
    assert {order.month for order in orders.values()} == {str(this_month())}


def test_a_decision_without_an_account_orders_nothing_and_tells_the_worker_once(cast, case):
    decision = emergency(cast, case.id)
    for _ in range(2):
        assert payments.order_decision(decision_id=decision.id, by=TEST, at=now()) == []
    assert len(events("income_support.payment_not_possible")) == 1


# --- ordering -----------------------------------------------------------------------------------------------


def test_an_order_is_of_the_decision_to_the_ore(cast, case):
    decision, payee = emergency(cast, case.id, "1200.50"), account(cast, case.id)
    for shares in (
        [],
        [Share(payee, Decimal("1200.49"))],
        [Share(payee, Decimal("1200.51"))],
        [Share(payee, Decimal("600.25")), Share(payee, Decimal("600.25"))],
    ):
        with pytest.raises(PaymentsDoNotFit):
            payments.order_payments(decision_id=decision.id, shares=shares, by=cast.asa, at=now())
    orders = payments.order_payments(
        decision_id=decision.id, shares=[Share(payee, Decimal("1200.50"))], by=cast.asa, at=now()
    )
    assert [(order.state, order.amount_kr) for order in orders] == [("ordered", Decimal("1200.50"))]
    assert [happened.data["amount_kr"] for happened in events("income_support.payment_ordered")] == [
        "1200.50"
    ]


def test_the_same_order_twice_is_one_order_and_another_is_refused(cast, case):
    order = ordered(cast, case.id)
    shares = [Share(order.payee, Decimal(1200))]
    again = payments.order_payments(decision_id=order.decision_id, shares=shares, by=cast.asa, at=now())
    assert [one.id for one in again] == [order.id]
    other = payees.add_payee(
        case_id=case.id, person_id=cast.elin.person_id, kind="landlord", name="Bostads AB", account_kind="bankgiro",
        account_number="5805-6201", by=cast.asa, at=now(),
    )  # fmt: skip
    with pytest.raises(AlreadyOrdered):
        payments.order_payments(
            decision_id=order.decision_id, shares=[Share(other, Decimal(1200))], by=cast.asa, at=now()
        )


@pytest.mark.parametrize(
    ("other_payee", "says"), [(False, "income_payment_once"), (True, "more than it gives")]
)
def test_the_database_itself_refuses_to_pay_twice(cast, case, other_payee, says):
    order = ordered(cast, case.id)
    other = payees.add_payee(
        case_id=case.id, person_id=cast.elin.person_id, kind="other", name="X AB", account_kind="bankgiro",
        account_number="5805-6201", by=cast.asa, at=now(),
    )  # fmt: skip
    columns = [
        field.column for field in PaymentOrder._meta.concrete_fields if field.column not in ("id", "payee_id")
    ]
    copied = ", ".join(columns)
    with pytest.raises(IntegrityError, match=says), foundation.acting(TEST), transaction.atomic():
        connection.cursor().execute(
            f"INSERT INTO income_support_paymentorder (id, payee_id, {copied}) "
            f"SELECT gen_random_uuid(), %s, {copied} FROM income_support_paymentorder WHERE id = %s",
            [other.id if other_payee else order.payee_id, order.id],
        )


def test_a_refusal_pays_nothing(cast):
    rules(cast)
    made = with_worker(cast.elin, cast.asa)
    casework.waive_communication(
        case_id=made.application.case_id, matter_id=made.application.id, because="x", by=cast.asa, at=now()
    )
    decision = decisions.refuse(
        application_id=made.application.id,
        reason="Nej",
        emergency_examined="Ingen nöd",
        by=cast.asa,
        at=now(),
    )
    assert payments.order_decision(decision_id=decision.id, by=TEST, at=now()) == []


# --- a second person ----------------------------------------------------------------------------------------


def test_a_sum_over_the_limit_waits_for_a_second_person(cast, case, settings):
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    order = ordered(cast, case.id)
    assert order.state == OrderState.PLANNED
    with pytest.raises(NothingToPay):
        filed(cast)
    with pytest.raises(foundation.Refused):
        payments.attest_payment(order_id=order.id, by=cast.bjorn, at=now())
    assert [one.id for one in seen.find_to_attest(cast.frida)] == [order.id]
    attested = payments.attest_payment(order_id=order.id, by=cast.frida, at=now())
    assert (attested.state, attested.attested_by_id) == ("ordered", cast.frida.account_id)
    with pytest.raises(PaymentMoveRefused):
        payments.attest_payment(order_id=order.id, by=cast.carina, at=now())
    with pytest.raises(PaymentNotFound):  # nothing waits for him any more, so he sees nothing
        payments.attest_payment(order_id=order.id, by=cast.goran, at=now())


def test_nobody_attests_what_they_decided_or_ordered(cast, case, settings):
    settings.HANDSLAG_ATTEST_LIMIT_KR = 1000
    first = foundation.today()
    decision = decisions.give_emergency_aid(
        case_id=case.id, amount=1200, first_day=first, last_day=first, reason="Akut", idempotency_key="c",
        by=cast.carina, at=now(),
    )  # fmt: skip
    shares = [Share(account(cast, case.id), Decimal(1200))]
    (order,) = payments.order_payments(decision_id=decision.id, shares=shares, by=cast.asa, at=now())
    with pytest.raises(SamePerson):
        payments.attest_payment(order_id=order.id, by=cast.carina, at=now())


# --- files --------------------------------------------------------------------------------------------------


def test_a_file_is_made_by_one_and_released_by_another(cast, case):
    order = ordered(cast, case.id)
    waiting = seen.waiting_payments(cast.frida, cast.support)
    assert (waiting.payments, waiting.sum_kr) == (1, Decimal(1200))
    made = filed(cast)
    assert (made.payments, made.control_sum_kr, made.state) == (1, Decimal(1200), "made")
    assert fresh(order).state == "filed"
    with pytest.raises(SamePerson):
        payment_files.release_payment_file(file_id=made.id, by=cast.frida, at=now())
    out = payment_files.release_payment_file(file_id=made.id, by=cast.goran, at=now())
    assert (out.state, out.released_by_id) == ("released", cast.goran.account_id)
    assert fresh(order).state == "released"
    assert payment_files.release_payment_file(file_id=made.id, by=cast.goran, at=now()).id == made.id
    assert len(events("income_support.payment_file_released")) == 1


@pytest.mark.parametrize("who", ["asa", "carina", "david", "ada", "elin", "greta"])
def test_only_attesters_make_release_and_download(cast, case, who):
    ordered(cast, case.id)
    actor = getattr(cast, who)
    with pytest.raises(foundation.Refused):
        payment_files.make_payment_file(unit_id=cast.support, by=actor, at=now())
    made = released(cast)
    with pytest.raises((foundation.Refused, PaymentNotFound)):
        payment_files.release_payment_file(file_id=made.id, by=actor, at=now())
    with pytest.raises((foundation.Refused, PaymentNotFound)):
        seen.download_payment_file(actor, made.id, at=now())
    assert seen.find_payment_files(actor) == []


def test_a_file_that_does_not_agree_with_the_orders_never_leaves(cast, case, bank):
    order = ordered(cast, case.id)
    made = filed(cast)
    bank.says_other_sum = True
    with pytest.raises(FileDoesNotAgree):
        payment_files.release_payment_file(file_id=made.id, by=cast.goran, at=now())
    assert (fresh(made).state, fresh(order).state) == ("made", "filed")


def test_a_file_is_downloaded_when_released_and_each_time_is_recorded(cast, case):
    ordered(cast, case.id)
    made = filed(cast)
    with pytest.raises(FileDoesNotAgree):
        seen.download_payment_file(cast.frida, made.id, at=now())
    payment_files.release_payment_file(file_id=made.id, by=cast.goran, at=now())
    name, content = seen.download_payment_file(cast.frida, made.id, at=now())
    assert name == f"{made.message_id}.xml"
    assert b"1200" in content
    assert len(events("income_support.payment_file_downloaded")) == 1


def test_a_file_taken_back_lets_its_orders_wait_again(cast, case):
    order = ordered(cast, case.id)
    made = filed(cast)
    payment_files.withdraw_payment_file(file_id=made.id, by=cast.goran, at=now())
    assert (fresh(order).state, order.file_id) == ("ordered", None)
    with pytest.raises(FileIsNotOpen):
        payment_files.release_payment_file(file_id=made.id, by=cast.goran, at=now())
    assert filed(cast).payments == 1


def test_a_released_file_is_never_taken_back_nor_changed(cast, case):
    ordered(cast, case.id)
    made = released(cast)
    with pytest.raises(FileIsNotOpen):
        payment_files.withdraw_payment_file(file_id=made.id, by=cast.goran, at=now())
    with pytest.raises(IntegrityError), foundation.acting(TEST), transaction.atomic():
        PaymentFile.objects.filter(id=made.id).update(released_by_id=cast.frida.account_id)


def test_orders_of_a_later_day_wait_for_their_file(cast, case):
    ordered(cast, case.id)
    with pytest.raises(NothingToPay):
        payment_files.make_payment_file(
            unit_id=cast.support, pay_on=foundation.today(), by=cast.frida, at=now()
        )


def test_without_a_bank_no_file_is_made(cast, case, monkeypatch):
    ordered(cast, case.id)
    monkeypatch.setattr(ports, "_in_use", {})
    with pytest.raises(NoBank):
        filed(cast)


def test_a_stopped_payment_is_in_no_file_and_can_be_ordered_again(cast, case):
    order = ordered(cast, case.id)
    with pytest.raises(foundation.BadInput):
        payments.stop_payment(order_id=order.id, because=" ", by=cast.asa, at=now())
    payments.stop_payment(order_id=order.id, because="Fel konto", by=cast.asa, at=now())
    with pytest.raises(NothingToPay):
        filed(cast)
    other = account(cast, case.id, number="SE4550000000058398257466", account_kind="iban", clearing="")
    (again,) = payments.order_payments(
        decision_id=order.decision_id, shares=[Share(other, Decimal(1200))], by=cast.asa, at=now()
    )
    assert again.id != order.id
    assert filed(cast).payments == 1


# --- the bank's answer --------------------------------------------------------------------------------------


def test_the_bank_says_paid_and_rejected(cast, case):
    paid, rejected = ordered(cast, case.id, key="a"), ordered(cast, case.id, 300, key="b")
    made = released(cast)
    taken = payment_files.import_bank_report(
        content=report(made, f"{paid.end_to_end_id} accepted", f"{rejected.end_to_end_id} rejected AC04"),
        by=cast.frida, at=now(),
    )  # fmt: skip
    assert (taken.accepted, taken.rejected) == (1, 1)
    assert (fresh(paid).state, paid.paid_at is not None) == ("paid", True)
    assert (fresh(rejected).state, rejected.reason_code) == ("rejected", "AC04")


def test_the_same_report_twice_changes_nothing(cast, case):
    order = ordered(cast, case.id)
    made = released(cast)
    content = report(made, f"{order.end_to_end_id} accepted")
    first = payment_files.import_bank_report(content=content, by=cast.frida, at=now())
    assert payment_files.import_bank_report(content=content, by=cast.goran, at=now()).id == first.id
    assert len(events("income_support.bank_report_imported")) == 1
    with pytest.raises(BadBankReport):
        payment_files.import_bank_report(content=content + b" ", by=cast.frida, at=now())


def test_a_wholly_rejected_file_rejects_every_payment(cast, case):
    order = ordered(cast, case.id)
    made = released(cast)
    payment_files.import_bank_report(content=report(made), by=cast.frida, at=now())
    assert (fresh(order).state, order.reason_code) == ("rejected", "FF01")


@pytest.mark.parametrize(
    "content",
    [
        "junk",
        "B\nHS-unknown\n",
        "B\n{file}\nstranger accepted",
        "B\n{file}\n{order} accepted\n{order} accepted",
    ],
)
def test_a_report_that_is_not_ours_is_refused_whole(cast, case, content):
    order = ordered(cast, case.id)
    made = released(cast)
    text = content.format(file=made.message_id, order=order.end_to_end_id)
    with pytest.raises(BadBankReport):
        payment_files.import_bank_report(content=text.encode(), by=cast.frida, at=now())
    assert fresh(order).state == "released"
    with foundation.acting(TEST):
        assert not BankReportImport.objects.exists()


def test_a_report_on_a_file_that_was_not_released_is_refused(cast, case):
    order = ordered(cast, case.id)
    made = filed(cast)
    with pytest.raises(BadBankReport):
        payment_files.import_bank_report(
            content=report(made, f"{order.end_to_end_id} accepted"), by=cast.frida, at=now()
        )


def test_a_rejected_payment_is_sent_again_under_a_new_name(cast, case):
    order = ordered(cast, case.id)
    made = released(cast)
    name = order.end_to_end_id
    payment_files.import_bank_report(content=report(made, f"{name} rejected AC04"), by=cast.frida, at=now())
    again = payments.retry_payment(order_id=order.id, by=cast.asa, at=now())
    assert (again.state, again.attempt) == ("ordered", 2)
    assert again.end_to_end_id != name
    assert filed(cast).payments == 1
    with pytest.raises(BadBankReport):
        payment_files.import_bank_report(
            content=report(made, f"{name} accepted", message_id="BANK-2"), by=cast.frida, at=now()
        )


def test_a_payment_that_comes_back_after_it_was_taken_on_is_rejected(cast, case):
    order = ordered(cast, case.id)
    made = released(cast)
    payment_files.import_bank_report(
        content=report(made, f"{order.end_to_end_id} accepted"), by=cast.frida, at=now()
    )
    payment_files.import_bank_report(
        content=report(made, f"{order.end_to_end_id} rejected AC04", message_id="BANK-2"),
        by=cast.frida,
        at=now(),
    )
    assert (fresh(order).state, order.paid_at) == ("rejected", None)


# --- who sees -----------------------------------------------------------------------------------------------


def test_the_person_sees_her_payments_and_a_stranger_none(cast, case):
    order = ordered(cast, case.id)
    assert [one.id for one in seen.find_payments(cast.elin)] == [order.id]
    assert [one.id for one in seen.find_payments(cast.asa, case_id=case.id)] == [order.id]
    for other in (cast.greta, cast.farid, cast.david):
        assert seen.find_payments(other, case_id=case.id) == []
        with foundation.acting(other):
            assert not PaymentOrder.objects.exists()
            assert not Payee.objects.exists()


def test_a_protected_person_is_paid_in_a_file_whose_makers_do_not_see_her(cast):
    case = casework.open_case(
        kind="income_support",
        person_id=cast.hugo.person_id,
        unit_id=cast.support,
        parties=[],
        by=cast.asa,
        at=now(),
    )
    payee = account(cast, case.id, person_id=cast.hugo.person_id, name="Hugo Hav")
    decision = emergency(cast, case.id, key="h")
    payments.order_payments(
        decision_id=decision.id, shares=[Share(payee, Decimal(1200))], by=cast.asa, at=now()
    )
    assert seen.find_payments(cast.frida, case_id=case.id) == []
    assert filed(cast).payments == 1
    with foundation.acting(cast.frida):
        assert not PaymentOrder.objects.exists()


@pytest.mark.parametrize(
    "table", ["payee", "paymentorder", "paymentfile", "paymentfilecontent", "bankreport"]
)
def test_the_app_role_without_an_actor_sees_nothing(cast, case, intruder, table):
    assert intruder.execute(f"SELECT count(*) FROM income_support_{table}").fetchone() == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute(f"DELETE FROM income_support_{table}")


def test_a_row_of_money_is_never_removed_nor_its_sum_changed(cast, case):
    order = ordered(cast, case.id)
    for change in ({"amount_kr": Decimal(1)}, {"month": "2020-01"}):
        with pytest.raises(IntegrityError), foundation.acting(TEST), transaction.atomic():
            PaymentOrder.objects.filter(id=order.id).update(**change)
    with pytest.raises(ProgrammingError), foundation.acting(TEST), transaction.atomic():
        PaymentOrder.objects.filter(id=order.id).delete()


def test_every_state_has_its_moves():
    reached = {target for _, target in MOVES.values()} | {OrderState.PLANNED}
    assert reached == set(OrderState.values)


def test_the_next_pay_day_is_a_working_day():
    for days in range(400):
        today = foundation.today() + timedelta(days=days)
        day = payments.next_pay_day(today)
        assert day > today
        assert casework.working_day_from(day) == day
