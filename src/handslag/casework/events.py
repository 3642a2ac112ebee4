"""What happens in a case. Events carry ids, codes, numbers and days, never names or texts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation


def tell(happened: Any, *, by: foundation.Actor, at: datetime, unit_id: UUID | None = None) -> None:
    """Record an event as `by`, also where the system's own hand writes the rows: the log believes only the signed."""
    with foundation.acting(by):
        foundation.record(happened, by=by, at=at, unit_id=unit_id)


@foundation.event("casework.case_opened")
@dataclass(frozen=True)
class CaseOpened:
    """A case was opened about a person."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    kind: str


@foundation.event("casework.party_joined")
@dataclass(frozen=True)
class PartyJoined:
    """Somebody became a party of a case."""

    case_id: UUID
    person_id: UUID
    role: str


@foundation.event("casework.party_left")
@dataclass(frozen=True)
class PartyLeft:
    """Somebody is no longer a party of a case."""

    case_id: UUID
    person_id: UUID
    role: str


@foundation.event("casework.case_assigned")
@dataclass(frozen=True)
class CaseAssigned:
    """A member of staff became responsible for a case; without a worker it lies in the unit's queue."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    worker_id: UUID | None
    was_worker_id: UUID | None


@foundation.event("casework.case_moved")
@dataclass(frozen=True)
class CaseMoved:
    """A case went to another unit."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    was_unit_id: UUID


@foundation.event("casework.case_closed")
@dataclass(frozen=True)
class CaseClosed:
    """A case was closed; `days_open` counts from its opening."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    kind: str
    because: str
    days_open: int


@foundation.event("casework.case_reopened")
@dataclass(frozen=True)
class CaseReopened:
    """A closed case was opened again."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    kind: str


@foundation.event("casework.case_restricted")
@dataclass(frozen=True)
class CaseRestricted:
    """A case was closed to all but named staff."""

    case_id: UUID
    because: str
    named: int


@foundation.event("casework.restriction_lifted")
@dataclass(frozen=True)
class RestrictionLifted:
    """A case is open to its unit again."""

    case_id: UUID


@foundation.event("casework.case_kept_from_staff")
@dataclass(frozen=True)
class CaseKeptFromStaff:
    """A case is kept from a member of staff who is biased. The case stands not here: who reads it must not read whom."""

    kept_id: UUID
    unit_id: UUID
    kept_account_id: UUID


@foundation.event("casework.case_kept_no_more")
@dataclass(frozen=True)
class CaseKeptNoMore:
    """The bias is gone, and the case is kept from the member of staff no more."""

    kept_id: UUID
    kept_account_id: UUID


@foundation.event("casework.allowed_despite_bias")
@dataclass(frozen=True)
class AllowedDespiteBias:
    """A manager decided, with a reason, that a member of staff may work in a case all the same."""

    kept_id: UUID
    unit_id: UUID
    kept_account_id: UUID


@foundation.event("casework.staff_named")
@dataclass(frozen=True)
class StaffNamed:
    """A member of staff was named for a case."""

    case_id: UUID
    named_account_id: UUID


@foundation.event("casework.staff_unnamed")
@dataclass(frozen=True)
class StaffUnnamed:
    """A member of staff is no longer named for a case."""

    case_id: UUID
    named_account_id: UUID


@foundation.event("casework.note_signed")
@dataclass(frozen=True)
class NoteSigned:
    """A note was signed."""

    case_id: UUID
    note_id: UUID
    kind: str


@foundation.event("casework.note_draft_removed")
@dataclass(frozen=True)
class NoteDraftRemoved:
    """The author threw a draft away; nothing of its words is kept."""

    case_id: UUID
    note_id: UUID


@foundation.event("casework.note_corrected")
@dataclass(frozen=True)
class NoteCorrected:
    """A correction was added beside a signed note."""

    case_id: UUID
    note_id: UUID


@foundation.event("casework.objection_added")
@dataclass(frozen=True)
class ObjectionAdded:
    """A person thinks that a note is wrong, and that was noted (SoL 14:6)."""

    case_id: UUID
    person_id: UUID
    note_id: UUID


@foundation.event("casework.document_added")
@dataclass(frozen=True)
class DocumentAdded:
    """A document was added to a case."""

    case_id: UUID
    person_id: UUID | None
    document_id: UUID
    kind: str
    media_type: str
    size_bytes: int


@foundation.event("casework.message_sent")
@dataclass(frozen=True)
class MessageSent:
    """A message went to a person."""

    case_id: UUID
    person_id: UUID
    message_id: UUID


@foundation.event("casework.message_received")
@dataclass(frozen=True)
class MessageReceived:
    """A message came from a person."""

    case_id: UUID
    person_id: UUID
    message_id: UUID


@foundation.event("casework.message_read")
@dataclass(frozen=True)
class MessageRead:
    """A message was read by its receiver for the first time."""

    case_id: UUID
    person_id: UUID
    message_id: UUID


@foundation.event("casework.completion_requested")
@dataclass(frozen=True)
class CompletionRequested:
    """A person was asked to send something in."""

    case_id: UUID
    person_id: UUID
    completion_id: UUID
    due_on: date
    items: int


@foundation.event("casework.completion_answered")
@dataclass(frozen=True)
class CompletionAnswered:
    """Everything asked for has been answered."""

    case_id: UUID
    person_id: UUID
    completion_id: UUID


@foundation.event("casework.completion_cancelled")
@dataclass(frozen=True)
class CompletionCancelled:
    """What was asked for is not needed any more."""

    case_id: UUID
    person_id: UUID
    completion_id: UUID


@foundation.event("casework.completion_overdue")
@dataclass(frozen=True)
class CompletionOverdue:
    """The last day to send something in has passed."""

    case_id: UUID
    person_id: UUID
    completion_id: UUID


@foundation.event("casework.day_promised")
@dataclass(frozen=True)
class DayPromised:
    """A day by which the person should have an answer was promised."""

    case_id: UUID
    person_id: UUID
    promised_on: date


@foundation.event("casework.communicated")
@dataclass(frozen=True)
class Communicated:
    """A party was told of the material before a decision (FL 25)."""

    case_id: UUID
    person_id: UUID
    communication_id: UUID
    answer_until: date


@foundation.event("casework.communication_answered")
@dataclass(frozen=True)
class CommunicationAnswered:
    """A party has answered before a decision."""

    case_id: UUID
    person_id: UUID
    communication_id: UUID


@foundation.event("casework.asked_to_speak")
@dataclass(frozen=True)
class AskedToSpeak:
    """A party wants to tell by word of mouth before the decision (FL 24)."""

    case_id: UUID
    person_id: UUID
    communication_id: UUID


@foundation.event("casework.communication_waived")
@dataclass(frozen=True)
class CommunicationWaived:
    """Communication was obviously not needed; the reason stands in the case."""

    case_id: UUID
    person_id: UUID
    communication_id: UUID


@foundation.event("casework.decision_made")
@dataclass(frozen=True)
class DecisionMade:
    """A decision was signed."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    decision_id: UUID
    matter_id: UUID | None
    type: str
    outcome: str
    amount_kr: Decimal | None
    automated: bool


@foundation.event("casework.decision_delivered")
@dataclass(frozen=True)
class DecisionDelivered:
    """The party got the decision; the time to appeal runs."""

    case_id: UUID
    person_id: UUID
    decision_id: UUID
    way: str
    appeal_last_day: date | None


@foundation.event("casework.clock_started")
@dataclass(frozen=True)
class ClockStarted:
    """A time limit of law began to run."""

    case_id: UUID
    clock_id: UUID
    rule: str
    last_day: date | None


@foundation.event("casework.clock_extended")
@dataclass(frozen=True)
class ClockExtended:
    """A time limit was extended by a decision."""

    case_id: UUID
    clock_id: UUID
    rule: str
    last_day: date


@foundation.event("casework.clock_stopped")
@dataclass(frozen=True)
class ClockStopped:
    """A duty was done (met or late), or ceased to apply (lapsed)."""

    case_id: UUID
    clock_id: UUID
    rule: str
    state: str


@foundation.event("casework.clock_breached")
@dataclass(frozen=True)
class ClockBreached:
    """The last day of a time limit passed and the duty is not done."""

    case_id: UUID
    clock_id: UUID
    rule: str
    last_day: date


@foundation.event("casework.erasure_proposed")
@dataclass(frozen=True)
class ErasureProposed:
    """Files of a unit fall due to be erased; a person is to approve it."""

    list_id: UUID
    unit_id: UUID
    files: int


@foundation.event("casework.kept_from_erasure")
@dataclass(frozen=True)
class KeptFromErasure:
    """Somebody took a file off a list of erasure, with a reason that stands on the list."""

    list_id: UUID
    unit_id: UUID


@foundation.event("casework.erasure_approved")
@dataclass(frozen=True)
class ErasureApproved:
    """A person approved that files are erased."""

    list_id: UUID
    unit_id: UUID
    files: int


@foundation.event("casework.file_erased")
@dataclass(frozen=True)
class FileErased:
    """A file is gone: how many rows, and how many persons whom nothing else concerned. The id leads to nothing."""

    case_id: UUID
    unit_id: UUID
    rows: int
    persons: int


@foundation.event("casework.erasure_done")
@dataclass(frozen=True)
class ErasureDone:
    """A list of erasure has been carried out."""

    list_id: UUID
    unit_id: UUID
    erased: int
    failed: int


@foundation.event("casework.leftovers_erased")
@dataclass(frozen=True)
class LeftoversErased:
    """Rows that belong to no file were erased after the time set for them."""

    rows: int


@foundation.event("casework.clock_corrected")
@dataclass(frozen=True)
class ClockCorrected:
    """The night found that a clock said something else than its rows and the rules of law."""

    case_id: UUID
    clock_id: UUID
    rule: str
    was_last_day: date | None
    last_day: date | None
    state: str
