"""What happens to the assessment of an application. Amounts stay in the assessment; events carry ids and codes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("income_support.assessment_made")
@dataclass(frozen=True)
class AssessmentMade:
    """The system calculated the month, the first time or again with new facts."""

    assessment_id: UUID
    application_id: UUID
    case_id: UUID
    person_id: UUID
    answer: str
    refreshed: bool


@foundation.event("income_support.line_changed")
@dataclass(frozen=True)
class LineChanged:
    """A case worker put their own value in a line, or took it back."""

    assessment_id: UUID
    case_id: UUID
    line: str
    withdrawn: bool


@foundation.event("income_support.section_approved")
@dataclass(frozen=True)
class SectionApproved:
    """A case worker has gone through a section."""

    assessment_id: UUID
    case_id: UUID
    section: str


@foundation.event("income_support.assessment_final")
@dataclass(frozen=True)
class AssessmentFinal:
    """A decision rests on the assessment."""

    assessment_id: UUID
    application_id: UUID
    case_id: UUID
    person_id: UUID
    decision_id: UUID


@foundation.event("income_support.sample_drawn")
@dataclass(frozen=True)
class SampleDrawn:
    """A proposal of automation was drawn for a person to check."""

    sample_id: UUID
    application_id: UUID
    case_id: UUID


@foundation.event("income_support.sample_reviewed")
@dataclass(frozen=True)
class SampleReviewed:
    """A person agreed with a drawn proposal, or did not."""

    sample_id: UUID
    application_id: UUID
    case_id: UUID
    agreed: bool


@foundation.event("income_support.activity_tried")
@dataclass(frozen=True)
class ActivityTried:
    """A person has tried the activity requirement."""

    trial_id: UUID
    case_id: UUID
    outcome: str
