"""What happens in adults' cases. Events carry ids, codes and days, never names or texts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("adult_support.matter_received")
@dataclass(frozen=True)
class MatterReceived:
    """An application or a report about an adult came in and a case was opened on it."""

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


@foundation.event("adult_support.matter_closed")
@dataclass(frozen=True)
class MatterClosed:
    """An adult's case was closed, with a reason of its kind."""

    case_id: UUID
    person_id: UUID
    kind: str
    because: str
