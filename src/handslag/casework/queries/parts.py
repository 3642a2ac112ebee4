"""Reading what lies in a case: notes, documents, messages, completions, communication, decisions."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet

from handslag.casework.access import readable_case
from handslag.casework.errors import PartNotFound
from handslag.casework.models import (
    Communication,
    CompletionRequest,
    Decision,
    Document,
    DocumentContent,
    Message,
    Note,
)
from handslag.casework.models.notes import untouched
from handslag.casework.operations.record import still_shown
from handslag.casework.queries.pages import Page, moment, page_of, read_place
from handslag.casework.queries.receivers import told_about
from handslag.foundation import public as foundation


def find_notes(
    case_id: UUID, actor: foundation.Actor, *, after: str | None = None, limit: int = 50
) -> Page[Note]:
    """Signed notes and the actor's own drafts, latest day first, each with what was added beside it. A draft without a word
    is left out.

    A resident gets those that the masking rules let them see now.
    """
    with foundation.acting(actor):
        readable_case(case_id)
        rows = Note.objects.filter(~untouched(), case_id=case_id)
        if after is not None:
            day, note_id = read_place(after, date.fromisoformat, UUID)
            rows = rows.filter(Q(happened_on__lt=day) | Q(happened_on=day, id__lt=note_id))
        rows = rows.select_related("author").prefetch_related("additions__written_by")
        found = list(rows.order_by("-happened_on", "-id")[: limit + 1])
        page = page_of(found, limit, lambda note: [note.happened_on, note.id])
        if actor.is_resident:
            return Page(still_shown(page.rows, actor.person_id), page.after)
        return page


def get_note(note_id: UUID, actor: foundation.Actor) -> Note:
    """One note; raises PartNotFound."""
    with foundation.acting(actor):
        note = (
            Note.objects.select_related("author", "case")
            .prefetch_related("additions")
            .filter(id=note_id)
            .first()
        )
        if note is None:
            raise PartNotFound("There is no such note, or you may not see it.")
        return note


def count_notes_since(case_id: UUID, since: datetime, actor: foundation.Actor) -> int:
    """How many notes others have signed in a case since an instant, as far as the actor reads it."""
    with foundation.acting(actor):
        rows = Note.objects.filter(case_id=case_id, state="signed", signed_at__gt=since)
        return rows.exclude(author_id=actor.account_id).count()


def find_drafts(actor: foundation.Actor) -> list[Note]:
    """The actor's unsigned notes in all cases, last saved first."""
    with foundation.acting(actor):
        return _drafts_of(actor.account_id) if actor.account_id is not None else []


@foundation.ready
def _drafts_of(account_id: UUID) -> QuerySet[Note]:
    rows = Note.objects.filter(~untouched(), author_id=account_id, state="draft").select_related("case")
    return rows.order_by("-saved_at")


def find_documents(
    case_id: UUID, actor: foundation.Actor, *, after: str | None = None, limit: int = 50
) -> Page[Document]:
    """The papers of a case without their content, newest first."""
    with foundation.acting(actor):
        rows = Document.objects.filter(case_id=case_id)
        if after is not None:
            added_at, document_id = read_place(after, moment, UUID)
            rows = rows.filter(Q(added_at__lt=added_at) | Q(added_at=added_at, id__lt=document_id))
        found = list(rows.select_related("added_by").order_by("-added_at", "-id")[: limit + 1])
        return page_of(found, limit, lambda document: [document.added_at, document.id])


def get_document(document_id: UUID, actor: foundation.Actor) -> Document:
    """One paper without its content; raises PartNotFound."""
    with foundation.acting(actor):
        document = Document.objects.select_related("case").filter(id=document_id).first()
        if document is None:
            raise PartNotFound("There is no such document, or you may not see it.")
        return document


def read_document(document_id: UUID, actor: foundation.Actor) -> tuple[Document, bytes]:
    """A paper and its content; the reading is entered in the log. Raises PartNotFound."""
    with foundation.acting(actor):
        document = Document.objects.filter(id=document_id).first()
        content = DocumentContent.objects.filter(document_id=document_id).first()
        if document is None or content is None:
            raise PartNotFound("There is no such document, or you may not see it.")
        foundation.log_read(
            actor, person_id=document.person_id, case_id=document.case_id, page="casework.document",
            at=foundation.now(),
        )  # fmt: skip
        return document, bytes(content.content)


def find_messages(
    case_id: UUID, actor: foundation.Actor, *, after: str | None = None, limit: int = 50
) -> Page[Message]:
    """The messages of a case, newest first; a resident sees their own."""
    with foundation.acting(actor):
        rows = Message.objects.filter(case_id=case_id)
        if after is not None:
            sent_at, message_id = read_place(after, moment, UUID)
            rows = rows.filter(Q(sent_at__lt=sent_at) | Q(sent_at=sent_at, id__lt=message_id))
        found = list(rows.select_related("account", "document").order_by("-sent_at", "-id")[: limit + 1])
        return page_of(found, limit, lambda message: [message.sent_at, message.id])


def find_unread_messages(actor: foundation.Actor, limit: int = 50) -> list[Message]:
    """What waits to be read: for a resident what came to them; for staff what came in the cases they answer for."""
    with foundation.acting(actor):
        if actor.person_id is not None:
            rows = Message.objects.filter(read_at__isnull=True).select_related("case", "document")
            rows = rows.filter(direction="to_person", person_id=actor.person_id)
            return list(rows.order_by("-sent_at", "-id")[:limit])
        return _unread_of_staff(limit)(actor.account_id) if actor.account_id is not None else []


@cache
def _unread_of_staff(most: int) -> Callable[[UUID], list[Message]]:
    def unread(account_id: UUID) -> QuerySet[Message]:
        rows = Message.objects.filter(read_at__isnull=True, direction="from_person", case__state="open")
        return (
            rows.filter(case__worker_id=account_id).select_related("case").order_by("-sent_at", "-id")[:most]
        )

    return foundation.ready(unread)


def find_completions(
    actor: foundation.Actor, *, case_id: UUID | None = None, open_only: bool = False
) -> list[CompletionRequest]:
    """Requests with their items, the first due first: of one case, else all that a resident has got, or all in the
    cases that a member of staff answers for."""
    with foundation.acting(actor):
        rows = CompletionRequest.objects.prefetch_related("items")
        if case_id is not None:
            rows = rows.filter(case_id=case_id)
        elif actor.person_id is not None:
            rows = rows.filter(person_id=actor.person_id)
        else:
            rows = rows.filter(case__worker_id=actor.account_id)
        if open_only:
            rows = rows.filter(state="open")
        return list(rows.order_by("due_on", "id"))


def find_communications(case_id: UUID, actor: foundation.Actor) -> list[Communication]:
    """What has been communicated before decisions in a case, newest first."""
    with foundation.acting(actor):
        rows = Communication.objects.filter(case_id=case_id).select_related(
            "document", "sent_by", "answer_document"
        )
        return list(rows.order_by("-sent_at", "-id"))


def find_communications_to(actor: foundation.Actor, *, open_only: bool = False) -> list[Communication]:
    """What a resident has been told before decisions, in whatever case, the first to answer first.

    A guardian who is told of a child's file reads what was sent and nothing else of the file, so the case is not joined;
    `about` says whose it is. `open_only`: what is neither answered nor decided. An answer that comes late is still an
    answer.
    """
    if actor.person_id is None:
        return []
    with foundation.acting(actor):
        rows = Communication.objects.filter(person_id=actor.person_id, answer_until__isnull=False)
        if open_only:
            rows = rows.filter(state="sent").extra(
                where=["handslag_communication_open(casework_communication.id)"]
            )
        rows = rows.select_related("document", "answer_document")
        found = list(rows.order_by("answer_until", "id"))
    told_about(found, actor)
    return found


_TELLS_OF_COMMUNICATION = "communication-"


def message_key_of(communication_id: UUID) -> str:
    """The key of the message that tells a person of a communication: by it the message is led to where it is answered."""
    return f"{_TELLS_OF_COMMUNICATION}{communication_id}"


def communications_told_by(messages: Iterable[Message], actor: foundation.Actor) -> dict[str, tuple[Communication, bool]]:
    """What the messages tell a resident of before a decision, by the messages' keys, and whether it can still be answered."""
    keys = {one.idempotency_key for one in messages if one.idempotency_key.startswith(_TELLS_OF_COMMUNICATION)}
    if not keys:
        return {}
    open_ones = {one.id for one in find_communications_to(actor, open_only=True)}
    told = {message_key_of(one.id): (one, one.id in open_ones) for one in find_communications_to(actor)}
    return {key: found for key, found in told.items() if key in keys}


def find_decisions(case_id: UUID, actor: foundation.Actor) -> list[Decision]:
    """The decisions of a case, newest first; a resident sees those that have been delivered."""
    with foundation.acting(actor):
        rows = Decision.objects.filter(case_id=case_id).select_related(
            "decided_by", "rapporteur", "letter", "replaced_by"
        )
        return list(rows.order_by("-decided_at", "-id"))


def get_decision(decision_id: UUID, actor: foundation.Actor) -> Decision:
    """One decision; raises PartNotFound."""
    with foundation.acting(actor):
        rows = Decision.objects.select_related(
            "case", "decided_by", "rapporteur", "letter", "replaces", "replaced_by"
        )
        decision = rows.filter(id=decision_id).first()
        if decision is None:
            raise PartNotFound("There is no such decision, or you may not see it.")
        return decision
