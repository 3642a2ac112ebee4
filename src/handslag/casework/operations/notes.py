"""Writing, signing, correcting and objecting to notes (SoL 14:3, 14:6)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.casework import events
from handslag.casework.access import case_for
from handslag.casework.errors import NoteChangedMeanwhile, NoteIsSigned, PartNotFound
from handslag.casework.models import CaseParty, Note, NoteAddition
from handslag.casework.models.notes import untouched
from handslag.casework.states import AdditionKind, NoteKind, NoteState
from handslag.foundation import public as foundation

LONGEST_BODY = 100_000


@foundation.operation
def draft_note(
    *, case_id: UUID, subject: str = "", body: str = "", kind: str = NoteKind.NOTE, happened_on: date | None = None,
    by: foundation.Actor, at: datetime,
) -> Note:  # fmt: skip
    """Begin a note that only its author sees until it is signed. `happened_on` defaults to the day of `at`.

    A draft that the author once opened in the case and left without a word is taken up again: none is left behind.
    """
    case = case_for(case_id, "write_note", by)
    left = Note.objects.filter(untouched(), case_id=case.id, author_id=by.account_id).first()
    if left is not None:
        left.kind, left.happened_on, left.saved_at = _kind(kind), _day(happened_on, at), at
        left.subject, left.body = subject.strip()[:200], _body(body)
        left.save(update_fields=["kind", "happened_on", "saved_at", "subject", "body"])
        return left
    note = Note(
        case=case, author_id=by.account_id, kind=_kind(kind), happened_on=_day(happened_on, at),
        subject=subject.strip()[:200], body=_body(body), created_at=at, saved_at=at,
    )  # fmt: skip
    note.save(force_insert=True)
    return note


@foundation.operation
def save_note_draft(
    *, note_id: UUID, version: int, body: str, subject: str | None = None, kind: str | None = None,
    happened_on: date | None = None, by: foundation.Actor, at: datetime,
) -> Note:  # fmt: skip
    """Save a draft over the version that the author last saw; the answer carries the next version.

    Raises NoteChangedMeanwhile, with both texts, when another window has saved in between.
    """
    note = _own_draft(note_id, by)
    if note.version != version:
        if note.body == body:  # the same text sent twice: the autosave answered too late
            return note
        raise NoteChangedMeanwhile(yours=body, theirs=note.body, version=note.version)
    note.body, note.saved_at, note.version = _body(body), at, note.version + 1
    note.subject = note.subject if subject is None else subject.strip()[:200]
    note.kind = note.kind if kind is None else _kind(kind)
    note.happened_on = note.happened_on if happened_on is None else _day(happened_on, at)
    note.save(update_fields=["body", "saved_at", "version", "subject", "kind", "happened_on"])
    return note


@foundation.operation
def sign_note(*, note_id: UUID, version: int, by: foundation.Actor, at: datetime) -> Note:
    """Sign a draft: from now it is part of the case and is never changed. Its author alone may."""
    note = _own_draft(note_id, by)
    if note.version != version:
        raise NoteChangedMeanwhile(yours="", theirs=note.body, version=note.version)
    case_for(note.case_id, "write_note", by)
    if not note.body.strip():
        raise foundation.BadInput(
            "The note is empty.", where="body", do="Write what happened before you sign."
        )
    note.state, note.signed_at, note.saved_at = NoteState.SIGNED, at, at
    note.save(update_fields=["state", "signed_at", "saved_at"])
    _tell_signed(note, by=by, at=at)
    return note


@foundation.operation
def discard_note_draft(*, note_id: UUID, version: int, by: foundation.Actor, at: datetime) -> None:
    """Throw an own draft away; its words are gone. A window that has it open keeps what was typed there, and is told.

    Raises NoteChangedMeanwhile when another window has saved after this one, NoteIsSigned, PartNotFound.
    """
    note = _own_draft(note_id, by)
    if note.version != version:
        raise NoteChangedMeanwhile(yours="", theirs=note.body, version=note.version)
    case_id = case_for(note.case_id, "write_note", by).id
    note.delete()
    events.tell(events.NoteDraftRemoved(case_id=case_id, note_id=note_id), by=by, at=at)


@foundation.operation
def write_note(
    *, case_id: UUID, body: str = "", subject: str = "", kind: str = NoteKind.NOTE, happened_on: date | None = None,
    said: dict[str, Any] | None = None, written_by: UUID | None = None, by: foundation.Actor, at: datetime,
) -> Note:  # fmt: skip
    """Write and sign a note at once. The system writes with `said` (code and values) instead of `body`.

    `written_by` is whose hand it was when the system enters what a member of staff did outside the case's own unit
    (a reception); nobody else may give it.
    """
    case = case_for(case_id, "write_note", by)
    if not body.strip() and said is None:
        raise foundation.BadInput(
            "The note is empty.", where="body", do="Write what happened before you sign."
        )
    note = Note(
        case=case, author_id=written_by if by.is_system else by.account_id, kind=_kind(kind),
        happened_on=_day(happened_on, at), subject=subject.strip()[:200], body=_body(body), said=said,
        state=NoteState.SIGNED,
        created_at=at, saved_at=at, signed_at=at,
    )  # fmt: skip
    note.save(force_insert=True)
    _tell_signed(note, by=by, at=at)
    return note


@foundation.operation
def correct_note(*, note_id: UUID, body: str, by: foundation.Actor, at: datetime) -> NoteAddition:
    """Add a correction beside a signed note. What stood there stays readable."""
    note = _signed(note_id)
    case_for(note.case_id, "correct_note", by)
    addition = _add(note, AdditionKind.CORRECTION, body, None, by=by, at=at)
    events.tell(events.NoteCorrected(case_id=note.case_id, note_id=note.id), by=by, at=at)
    return addition


@foundation.operation
def add_objection(
    *, note_id: UUID, person_id: UUID, body: str, by: foundation.Actor, at: datetime
) -> NoteAddition:
    """Note that a person thinks that a note is wrong, in their words (SoL 14:6). The person is or was a party."""
    note = _signed(note_id)
    case_for(note.case_id, "add_objection", by)
    if not CaseParty.objects.filter(case_id=note.case_id, person_id=person_id).exists():
        raise foundation.BadInput(
            "The person is not a party of this case.",
            where="person_id",
            do="Choose one of the case's parties.",
        )
    addition = _add(note, AdditionKind.OBJECTION, body, person_id, by=by, at=at)
    objected = events.ObjectionAdded(case_id=note.case_id, person_id=person_id, note_id=note.id)
    events.tell(objected, by=by, at=at)
    return addition


def _own_draft(note_id: UUID, by: foundation.Actor) -> Note:
    """The author's draft, locked. A signed note cannot be locked by anybody but is told apart."""
    note = Note.objects.select_for_update().filter(id=note_id, author_id=by.account_id).first()
    if note is None:
        raise PartNotFound("There is no such note, or you may not see it.")
    if note.state == NoteState.SIGNED:
        raise NoteIsSigned
    return note


def _signed(note_id: UUID) -> Note:
    note = Note.objects.filter(id=note_id).first()
    if note is None:
        raise PartNotFound("There is no such note, or you may not see it.")
    if note.state != NoteState.SIGNED:
        raise foundation.Refused("The note is not signed yet.", do="Change the draft itself, then sign it.")
    return note


def _add(
    note: Note, kind: str, body: str, person_id: UUID | None, *, by: foundation.Actor, at: datetime
) -> NoteAddition:
    if not body.strip():
        raise foundation.BadInput(
            "The text is empty.", where="body", do="Write what shall stand beside the note."
        )
    addition = NoteAddition(
        note=note, case_id=note.case_id, kind=kind, body=_body(body), person_id=person_id,
        written_by_id=by.account_id, at=at,
    )  # fmt: skip
    addition.save(force_insert=True)
    return addition


def _tell_signed(note: Note, *, by: foundation.Actor, at: datetime) -> None:
    events.tell(events.NoteSigned(case_id=note.case_id, note_id=note.id, kind=note.kind), by=by, at=at)


def _kind(kind: str) -> str:
    if kind not in NoteKind.values:
        raise foundation.BadInput(
            "There is no such kind of note.", where="kind", do="Choose one of the kinds."
        )
    return kind


def _day(happened_on: date | None, at: datetime) -> date:
    today = foundation.day_of(at)
    if happened_on is not None and happened_on > today:
        raise foundation.BadInput(
            "The day lies in the future.", where="happened_on", do="Give the day that it happened."
        )
    return happened_on or today


def _body(body: str) -> str:
    if len(body) > LONGEST_BODY:
        raise foundation.BadInput(
            "The text is longer than {most} characters.",
            where="body",
            do="Divide it into several.",
            values={"most": LONGEST_BODY},
        )
    return body.replace("\x00", "")
