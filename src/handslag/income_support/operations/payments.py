"""Every way that a payment order changes, except through a file and the bank's answer (`payment_files`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.income_support.errors_payments import (
    AlreadyOrdered,
    NoPayee,
    PaymentNotFound,
    PaymentsDoNotFit,
    SamePerson,
)
from handslag.income_support.events.payments import PaymentMoved, PaymentNotPossible, PaymentOrdered
from handslag.income_support.models import OrderState, PaymentOrder
from handslag.income_support.operations.payees import Share, shares_of
from handslag.income_support.payment_states import next_state

DEFAULT_ATTEST_LIMIT_KR = Decimal(30_000)
GIVES_MONEY = ("granted", "partly_granted")


def attest_limit_kr() -> Decimal:
    """Above this sum a second person attests before the order may enter a file (HANDSLAG_ATTEST_LIMIT_KR)."""
    return Decimal(str(getattr(settings, "HANDSLAG_ATTEST_LIMIT_KR", DEFAULT_ATTEST_LIMIT_KR)))


def next_pay_day(today: date) -> date:
    """The first working day after today: a file released today is paid then."""
    return casework.working_day_from(today + timedelta(days=1))


@foundation.operation
def order_payments(
    *, decision_id: UUID, shares: Sequence[Share], pay_on: date | None = None, by: Actor, at: datetime
) -> list[PaymentOrder]:
    """Order what a decision gives, to the öre, shared out over payees of its case.

    Asked again with the same shares it gives the same orders; with others it raises AlreadyOrdered. Raises
    PaymentsDoNotFit. The decision's row is locked, so two workers cannot both order.
    """
    return _order(locked_decision(decision_id), shares, pay_on, by=by, at=at)


def _order(
    decision: casework.Decision, shares: Sequence[Share], pay_on: date | None, *, by: Actor, at: datetime
) -> list[PaymentOrder]:
    given = decision.amount_kr or Decimal(0)
    if decision.outcome not in GIVES_MONEY or given <= 0:
        raise PaymentsDoNotFit
    asked = {share.payee.id: share.amount_kr for share in shares}
    if len(asked) != len(shares) or sum(asked.values(), Decimal(0)) != given or min(asked.values()) <= 0:
        raise PaymentsDoNotFit
    if any(share.payee.case_id != decision.case_id for share in shares):
        raise PaymentsDoNotFit
    earlier = _orders_of(decision.id)
    known = [order for order in earlier if order.state != OrderState.STOPPED]
    if known:
        if {order.payee_id: order.amount_kr for order in known} != asked:
            raise AlreadyOrdered
        return known
    if any(order.payee_id in asked for order in earlier):  # stopped: it goes on by `resume_payment`; a second order to the same payee is never made
        raise AlreadyOrdered
    month = str(foundation.Month.of(decision.period_from or foundation.day_of(decision.decided_at)))
    limit = attest_limit_kr()
    return [
        _ordered(
            decision, share, month, pay_on or next_pay_day(foundation.day_of(at)), given > limit, by=by, at=at
        )
        for share in shares
    ]


@foundation.operation
def order_decision(*, decision_id: UUID, by: Actor, at: datetime) -> list[PaymentOrder]:
    """Order what a decision gives to the payees that its application names; what is ordered already is given back.

    A decision that gives no money orders nothing. Where nobody can be paid the case worker gets a notice, and
    nothing is ordered.
    """
    decision = locked_decision(decision_id)
    known = _orders_of(decision.id)
    if known or decision.outcome not in GIVES_MONEY or not decision.amount_kr:
        return known
    try:
        shares = shares_of(decision, by=by, at=at)
    except NoPayee:
        _tell_that_nobody_can_be_paid(decision, by=by, at=at)
        return []
    return _order(decision, shares, None, by=by, at=at)


@foundation.ready
def _orders_of(decision_id: UUID) -> QuerySet[PaymentOrder]:
    return PaymentOrder.objects.filter(decision_id=decision_id).order_by("ordered_at", "id")


@foundation.operation
def attest_payment(*, order_id: UUID, by: Actor, at: datetime) -> PaymentOrder:
    """A second person attests a sum above the limit: an attester or manager of the unit, not the one who decided."""
    order = _locked_order(order_id)
    foundation.require_role(by, Role.ATTESTER, Role.MANAGER, unit_id=order.unit_id)
    if by.account_id is None or by.account_id in (order.ordered_by_id, order.decision.decided_by_id):
        raise SamePerson
    order.attested_by_id, order.attested_at = by.account_id, at
    return moved(order, "attest", by=by, at=at, fields=("attested_by", "attested_at"))


@foundation.operation
def stop_payment(*, order_id: UUID, because: str, by: Actor, at: datetime) -> PaymentOrder:
    """Stop an order that has not gone into a file, with the reason. What the bank has cannot be stopped here."""
    order = _locked_order(order_id)
    foundation.require_role(by, Role.CASE_WORKER, Role.MANAGER, unit_id=order.unit_id)
    if not because.strip():
        raise foundation.BadInput(
            "The reason is missing.", where="because", do="Say why the payment is stopped."
        )
    order.stopped_because = because.strip()
    order.file = None
    return moved(order, "stop", by=by, at=at, fields=("stopped_because", "file"))


@foundation.operation
def resume_payment(*, order_id: UUID, by: Actor, at: datetime) -> PaymentOrder:
    """Let a stopped payment go on with the next file; above the limit a second person attests it once more.

    Refused when something else has been ordered in its place, so that a decision is never paid twice.
    """
    order = _locked_order(order_id)
    foundation.require_role(by, Role.CASE_WORKER, Role.MANAGER, unit_id=order.unit_id)
    decision = locked_decision(order.decision_id)
    others = PaymentOrder.objects.filter(decision=decision).exclude(state=OrderState.STOPPED)
    taken = others.aggregate(sum=Sum("amount_kr"))["sum"] or Decimal(0)
    if order.state == OrderState.STOPPED and taken + order.amount_kr > (decision.amount_kr or Decimal(0)):
        raise AlreadyOrdered
    must_attest = (decision.amount_kr or Decimal(0)) > attest_limit_kr()
    order.pay_on = next_pay_day(foundation.day_of(at))
    order.stopped_because, order.attested_by_id, order.attested_at = "", None, None
    fields = ("pay_on", "stopped_because", "attested_by", "attested_at")
    return moved(order, "resume_to_attest" if must_attest else "resume", by=by, at=at, fields=fields)


@foundation.operation
def retry_payment(*, order_id: UUID, by: Actor, at: datetime) -> PaymentOrder:
    """Send an order again that the bank rejected, to the same account; another account is another payee."""
    order = _locked_order(order_id)
    foundation.require_role(by, Role.CASE_WORKER, Role.MANAGER, unit_id=order.unit_id)
    order.attempt += 1
    order.file, order.reason_code, order.paid_at = None, "", None
    order.pay_on = next_pay_day(foundation.day_of(at))
    return moved(order, "retry", by=by, at=at, fields=("attempt", "file", "reason_code", "paid_at", "pay_on"))


def moved(
    order: PaymentOrder, move: str, *, by: Actor, at: datetime, fields: Sequence[str] = ()
) -> PaymentOrder:
    """The order after a move that its state allows, saved, with its event. Raises PaymentMoveRefused."""
    order.state = next_state(move, order.state)
    order.state_since = at
    order.save(update_fields=["state", "state_since", *fields])
    happened = PaymentMoved(
        order_id=order.id, case_id=order.case_id, person_id=order.person_id, unit_id=order.unit_id,
        state=order.state, reason_code=order.reason_code,
    )  # fmt: skip
    foundation.record(happened, by=by, at=at)
    return order


def _ordered(
    decision: casework.Decision,
    share: Share,
    month: str,
    pay_on: date,
    needs_attest: bool,
    *,
    by: Actor,
    at: datetime,
) -> PaymentOrder:
    order = PaymentOrder(
        decision=decision, case_id=decision.case_id, unit_id=decision.case.unit_id, person_id=decision.person_id,
        month=month, payee=share.payee, amount_kr=share.amount_kr, pay_on=pay_on,
        state=OrderState.PLANNED if needs_attest else OrderState.ORDERED, state_since=at,
        ordered_by_id=by.account_id if by.is_staff else None, ordered_at=at, needs_attest=needs_attest,
    )  # fmt: skip
    order.save(force_insert=True)
    happened = PaymentOrdered(
        order_id=order.id, decision_id=decision.id, case_id=order.case_id, person_id=order.person_id,
        unit_id=order.unit_id, month=month, payee_kind=share.payee.kind, amount_kr=order.amount_kr, pay_on=pay_on,
        needs_attest=needs_attest,
    )  # fmt: skip
    foundation.record(happened, by=by, at=at)
    return order


def _tell_that_nobody_can_be_paid(decision: casework.Decision, *, by: Actor, at: datetime) -> None:
    happened = PaymentNotPossible(
        decision_id=decision.id, case_id=decision.case_id, person_id=decision.person_id, reason="no_payee"
    )
    if foundation.Event.objects.filter(
        kind="income_support.payment_not_possible",
        case_id=decision.case_id,
        data__decision_id=str(decision.id),
    ).exists():
        return
    foundation.record(happened, by=by, at=at)
    case = decision.case
    text = foundation.said("payment.nobody_to_pay", number=case.number)
    with foundation.acting(foundation.system("payments")):
        for account_id in casework.those_to_tell(case):
            foundation.notify(account_id, text, link=f"/handlaggare/arende/{case.id}/", at=at)


def locked_decision(decision_id: UUID) -> casework.Decision:
    """The decision with its case, locked for what follows from it. Raises PartNotFound."""
    decision = foundation.find_row(casework.Decision, decision_id, lock=True)
    case = foundation.find_row(casework.Case, decision.case_id) if decision is not None else None
    if decision is None or case is None:
        raise casework.PartNotFound("There is no such decision, or you may not see it.")
    decision.case = case
    return decision


def _locked_order(order_id: UUID) -> PaymentOrder:
    order = foundation.find_row(PaymentOrder, order_id, lock=True)
    if order is None:
        raise PaymentNotFound
    return order
