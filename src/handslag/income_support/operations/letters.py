"""Making the decision letter, and delivering it: to a mailbox, or else to the print queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.income_support import ports
from handslag.income_support.events.payments import LetterMade
from handslag.income_support.letter.compose import READER, decided_letter
from handslag.income_support.letter.content import LetterContent
from handslag.income_support.letter.pdf import make_pdf
from handslag.income_support.models import Application, OrderState, PaymentOrder
from handslag.income_support.operations.payments import locked_decision
from handslag.income_support.ports import DeliveryChannel, OutgoingLetter
from handslag.people import public as people

MY_PAGE = "my_page"
STUCK_AFTER = timedelta(minutes=5)
MOST_AT_ONCE = 500


@foundation.operation
@foundation.in_one_piece()
def make_letter(*, decision_id: UUID, by: Actor, at: datetime) -> casework.Document:
    """Make the letter of a decision, store it in the case, and deliver it to each party who applied.

    The last day to appeal is that of a delivery at `at`; the letter, the message and the delivery stand or fall
    together. Once made, the same letter is given back and nothing is sent again.
    """
    decision = locked_decision(decision_id)
    if decision.letter_id is not None:
        return casework.Document.objects.get(id=decision.letter_id)
    application = foundation.find_row(Application, decision.matter_id)
    orders = _orders_that_stand(decision.id)
    first: casework.Document | None = None
    for receiver_id in _receivers(decision, application):
        content = decided_letter(decision, receiver_id, orders, application=application, delivered_at=at)
        pdf = make_pdf(content)
        document = _store(decision, receiver_id, content, pdf, by=by, at=at)
        first = first or document
        _send(decision, receiver_id, document, content, pdf, by=by, at=at)
    if first is None:
        raise casework.PartNotFound("The decision has nobody to be told.")
    casework.deliver_decision(
        decision_id=decision.id, way=MY_PAGE, delivered_at=at, letter_id=first.id, by=by, at=at
    )
    return first


@foundation.ready
def _orders_that_stand(decision_id: UUID) -> QuerySet[PaymentOrder]:
    rows = PaymentOrder.objects.filter(decision_id=decision_id).exclude(state=OrderState.STOPPED)
    return rows.select_related("payee").order_by("payee__kind", "id")


def pick_up_undelivered(*, at: datetime) -> int:
    """Defer the letter and payment again for decisions that have stood undelivered; gives how many."""
    from handslag.income_support.operations import after_decision

    with foundation.acting(foundation.system("automation")) as by:
        waiting = casework.Decision.objects.filter(
            delivered_at__isnull=True, decided_at__lt=at - STUCK_AFTER, type__startswith="income_support."
        )
        decisions = list(waiting.order_by("decided_at")[:MOST_AT_ONCE])
        for decision in decisions:
            after_decision.carry_out(decision, by=by, at=at)
    return len(decisions)


def _receivers(decision: casework.Decision, application: Application | None) -> list[UUID]:
    """The person of the case, and the co-applicant who signed: both are parties to the decision."""
    if application is None:
        return [decision.person_id]
    both = [application.applicant_id, application.co_applicant_id]
    return [person_id for person_id in both if person_id is not None]


def _store(
    decision: casework.Decision,
    receiver_id: UUID,
    content: LetterContent,
    pdf: bytes,
    *,
    by: Actor,
    at: datetime,
) -> casework.Document:
    document = casework.add_document(
        case_id=decision.case_id,
        name=f"{content.title}.pdf",
        content=pdf,
        kind=casework.DocumentKind.DECISION_LETTER.value,
        person_id=receiver_id,
        idempotency_key=f"letter-{decision.id}-{receiver_id.hex[-12:]}",
        by=by,
        at=at,
    )
    made = LetterMade(
        decision_id=decision.id, case_id=decision.case_id, person_id=receiver_id, document_id=document.id
    )
    foundation.record(made, by=by, at=at)
    return document


def _send(
    decision: casework.Decision, receiver_id: UUID, document: casework.Document, content: LetterContent, pdf: bytes,
    *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """As a message in "my case", and to the digital mailbox or else the print queue."""
    read = content.translation or content
    casework.send_message(
        case_id=decision.case_id,
        subject=read.title,
        body=read.sentence,
        person_id=receiver_id,
        document_id=document.id,
        idempotency_key=f"letter-{decision.id}-{receiver_id.hex[-12:]}",
        by=by,
        at=at,
    )
    reason_code = _to_mailbox(receiver_id, document, content, pdf)
    if reason_code is None:
        return
    casework.queue_for_print(
        document_id=document.id, person_id=receiver_id, reason_code=reason_code, decision_id=decision.id, by=by, at=at
    )


def _to_mailbox(
    receiver_id: UUID, document: casework.Document, content: LetterContent, pdf: bytes
) -> str | None:
    """None when a mailbox took the letter, else why it is printed."""
    try:
        mailbox = ports.mailbox()
    except ports.PortNotWired:
        return "not_connected"
    number = people.identity_number_of(receiver_id, READER)
    if number is None:
        return "no_identity_number"
    letter = OutgoingLetter(str(document.id), number.number, content.title, pdf, content.is_protected)
    answer = mailbox.deliver(letter)
    return None if answer.channel is DeliveryChannel.MAILBOX else answer.reason_code
