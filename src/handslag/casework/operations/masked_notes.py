"""The rest of a note in which a child wants some words kept from a guardian: masked by the rules that mask a copy, passage by
passage. Where anything is in doubt the whole note stays closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from handslag.casework.masking import AskedPassage, MaskingQuestion, ask_rules
from handslag.casework.models import ChildWish, MaskedNote, Note, NoteAddition
from handslag.casework.operations.note_openings import opened_of, parts_of
from handslag.casework.queries.merged import all_records_of
from handslag.casework.queries.record_rule import rule_today
from handslag.casework.rules.masking import fold
from handslag.casework.states import AdditionKind, WishState

RULE = "casework.child_wishes"
_LINES = re.compile(r"(\r\n|\r|\n|\u2028|\u2029)")


@dataclass(frozen=True, slots=True)
class RestOfNote:
    """What one guardian reads of a note without the words that a child wants kept; `corrections` with when each was made."""

    reader_id: UUID
    subject: str
    body: str
    corrections: tuple[tuple[datetime, str], ...] = ()


def keep_rests(
    notes: Sequence[Note], closed: set[UUID], case_id: UUID, reader_id: UUID, at: datetime
) -> None:
    """Within `clear_record`: keep what the reader may read of each closed note that is closed for some words only, and take
    back what may be read no more. Raises MaskingStopped."""
    known = {one.note_id: one for one in MaskedNote.objects.filter(case_id=case_id, reader_id=reader_id)}
    wishes = _followed_for_words(case_id, reader_id)
    for note in notes:
        row, held = known.get(note.id), wishes.get(note.id, []) if note.id in closed else []
        rest = rest_of(note, held, reader_id, at) if held else None
        if rest is None:
            if row is not None and row.wishes:
                row.subject, row.body, row.corrections, row.wishes, row.made_at = "", "", [], [], at
                row.save()
            continue
        row = row or MaskedNote(note=note, case_id=case_id, reader_id=reader_id)
        row.kind, row.happened_on, row.subject, row.body = (
            note.kind,
            note.happened_on,
            rest.subject,
            rest.body,
        )
        row.corrections = [{"at": when.isoformat(), "body": body} for when, body in rest.corrections]
        row.wishes, row.made_at = [one.id for one in held], at
        row.save()


def rest_of(note: Note, held: Sequence[ChildWish], reader_id: UUID, at: datetime) -> RestOfNote | None:
    """What is left of a note without what the rules hide for these wishes; None, and then the note stays closed, where another
    rule hides something in it, where the words are not found or would still be read, and where nothing is left. Raises
    MaskingStopped."""
    parts = parts_of(note)
    lines = [line for part in parts for line in _passages(part)]
    said = ask_rules(
        MaskingQuestion(note.case_id, reader_id), [AskedPassage("note", note.id, line) for line in lines]
    )
    is_open = opened_of(note, reader_id)
    hidden = [one is not None and not is_open(line, one) for line, one in zip(lines, said, strict=True)]
    because = {one.rule for one, is_hidden in zip(said, hidden, strict=True) if one is not None and is_hidden}
    if because != {RULE}:
        return None
    left, first = [], 0
    for part in parts:
        last = first + len(_passages(part))
        left.append(_without(part, hidden[first:last]))
        first = last
    asked = [fold(line) for one in held for line in one.passage.splitlines() if line.strip()]
    whole = fold(" ".join(" ".join(left).split()))
    if not asked or not left[1] or any(" ".join(line.split()) in whole for line in asked):
        return None
    waited = at - timedelta(days=rule_today().guardian_delay_days)
    corrections = tuple(
        (one.at, text)
        for one, text in zip(_corrections(note), left[2:], strict=True)
        if text and one.at <= waited
    )
    return RestOfNote(reader_id, left[0], left[1], corrections)


def as_note(masked: MaskedNote, objections: Sequence[NoteAddition] = ()) -> Note:
    """The rest of a note as its reader is shown it: a note like any other, which is never written."""
    note = Note(
        id=masked.note_id, case_id=masked.case_id, kind=masked.kind, happened_on=masked.happened_on,
        subject=masked.subject, body=masked.body, said=None, state="signed",
    )  # fmt: skip
    corrections = [
        NoteAddition(
            note_id=note.id, case_id=note.case_id, kind=AdditionKind.CORRECTION, body=one["body"],
            at=datetime.fromisoformat(one["at"]),
        )
        for one in masked.corrections
    ]  # fmt: skip
    shown = NoteAddition.objects.none()
    shown._result_cache = sorted([*corrections, *objections], key=lambda one: one.at)
    note._prefetched_objects_cache = {"additions": shown}  # type: ignore[attr-defined]
    return note


def _followed_for_words(case_id: UUID, reader_id: UUID) -> dict[UUID, list[ChildWish]]:
    """The wishes toward a guardian about each note where every one of them is about words and lets the rest be read."""
    readers = all_records_of(reader_id)
    found: dict[UUID, list[ChildWish]] = {}
    rows = ChildWish.objects.filter(case_id=case_id, note__isnull=False).exclude(state=WishState.OPENED)
    for wish in rows.filter(Q(toward_id__isnull=True) | Q(toward_id__in=readers)):
        found.setdefault(wish.note_id, []).append(wish)  # type: ignore[arg-type]
    return {
        note_id: held
        for note_id, held in found.items()
        if all(one.state == WishState.KEPT and one.rest_shown and one.passage for one in held)
    }


def _corrections(note: Note) -> list[NoteAddition]:
    return [one for one in note.additions.all() if one.kind == AdditionKind.CORRECTION]


def _passages(text: str) -> list[str]:
    return [line.strip() for line in _LINES.split(text)[::2] if line.strip()]


def _without(text: str, hidden: Sequence[bool]) -> str:
    """A text without its hidden passages, and without a gap that tells where they stood."""
    kept, place = [], 0
    for line in _LINES.split(text)[::2]:
        if not line.strip():
            kept.append("")
            continue
        if not hidden[place]:
            kept.append(line.rstrip())
        place += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
