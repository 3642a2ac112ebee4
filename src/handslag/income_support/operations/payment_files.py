"""The way to the bank and back: a file made by one person, released by another, and the bank's report.

A file gathers every order of a unit that waits, those of protected persons too, whom the people who make it do
not see: the orders are read and moved as the system, after the role has been checked. Who did it stands in the
file and its events.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.income_support import ports
from handslag.income_support.errors_payments import (
    BadBankReport,
    FileDoesNotAgree,
    FileIsNotOpen,
    NoBank,
    NothingToPay,
    PaymentNotFound,
    SamePerson,
)
from handslag.income_support.events.payments import (
    BankReportImported,
    PaymentFileMade,
    PaymentFileReleased,
    PaymentFileWithdrawn,
)
from handslag.income_support.models import (
    BankReportImport,
    FileState,
    OrderState,
    PayeeKind,
    PaymentFile,
    PaymentFileContent,
    PaymentOrder,
)
from handslag.income_support.operations.payees import account_of
from handslag.income_support.operations.payments import moved, next_pay_day
from handslag.income_support.ports import BankPayment, BankReport, PaymentState, UnreadableReport

PAYMENTS = foundation.system("payments")
MOST_PAYMENTS = 5_000


@foundation.operation
def make_payment_file(*, unit_id: UUID, pay_on: date | None = None, by: Actor, at: datetime) -> PaymentFile:
    """Gather what the unit has ordered into one file, to be paid on `pay_on` (default the next working day).

    Raises NothingToPay, NoBank, or Refused without the role of attester. Two makers at once make two files with
    different orders, never one order in both.
    """
    foundation.require_role(by, Role.ATTESTER, unit_id=unit_id)
    if by.account_id is None:
        raise SamePerson
    day = pay_on or next_pay_day(foundation.day_of(at))
    if day < foundation.day_of(at):
        raise foundation.BadInput("The day of payment has passed.", where="pay_on", do="Choose a coming day.")
    bank = _bank()
    with foundation.acting(PAYMENTS):
        waiting = PaymentOrder.objects.select_for_update(skip_locked=True, of=("self",))
        orders = list(
            waiting.filter(unit_id=unit_id, state=OrderState.ORDERED, pay_on__lte=day)
            .select_related("payee")
            .order_by("ordered_at", "id")[:MOST_PAYMENTS]
        )
    if not orders:
        raise NothingToPay
    message_id = f"HS{at:%Y%m%d}-{foundation.new_id().hex[-12:]}"
    payments = tuple(_payment(order) for order in orders)
    written = bank.write(message_id=message_id, made_at=at, pay_on=day, payments=payments)
    made = PaymentFile(
        message_id=message_id, unit_id=unit_id, state=FileState.MADE, pay_on=day, payments=written.payments,
        control_sum_kr=written.control_sum_kr, sha256=hashlib.sha256(written.content).hexdigest(),
        made_by_id=by.account_id, made_at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    PaymentFileContent(file=made, content=written.content).save(force_insert=True)
    with foundation.acting(PAYMENTS):
        for order in orders:
            order.file, order.pay_on = made, day
            moved(order, "file", by=PAYMENTS, at=at, fields=("file", "pay_on"))
    _require_agreement(made, _stored(made))
    happened = PaymentFileMade(
        file_id=made.id, unit_id=unit_id, payments=made.payments, control_sum_kr=made.control_sum_kr
    )
    foundation.record(happened, by=by, at=at)
    return made


@foundation.operation
def release_payment_file(*, file_id: UUID, by: Actor, at: datetime) -> PaymentFile:
    """Let a file go to the bank. Another attester than the one who made it.

    Count and sum are taken anew from the file's content and held against its row and its orders in the database;
    any difference raises FileDoesNotAgree and nothing leaves. Releasing again changes nothing.
    """
    made = _locked_file(file_id, by)
    if made.state == FileState.RELEASED:
        return made
    if made.state != FileState.MADE:
        raise FileIsNotOpen
    if by.account_id is None or by.account_id == made.made_by_id:
        raise SamePerson
    _require_agreement(made, _stored(made))
    made.state, made.released_by_id, made.released_at = FileState.RELEASED, by.account_id, at
    made.save(update_fields=["state", "released_by", "released_at"])
    with foundation.acting(PAYMENTS):
        for order in PaymentOrder.objects.select_for_update().filter(file=made).order_by("id"):
            moved(order, "release", by=PAYMENTS, at=at)
    happened = PaymentFileReleased(
        file_id=made.id, unit_id=made.unit_id, payments=made.payments, control_sum_kr=made.control_sum_kr
    )
    foundation.record(happened, by=by, at=at)
    return made


@foundation.operation
def withdraw_payment_file(*, file_id: UUID, by: Actor, at: datetime) -> PaymentFile:
    """Take back a file that has not been released; its orders wait again."""
    made = _locked_file(file_id, by)
    if made.state == FileState.WITHDRAWN:
        return made
    if made.state != FileState.MADE:
        raise FileIsNotOpen
    made.state, made.withdrawn_by_id, made.withdrawn_at = FileState.WITHDRAWN, by.account_id, at
    made.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    with foundation.acting(PAYMENTS):
        for order in PaymentOrder.objects.select_for_update().filter(file=made).order_by("id"):
            order.file = None
            moved(order, "unfile", by=PAYMENTS, at=at, fields=("file",))
    foundation.record(PaymentFileWithdrawn(file_id=made.id, unit_id=made.unit_id), by=by, at=at)
    return made


@foundation.operation
def import_bank_report(*, content: bytes, by: Actor, at: datetime) -> BankReportImport:
    """Take in the bank's answer (pain.002) to one of our released files.

    The same report again gives the first import back and changes nothing. A report that cannot be read, answers no
    file of ours, or names a payment that is not in the file is refused whole: BadBankReport.
    """
    try:
        report = _bank().read_report(content)
    except UnreadableReport as fault:
        raise BadBankReport("The file is no status report that we can read.") from fault
    made = PaymentFile.objects.select_for_update().filter(message_id=report.original_message_id).first()
    if made is None or made.state != FileState.RELEASED:
        raise BadBankReport("The report answers no file that we have released.")
    foundation.require_role(by, Role.ATTESTER, unit_id=made.unit_id)
    known = BankReportImport.objects.filter(message_id=report.message_id).first()
    if known is not None:
        if known.sha256 != hashlib.sha256(content).hexdigest():
            raise BadBankReport("Another report with the same id has been taken in.")
        return known
    with foundation.acting(PAYMENTS):
        counts = _settle(made, report, at=at)
    taken = BankReportImport(
        message_id=report.message_id[:35], file=made, sha256=hashlib.sha256(content).hexdigest(),
        accepted=counts[PaymentState.ACCEPTED], rejected=counts[PaymentState.REJECTED],
        pending=counts[PaymentState.PENDING], imported_by_id=by.account_id if by.is_staff else None, imported_at=at,
    )  # fmt: skip
    taken.save(force_insert=True)
    happened = BankReportImported(
        report_id=taken.id,
        file_id=made.id,
        unit_id=made.unit_id,
        accepted=taken.accepted,
        rejected=taken.rejected,
    )
    foundation.record(happened, by=by, at=at)
    return taken


def _settle(made: PaymentFile, report: BankReport, *, at: datetime) -> dict[PaymentState, int]:
    """Move the orders that the report speaks of; raises BadBankReport before anything is moved."""
    orders = {
        order.end_to_end_id: order
        for order in PaymentOrder.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(file=made)
    }
    told = {status.end_to_end_id: (status.state, status.reason_code) for status in report.payments}
    if len(told) != len(report.payments) or not set(told) <= set(orders):
        raise BadBankReport("The report names a payment that is not in the file, or one payment twice.")
    if not told and report.whole_file is not None:
        told = dict.fromkeys(orders, (report.whole_file, report.reason_code))
    counts = dict.fromkeys(PaymentState, 0)
    for end_to_end_id, (state, code) in sorted(told.items()):
        order = orders[end_to_end_id]
        counts[state] += 1
        if state is PaymentState.ACCEPTED and order.state == OrderState.RELEASED:
            order.paid_at = at
            moved(order, "pay", by=PAYMENTS, at=at, fields=("paid_at",))
        elif state is PaymentState.REJECTED and order.state in (OrderState.RELEASED, OrderState.PAID):
            was_paid = order.state == OrderState.PAID
            order.reason_code, order.paid_at = code, None
            moved(
                order,
                "return" if was_paid else "reject",
                by=PAYMENTS,
                at=at,
                fields=("reason_code", "paid_at"),
            )
            _tell_of_rejection(order, at)
    return counts


def _tell_of_rejection(order: PaymentOrder, at: datetime) -> None:
    case = order.case
    text = foundation.said("payment.rejected", number=case.number, bank_code=order.reason_code or "-")
    for account_id in casework.those_to_tell(case):
        foundation.notify(account_id, text, link=f"/handlaggare/arende/{case.id}/", at=at)


def _payment(order: PaymentOrder) -> BankPayment:
    payee = order.payee
    return BankPayment(
        end_to_end_id=order.end_to_end_id,
        amount_kr=order.amount_kr,
        payee_name=payee.name,
        account=account_of(payee),
        reference=payee.reference,
        to_person=payee.kind == PayeeKind.PERSON,
    )


def _require_agreement(made: PaymentFile, content: bytes) -> None:
    """The file's content, its row and its orders say the same count and sum, and the content is unchanged."""
    try:
        seen = _bank().inspect(content)
    except ValueError as fault:
        raise FileDoesNotAgree from fault
    with connection.cursor() as cursor, foundation.acting(PAYMENTS):
        cursor.execute(
            "SELECT count(*), coalesce(sum(amount_kr), 0) FROM income_support_paymentorder WHERE file_id = %s",
            [made.id],
        )
        row = cursor.fetchone()
    ordered = (int(row[0]), Decimal(row[1])) if row else (0, Decimal(0))
    stated = (made.payments, made.control_sum_kr)
    unchanged = hashlib.sha256(content).hexdigest() == made.sha256
    if not unchanged or (seen.payments, seen.control_sum_kr) != stated or ordered != stated:
        raise FileDoesNotAgree
    if seen.message_id != made.message_id:
        raise FileDoesNotAgree


def _stored(made: PaymentFile) -> bytes:
    return bytes(PaymentFileContent.objects.get(file=made).content)


def _locked_file(file_id: UUID, by: Actor) -> PaymentFile:
    made = PaymentFile.objects.select_for_update().filter(id=file_id).first()
    if made is None:
        raise PaymentNotFound
    foundation.require_role(by, Role.ATTESTER, unit_id=made.unit_id)
    return made


def _bank() -> ports.PaymentBank:
    try:
        return ports.bank()
    except ports.PortNotWired as missing:
        raise NoBank from missing
