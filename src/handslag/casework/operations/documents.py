"""Taking in papers: what they are is told by their content, and they are never changed."""

import hashlib
import re
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from handslag.casework import events
from handslag.casework.access import case_told_of
from handslag.casework.errors import (
    FileCarriesMore,
    FileIsEmpty,
    FileIsHarmful,
    FileLies,
    FileTooLarge,
    FileTypeRefused,
)
from handslag.casework.models import Document, DocumentContent
from handslag.casework.ports import scanner
from handslag.casework.rules.file_types import ENDINGS, carries_more, ending_of, read_type
from handslag.casework.states import DocumentKind, ScanState
from handslag.foundation import public as foundation

MOST_MEGABYTES = 20
_SENT_IN = {DocumentKind.RECEIVED.value, DocumentKind.ATTACHMENT.value}


@foundation.operation
def add_document(
    *, case_id: UUID, name: str, content: bytes, kind: str = DocumentKind.RECEIVED, person_id: UUID | None = None,
    open_to_party: bool = False, idempotency_key: str = "", by: foundation.Actor, at: datetime,
) -> Document:  # fmt: skip
    """Add a paper to a case: at most 20 MB of a type in `rules.file_types`.

    `person_id` says whose paper it is; they may read it. A paper of nobody's own is read by the parties when
    `open_to_party`. A resident's paper is their own. The same `idempotency_key` gives the same document back.
    Raises FileTooLarge, FileIsEmpty, FileTypeRefused, FileCarriesMore, FileLies or FileIsHarmful.
    """
    case = case_told_of(case_id, "add_document", by)
    known = _already(case_id, idempotency_key)
    if known is not None:
        return known
    if by.is_resident:
        person_id, open_to_party = by.person_id, False
        kind = kind if kind in _SENT_IN else DocumentKind.RECEIVED.value
    if kind not in DocumentKind.values:
        raise foundation.BadInput(
            "There is no such kind of document.", where="kind", do="Choose one of the kinds."
        )
    media_type = checked_media_type(content, name)
    document = Document(
        case=case, kind=kind, name=plain_name(name), media_type=media_type, size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(), scan=scanned(content), person_id=person_id,
        open_to_party=open_to_party, added_by_id=by.account_id if by.is_staff else None, added_at=at,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            DocumentContent(document=document, content=content).save(force_insert=True)
    except IntegrityError:
        known = _already(case_id, idempotency_key)
        if known is None:
            raise
        return known
    added = events.DocumentAdded(
        case_id=case_id, person_id=person_id, document_id=document.id, kind=kind, media_type=media_type,
        size_bytes=len(content),
    )  # fmt: skip
    events.tell(added, by=by, at=at)
    return document


def checked_media_type(content: bytes, name: str) -> str:
    """The type of a file that we take; raises the error that tells why we do not. Reads the content alone."""
    if not content:
        raise FileIsEmpty
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise FileTooLarge(most_megabytes=MOST_MEGABYTES)
    found = read_type(content, name)
    if found is None:
        raise FileCarriesMore if carries_more(content) else FileTypeRefused
    if not found.name_agrees:
        raise FileLies(said=ending_of(name).upper()[:12], found=ENDINGS[found.media_type][0].upper())
    return found.media_type


def plain_name(name: str) -> str:
    """A file name without folders, control signs or more than 160 signs; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    clean = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", last).strip(" .")
    if len(clean) > 160:
        ending = ending_of(clean)[:10]
        clean = f"{clean[: 159 - len(ending)]}.{ending}" if ending else clean[:160]
    return clean or "dokument"


def scanned(content: bytes) -> str:
    """What the scanner says of a file: a code of `ScanState`. Raises FileIsHarmful, and Refused without an answer."""
    try:
        verdict = scanner().scan(content)
    except Exception as fault:
        raise foundation.Refused(
            "The file could not be checked for harm right now.", do="Try again in a little while."
        ) from fault
    if verdict == "harmful":
        raise FileIsHarmful
    return ScanState(verdict).value


def _already(case_id: UUID, idempotency_key: str) -> Document | None:
    if not idempotency_key:
        return None
    return next(iter(_with_key(case_id, idempotency_key)), None)


@foundation.ready
def _with_key(case_id: UUID, idempotency_key: str) -> QuerySet[Document]:
    return Document.objects.filter(case_id=case_id, idempotency_key=idempotency_key).order_by("id")[:1]
