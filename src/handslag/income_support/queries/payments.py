"""Reading payments, files and the print queue, each already narrowed to the actor by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.income_support.errors_payments import FileDoesNotAgree, PaymentNotFound
from handslag.income_support.events.payments import PaymentFileDownloaded
from handslag.income_support.models import (
    FileState,
    OrderState,
    Payee,
    PaymentFile,
    PaymentFileContent,
    PaymentOrder,
)

PAYMENTS = foundation.system("payments")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the next file of a unit would hold: numbers alone, those of people that the reader may not see too."""

    payments: int
    sum_kr: Decimal
    to_attest: int
    first_pay_on: date | None


def find_payments(
    actor: Actor, *, case_id: UUID | None = None, decision_id: UUID | None = None, limit: int = 100
) -> list[PaymentOrder]:
    """Payments of a case or decision that the actor may see, latest first, each with its payee."""
    with foundation.acting(actor):
        rows = PaymentOrder.objects.select_related("payee").order_by("-ordered_at", "-id")
        if case_id is not None:
            rows = rows.filter(case_id=case_id)
        if decision_id is not None:
            rows = rows.filter(decision_id=decision_id)
        if case_id is None and decision_id is None and actor.person_id is not None:
            rows = rows.filter(person_id=actor.person_id)
        return list(rows[:limit])


def find_payees(actor: Actor, case_id: UUID) -> list[Payee]:
    """Those who may be paid in the case now."""
    with foundation.acting(actor):
        return list(Payee.objects.filter(case_id=case_id, ended_at__isnull=True).order_by("kind", "name"))


def find_to_attest(actor: Actor, limit: int = 100) -> list[PaymentOrder]:
    """Sums above the limit that wait for a second person, oldest first; an attester sees those that the own attest is for."""
    with foundation.acting(actor):
        rows = PaymentOrder.objects.filter(state=OrderState.PLANNED).select_related(
            "payee", "case", "decision__decided_by"
        )
        return list(rows.order_by("ordered_at", "id")[:limit])


def get_to_attest(actor: Actor, order_id: UUID) -> PaymentOrder:
    """One sum that waits for the actor's attest, with its payee, case and decision.

    Raises PaymentNotFound for one that waits for nobody, or that this person may not attest.
    """
    with foundation.acting(actor):
        waiting = PaymentOrder.objects.filter(id=order_id, state=OrderState.PLANNED)
        found = waiting.select_related("payee", "case", "decision__decided_by").first()
        if found is None or actor.account_id in (found.ordered_by_id, found.decision.decided_by_id):
            raise PaymentNotFound
        foundation.require_role(actor, Role.ATTESTER, Role.MANAGER, unit_id=found.unit_id)
        return found


def waiting_payments(actor: Actor, unit_id: UUID) -> Waiting:
    """Refused without the role of attester in the unit."""
    with foundation.acting(actor):
        foundation.require_role(actor, Role.ATTESTER, unit_id=unit_id)
    with foundation.acting(PAYMENTS):
        ordered = PaymentOrder.objects.filter(unit_id=unit_id, state=OrderState.ORDERED)
        found = ordered.aggregate(n=Count("id"), total=Sum("amount_kr"))
        first = ordered.order_by("pay_on").values_list("pay_on", flat=True).first()
        to_attest = PaymentOrder.objects.filter(unit_id=unit_id, state=OrderState.PLANNED).count()
    return Waiting(found["n"], found["total"] or Decimal(0), to_attest, first)


def find_payment_files(actor: Actor, limit: int = 50) -> list[PaymentFile]:
    """The files of the units where the actor attests, latest first."""
    with foundation.acting(actor):
        rows = PaymentFile.objects.select_related("made_by", "released_by", "unit").order_by(
            "-made_at", "-id"
        )
        return list(rows[:limit])


def download_payment_file(actor: Actor, file_id: UUID, *, at: datetime) -> tuple[str, bytes]:
    """Name and bytes of a released file, for an attester of its unit; each download is an event.

    Raises PaymentNotFound, and FileDoesNotAgree for a file that is not released.
    """
    with foundation.acting(actor):
        made = PaymentFile.objects.filter(id=file_id).first()
        if made is None:
            raise PaymentNotFound
        foundation.require_role(actor, Role.ATTESTER, unit_id=made.unit_id)
        if made.state != FileState.RELEASED:
            raise FileDoesNotAgree
        content = bytes(PaymentFileContent.objects.get(file=made).content)
        foundation.record(PaymentFileDownloaded(file_id=made.id, unit_id=made.unit_id), by=actor, at=at)
        return f"{made.message_id}.xml", content


def letter_of(actor: Actor, decision: casework.Decision) -> casework.Document | None:
    """The actor's own copy of the letter, or the case's for staff; None while it is not made."""
    with foundation.acting(actor):
        letters = casework.Document.objects.filter(
            case_id=decision.case_id,
            kind=casework.DocumentKind.DECISION_LETTER.value,
            idempotency_key__startswith=f"letter-{decision.id}-",
        )
        if actor.person_id is not None:
            return letters.filter(person_id=actor.person_id).first()
        return letters.filter(person_id=decision.person_id).first()
