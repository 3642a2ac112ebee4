"""Messages to and from the person, and that they have been read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from handslag.casework import events
from handslag.casework.access import case_for
from handslag.casework.errors import PartNotFound
from handslag.casework.models import Case, CaseParty, Document, Message
from handslag.casework.states import Direction
from handslag.foundation import public as foundation
from handslag.people import public as people

LONGEST_BODY = 20_000


@foundation.operation
def send_message(
    *, case_id: UUID, subject: str, body: str = "", said: dict[str, Any] | None = None, person_id: UUID | None = None,
    document_id: UUID | None = None, answers_id: UUID | None = None, idempotency_key: str = "",
    by: foundation.Actor, at: datetime,
) -> Message:  # fmt: skip
    """Send a message in a case: from a resident to the unit, else from the unit to `person_id` (a party with
    insight; default the case's main person).

    The system writes with `said`. A document can go with it. The same `idempotency_key` gives the same message
    back. The responsible case worker gets a notice of what comes from the person.
    """
    case = case_for(case_id, "send_message", by)
    known = _already(case_id, idempotency_key)
    if known is not None:
        return known
    if len(body) > LONGEST_BODY or not (body.strip() or said or document_id):
        raise foundation.BadInput(
            "The message is empty or longer than {most} characters.",
            where="body",
            do="Write a shorter message, or send the text as a document.",
            values={"most": LONGEST_BODY},
        )
    if answers_id is not None and not Message.objects.filter(id=answers_id, case=case).exists():
        raise PartNotFound("There is no such message, or you may not see it.")
    receiver = by.person_id if by.is_resident and by.person_id else _receiver(case, person_id)
    if not by.is_resident:
        people.require_tellable(receiver, subject, body)
    message = Message(
        case=case, direction=Direction.FROM_PERSON if by.is_resident else Direction.TO_PERSON,
        person_id=receiver,
        account_id=by.account_id if by.is_staff else None, subject=subject.strip()[:200],
        body=body.replace("\x00", ""), said=said, document_id=_document(case, document_id, receiver), answers_id=answers_id,
        sent_at=at, idempotency_key=idempotency_key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        known = _already(case_id, idempotency_key)
        if known is None:
            raise
        return known
    happened = events.MessageReceived if by.is_resident else events.MessageSent
    events.tell(happened(case_id=case_id, person_id=message.person_id, message_id=message.id), by=by, at=at)
    if by.is_resident and case.worker_id is not None:
        with foundation.acting(foundation.system("casework")):
            waiting = foundation.said("casework.message_waiting", number=case.number)
            foundation.notify(case.worker_id, waiting, link=f"/handlaggare/arende/{case.id}/", at=at)
    return message


@foundation.operation
def mark_read(*, message_id: UUID, by: foundation.Actor, at: datetime) -> Message:
    """Mark a message as read by its receiver, the first time; the sender's own look changes nothing."""
    message = Message.objects.filter(id=message_id).first()
    if message is None:
        raise PartNotFound("There is no such message, or you may not see it.")
    to_me = message.direction == (Direction.TO_PERSON if by.is_resident else Direction.FROM_PERSON)
    if message.read_at is not None or not to_me or not (by.is_resident or by.is_staff):
        return message
    message.read_at, message.read_by_id = at, by.account_id if by.is_staff else None
    message.save(update_fields=["read_at", "read_by_id"])
    read = events.MessageRead(case_id=message.case_id, person_id=message.person_id, message_id=message.id)
    events.tell(read, by=by, at=at)
    return message


def _receiver(case: Case, person_id: UUID | None) -> UUID:
    receiver = person_id or case.person_id
    if not _insights(case.id, receiver):
        raise foundation.BadInput(
            "The person is not a party who reads this case.",
            where="person_id",
            do="Choose one of the case's parties.",
        )
    return receiver


def _document(case: Case, document_id: UUID | None, receiver: UUID) -> UUID | None:
    if document_id is None:
        return None
    document = foundation.find_row(Document, document_id)
    if document is None or document.case_id != case.id:
        raise PartNotFound("There is no such document in this case, or you may not see it.")
    if document.person_id != receiver and not (document.person_id is None and document.open_to_party):
        raise foundation.BadInput(
            "The person may not read the document.",
            where="document_id",
            do="Choose a document meant for the person.",
        )
    return document.id


def _already(case_id: UUID, idempotency_key: str) -> Message | None:
    if not idempotency_key:
        return None
    return next(iter(_with_key(case_id, idempotency_key)), None)


@foundation.ready
def _with_key(case_id: UUID, idempotency_key: str) -> QuerySet[Message]:
    return Message.objects.filter(case_id=case_id, idempotency_key=idempotency_key).order_by("id")[:1]


@foundation.ready
def _insights(case_id: UUID, person_id: UUID) -> QuerySet[CaseParty, UUID]:
    held = CaseParty.objects.filter(case_id=case_id, person_id=person_id, has_insight=True, valid_to__isnull=True)
    return held.values_list("id", flat=True)[:1]
