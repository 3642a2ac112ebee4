"""What was paid outlives the case file: seven calendar years as accounting (unconfirmed), and then it goes too."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from handslag.casework import public as casework
from handslag.casework.jobs import erase_list
from handslag.foundation import public as foundation
from handslag.income_support import ports
from handslag.income_support import public as income_support
from handslag.income_support.models import KeptPayment, Payee, PaymentFile, PaymentFileContent, PaymentOrder
from handslag.income_support.operations import bookkeeping, payees, payment_files, payments
from handslag.income_support.operations.payees import Share
from handslag.people import public as people
from tests.cast import identity_number
from tests.income_support.deciding import events
from tests.income_support.paying import connect_bank

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture(autouse=True)
def bank(monkeypatch):
    monkeypatch.setattr(ports, "_in_use", dict(ports._in_use))
    return connect_bank()


@pytest.fixture
def paid(cast):
    """A file of somebody without an account, closed so many years ago, with one payment that went to the bank."""

    def make(years, born=date(1984, 3, 7)):
        at = foundation.now() - timedelta(days=365 * years + 5)
        with foundation.acting(cast.system):
            foundation.RoleGrant.objects.update(valid_from=date(2010, 1, 1))
            foundation.DelegationRule.objects.update(valid_from=date(2010, 1, 1))
        with foundation.clock_at(at):
            person = people.register_person(
                given_name="Ture", family_name="Tidigare", born=born, sex="man",
                identity_number=identity_number(born, "man"), protection="none", by=cast.system, at=at,
            )  # fmt: skip
            case = casework.open_case(
                kind="income_support", person_id=person.id, unit_id=cast.support,
                parties=[(person.id, "applicant")], by=cast.system, at=at,
            )  # fmt: skip
            decision = casework.decide(
                case_id=case.id, type="income_support.grant", outcome="granted",
                legal_ground="SoL 12:1" if at.year > 2025 else "SoL2001 4:1", reason="Räcker inte.", amount=Decimal(4180),
                period_from=at.date(), period_to=at.date(), by=cast.asa, at=at,
            )  # fmt: skip
            payee = payees.add_payee(
                case_id=case.id, person_id=person.id, kind="person", name="Ture Tidigare", account_kind="bank_account",
                clearing="6000", account_number="123456789", by=cast.asa, at=at,
            )  # fmt: skip
            payments.order_payments(
                decision_id=decision.id, shares=[Share(payee, Decimal(4180))], by=cast.asa, at=at
            )
            made = payment_files.make_payment_file(
                unit_id=cast.support, pay_on=foundation.day_of(at) + timedelta(days=9), by=cast.frida, at=at
            )
            payment_files.release_payment_file(file_id=made.id, by=cast.goran, at=at)
            casework.deliver_decision(decision_id=decision.id, way="my_page", by=cast.asa, at=at)
            casework.close_case(case_id=case.id, because="self_supporting", by=cast.asa, at=at)
        return case, made

    return make


def erased(cast):
    casework.propose_erasure(on=foundation.today(), by=cast.system, at=foundation.now())
    with foundation.acting(cast.carina):
        [found] = casework.find_erasure_lists(cast.carina)
    casework.approve_erasure(
        list_id=found.erasure.id, files=found.proposed, by=cast.carina, at=foundation.now()
    )
    return erase_list(str(found.erasure.id))


def test_the_file_goes_at_five_years_and_what_was_paid_stays_apart(cast, paid):
    case, made = paid(6)
    assert erased(cast) == 1
    with foundation.acting(cast.system):
        assert not casework.Case.objects.filter(id=case.id).exists()
        assert not PaymentOrder.objects.exists() and not Payee.objects.exists()
        kept = KeptPayment.objects.get()
        assert (kept.case_number, kept.amount_kr, kept.payee_name) == (case.number, 4180, "Ture Tidigare")
        assert (kept.message_id, kept.released_by_id) == (made.message_id, cast.goran.account_id)
        assert kept.kept_until == date(made.pay_on.year + 7, 12, 31)
        assert (kept.source, kept.status) == ("BFL 7:2", "unconfirmed")
        assert kept.end_to_end_id.encode() in bytes(PaymentFileContent.objects.get(file_id=made.id).content)
    assert [event.data["payments"] for event in events("income_support.payments_kept")] == [1]


def test_what_has_been_kept_long_enough_goes_with_its_file(cast, paid):
    paid(8)
    assert erased(cast) == 1
    with foundation.acting(cast.system):
        assert not KeptPayment.objects.exists()


def test_the_years_are_the_municipalitys_setting(cast, paid, settings):
    settings.HANDSLAG_BOOKKEEPING_YEARS = 10
    _case, made = paid(8)
    assert erased(cast) == 1
    with foundation.acting(cast.system):
        assert KeptPayment.objects.get().kept_until == date(made.pay_on.year + 10, 12, 31)


def test_when_the_time_has_passed_the_payment_and_the_files_content_go(cast, paid):
    _case, made = paid(6)
    erased(cast)
    last = date(made.pay_on.year + 7, 12, 31)
    evening = datetime(last.year, 12, 31, 20, tzinfo=foundation.SWEDEN)
    with foundation.clock_at(evening):
        assert bookkeeping.remove_kept_payments(by=cast.system, at=evening) == 0
    morning = datetime(last.year + 1, 1, 1, 8, tzinfo=foundation.SWEDEN)
    with foundation.clock_at(morning):
        assert bookkeeping.remove_kept_payments(by=cast.system, at=morning) == 2
        assert bookkeeping.remove_kept_payments(by=cast.system, at=morning) == 0
    with foundation.acting(cast.system):
        assert not KeptPayment.objects.exists() and not PaymentFileContent.objects.exists()
        assert PaymentFile.objects.get().control_sum_kr == 4180, "the file's own row tells of nobody and stays"
    assert [event.data["rows"] for event in events("income_support.kept_payments_removed")] == [2]


def test_if_it_cannot_be_put_apart_nothing_is_erased(cast, paid, monkeypatch):
    case, _made = paid(6)

    def broken(*arguments, **named):
        raise OSError

    monkeypatch.setattr(bookkeeping, "shown_account", broken)
    with pytest.raises(OSError):
        erased(cast)
    with foundation.acting(cast.system):
        assert casework.Case.objects.filter(id=case.id).exists() and PaymentOrder.objects.exists()
        assert not KeptPayment.objects.exists()


def test_who_may_read_it_and_nobody_writes_or_removes_it_in_sql(cast, paid, intruder):
    paid(6)
    erased(cast)
    now = foundation.now()
    assert [one.amount_kr for one in income_support.find_kept_payments(cast.frida, at=now)] == [4180]
    with foundation.acting(cast.system):
        assert foundation.AccessEntry.objects.filter(page="lead.kept_payments", account_id=cast.frida.account_id).exists()
    for stranger in (cast.asa, cast.carina, cast.david, cast.ada, cast.rune, cast.elin):
        with pytest.raises(foundation.Refused):
            income_support.find_kept_payments(stranger, at=now)
        with foundation.acting(stranger):
            assert not KeptPayment.objects.exists()
    for actor in (cast.frida, cast.carina):
        with pytest.raises(foundation.Refused):
            bookkeeping.keep_payments(case_id=foundation.new_id(), by=actor, at=now)
        with pytest.raises(foundation.Refused):
            bookkeeping.remove_kept_payments(by=actor, at=now)
        for sql in (
            "SELECT handslag_remove_kept_payments(current_date + 9999, current_date)",
            "DELETE FROM income_support_keptpayment",
            "UPDATE income_support_keptpayment SET amount_kr = 1",
        ):
            with foundation.acting(actor), pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(sql)
    assert intruder.execute("SELECT count(*) FROM income_support_keptpayment").fetchone() == (0,)
