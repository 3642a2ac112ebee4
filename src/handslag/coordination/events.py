"""What happens in coordination. Fields are ids, codes, numbers and days."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("coordination.secret_set")
@dataclass(frozen=True)
class SecretSet:
    """Something of a person is secret toward another."""

    person_id: UUID
    secret_id: UUID
    ground: str


@foundation.event("coordination.secret_ended")
@dataclass(frozen=True)
class SecretEnded:
    """It is secret no more from a day."""

    person_id: UUID
    secret_id: UUID
    valid_to: date


@foundation.event("coordination.text_held_back")
@dataclass(frozen=True)
class TextHeldBack:
    """A text to somebody was not sent: it named what is secret toward them, or a place, and its writer knows of no secret."""

    person_id: UUID
    writer: UUID | None
    named: bool


@foundation.event("coordination.joint_opened")
@dataclass(frozen=True)
class JointOpened:
    """A joint matter begins."""

    matter_id: UUID
    unit_id: UUID
    kind: str


@foundation.event("coordination.joint_member_named")
@dataclass(frozen=True)
class JointMemberNamed:
    """A colleague is named for a joint matter."""

    matter_id: UUID
    member_account_id: UUID


@foundation.event("coordination.joint_member_left")
@dataclass(frozen=True)
class JointMemberLeft:
    """A colleague is named no more."""

    matter_id: UUID
    member_account_id: UUID


@foundation.event("coordination.joint_part_added")
@dataclass(frozen=True)
class JointPartAdded:
    """A case takes part in a joint matter."""

    case_id: UUID
    matter_id: UUID
    part_id: UUID
    known_to_team: bool


@foundation.event("coordination.joint_part_changed")
@dataclass(frozen=True)
class JointPartChanged:
    """The team is let to know of a part, or no longer."""

    case_id: UUID
    matter_id: UUID
    part_id: UUID
    known_to_team: bool


@foundation.event("coordination.joint_part_ended")
@dataclass(frozen=True)
class JointPartEnded:
    """A case takes part no more."""

    case_id: UUID
    matter_id: UUID
    part_id: UUID


@foundation.event("coordination.note_shared")
@dataclass(frozen=True)
class NoteShared:
    """A part's worker told other parts something."""

    case_id: UUID
    matter_id: UUID
    shared_id: UUID
    ground: str


@foundation.event("coordination.note_received")
@dataclass(frozen=True)
class NoteReceived:
    """A part was told something."""

    case_id: UUID
    matter_id: UUID
    shared_id: UUID


@foundation.event("coordination.joint_closed")
@dataclass(frozen=True)
class JointClosed:
    """A joint matter ends."""

    matter_id: UUID
    unit_id: UUID
    because: str


@foundation.event("coordination.meeting_planned")
@dataclass(frozen=True)
class MeetingPlanned:
    """A meeting is set. case_id is empty for one of a joint matter."""

    case_id: UUID | None
    meeting_id: UUID
    starts_at: datetime


@foundation.event("coordination.meeting_cancelled")
@dataclass(frozen=True)
class MeetingCancelled:
    """A meeting will not be."""

    case_id: UUID | None
    meeting_id: UUID


@foundation.event("coordination.meeting_held")
@dataclass(frozen=True)
class MeetingHeld:
    """A meeting has been. note_id is the note about it in the case."""

    case_id: UUID
    meeting_id: UUID
    note_id: UUID


@foundation.event("coordination.secret_words_set")
@dataclass(frozen=True)
class SecretWordsSet:
    """The words that may tell where somebody is were changed; how many there are, never which."""

    person_id: UUID
    secret_id: UUID
    words: int
