"""What happens to payments and letters. Fields are ids, codes, sums and days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("income_support.payment_ordered")
@dataclass(frozen=True)
class PaymentOrdered:
    """A sum of a decision is to be paid to a payee."""

    order_id: UUID
    decision_id: UUID
    case_id: UUID
    person_id: UUID
    unit_id: UUID
    month: str
    payee_kind: str
    amount_kr: Decimal
    pay_on: date
    needs_attest: bool


@foundation.event("income_support.payment_moved")
@dataclass(frozen=True)
class PaymentMoved:
    """A payment changed its state; `reason_code` is the bank's."""

    order_id: UUID
    case_id: UUID
    person_id: UUID
    unit_id: UUID
    state: str
    reason_code: str = ""


@foundation.event("income_support.payment_not_possible")
@dataclass(frozen=True)
class PaymentNotPossible:
    """A decision gives money but nobody can be paid yet; a case worker must see to it."""

    decision_id: UUID
    case_id: UUID
    person_id: UUID
    reason: str


@foundation.event("income_support.payment_file_made")
@dataclass(frozen=True)
class PaymentFileMade:
    file_id: UUID
    unit_id: UUID
    payments: int
    control_sum_kr: Decimal


@foundation.event("income_support.payment_file_released")
@dataclass(frozen=True)
class PaymentFileReleased:
    file_id: UUID
    unit_id: UUID
    payments: int
    control_sum_kr: Decimal


@foundation.event("income_support.payment_file_withdrawn")
@dataclass(frozen=True)
class PaymentFileWithdrawn:
    file_id: UUID
    unit_id: UUID


@foundation.event("income_support.payment_file_downloaded")
@dataclass(frozen=True)
class PaymentFileDownloaded:
    file_id: UUID
    unit_id: UUID


@foundation.event("income_support.payments_kept")
@dataclass(frozen=True)
class PaymentsKept:
    """What was paid in a file that is erased now was put apart as accounting."""

    unit_id: UUID
    payments: int


@foundation.event("income_support.kept_payments_removed")
@dataclass(frozen=True)
class KeptPaymentsRemoved:
    """Payments whose time as accounting has passed are gone."""

    rows: int


@foundation.event("income_support.bank_report_imported")
@dataclass(frozen=True)
class BankReportImported:
    report_id: UUID
    file_id: UUID
    unit_id: UUID
    accepted: int
    rejected: int


@foundation.event("income_support.letter_made")
@dataclass(frozen=True)
class LetterMade:
    decision_id: UUID
    case_id: UUID
    person_id: UUID
    document_id: UUID
