"""Asking the person to send something in, with a day, and what came of it (FL 20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.casework import events
from handslag.casework.access import case_for
from handslag.casework.errors import PartNotFound
from handslag.casework.models import CaseParty, CompletionItem, CompletionRequest, Document
from handslag.casework.states import CompletionState
from handslag.foundation import public as foundation
from handslag.people import public as people

MOST_ITEMS = 30
LONGEST_ANSWER = 5_000


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """The answer to one thing asked for: a text, a document of the case, or both."""

    item_id: UUID
    text: str = ""
    document_id: UUID | None = None


@foundation.operation
def request_completion(
    *, case_id: UUID, what: Sequence[str | dict[str, Any]], due_on: date, person_id: UUID | None = None,
    matter_id: UUID | None = None, by: foundation.Actor, at: datetime,
) -> CompletionRequest:  # fmt: skip
    """Ask a party for things by a day that has not passed; each of `what` is a text or a stored sentence."""
    case = case_for(case_id, "request_completion", by)
    receiver = person_id or case.person_id
    asked = [thing for thing in what if not isinstance(thing, str) or thing.strip()]
    if not 0 < len(asked) <= MOST_ITEMS:
        raise foundation.BadInput(
            "Say what the person shall send in: from one thing to {most}.",
            where="what",
            do="Write one thing on each line.",
            values={"most": MOST_ITEMS},
        )
    if due_on < foundation.day_of(at):
        raise foundation.BadInput(
            "The last day has passed already.", where="due_on", do="Choose a later day."
        )
    if not CaseParty.objects.filter(case=case, person_id=receiver, valid_to__isnull=True).exists():
        raise foundation.BadInput(
            "The person is not a party of this case.",
            where="person_id",
            do="Choose one of the case's parties.",
        )
    people.require_tellable(receiver, *asked)
    request = CompletionRequest(
        case=case,
        person_id=receiver,
        asked_by_id=by.account_id,
        asked_at=at,
        due_on=due_on,
        matter_id=matter_id,
    )
    request.save(force_insert=True)
    for position, thing in enumerate(asked, start=1):
        CompletionItem(
            request=request, case=case, person_id=receiver, position=position,
            what=thing.strip() if isinstance(thing, str) else "", said=None if isinstance(thing, str) else thing,
        ).save(force_insert=True)  # fmt: skip
    requested = events.CompletionRequested(
        case_id=case_id, person_id=receiver, completion_id=request.id, due_on=due_on, items=len(asked)
    )
    events.tell(requested, by=by, at=at)
    return request


@foundation.operation
def answer_completion(
    *, completion_id: UUID, answers: Sequence[ItemAnswer], by: foundation.Actor, at: datetime
) -> CompletionRequest:
    """Answer some or all of what was asked for; when nothing is left, the request is answered.

    The person answers, or staff for the person (a paper that came by post). An answer may come late.
    """
    request = _open_request(completion_id, by, "answer_completion")
    items = {item.id: item for item in CompletionItem.objects.select_for_update().filter(request=request)}
    for answer in answers:
        _answer(items, answer, at=at)
    if all(item.answered_at for item in items.values()):
        request.state, request.answered_at = CompletionState.ANSWERED, at
        request.save(update_fields=["state", "answered_at"])
        answered = events.CompletionAnswered(
            case_id=request.case_id, person_id=request.person_id, completion_id=request.id
        )
        events.tell(answered, by=by, at=at)
    return request


@foundation.operation
def cancel_completion(*, completion_id: UUID, by: foundation.Actor, at: datetime) -> CompletionRequest:
    """Take back what is not needed any more."""
    request = _open_request(completion_id, by, "request_completion")
    request.state, request.answered_at = CompletionState.CANCELLED, at
    request.save(update_fields=["state", "answered_at"])
    cancelled = events.CompletionCancelled(
        case_id=request.case_id, person_id=request.person_id, completion_id=request.id
    )
    events.tell(cancelled, by=by, at=at)
    return request


@foundation.operation
def note_overdue_completions(*, by: foundation.Actor, at: datetime) -> int:
    """Record, once, each request whose last day has passed. Gives how many; the nightly job asks."""
    today, found = foundation.day_of(at), 0
    late = CompletionRequest.objects.select_for_update(skip_locked=True).filter(
        state=CompletionState.OPEN, due_on__lt=today, overdue_at__isnull=True
    )
    for request in late.order_by("due_on", "id"):
        request.overdue_at = at
        request.save(update_fields=["overdue_at"])
        overdue = events.CompletionOverdue(
            case_id=request.case_id, person_id=request.person_id, completion_id=request.id
        )
        events.tell(overdue, by=by, at=at)
        found += 1
    return found


def _open_request(completion_id: UUID, by: foundation.Actor, act: str) -> CompletionRequest:
    request = CompletionRequest.objects.select_for_update().filter(id=completion_id).first()
    if request is None or (by.is_resident and request.person_id != by.person_id):
        raise PartNotFound("There is no such request, or you may not see it.")
    case_for(request.case_id, act, by)
    if request.state != CompletionState.OPEN:
        raise foundation.Refused(
            "The request is answered or taken back already.", do="Send a message if there is more to tell."
        )
    return request


def _answer(items: dict[UUID, CompletionItem], answer: ItemAnswer, *, at: datetime) -> None:
    item = items.get(answer.item_id)
    if item is None:
        raise PartNotFound("There is no such question in this request.")
    text = answer.text.strip()
    if len(text) > LONGEST_ANSWER or not (text or answer.document_id):
        raise foundation.BadInput(
            "The answer is empty or longer than {most} characters.",
            where=f"item-{item.position}",
            do="Write a shorter answer, or send a document.",
            values={"most": LONGEST_ANSWER},
        )
    if (
        answer.document_id
        and not Document.objects.filter(id=answer.document_id, case_id=item.case_id).exists()
    ):
        raise PartNotFound("There is no such document in this case, or you may not see it.")
    item.answer, item.answered_at = text, at
    item.document_id = answer.document_id or item.document_id
    item.save(update_fields=["answer", "document_id", "answered_at"])
