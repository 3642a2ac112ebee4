"""Opening a note for one reader of the record online: a person has looked at what a rule hides, and says why it may be shown."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for
from handslag.casework.errors import MaskingStopped, PartNotFound
from handslag.casework.masking import AskedPassage, MaskingQuestion, Proposal, ask_rules
from handslag.casework.models import Note, NoteOpening
from handslag.casework.operations.record_papers import check_reader
from handslag.casework.queries.merged import all_records_of
from handslag.casework.rules.masking import passages
from handslag.casework.states import AdditionKind, NoteState
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class HeldPassage:
    """A passage of a note that a rule hides from one reader; `is_opened`: somebody has looked and lets it be shown."""

    text: str
    ground: str
    rule: str
    may_lift: bool
    is_opened: bool


@foundation.operation
def open_note_online(
    *, note_id: UUID, reader_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> NoteOpening:
    """Let one reader see a signed note online though a rule hides it, where the rule lets a case worker lift it.

    It holds for the passages that stand there now. Raises MaskingStopped where a rule hides one for good, BadInput for
    one who cannot read the record, and Refused where no rule hides anything.
    """
    note = Note.objects.filter(id=note_id, state=NoteState.SIGNED).prefetch_related("additions").first()
    if note is None:
        raise PartNotFound("There is no such note, or you may not see it.")
    case = case_for(note.case_id, "hold_record", by)
    check_reader(case, reader_id, because)
    held = held_passages(note, reader_id)
    for one in held:
        if not one.may_lift:
            raise MaskingStopped(rule=one.rule)
    if not held:
        raise foundation.Refused("No rule hides anything in the note.", do="It needs no opening.")
    opening = NoteOpening(
        note=note, case_id=note.case_id, reader_id=reader_id, because=because.strip()[:1000], opened_by_id=by.account_id,
        opened_at=at, passages=sorted({_digest(one.text, one.rule) for one in held}),
    )  # fmt: skip
    opening.save(force_insert=True)
    opened = events_record.NoteOpened(
        case_id=note.case_id, person_id=reader_id, note_id=note.id, passages=len(opening.passages)
    )
    events.tell(opened, by=by, at=at)
    return opening


def held_passages(note: Note, reader_id: UUID) -> list[HeldPassage]:
    """What the rules hide of a note from one reader, also what has been opened; for staff. Raises MaskingStopped."""
    texts = texts_of(note)
    asked = [AskedPassage("note", note.id, text) for text in texts]
    said = ask_rules(MaskingQuestion(note.case_id, reader_id), asked)
    opened = _opened([note], reader_id).get(note.id, set())
    return [
        HeldPassage(text, one.ground, one.rule, one.may_lift, _is_open(text, one, opened))
        for text, one in zip(texts, said, strict=True)
        if one is not None
    ]


def hidden_in(notes: Sequence[Note], reader_id: UUID) -> dict[UUID, Proposal]:
    """Those of a case's notes that the rules hide from one reader now, each with the strongest that hides it.

    What a person has opened is left out where the rule still lets it be. Raises MaskingStopped.
    """
    if not notes:
        return {}
    asked = [(note, text) for note in notes for text in texts_of(note)]
    said = ask_rules(
        MaskingQuestion(notes[0].case_id, reader_id),
        [AskedPassage("note", note.id, text) for note, text in asked],
    )
    opened = _opened(notes, reader_id)
    hides: dict[UUID, Proposal] = {}
    for (note, text), one in zip(asked, said, strict=True):
        if one is None or _is_open(text, one, opened.get(note.id, set())):
            continue
        if note.id not in hides or hides[note.id].may_lift:
            hides[note.id] = one
    return hides


def texts_of(note: Note) -> list[str]:
    """The passages of a note as its reader online would see it: its heading, its body, and its corrections."""
    return [line for text in parts_of(note) for line in passages(text)]


def parts_of(note: Note) -> list[str]:
    """The heading of a note, its body, and its corrections, each whole."""
    body = foundation.tell(note.said) if note.said else note.body
    return [note.subject, body, *(one.body for one in note.additions.all() if one.kind == AdditionKind.CORRECTION)]


def opened_of(note: Note, reader_id: UUID) -> Callable[[str, Proposal], bool]:
    """Whether a person has looked at a passage of a note that a rule hides, and lets one reader read it."""
    opened = _opened([note], reader_id).get(note.id, set())
    return lambda text, said: _is_open(text, said, opened)


def _is_open(text: str, said: Proposal, opened: set[str]) -> bool:
    return said.may_lift and _digest(text, said.rule) in opened


def _opened(notes: Sequence[Note], reader_id: UUID) -> dict[UUID, set[str]]:
    """Read as the system: a reader of the record sees no opening, and none of its words. What was opened for a record of
    theirs that has been merged since holds."""
    found: dict[UUID, set[str]] = {}
    with foundation.acting(foundation.system("record")):
        readers = all_records_of(reader_id)
        rows = NoteOpening.objects.filter(note_id__in=[one.id for one in notes], reader_id__in=readers)
        for note_id, digests in rows.values_list("note_id", "passages"):
            found.setdefault(note_id, set()).update(digests)
    return found


def _digest(text: str, rule: str) -> str:
    return hashlib.sha256(f"{rule}\n{text}".encode()).hexdigest()
