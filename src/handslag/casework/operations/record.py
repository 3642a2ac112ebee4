"""The record online: what may be shown to whom, what is held back, a child's consent, and the reader's objection."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for, those_to_tell
from handslag.casework.errors import MaskingStopped, PartNotFound, ReadingNotYours
from handslag.casework.masking import Proposal
from handslag.casework.masking_grounds import ground_codes
from handslag.casework.models import (
    Case,
    Document,
    MaskedNote,
    Note,
    NoteAddition,
    NoteClearance,
    RecordConsent,
    RecordHold,
    RecordRule,
    RecordSight,
)
from handslag.casework.operations.masked_notes import keep_rests
from handslag.casework.operations.note_openings import hidden_in
from handslag.casework.operations.record_papers import clear_papers
from handslag.casework.queries.record_rule import rule_today
from handslag.casework.record_numbers import of_age_years
from handslag.casework.states import AdditionKind, CaseState, NoteState, PartyRole
from handslag.foundation import public as foundation
from handslag.people import public as people

LONGEST_OBJECTION = 5_000
OLDEST = 120


@foundation.operation
def clear_record(*, case_id: UUID, reader_id: UUID, by: foundation.Actor, at: datetime) -> int:
    """Ask the masking rules of every signed note, paper and delivered decision of a case, and keep which of them one
    reader may be shown online.

    The system alone does this, each time the reader opens the record. A note with anything that a rule hides, and that
    nobody has looked at and opened for the reader, is not shown at all. Gives the number of notes that may be shown;
    raises MaskingStopped, and then nothing has changed.
    """
    if not by.is_system:
        raise foundation.Refused("The system alone clears notes.")
    notes = list(Note.objects.filter(case_id=case_id, state=NoteState.SIGNED).prefetch_related("additions"))
    hides = hidden_in(notes, reader_id)
    changed = _keep(notes, hides, case_id, reader_id, at)
    keep_rests(notes, set(hides), case_id, reader_id, at)
    papers = clear_papers(case_id, reader_id, at)
    shown = len(notes) - len(hides)
    if changed or papers.changed:
        cleared = events_record.RecordCleared(
            case_id=case_id, person_id=reader_id, shown=shown, hidden=len(hides), papers_shown=papers.shown,
            papers_hidden=papers.hidden,
        )  # fmt: skip
        events.tell(cleared, by=by, at=at)
    return shown


def still_shown(notes: Sequence[Note], reader_id: UUID | None) -> list[Note]:
    """Those of a case's notes that the rules let one reader see now, whatever they said when the record was last opened:
    a reporter may have become known since. None at all when a rule cannot be asked."""
    if not notes or reader_id is None:
        return []
    try:
        hidden = hidden_in(notes, reader_id)
    except MaskingStopped:
        return []
    return [note for note in notes if note.id not in hidden]


@foundation.operation
def hold_record(
    *, case_id: UUID, ground: str, because: str, note_id: UUID | None = None,
    document_id: UUID | None = None, toward_id: UUID | None = None, until: date | None = None,
    by: foundation.Actor, at: datetime,
) -> RecordHold:  # fmt: skip
    """Hold back a note, a paper, or the whole record of a case, online: from everybody or toward one person.

    `until` is the last day; without one it holds until it is lifted.
    """
    case = case_for(case_id, "hold_record", by)
    if ground not in ground_codes():
        raise foundation.BadInput(
            "Say on which ground it is held back.", where="ground", do="Choose the ground."
        )
    if not because.strip():
        raise foundation.BadInput("Say why it is held back.", where="because", do="Write the reason.")
    if until is not None and until < foundation.day_of(at):
        raise foundation.BadInput("The last day has passed already.", where="until", do="Choose a later day.")
    if note_id is not None and not Note.objects.filter(id=note_id, case_id=case_id).exists():
        raise PartNotFound("There is no such note, or you may not see it.")
    if document_id is not None and not Document.objects.filter(id=document_id, case_id=case_id).exists():
        raise PartNotFound("There is no such document, or you may not see it.")
    hold = RecordHold(
        case=case, note_id=note_id, document_id=document_id, toward_id=toward_id, ground=ground, because=because.strip()[:1000], until=until,
        held_by_id=by.account_id, held_at=at,
    )  # fmt: skip
    hold.save(force_insert=True)
    held = events_record.RecordHeld(
        case_id=case_id, hold_id=hold.id, note_id=note_id, document_id=document_id, ground=ground, until=until
    )
    events.tell(held, by=by, at=at)
    return hold


@foundation.operation
def lift_hold(*, hold_id: UUID, by: foundation.Actor, at: datetime) -> RecordHold:
    """Hold it back no more."""
    hold = RecordHold.objects.select_for_update().filter(id=hold_id, lifted_at__isnull=True).first()
    if hold is None:
        raise PartNotFound("There is nothing held back here.")
    case_for(hold.case_id, "hold_record", by)
    hold.lifted_by_id, hold.lifted_at = by.account_id, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
    events.tell(events_record.HoldLifted(case_id=hold.case_id, hold_id=hold.id), by=by, at=at)
    return hold


@foundation.operation
def object_to_note(*, note_id: UUID, body: str, by: foundation.Actor, at: datetime) -> NoteAddition:
    """The reader of the record thinks that a note is wrong, and says so in their own words (SoL 14:6)."""
    case_id = _case_of_read(note_id) if by.is_resident else None
    if case_id is None:
        raise PartNotFound("There is no such note, or you may not see it.")
    if not 0 < len(body.strip()) <= LONGEST_OBJECTION:
        raise foundation.BadInput(
            "Write what you think is wrong, in at most {most} characters.",
            where="body",
            values={"most": LONGEST_OBJECTION},
        )
    addition = NoteAddition(
        note_id=note_id, case_id=case_id, kind=AdditionKind.OBJECTION, body=body.strip().replace("\x00", ""),
        person_id=by.person_id, written_by_id=by.account_id, at=at,
    )  # fmt: skip
    addition.save(force_insert=True)
    objected = events.ObjectionAdded(case_id=case_id, person_id=by.person_id, note_id=note_id)  # type: ignore[arg-type]
    events.tell(objected, by=by, at=at)
    with foundation.acting(foundation.system("record")):  # who reads the record does not read the case
        case = Case.objects.get(id=case_id)
        if case.worker_id is not None:
            told = foundation.said("casework.objected_online", number=case.number)
            foundation.notify(
                case.worker_id, told, link=f"/handlaggare/arende/{case.id}/anteckningar/", at=at
            )
    return addition


@foundation.operation
def agree_to_reading(*, guardian_id: UUID, by: foundation.Actor, at: datetime) -> RecordConsent:
    """A child who reads the own record lets a guardian read it too, where the unit has given the guardian sight of it.

    Where it has not, whoever answers for the file is told of the child's yes. Raises ReadingNotYours; twice is once."""
    rule = rule_today()
    if by.person_id is None or not rule.child_may_agree or guardian_id not in guardians_of(by.person_id):
        raise ReadingNotYours
    person = people.get_person(by.person_id, by)
    if person.born is None or not rule.own_from_age <= _years(person.born, foundation.day_of(at)) < of_age_years():
        raise ReadingNotYours
    known = RecordConsent.objects.filter(
        person_id=by.person_id, guardian_id=guardian_id, withdrawn_at__isnull=True
    ).first()
    if known is not None:
        return known
    consent = RecordConsent(person_id=by.person_id, guardian_id=guardian_id, agreed_at=at)
    consent.save(force_insert=True)
    agreed = events_record.ReadingAgreed(person_id=by.person_id, guardian_id=guardian_id)
    foundation.record(agreed, by=by, at=at)
    _tell_of_agreement(by.person_id, guardian_id, at)
    return consent


@foundation.operation
def withdraw_agreement(*, guardian_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """The child takes the consent back; from now the guardian reads nothing. Nothing happens where there is none."""
    if by.person_id is None:
        raise ReadingNotYours
    held = RecordConsent.objects.select_for_update().filter(
        person_id=by.person_id, guardian_id=guardian_id, withdrawn_at__isnull=True
    )
    for consent in held:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        withdrawn = events_record.ReadingWithdrawn(person_id=consent.person_id, guardian_id=guardian_id)
        foundation.record(withdrawn, by=by, at=at)


@foundation.operation
def set_record_rule(
    *, valid_from: date, own_from_age: int, guardian_until_age: int, told_from_age: int, own_delay_days: int,
    guardian_delay_days: int, child_may_agree: bool, source: str, by: foundation.Actor, at: datetime,
) -> RecordRule:  # fmt: skip
    """The municipality's own rule from a day on, by a rules officer; the one before ends there."""
    foundation.require_role(by, foundation.Role.RULES_OFFICER)
    ages, delays = (own_from_age, guardian_until_age, told_from_age), (own_delay_days, guardian_delay_days)
    if not (all(0 <= one <= 18 for one in ages) and all(0 <= one <= OLDEST for one in delays)):
        raise foundation.BadInput(
            "Ages are from 0 to 18, delays from 0 to 120 days.", where="own_from_age", do="Change the number."
        )
    if not source.strip():
        raise foundation.BadInput(
            "Say who decided it, and where it is written down.", where="source", do="Write it in a few words."
        )
    if valid_from < foundation.day_of(at):
        raise foundation.BadInput(
            "A rule does not change what has been already.",
            where="valid_from",
            do="Choose today or a later day.",
        )
    if RecordRule.objects.filter(valid_from__gte=valid_from).exists():
        raise foundation.BadInput(
            "There is a rule from this day or later.", where="valid_from", do="Choose a later day."
        )
    for before in RecordRule.objects.filter(valid_to__isnull=True):
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    rule = RecordRule(
        valid_from=valid_from, own_from_age=own_from_age, guardian_until_age=guardian_until_age,
        told_from_age=told_from_age, own_delay_days=own_delay_days, guardian_delay_days=guardian_delay_days,
        child_may_agree=child_may_agree, status="unconfirmed", source=source.strip()[:200], decided_by_id=by.account_id, decided_at=at,
    )  # fmt: skip
    rule.save(force_insert=True)
    foundation.record(events_record.RecordRuleSet(rule_id=rule.id, valid_from=valid_from), by=by, at=at)
    return rule


def _case_of_read(note_id: UUID) -> UUID | None:
    """The case of a note that the present reader reads, whole or without some words; None of another."""
    whole: UUID | None = Note.objects.filter(id=note_id).values_list("case_id", flat=True).first()
    if whole is not None:
        return whole
    return MaskedNote.objects.filter(note_id=note_id).values_list("case_id", flat=True).first()


def _tell_of_agreement(person_id: UUID, guardian_id: UUID, at: datetime) -> None:
    """A notice to who answers for a file of the child's where the guardian is a party and has not been given sight."""
    with foundation.acting(foundation.system("record")):
        cases = Case.objects.filter(
            person_id=person_id, state=CaseState.OPEN, parties__person_id=guardian_id,
            parties__role=PartyRole.GUARDIAN, parties__valid_to__isnull=True,
        )  # fmt: skip
        for case in cases:
            if RecordSight.objects.filter(case=case, person_id=guardian_id, ended_at__isnull=True).exists():
                continue
            told = foundation.said("casework.reading_agreed", number=case.number)
            for account_id in those_to_tell(case):
                foundation.notify(
                    account_id, told, link=f"/handlaggare/arende/{case.id}/vem-far-veta/journal/", at=at
                )


def guardians_of(person_id: UUID) -> set[UUID]:
    """Who is registered as the person's guardian today."""
    rows = people.relations_of(person_id, foundation.system("record"))
    return {row.person_id for row in rows if row.kind == "guardian" and row.other_id == person_id}


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _keep(
    notes: Sequence[Note], hides: dict[UUID, Proposal], case_id: UUID, reader_id: UUID, at: datetime
) -> bool:
    known = {one.note_id: one for one in NoteClearance.objects.filter(case_id=case_id, reader_id=reader_id)}
    changed = False
    for note in notes:
        said, row = hides.get(note.id), known.get(note.id)
        now = (said is not None, said.ground if said else "", said.rule if said else "")
        if row is not None and (row.hidden, row.ground, row.rule) == now:
            continue
        changed = True
        row = row or NoteClearance(note=note, case_id=case_id, reader_id=reader_id)
        row.hidden, row.ground, row.rule = now
        row.asked_at = at
        row.save()
    return changed


