"""Speech to text for a draft. Nothing is kept of what was said: the text goes back to the one who dictates."""

from __future__ import annotations

from uuid import UUID

from handslag.casework.errors import NotDictated
from handslag.casework.models import Note
from handslag.casework.ports import NotTranscribed, transcriber
from handslag.casework.rules.speech_types import MOST_SPEECH_BYTES, speech_type_of
from handslag.casework.states import NoteState
from handslag.foundation import public as foundation


def may_dictate() -> bool:
    """Whether a transcription server is set up."""
    return transcriber() is not None


def dictate(note_id: UUID, speech: bytes, actor: foundation.Actor, *, language: str = "sv") -> str:
    """The text of what was said, for a draft of the actor's own. Raises NotDictated with words that say what to do."""
    server = transcriber()
    with foundation.acting(actor):
        drafts = Note.objects.filter(id=note_id, author_id=actor.account_id, state=NoteState.DRAFT)
        if server is None or not actor.is_staff or not drafts.exists():
            raise NotDictated(code="off")
    if not speech:
        raise NotDictated(code="empty")
    if len(speech) > MOST_SPEECH_BYTES:
        raise NotDictated(code="too_large")
    media_type = speech_type_of(speech)
    if media_type is None:
        raise NotDictated(code="wrong_type")
    try:
        text = server.transcribe(speech, media_type, language=language)
    except NotTranscribed as fault:
        raise NotDictated(code=fault.code) from fault
    if not text:
        raise NotDictated(code="empty")
    return text
