"""What happens around who is told of a case. Who is kept out is named by no event: ids lead to rows for staff alone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("casework.guardian_kept_out")
@dataclass(frozen=True)
class GuardianKeptOut:
    """A guardian is told nothing of the case from now; `ground` is a code of `KeptOutGround`."""

    case_id: UUID
    kept_out_id: UUID
    ground: str


@foundation.event("casework.guardian_let_in")
@dataclass(frozen=True)
class GuardianLetIn:
    """A guardian is told of the case again."""

    case_id: UUID
    kept_out_id: UUID


@foundation.event("casework.decision_told")
@dataclass(frozen=True)
class DecisionTold:
    """A decision was told to one person; `partial` when something was left out for that person."""

    case_id: UUID
    decision_id: UUID
    notice_id: UUID
    role: str
    way: str
    partial: bool
    appeal_last_day: date | None


@foundation.event("casework.decision_not_told")
@dataclass(frozen=True)
class DecisionNotTold:
    """A decision was not told to somebody whom it concerns, on a ground."""

    case_id: UUID
    decision_id: UUID
    notice_id: UUID
    role: str
    ground: str


@foundation.event("casework.letter_queued_for_print")
@dataclass(frozen=True)
class LetterQueuedForPrint:
    """A letter waits to be printed and posted; `reason` is a code."""

    item_id: UUID
    case_id: UUID
    person_id: UUID
    reason: str


@foundation.event("casework.letter_printed")
@dataclass(frozen=True)
class LetterPrinted:
    """A letter was printed and posted."""

    item_id: UUID
    case_id: UUID
    person_id: UUID


@foundation.event("casework.letter_stopped")
@dataclass(frozen=True)
class LetterStopped:
    """A letter that waited is not posted: who it was meant for is told nothing any more."""

    item_id: UUID
    case_id: UUID
