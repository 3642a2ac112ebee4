"""How the tests of payments come to a decision that gives money, and to a bank."""

from decimal import Decimal

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import ports
from handslag.income_support.models import BankReportImport, Payee, PaymentFile, PaymentOrder
from handslag.income_support.operations import decisions, payees, payment_files, payments
from handslag.income_support.operations.payees import Share
from handslag.income_support.ports import (
    BankFileContent,
    BankReport,
    PaymentState,
    PaymentStatus,
    UnreadableReport,
)
from tests.income_support.applying import now, this_month

ROWS = (PaymentOrder, Payee, PaymentFile, BankReportImport, casework.PrintQueueItem)


class TestBank:
    """A bank that writes plain lines: an id and an amount. What it is told to say of a file it says."""

    __test__ = False

    def __init__(self):
        self.says_other_sum = False

    def write(self, *, message_id, made_at, pay_on, payments):
        lines = [
            message_id,
            *(
                f"{one.end_to_end_id} {one.amount_kr} {one.account.number} {one.payee_name}"
                for one in payments
            ),
        ]
        total = sum((one.amount_kr for one in payments), Decimal(0))
        return BankFileContent(
            message_id, f"{message_id}.txt", "\n".join(lines).encode(), len(payments), total
        )

    def inspect(self, content):
        message_id, *lines = content.decode().split("\n")
        total = sum((Decimal(line.split(" ")[1]) for line in lines), Decimal(1 if self.says_other_sum else 0))
        return BankFileContent(message_id, "", content, len(lines), total)

    def read_report(self, content):
        words = content.decode().split("\n")
        if len(words) < 2:
            raise UnreadableReport("junk")
        said = [line.split(" ") for line in words[2:] if line]
        statuses = tuple(
            PaymentStatus(one[0], PaymentState(one[1]), one[2] if len(one) > 2 else "") for one in said
        )
        return BankReport(
            words[0], words[1], None if statuses else PaymentState.REJECTED, "FF01", "", statuses
        )


def connect_bank():
    bank = TestBank()
    ports.use(bank=bank)
    return bank


def emergency(cast, case_id, amount=1200, key="a"):
    """A decision that gives money, without an application."""
    first = foundation.today()
    return decisions.give_emergency_aid(
        case_id=case_id, amount=amount, first_day=first, last_day=first, reason="Akut", idempotency_key=key,
        by=cast.asa, at=now(),
    )  # fmt: skip


def account(cast, case_id, number="123456789", **more):
    """Elin's own account in the case."""
    given = {
        "case_id": case_id, "person_id": cast.elin.person_id, "kind": "person", "name": "Elin Ekdal",
        "account_kind": "bank_account", "clearing": "6000", "account_number": number, "by": cast.asa, "at": now(),
    }  # fmt: skip
    return payees.add_payee(**{**given, **more})


def ordered(cast, case_id, amount=1200, key="a", by=None):
    """One order of one decision to Elin's account."""
    decision = emergency(cast, case_id, amount, key)
    payee = account(cast, case_id)
    share = Share(payee, Decimal(amount))
    return payments.order_payments(decision_id=decision.id, shares=[share], by=by or cast.asa, at=now())[0]


def filed(cast):
    return payment_files.make_payment_file(
        unit_id=cast.support, pay_on=this_month().plus(1).last, by=cast.frida, at=now()
    )


def released(cast):
    return payment_files.release_payment_file(file_id=filed(cast).id, by=cast.goran, at=now())


def report(made, *statuses, message_id="BANK-1"):
    return "\n".join([message_id, made.message_id, *statuses]).encode()


def fresh(row):
    with foundation.acting(foundation.system("test")):
        row.refresh_from_db()
        return row
