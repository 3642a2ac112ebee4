"""What a case and its parts may be, and who may move them.

One table says which roles may do what in which state; the operations hold it, and the tests read it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class CaseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("case", "Open")
    CLOSED = "closed", pgettext_lazy("case", "Closed")


class PartyRole(models.TextChoices):
    # Whom a case is about who has not asked for it: somebody whom others reported.
    CONCERNED = "concerned", pgettext_lazy("case", "The person concerned")
    APPLICANT = "applicant", pgettext_lazy("case", "Applicant")
    CO_APPLICANT = "co_applicant", pgettext_lazy("case", "Co-applicant")
    CHILD = "child", pgettext_lazy("case", "Child")
    GUARDIAN = "guardian", pgettext_lazy("case", "Guardian")
    REPRESENTATIVE = "representative", pgettext_lazy("case", "Representative")
    OTHER = "other", pgettext_lazy("case", "Other party")


# Parties who read the case themselves (partsinsyn, FL 10); a child in a parent's case does not.
ROLES_WITH_INSIGHT = frozenset(
    {PartyRole.CONCERNED, PartyRole.APPLICANT, PartyRole.CO_APPLICANT, PartyRole.REPRESENTATIVE}
)


class NoteState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("case", "Draft")
    SIGNED = "signed", pgettext_lazy("case", "Signed")


class NoteKind(models.TextChoices):
    NOTE = "note", pgettext_lazy("case", "Note")
    CALL = "call", pgettext_lazy("case", "Telephone call")
    MEETING = "meeting", pgettext_lazy("case", "Meeting")
    HOME_VISIT = "home_visit", pgettext_lazy("case", "Home visit")
    CONTACT = "contact", pgettext_lazy("case", "Contact with another authority")


class AdditionKind(models.TextChoices):
    CORRECTION = "correction", pgettext_lazy("case", "Correction")
    OBJECTION = "objection", pgettext_lazy("case", "The person's objection")


class DocumentKind(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("case", "Received document")
    ATTACHMENT = "attachment", pgettext_lazy("case", "Attachment to an application")
    LETTER = "letter", pgettext_lazy("case", "Letter")
    DECISION_LETTER = "decision_letter", pgettext_lazy("case", "Decision letter")
    INTERNAL = "internal", pgettext_lazy("case", "Working paper")


class ScanState(models.TextChoices):
    NOT_SCANNED = "not_scanned", pgettext_lazy("case", "Not scanned")
    CLEAN = "clean", pgettext_lazy("case", "Scanned, nothing found")


class Direction(models.TextChoices):
    TO_PERSON = "to_person", pgettext_lazy("case", "To the person")
    FROM_PERSON = "from_person", pgettext_lazy("case", "From the person")


class CompletionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("case", "Waiting for the person")
    ANSWERED = "answered", pgettext_lazy("case", "Answered")
    CANCELLED = "cancelled", pgettext_lazy("case", "Cancelled")


class CommunicationState(models.TextChoices):
    SENT = "sent", pgettext_lazy("case", "Sent, time to answer")
    ANSWERED = "answered", pgettext_lazy("case", "Answered")
    WAIVED = "waived", pgettext_lazy("case", "Not needed")


class Outcome(models.TextChoices):
    GRANTED = "granted", pgettext_lazy("case", "Granted")
    PARTLY_GRANTED = "partly_granted", pgettext_lazy("case", "Partly granted")
    REFUSED = "refused", pgettext_lazy("case", "Refused")
    DISMISSED = "dismissed", pgettext_lazy("case", "Dismissed without examination")
    # A step that grants and refuses nothing: an investigation is opened, given more time or closed.
    DECIDED = "decided", pgettext_lazy("case", "Decided")


class KeptOutGround(models.TextChoices):
    """Why somebody is not told. The wording of OSL has not been read: every one is shown as not confirmed."""

    VIOLENCE = "violence", pgettext_lazy("case", "Violence, or a risk of it (OSL 10:3, 26:1)")
    HARM = "harm_to_child", pgettext_lazy("case", "The child would come to harm (OSL 12:3)")
    SECRECY = "secrecy", pgettext_lazy("case", "Somebody else must be protected (OSL 10:3)")


class PrintState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("letter", "To print")
    PRINTED = "printed", pgettext_lazy("letter", "Printed")
    # Whoever it was meant for is told nothing any more.
    STOPPED = "stopped", pgettext_lazy("letter", "Stopped: not to be posted")


class SightGround(models.TextChoices):
    """Why a guardian is given sight of a child's record online. Neither act has been read: shown as not confirmed."""

    PARTY = "party", pgettext_lazy("case", "A party's right to read the file (FL 10, OSL 10:3)")
    CUSTODY = "custody", pgettext_lazy("case", "Custody of a child who does not decide itself (OSL 12:3)")


class SightEnd(models.TextChoices):
    """Why the sight was taken back. Shown as not confirmed where an act is named."""

    # To keep a guardian out takes the sight back on the same ground.
    VIOLENCE = KeptOutGround.VIOLENCE.value, KeptOutGround.VIOLENCE.label
    HARM = KeptOutGround.HARM.value, KeptOutGround.HARM.label
    SECRECY = KeptOutGround.SECRECY.value, KeptOutGround.SECRECY.label
    CHILD_ASKS = "child_asks", pgettext_lazy("case", "The child asks that it is kept from the guardian")
    GUARDIAN_ASKS = "guardian_asks", pgettext_lazy("case", "The guardian does not want it any more")
    MISTAKE = "mistake", pgettext_lazy("case", "It was given by mistake")


class WishWay(models.TextChoices):
    """How a child's wish reached us."""

    PAGE = "page", pgettext_lazy("case", "On the child's own page")
    TALK = "talk", pgettext_lazy("case", "In a talk with the child")


class WishState(models.TextChoices):
    """How far a child's wish has been weighed. It is followed in every state but the last."""

    ASKED = "asked", pgettext_lazy("case", "Followed, not weighed yet")
    KEPT = "kept", pgettext_lazy("case", "Weighed, and followed")
    PROPOSED = "proposed", pgettext_lazy("case", "Followed until a second person agrees to open")
    OPENED = "opened", pgettext_lazy("case", "No longer kept from the guardian")


class CopyReceiver(models.TextChoices):
    PARTY = "party", pgettext_lazy("case", "A party of the case")
    AUTHORITY = "authority", pgettext_lazy("case", "Another authority")
    REQUEST = "request", pgettext_lazy("case", "Somebody who asks for public documents")


class CopyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("case", "Being masked")
    FOR_REVIEW = "for_review", pgettext_lazy("case", "Waits for a second reader")
    RETURNED = "returned", pgettext_lazy("case", "Sent back by the second reader")
    APPROVED = "approved", pgettext_lazy("case", "Read through, may be given")
    GIVEN = "given", pgettext_lazy("case", "Given")
    CANCELLED = "cancelled", pgettext_lazy("case", "Not given")


class PageChoice(models.TextChoices):
    UNSEEN = "unseen", pgettext_lazy("case", "Nobody has looked at it yet")
    SHOWN = "shown", pgettext_lazy("case", "Goes with the copy")
    LEFT_OUT = "left_out", pgettext_lazy("case", "The whole page is left out")


class ClockState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("case", "Running")
    MET = "met", pgettext_lazy("case", "Met")
    LATE = "late", pgettext_lazy("case", "Done too late")
    BREACHED = "breached", pgettext_lazy("case", "Broken and still open")
    EXTENDED = "extended", pgettext_lazy("case", "Extended")
    LAPSED = "lapsed", pgettext_lazy("case", "No longer applies")


class Who(StrEnum):
    """In what part somebody acts in a case."""

    WORKER = "case_worker"
    MANAGER = "manager"
    RECEPTION = "reception"
    SYSTEM = "system"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Move:
    """In which states of the case an act is open, and to whom."""

    states: frozenset[str]
    who: frozenset[Who]


_open = frozenset({CaseState.OPEN.value})
_closed = frozenset({CaseState.CLOSED.value})
_any = _open | _closed
_staff = frozenset({Who.WORKER, Who.MANAGER, Who.SYSTEM})
_desk = frozenset({Who.WORKER, Who.MANAGER})

MOVES: dict[str, Move] = {
    "assign": Move(_open, _staff),
    "move_unit": Move(_open, frozenset({Who.MANAGER, Who.SYSTEM})),
    "close": Move(_open, _staff),
    "reopen": Move(_closed, _staff),
    "restrict": Move(_any, frozenset({Who.MANAGER, Who.SYSTEM})),
    "lift_restriction": Move(_any, frozenset({Who.MANAGER})),
    "name_staff": Move(_any, frozenset({Who.MANAGER, Who.SYSTEM})),
    "add_party": Move(_open, _staff),
    # Documentation may be owed after the case has closed (SoL 14:3), so notes and papers are never shut out.
    "write_note": Move(_any, _staff),
    "correct_note": Move(_any, _desk),
    "add_objection": Move(_any, _desk),
    # Copies with parts left out, and what is held back online: by those who work in the case, as long as it is kept.
    "mask_copy": Move(_any, _desk),
    "hold_record": Move(_any, _desk),
    "keep_out": Move(_any, _desk),
    "give_sight": Move(_any, _desk),
    "weigh_wish": Move(_any, _desk),
    "print_letter": Move(_any, _staff | {Who.RECEPTION}),
    "add_document": Move(_any, _staff | {Who.RECEPTION, Who.PARTY}),
    "send_message": Move(_any, _staff | {Who.PARTY}),
    "request_completion": Move(_open, _staff),
    "answer_completion": Move(_open, _staff | {Who.PARTY, Who.RECEPTION}),
    "communicate": Move(_open, _staff),
    "answer_communication": Move(_open, _staff | {Who.PARTY}),
    "decide": Move(_open, _staff),
    "deliver_decision": Move(_any, _staff),
    "promise": Move(_any, frozenset({Who.SYSTEM})),
    "keep_clock": Move(_any, _staff | {Who.PARTY}),
}
