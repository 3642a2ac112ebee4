"""Payments kept as accounting (BFL 7:2, unconfirmed) when their case file is erased, and removed when that time has passed.

The two times are apart: notes go five years after the last one (SoL 16:1), what was paid is evidence of the accounts.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.income_support.events.payments import KeptPaymentsRemoved, PaymentsKept
from handslag.income_support.models import KeptPayment, OrderState, PaymentOrder
from handslag.income_support.operations.payees import account_of
from handslag.income_support.rules.payee_account import shown_account

RETENTION = foundation.system("retention")
WENT_TO_THE_BANK = (OrderState.RELEASED, OrderState.PAID, OrderState.REJECTED)


@foundation.operation
def keep_payments(*, case_id: UUID, by: Actor, at: datetime) -> int:
    """Put what was paid in a case apart before the case is erased; gives how many payments. Twice is the same as once.

    What never went to the bank is no accounting and goes with the file; so does what has been kept long enough.
    """
    foundation.require_role(by)
    sent = PaymentOrder.objects.filter(case_id=case_id, state__in=WENT_TO_THE_BANK, file__isnull=False)
    known = set(KeptPayment.objects.values_list("end_to_end_id", flat=True))
    today, kept, unit_id = foundation.day_of(at), 0, None
    for order in sent.select_related("payee", "case", "decision", "file"):
        rule = casework.payment_rule(order.pay_on)
        until = rule.kept_until(order.pay_on)
        if until < today or order.end_to_end_id in known or order.file is None:
            continue
        KeptPayment(
            unit_id=order.unit_id,
            end_to_end_id=order.end_to_end_id,
            message_id=order.file.message_id,
            case_number=order.case.number,
            decided_on=foundation.day_of(order.decision.decided_at),
            month=order.month,
            amount_kr=order.amount_kr,
            pay_on=order.pay_on,
            state=order.state,
            payee_kind=order.payee.kind,
            payee_name=order.payee.name,
            account=shown_account(account_of(order.payee)),
            attested_by_id=order.attested_by_id,
            released_by_id=order.file.released_by_id,
            kept_until=until,
            source=rule.source,
            status=rule.status,
            kept_at=at,
        ).save(force_insert=True)
        kept, unit_id = kept + 1, order.unit_id
    if unit_id is not None:
        foundation.record(PaymentsKept(unit_id=unit_id, payments=kept), by=by, at=at)
    return kept


@foundation.operation
def remove_kept_payments(*, by: Actor, at: datetime) -> int:
    """Remove kept payments and the content of payment files whose time as accounting has passed; gives how many rows.

    A file's own row (count, sum, seal, who) tells of nobody and stays.
    """
    foundation.require_role(by)
    today = foundation.day_of(at)
    last = max(day for day in _years_back(today) if casework.payment_rule(day).kept_until(day) < today)
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_remove_kept_payments(%s, %s)", [today, last])
        rows = int(cursor.fetchone()[0])
    if rows:
        foundation.record(KeptPaymentsRemoved(rows=rows), by=by, at=at)
    return rows


def keep_before_erasure(case_id: UUID, at: datetime) -> None:
    """What casework calls before it erases a file."""
    keep_payments(case_id=case_id, by=RETENTION, at=at)


def find_kept_payments(actor: Actor, *, at: datetime, limit: int = 10_000) -> list[KeptPayment]:
    """The kept payments of the units where the actor attests, latest first. The reading is logged. Refused without the role."""
    with foundation.acting(actor):
        foundation.require_role(actor, Role.ATTESTER)
        foundation.log_read(actor, page="lead.kept_payments", at=at)
        rows = KeptPayment.objects.select_related("unit", "attested_by", "released_by")
        return list(rows.order_by("-pay_on", "end_to_end_id")[:limit])


def _years_back(today: date) -> list[date]:
    """The last days of the years behind; more of them than any setting keeps payments."""
    return [date(year, 12, 31) for year in range(today.year - 60, today.year)]
