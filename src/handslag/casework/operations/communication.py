"""Telling the party of the material before a decision, and their answer (FL 25, SoL 14:8)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework import events
from handslag.casework.access import case_for, case_told_of
from handslag.casework.errors import NothingLeftToTell, PartNotFound
from handslag.casework.letters.address import READER, address_lines
from handslag.casework.letters.hearing import HearingLetter, make_hearing_pdf
from handslag.casework.models import (
    Case,
    CaseParty,
    Communication,
    Decision,
    Document,
    KeptOut,
    MaskedCopy,
)
from handslag.casework.operations.documents import add_document
from handslag.casework.operations.post import queue_for_print
from handslag.casework.personal_text import (
    HiddenPassage,
    PersonalText,
    is_childs_file,
    keep_left_out,
    text_for,
)
from handslag.casework.queries.receivers import Receiver, custodians, find_receivers
from handslag.casework.states import CommunicationState, CopyState, DocumentKind, PartyRole
from handslag.foundation import public as foundation
from handslag.people import public as people

LONGEST_TEXT = 50_000


@foundation.operation
def communicate(
    *, case_id: UUID, answer_until: date, material: str = "", said: dict[str, Any] | None = None,
    document_id: UUID | None = None, person_id: UUID | None = None, matter_id: UUID | None = None,
    show_because: str = "", by_post: bool = False, by: foundation.Actor, at: datetime,
) -> Communication:  # fmt: skip
    """Tell a party of the material that the decision will rest on, with the last day to answer.

    `matter_id` says what in the case it concerns, when a case holds more matters than one. In a child's file each is
    told what the masking rules let through to them and nothing else (`personal_text`); a paper must be a copy that was
    masked for them, read through and given. `show_because` shows what a rule hides where it may be lifted. `by_post`: a letter with
    it, and the copy, go to the print queue as well. Raises MaskingStopped, NothingLeftToTell, and BadInput for a guardian who is kept out or has no custody.
    """
    case = case_for(case_id, "communicate", by)
    if answer_until <= foundation.day_of(at):
        raise foundation.BadInput(
            "The person needs time to answer.", where="answer_until", do="Choose a day later than today."
        )
    if not (material.strip() or said or document_id) or len(material) > LONGEST_TEXT:
        raise foundation.BadInput(
            "Say what material the decision will rest on.", where="material", do="Write it, or attach it."
        )
    receiver = _party(case.id, person_id or case.person_id)
    if document_id is not None:
        shown = Document.objects.filter(id=document_id, case=case).first()
        if shown is None or not _may_be_read(shown, receiver, is_childs_file(case.id)):
            raise foundation.BadInput(
                "The person may not read the document.", where="document_id", do="Choose a document meant for the person."
            )  # fmt: skip
    sent_id = foundation.new_id()
    material, hidden = _for_the_receiver(case, receiver, material, said, sent_id, show_because)
    people.require_tellable(receiver, material)
    sent = Communication(
        id=sent_id, case=case, person_id=receiver, matter_id=matter_id, material=material.strip(), said=said,
        document_id=document_id, state=CommunicationState.SENT, sent_by_id=by.account_id, sent_at=at,
        answer_until=answer_until, partial=any(one.is_left_out for one in hidden),
    )  # fmt: skip
    sent.save(force_insert=True)
    keep_left_out(hidden, case.id, communication_id=sent.id)
    if by_post:
        _post(case, sent, by=by, at=at)
    told = events.Communicated(
        case_id=case_id, person_id=receiver, communication_id=sent.id, answer_until=answer_until
    )
    events.tell(told, by=by, at=at)
    return sent


def preview_communication(
    case_id: UUID, material: str, actor: foundation.Actor, *, show_because: str = ""
) -> list[tuple[Receiver, PersonalText | None]]:
    """What each would read of a text in a child's file before anything is sent; None for who is not told.

    Raises CaseNotFound, and MaskingStopped when the rules could not be asked.
    """
    asked = foundation.new_id()
    return [
        (
            one,
            text_for(case_id, one.person_id, [material], kind="communication", source_id=asked, show_because=show_because)
            if one.is_told
            else None,
        )
        for one in find_receivers(case_id, actor)
    ]  # fmt: skip


@foundation.operation
def answer_communication(
    *, communication_id: UUID, answer: str, document_id: UUID | None = None, orally: bool = False,
    by: foundation.Actor, at: datetime,
) -> Communication:  # fmt: skip
    """Record the party's answer: their own, or written down by staff when it came by word of mouth.

    "Nothing to add" is an answer, and lets the decision be made before the last day. `document_id` is a paper of
    the same case that the answer leans on. The responsible case worker is told of an answer that came by itself.
    """
    sent, case = _waiting(communication_id, by)
    if not answer.strip() or len(answer) > LONGEST_TEXT:
        raise foundation.BadInput("The answer is empty.", where="answer", do="Write what the person says.")
    if document_id is not None and not Document.objects.filter(id=document_id, case=case).exists():
        raise PartNotFound("There is no such document, or you may not see it.")
    sent.state, sent.answer, sent.answered_at = CommunicationState.ANSWERED, answer.strip(), at
    sent.answered_orally, sent.answer_document_id = orally and not by.is_resident, document_id
    sent.save(update_fields=["state", "answer", "answered_at", "answered_orally", "answer_document"])
    answered = events.CommunicationAnswered(
        case_id=sent.case_id, person_id=sent.person_id, communication_id=sent.id
    )
    events.tell(answered, by=by, at=at)
    if by.is_resident:
        _notify(case, "casework.communication_answered", at)
    return sent


@foundation.operation
def ask_to_speak(*, communication_id: UUID, by: foundation.Actor, at: datetime) -> Communication:
    """The party wants to tell by word of mouth (FL 24). Nothing is decided until what was said is written down.

    Asked twice is asked once. The responsible case worker is told.
    """
    sent, case = _waiting(communication_id, by)
    if sent.wants_to_speak_at is not None:
        return sent
    sent.wants_to_speak_at = at
    sent.save(update_fields=["wants_to_speak_at"])
    asked = events.AskedToSpeak(case_id=sent.case_id, person_id=sent.person_id, communication_id=sent.id)
    events.tell(asked, by=by, at=at)
    if by.is_resident:
        _notify(case, "casework.wants_to_speak", at)
    return sent


@foundation.operation
def waive_communication(
    *, case_id: UUID, because: str, person_id: UUID | None = None, matter_id: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> Communication:  # fmt: skip
    """Record that communication is obviously not needed, and why (FL 25). A person decides that, not the system."""
    case = case_for(case_id, "communicate", by)
    if by.is_system:
        raise foundation.Refused("A person must decide that.", do="Hand the case to a case worker.")
    if not because.strip():
        raise foundation.BadInput(
            "Say why it is obviously not needed.",
            where="because",
            do="Write the reason; it stands in the case.",
        )
    waived = Communication(
        case=case, person_id=_party(case.id, person_id or case.person_id), matter_id=matter_id,
        state=CommunicationState.WAIVED, sent_by_id=by.account_id, sent_at=at, waived_because=because.strip(),
    )  # fmt: skip
    waived.save(force_insert=True)
    done = events.CommunicationWaived(case_id=case_id, person_id=waived.person_id, communication_id=waived.id)
    events.tell(done, by=by, at=at)
    return waived


def finished_communication(case_id: UUID, matter_id: UUID | None, on: date) -> Communication | None:
    """The latest communication of the matter that is done and not yet behind a decision.

    Done is: answered, waived, or the last day to answer has passed. One that is still open holds the decision
    back, also when an earlier one is done; so does a wish to speak until what was said is written down.
    """
    rows = _not_yet_behind(case_id) if matter_id is None else _not_yet_behind_of(case_id, matter_id)
    if not rows:
        return None
    kept_out = set(_kept_out(case_id).values_list("person_id", flat=True))
    latest: Communication | None = None
    for row in rows:
        if row.state == CommunicationState.SENT and row.person_id in kept_out:
            continue  # it is not there for them to answer any more
        if row.state == CommunicationState.SENT and (row.wants_to_speak_at or not _is_over(row, on)):
            return None
        latest = latest or row
    return latest


@foundation.ready
def _not_yet_behind(case_id: UUID) -> QuerySet[Communication]:
    return Communication.objects.filter(case_id=case_id, decision__isnull=True).order_by("-sent_at", "-id")


@foundation.ready
def _not_yet_behind_of(case_id: UUID, matter_id: UUID) -> QuerySet[Communication]:
    rows = Communication.objects.filter(case_id=case_id, decision__isnull=True, matter_id=matter_id)
    return rows.order_by("-sent_at", "-id")


def _is_over(sent: Communication, on: date) -> bool:
    return sent.answer_until is not None and sent.answer_until < on


def _waiting(communication_id: UUID, by: foundation.Actor) -> tuple[Communication, Case]:
    """The communication that can still be answered, locked, with its case; the answer to one is nobody else's."""
    sent = Communication.objects.select_for_update().filter(id=communication_id).first()
    if sent is None or (by.is_resident and sent.person_id != by.person_id):
        raise PartNotFound("There is no such communication, or you may not see it.")
    case = case_told_of(sent.case_id, "answer_communication", by)
    if sent.state != CommunicationState.SENT:
        raise foundation.Refused("It is answered already.", do="Send a message if there is more to tell.")
    with foundation.acting(
        foundation.system("casework")
    ):  # a decision on its way is not yet seen by the party
        matter = Decision.objects.filter(
            case_id=sent.case_id, matter_id=sent.matter_id, decided_at__gt=sent.sent_at
        )
        is_decided = Decision.objects.filter(communication=sent).exists() or (
            sent.matter_id is not None and matter.filter(communication__isnull=False).exists()
        )
    if is_decided:
        raise foundation.Refused(
            "The decision is made already.", do="Send a message if there is more to tell."
        )
    return sent, case


def _notify(case: Case, code: str, at: datetime) -> None:
    if case.worker_id is None:
        return
    with foundation.acting(foundation.system("casework")):
        told = foundation.said(code, number=case.number)
        link = f"/handlaggare/arende/{case.id}/kommunicering/"
        foundation.notify(case.worker_id, told, link=link, at=at)


def _post(case: Case, sent: Communication, *, by: foundation.Actor, at: datetime) -> None:
    """A letter with what was told, and the copy that goes along, to the print queue."""
    receiver = people.get_person(sent.person_id, READER)
    lines, is_hidden = address_lines(case, sent.person_id)
    letter = HearingLetter(
        unit=case.unit.name, number=case.number, receiver=receiver.name, language=receiver.language,
        address_lines=lines, is_hidden=is_hidden, day=foundation.day_of(at),
        material=sent.material or (foundation.tell(sent.said) if sent.said else ""), partial=sent.partial,
        answer_until=sent.answer_until or foundation.day_of(at), has_copy=sent.document_id is not None,
    )  # fmt: skip
    paper = add_document(
        case_id=case.id, name=f"innan-beslut-{case.number}.pdf", content=make_hearing_pdf(letter),
        kind=DocumentKind.LETTER.value, person_id=sent.person_id, idempotency_key=f"hearing-{sent.id}", by=by, at=at,
    )  # fmt: skip
    queue_for_print(document_id=paper.id, person_id=sent.person_id, by=by, at=at)
    if sent.document_id is not None:
        queue_for_print(document_id=sent.document_id, person_id=sent.person_id, by=by, at=at)


def _for_the_receiver(
    case: Case, receiver: UUID, material: str, said: dict[str, Any] | None, sent_id: UUID, show_because: str
) -> tuple[str, tuple[HiddenPassage, ...]]:  # fmt: skip
    """The material as the receiver may read it, and what was hidden; outside a child's file it is as it was written."""
    if not is_childs_file(case.id):
        return material, ()
    told = text_for(
        case.id, receiver, [said] if said else [material], kind="communication", source_id=sent_id,
        show_because=show_because,
    )  # fmt: skip
    if told.hidden and not told.texts:
        raise NothingLeftToTell
    return "" if said else "\n".join(str(text) for text in told.texts), told.hidden


def _may_be_read(shown: Document, receiver: UUID, is_childs: bool) -> bool:
    """Whether a paper of the case may go with what is told: the receiver's own, or one that is open to the parties. In a
    child's file only a copy that was masked for the receiver, and given, or what the receiver sent in."""
    if not is_childs:
        return shown.person_id == receiver or (shown.person_id is None and shown.open_to_party)
    given = MaskedCopy.objects.filter(document_id=shown.id, receiver_id=receiver, state=CopyState.GIVEN)
    return shown.person_id == receiver and (shown.added_by_id is None or given.exists())


def _kept_out(case_id: UUID) -> QuerySet[KeptOut]:
    return KeptOut.objects.filter(case_id=case_id, lifted_at__isnull=True)


def _party(case_id: UUID, person_id: UUID) -> UUID:
    party = CaseParty.objects.filter(case_id=case_id, person_id=person_id, valid_to__isnull=True).first()
    if party is None:
        raise foundation.BadInput(
            "The person is not a party of this case.",
            where="person_id",
            do="Choose one of the case's parties.",
        )
    if _kept_out(case_id).filter(person_id=person_id).exists():
        raise foundation.BadInput(
            "It has been decided that this person is told nothing of the case.",
            where="person_id",
            do="Look at the ground first; it can be lifted.",
        )
    if party.role == PartyRole.GUARDIAN and person_id not in custodians(party.case.person_id):
        raise foundation.BadInput(
            "The person is not registered as the child's guardian today.",
            where="person_id",
            do="End their part in the case, or correct the register.",
        )
    return person_id
