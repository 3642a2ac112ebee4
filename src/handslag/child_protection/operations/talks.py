"""Talks of an investigation (SoL 20:7): written at once, or from a note, so that every talk is counted in one way."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import open_investigation_locked
from handslag.child_protection.investigation_errors import TalkIsNoted
from handslag.child_protection.investigation_events import ChildSpokenWith, TalkHeld
from handslag.child_protection.investigation_states import TALKS_WITH_CHILD, Consent, TalkKind
from handslag.child_protection.models import Investigation, Talk, TalkDraft
from handslag.foundation import public as foundation


@foundation.operation
def note_talk(
    *, investigation_id: UUID, kind: str, with_whom: str, body: str, held_on: date | None = None,
    consent: str = Consent.NOT_NEEDED, because: str = "", subject: str = "", by: foundation.Actor, at: datetime,
) -> Talk:  # fmt: skip
    """Record a talk that was held; its words become a signed note of the case, so they are written once.

    For a talk with the child `consent` says whether the guardian agreed; without it the reason is needed (SoL 20:7).
    """
    investigation = open_investigation_locked(investigation_id, by)
    consent = _consent(kind, consent)
    note = casework.write_note(
        case_id=investigation.case_id, body=body, subject=subject or str(TalkKind(kind).label), kind="meeting",
        happened_on=held_on, by=by, at=at,
    )  # fmt: skip
    return _held(investigation, note, kind, with_whom, consent, because, by=by, at=at)


@foundation.operation
def talk_of_note(
    *, investigation_id: UUID, note_id: UUID, kind: str, with_whom: str, consent: str = Consent.NOT_NEEDED,
    because: str = "", version: int | None = None, by: foundation.Actor, at: datetime,
) -> Talk:  # fmt: skip
    """Let a note of the case be a talk of the investigation: an own draft is signed now, a signed note stands as it is.

    `version` is of the draft that was read. Raises TalkIsNoted for a note that counts already, NoteChangedMeanwhile,
    PartNotFound, and BadInput for a talk that was held before the investigation was opened.
    """
    investigation = open_investigation_locked(investigation_id, by)
    consent = _consent(kind, consent)
    note = casework.get_note(note_id, by)
    if note.case_id != investigation.case_id or note.said is not None:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    if note.happened_on < investigation.opened_on:
        raise foundation.BadInput(
            "The talk was held before the investigation was opened.", where="happened_on",
            do="Sign it as a note; it can be read in the case.",
        )  # fmt: skip
    if Talk.objects.filter(note_id=note.id).exists():
        raise TalkIsNoted
    if not note.is_signed:
        note = casework.sign_note(
            note_id=note.id, version=note.version if version is None else version, by=by, at=at
        )
    talk = _held(investigation, note, kind, with_whom, consent, because, by=by, at=at)
    TalkDraft.objects.filter(note_id=note.id).delete()
    return talk


@foundation.operation
def save_talk_draft(
    *, investigation_id: UUID, note_id: UUID, kind: str = "", consent: str = "", because: str = "",
    by: foundation.Actor, at: datetime,
) -> TalkDraft:  # fmt: skip
    """Keep what the author of a draft has chosen about its talk until it is signed. Nobody else sees it.

    Nothing has happened by it, so there is no event. Raises PartNotFound unless the note is the actor's own draft.
    """
    investigation = open_investigation_locked(investigation_id, by)
    note = casework.get_note(note_id, by)
    if note.case_id != investigation.case_id or note.is_signed or note.author_id != by.account_id:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    chosen = {
        "kind": kind if kind in TalkKind.values else "",
        "consent": consent if consent in Consent.values else "",
        "because": because.strip(),
    }
    draft = TalkDraft.objects.filter(note_id=note.id).first()
    if draft is None:
        draft = TalkDraft(
            note_id=note.id,
            investigation=investigation,
            case_id=note.case_id,
            account_id=by.account_id,
            **chosen,
        )
        draft.save(force_insert=True)
        return draft
    for name, value in chosen.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(chosen))
    return draft


def _consent(kind: str, consent: str) -> str:
    """What holds of the guardian's consent; it is asked for a talk with the child alone."""
    if kind not in TalkKind.values:
        raise foundation.BadInput(
            "There is no such kind of talk.", where="kind", do="Choose one of the kinds."
        )
    if kind not in TALKS_WITH_CHILD:
        return Consent.NOT_NEEDED.value
    if consent not in Consent.values or consent == Consent.NOT_NEEDED:
        raise foundation.BadInput(
            "Say whether the guardian agreed to the talk.", where="consent", do="Choose one of the answers."
        )
    return consent


def _held(
    investigation: Investigation, note: casework.Note, kind: str, with_whom: str, consent: str, because: str, *,
    by: foundation.Actor, at: datetime,
) -> Talk:  # fmt: skip
    with_child = kind in TALKS_WITH_CHILD
    without = with_child and consent != Consent.GIVEN
    talk = Talk(
        investigation=investigation, case_id=investigation.case_id, note=note, kind=kind,
        with_whom=_text(with_whom, "with_whom")[:200], held_on=note.happened_on, consent=consent,
        without_consent=without, because=_text(because, "because") if without else "", noted_by_id=by.account_id, at=at,
    )  # fmt: skip
    talk.save(force_insert=True)
    held = TalkHeld(
        case_id=talk.case_id,
        investigation_id=investigation.id,
        talk_id=talk.id,
        kind=kind,
        without_consent=without,
    )
    foundation.record(held, by=by, at=at)
    if with_child:
        spoken = ChildSpokenWith(case_id=talk.case_id, investigation_id=investigation.id, talk_id=talk.id)
        foundation.record(spoken, by=by, at=at)
    return talk


def _text(text: str, where: str) -> str:
    if not text.strip():
        raise foundation.BadInput("The text is empty.", where=where, do="Write it.")
    return text.strip()
