"""Reading what the rules hide of notes in the record online, and what has been opened; for staff."""

from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.models import Note, NoteClearance, NoteOpening
from handslag.casework.operations.note_openings import HeldPassage, held_passages
from handslag.casework.operations.record_papers import possible_readers
from handslag.casework.queries.parts import get_note
from handslag.foundation import public as foundation


def find_held_passages(note_id: UUID, actor: foundation.Actor) -> dict[UUID, list[HeldPassage]]:
    """What the rules hide of a note now, for each who could read the record; raises PartNotFound, MaskingStopped."""
    with foundation.acting(actor):
        note = get_note(note_id, actor)
        return {reader: held_passages(note, reader) for reader in sorted(possible_readers(note.case))}


def find_notes_held_online(case_id: UUID, actor: foundation.Actor) -> list[Note]:
    """The notes that a rule hid from somebody when they last opened the record, latest first."""
    with foundation.acting(actor):
        readable_case(case_id)
        hidden = NoteClearance.objects.filter(case_id=case_id, hidden=True).values("note_id")
        return list(Note.objects.filter(id__in=hidden).order_by("-happened_on", "-id"))


def find_note_openings(note_id: UUID, actor: foundation.Actor) -> list[NoteOpening]:
    """Who has opened a note for whom and why, newest first."""
    with foundation.acting(actor):
        rows = NoteOpening.objects.filter(note_id=note_id).select_related("opened_by")
        return list(rows.order_by("-opened_at", "-id"))
