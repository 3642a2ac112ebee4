"""What can be copied out of a case, and the passages of each part as they stand there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import translation

from handslag.casework.copies.pages import DRAWN, Page, read_pages
from handslag.casework.errors import PaperNotDrawn
from handslag.casework.models import Decision, Document, DocumentContent, Message, Note
from handslag.casework.rules.file_types import DOCX, HEIC, ODT, TEXT
from handslag.casework.rules.masking import passages
from handslag.casework.rules.paper_text import paper_text
from handslag.casework.states import NoteState
from handslag.foundation import public as foundation

SPLIT = frozenset({TEXT, DOCX, ODT})
KINDS = ("note", "decision", "message", "document")


@dataclass(frozen=True, slots=True)
class CopyPart:
    """Something in the case. `can_be_split`: its text is masked passage by passage. `can_be_drawn`: it is a PDF or a picture,
    gone through page by page. Neither: it is masked by hand, on paper."""

    kind: str
    id: UUID
    day: date
    type: str
    title: str
    can_be_split: bool = True
    can_be_drawn: bool = False
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A part with the text of its passages, its heading first when it has one; or with its pages."""

    part: CopyPart
    texts: tuple[str, ...]
    pages: tuple[Page, ...] = ()


def parts_of(case_id: UUID) -> list[CopyPart]:
    """Everything in the case that may be chosen, newest first, as far as the present actor reads it."""
    notes = Note.objects.filter(case_id=case_id, state=NoteState.SIGNED)
    found = [CopyPart("note", one.id, one.happened_on, one.kind, one.subject) for one in notes]
    for decision in Decision.objects.filter(case_id=case_id):
        day = foundation.day_of(decision.decided_at)
        found.append(CopyPart("decision", decision.id, day, decision.outcome, ""))
    for message in Message.objects.filter(case_id=case_id):
        day = foundation.day_of(message.sent_at)
        found.append(CopyPart("message", message.id, day, message.direction, message.subject))
    for paper in Document.objects.filter(case_id=case_id):
        day = foundation.day_of(paper.added_at)
        readable = paper.media_type in SPLIT
        drawn = paper.media_type in DRAWN
        found.append(CopyPart("document", paper.id, day, paper.kind, paper.name, readable, drawn, paper.media_type))
    return sorted(found, key=lambda part: (part.day, str(part.id)), reverse=True)


def split_parts(case_id: UUID, chosen: Iterable[tuple[str, UUID]]) -> list[Split]:
    """The chosen parts with their passages or pages, oldest first. Raises BadInput for one that is not there to be
    chosen, and PaperNotDrawn."""
    there = {(part.kind, part.id): part for part in parts_of(case_id)}
    found = []
    for key in dict.fromkeys(chosen):
        part = there.get(key)
        if part is None:
            raise foundation.BadInput(
                "Something that you chose is not in the case.", where="parts", do="Choose again."
            )
        if part.can_be_drawn:
            found.append(Split(part, (), tuple(read_pages(*content_of(part.id)))))
            continue
        texts = _texts(part)
        if texts is None and part.media_type == HEIC:
            raise foundation.BadInput(
                "The photo {name} is saved as HEIC, which cannot be drawn here, so nothing in it can be left out for certain.",
                where="parts",
                do="Open it, save it as JPEG or PDF, add that to the case, and choose that one instead.",
                values={"name": part.title},
            )
        if texts is None:
            raise foundation.BadInput(
                "The text of {name} cannot be read, so nothing in it can be left out for certain.",
                where="parts",
                do="Leave it out here. Mask it by hand on paper if it must be given.",
                values={"name": part.title},
            )
        found.append(Split(part, tuple(line for text in texts for line in passages(text))))
    return sorted(found, key=lambda one: (one.part.day, str(one.part.id)))


def content_of(document_id: UUID) -> tuple[bytes, str]:
    """The bytes of a paper and its type, as far as the present actor reads it. Raises PaperNotDrawn."""
    paper = Document.objects.filter(id=document_id).first()
    content = DocumentContent.objects.filter(document_id=document_id).first()
    if paper is None or content is None:
        raise PaperNotDrawn(code="broken")
    return bytes(content.content), paper.media_type


def _texts(part: CopyPart) -> list[str] | None:
    with translation.override("sv"):
        return _READ[part.kind](part)


def _note(part: CopyPart) -> list[str]:
    note = Note.objects.prefetch_related("additions").get(id=part.id)
    body = foundation.tell(note.said) if note.said else note.body
    beside = [f"{one.get_kind_display()}: {one.body}" for one in note.additions.all()]
    return [note.subject, body, *beside]


def _decision(part: CopyPart) -> list[str]:
    decision = Decision.objects.get(id=part.id)
    amount = f", {foundation.kr(decision.amount_kr)}" if decision.amount_kr is not None else ""
    result = f"{decision.get_outcome_display()} ({decision.legal_ground}){amount}"
    return [result, *(foundation.tell(reason) for reason in decision.reasons)]


def _message(part: CopyPart) -> list[str]:
    message = Message.objects.get(id=part.id)
    return [message.subject, foundation.tell(message.said) if message.said else message.body]


def _document(part: CopyPart) -> list[str] | None:
    content = DocumentContent.objects.filter(document_id=part.id).first()
    paper = Document.objects.get(id=part.id)
    text = paper_text(bytes(content.content), paper.media_type) if content is not None else None
    return None if text is None else [paper.name, text]


_READ: dict[str, Any] = {"note": _note, "decision": _decision, "message": _message, "document": _document}
