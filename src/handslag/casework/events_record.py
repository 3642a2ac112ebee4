"""What happens to copies with parts left out, and to the record online. Ids, codes, numbers and days alone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("casework.copy_prepared")
@dataclass(frozen=True)
class CopyPrepared:
    """A copy of parts of a case was begun, with what the rules hide left out."""

    case_id: UUID
    copy_id: UUID
    receiver_kind: str
    passages: int
    masked: int
    pages: int = 0


@foundation.event("casework.copy_masked")
@dataclass(frozen=True)
class CopyMasked:
    """Passages of a copy were hidden or shown by hand."""

    case_id: UUID
    copy_id: UUID
    passages: int
    masked: int


@foundation.event("casework.page_masked")
@dataclass(frozen=True)
class PageMasked:
    """A page of a paper in a copy was looked at: shown with areas black, or left out whole."""

    case_id: UUID
    copy_id: UUID
    document_id: UUID
    page: int
    left_out: bool
    areas: int


@foundation.event("casework.copy_sent_for_review")
@dataclass(frozen=True)
class CopySentForReview:
    """A copy waits for a second reader."""

    case_id: UUID
    copy_id: UUID


@foundation.event("casework.copy_reviewed")
@dataclass(frozen=True)
class CopyReviewed:
    """A second reader approved a copy or sent it back."""

    case_id: UUID
    copy_id: UUID
    approved: bool


@foundation.event("casework.copy_given")
@dataclass(frozen=True)
class CopyGiven:
    """A copy was given out; `person_id` is the party, None for anybody else."""

    case_id: UUID
    person_id: UUID | None
    copy_id: UUID
    document_id: UUID
    receiver_kind: str
    way: str
    passages: int
    masked: int
    pages: int = 0
    pages_left_out: int = 0
    areas: int = 0


@foundation.event("casework.copy_cancelled")
@dataclass(frozen=True)
class CopyCancelled:
    """A copy was not given after all."""

    case_id: UUID
    copy_id: UUID


@foundation.event("casework.record_cleared")
@dataclass(frozen=True)
class RecordCleared:
    """The masking rules said which notes one reader may be shown online; told when that changed."""

    case_id: UUID
    person_id: UUID
    shown: int
    hidden: int
    papers_shown: int = 0
    papers_hidden: int = 0


@foundation.event("casework.record_held")
@dataclass(frozen=True)
class RecordHeld:
    """A note, a paper, or the whole record (neither), is held back online."""

    case_id: UUID
    hold_id: UUID
    note_id: UUID | None
    ground: str
    until: date | None
    document_id: UUID | None = None


@foundation.event("casework.paper_opened")
@dataclass(frozen=True)
class PaperOpened:
    """A member of staff read a paper that no rule can read, and lets one reader (`person_id`) see it online."""

    case_id: UUID
    person_id: UUID
    document_id: UUID


@foundation.event("casework.note_opened")
@dataclass(frozen=True)
class NoteOpened:
    """A member of staff looked at what a rule hides in a note, and lets one reader (`person_id`) see it online."""

    case_id: UUID
    person_id: UUID
    note_id: UUID
    passages: int


@foundation.event("casework.hold_lifted")
@dataclass(frozen=True)
class HoldLifted:
    """Something is held back online no more."""

    case_id: UUID
    hold_id: UUID


@foundation.event("casework.reading_agreed")
@dataclass(frozen=True)
class ReadingAgreed:
    """A child lets a guardian read the record online."""

    person_id: UUID
    guardian_id: UUID


@foundation.event("casework.reading_withdrawn")
@dataclass(frozen=True)
class ReadingWithdrawn:
    """A child no longer lets a guardian read the record online."""

    person_id: UUID
    guardian_id: UUID


@foundation.event("casework.sight_given")
@dataclass(frozen=True)
class SightGiven:
    """A guardian was given sight of a child's record online; the row, for staff alone, says who. `ground`: `SightGround`."""

    case_id: UUID
    sight_id: UUID
    ground: str


@foundation.event("casework.sight_ended")
@dataclass(frozen=True)
class SightEnded:
    """A guardian's sight of a child's record was taken back; `ground` is a code of `SightEnd`."""

    case_id: UUID
    sight_id: UUID
    ground: str


@foundation.event("casework.child_wish_asked")
@dataclass(frozen=True)
class ChildWishAsked:
    """A child asked on the own page that something is kept from a guardian; the row, for staff alone, says from whom."""

    person_id: UUID
    wish_id: UUID


@foundation.event("casework.child_wish_recorded")
@dataclass(frozen=True)
class ChildWishRecorded:
    """Staff wrote down that a child wants something kept from a guardian; without a note, the whole record."""

    case_id: UUID
    wish_id: UUID
    note_id: UUID | None


@foundation.event("casework.child_wish_weighed")
@dataclass(frozen=True)
class ChildWishWeighed:
    """A child's wish was weighed: followed, or proposed to be opened, which a second person must agree to."""

    case_id: UUID
    wish_id: UUID
    followed: bool
    # Followed for some words: the rest of the note is read.
    rest_shown: bool = False


@foundation.event("casework.child_wish_reviewed")
@dataclass(frozen=True)
class ChildWishReviewed:
    """A second person agreed that what a child wanted kept is no longer so, or did not agree."""

    case_id: UUID
    wish_id: UUID
    opened: bool


@foundation.event("casework.record_rule_set")
@dataclass(frozen=True)
class RecordRuleSet:
    """The municipality set its rule for the record online."""

    rule_id: UUID
    valid_from: date


@foundation.event("casework.note_headings_set")
@dataclass(frozen=True)
class NoteHeadingsSet:
    """The municipality set or ended a note template from a day on."""

    headings_id: UUID
    code: str
    valid_from: date
    ended: bool
