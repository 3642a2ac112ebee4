"""What a case and its parts may be, and who may move them.

One table says which roles may do what in which state; the operations hold it, and the tests read it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class PartyRole(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    CO_APPLICANT = "co_applicant", _("Co-applicant")
    CHILD = "child", _("Child")
    GUARDIAN = "guardian", _("Guardian")
    REPRESENTATIVE = "representative", _("Representative")
    OTHER = "other", _("Other party")


# Parties who read the case themselves (partsinsyn, FL 10); a child in a parent's case does not.
ROLES_WITH_INSIGHT = frozenset({PartyRole.APPLICANT, PartyRole.CO_APPLICANT, PartyRole.REPRESENTATIVE})


class NoteState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("Signed")


class NoteKind(models.TextChoices):
    NOTE = "note", _("Note")
    CALL = "call", _("Telephone call")
    MEETING = "meeting", _("Meeting")
    HOME_VISIT = "home_visit", _("Home visit")
    CONTACT = "contact", _("Contact with another authority")


class AdditionKind(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    OBJECTION = "objection", _("The person's objection")


class DocumentKind(models.TextChoices):
    RECEIVED = "received", _("Received document")
    ATTACHMENT = "attachment", _("Attachment to an application")
    LETTER = "letter", _("Letter")
    DECISION_LETTER = "decision_letter", _("Decision letter")
    INTERNAL = "internal", _("Working paper")


class ScanState(models.TextChoices):
    NOT_SCANNED = "not_scanned", _("Not scanned")
    CLEAN = "clean", _("Scanned, nothing found")


class Direction(models.TextChoices):
    TO_PERSON = "to_person", _("To the person")
    FROM_PERSON = "from_person", _("From the person")


class CompletionState(models.TextChoices):
    OPEN = "open", _("Waiting for the person")
    ANSWERED = "answered", _("Answered")
    CANCELLED = "cancelled", _("Cancelled")


class CommunicationState(models.TextChoices):
    SENT = "sent", _("Sent, time to answer")
    ANSWERED = "answered", _("Answered")
    WAIVED = "waived", _("Not needed")


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Granted")
    PARTLY_GRANTED = "partly_granted", _("Partly granted")
    REFUSED = "refused", _("Refused")
    DISMISSED = "dismissed", _("Dismissed without examination")


class ClockState(models.TextChoices):
    RUNNING = "running", _("Running")
    MET = "met", _("Met")
    LATE = "late", _("Done too late")
    BREACHED = "breached", _("Broken and still open")
    EXTENDED = "extended", _("Extended")
    LAPSED = "lapsed", _("No longer applies")


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
    "add_document": Move(_any, _staff | {Who.RECEPTION, Who.PARTY}),
    "send_message": Move(_any, _staff | {Who.PARTY}),
    "request_completion": Move(_open, _staff),
    "answer_completion": Move(_open, _staff | {Who.PARTY, Who.RECEPTION}),
    "communicate": Move(_open, _staff),
    "answer_communication": Move(_open, _staff | {Who.PARTY}),
    "decide": Move(_open, _staff),
    "deliver_decision": Move(_any, _staff),
    "keep_clock": Move(_any, _staff | {Who.PARTY}),
}
