"""What happens in adults' cases. Events carry ids, codes and days, never names or texts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("adult_support.application_received")
@dataclass(frozen=True)
class ApplicationReceived:
    """An adult applied for support and a case was opened on it."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    kind: str
    came_as: str
    children_seen: str


@foundation.event("adult_support.report_received")
@dataclass(frozen=True)
class ReportReceived:
    """A report about an adult came in, from somebody or from a court or the police, and a case was opened on it."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    kind: str
    came_as: str
    children_seen: str


@foundation.event("adult_support.care_step_recorded")
@dataclass(frozen=True)
class CareStepRecorded:
    """A step of care under LVM was recorded."""

    case_id: UUID
    person_id: UUID
    care_id: UUID
    step: str
    on: date


@foundation.event("adult_support.report_assessed")
@dataclass(frozen=True)
class ReportAssessed:
    """It was recorded what is done about a report of concern for an adult."""

    case_id: UUID
    person_id: UUID
    kind: str
    outcome: str


@foundation.event("adult_support.application_decided")
@dataclass(frozen=True)
class ApplicationDecided:
    """An adult's application for support was decided."""

    case_id: UUID
    person_id: UUID
    decision_id: UUID
    kind: str
    outcome: str


@foundation.event("adult_support.decision_changed")
@dataclass(frozen=True)
class DecisionChanged:
    """A decision on an adult's application was changed by a new one (FL 36-39). `stage`: how far an appeal had come."""

    case_id: UUID
    person_id: UUID
    decision_id: UUID
    replaces_id: UUID
    kind: str
    ground: str
    effect: str
    exception: str
    stage: str
    outcome: str


@foundation.event("adult_support.matter_closed")
@dataclass(frozen=True)
class MatterClosed:
    """An adult's case was closed, with a reason of its kind. `without`: the steps that were missing, apart with commas."""

    case_id: UUID
    person_id: UUID
    kind: str
    because: str
    without: str = ""
