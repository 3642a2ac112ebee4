"""What happens in an investigation and around a measure. Events carry ids, codes and days, never names or texts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("child_protection.investigation_opened")
@dataclass(frozen=True)
class InvestigationOpened:
    """An investigation of a child was opened; four months run (SoL 20:3)."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    investigation_id: UUID
    reported_child_id: UUID | None
    questions: tuple[str, ...]
    path: str
    violence: bool
    acted_id: UUID | None = None


@foundation.event("child_protection.investigation_restarted")
@dataclass(frozen=True)
class InvestigationRestarted:
    """It goes on with a question that was closed within a year; `days_used` is how many days were used by then."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    investigation_id: UUID
    earlier_id: UUID
    days_used: int


@foundation.event("child_protection.concerned_informed")
@dataclass(frozen=True)
class ConcernedInformed:
    """Those concerned were told that an investigation is open, or it was stated why not (SoL 20:4)."""

    case_id: UUID
    investigation_id: UUID
    told: bool


@foundation.event("child_protection.path_changed")
@dataclass(frozen=True)
class PathChanged:
    """The investigation went over to another path; the time of the law is the same."""

    case_id: UUID
    investigation_id: UUID
    path: str


@foundation.event("child_protection.step_planned")
@dataclass(frozen=True)
class StepPlanned:
    """A step was put into the plan."""

    case_id: UUID
    investigation_id: UUID
    step_id: UUID
    due_on: date


@foundation.event("child_protection.step_finished")
@dataclass(frozen=True)
class StepFinished:
    """A step of the plan was done, or dropped with a reason."""

    case_id: UUID
    investigation_id: UUID
    step_id: UUID
    dropped: bool
    days_late: int


@foundation.event("child_protection.step_changed")
@dataclass(frozen=True)
class StepChanged:
    """A step of the plan got another day or somebody else to do it; `due_before` is the day that it had."""

    case_id: UUID
    investigation_id: UUID
    step_id: UUID
    due_before: date
    due_on: date
    other_hands: bool


@foundation.event("child_protection.area_written")
@dataclass(frozen=True)
class AreaWritten:
    """A version of the text under a heading was saved."""

    case_id: UUID
    investigation_id: UUID
    area: str
    version: int


@foundation.event("child_protection.talk_held")
@dataclass(frozen=True)
class TalkHeld:
    """A talk was held; `without_consent` when the guardian had not agreed to one with the child (SoL 20:7)."""

    case_id: UUID
    investigation_id: UUID
    talk_id: UUID
    kind: str
    without_consent: bool


@foundation.event("child_protection.child_spoken_with")
@dataclass(frozen=True)
class ChildSpokenWith:
    """Somebody of the board has talked with the child."""

    case_id: UUID
    investigation_id: UUID
    talk_id: UUID


@foundation.event("child_protection.data_asked_for")
@dataclass(frozen=True)
class DataAskedFor:
    """A source was asked for what it knows."""

    case_id: UUID
    investigation_id: UUID
    obtained_id: UUID
    source: str
    basis: str


@foundation.event("child_protection.data_received")
@dataclass(frozen=True)
class DataReceived:
    """A source has answered."""

    case_id: UUID
    investigation_id: UUID
    obtained_id: UUID
    source: str


@foundation.event("child_protection.child_view_recorded")
@dataclass(frozen=True)
class ChildViewRecorded:
    """The child's own view was written down, or why it could not be obtained (lag 2018:1197, article 12)."""

    case_id: UUID
    investigation_id: UUID
    how: str


@foundation.event("child_protection.best_interests_weighed")
@dataclass(frozen=True)
class BestInterestsWeighed:
    """It was written how the child's best was weighed (lag 2018:1197, article 3)."""

    case_id: UUID
    investigation_id: UUID


@foundation.event("child_protection.risk_assessed")
@dataclass(frozen=True)
class RiskAssessed:
    """Risk and protection were assessed."""

    case_id: UUID
    investigation_id: UUID
    level: str


@foundation.event("child_protection.assessment_written")
@dataclass(frozen=True)
class AssessmentWritten:
    """The assessment that the decision rests on was written."""

    case_id: UUID
    investigation_id: UUID


@foundation.event("child_protection.investigation_extended")
@dataclass(frozen=True)
class InvestigationExtended:
    """The time was extended by a decision, for special reasons and for a set time (SoL 20:3)."""

    case_id: UUID
    investigation_id: UUID
    until: date


@foundation.event("child_protection.extension_proposed")
@dataclass(frozen=True)
class ExtensionProposed:
    """Somebody who may not extend an investigation has asked those who may; nothing is decided by it."""

    case_id: UUID
    investigation_id: UUID
    proposal_id: UUID
    until: date


@foundation.event("child_protection.extension_declined")
@dataclass(frozen=True)
class ExtensionDeclined:
    """Somebody who may extend an investigation has answered a proposal that it is not extended so."""

    case_id: UUID
    investigation_id: UUID
    proposal_id: UUID


@foundation.event("child_protection.investigation_closed")
@dataclass(frozen=True)
class InvestigationClosed:
    """An investigation was closed; `days_used` adds the days of those that it restarted."""

    case_id: UUID
    person_id: UUID
    unit_id: UUID
    investigation_id: UUID
    outcome: str
    accepted: bool
    days_used: int


@foundation.event("child_protection.follow_up_started")
@dataclass(frozen=True)
class FollowUpStarted:
    """The board follows the child after an investigation (SoL 23:1-2); `ground` is a code of `FollowUpGround`, `care_id`
    the care that it follows on."""

    case_id: UUID
    investigation_id: UUID
    last_day: date
    with_consent: bool
    ground: str
    care_id: UUID | None = None


@foundation.event("child_protection.follow_up_ended")
@dataclass(frozen=True)
class FollowUpEnded:
    """The follow-up ended: by its last day, by a decision, or because an investigation was opened."""

    case_id: UUID
    investigation_id: UUID


@foundation.event("child_protection.measure_recorded")
@dataclass(frozen=True)
class MeasureRecorded:
    """A measure of law around a child holds from a day. `care_id` is its first measure, where the child was moved: `left`
    is the form of care that the child then left."""

    case_id: UUID
    measure_id: UUID
    kind: str
    starts_on: date
    care_id: UUID | None = None
    left: str = ""


@foundation.event("child_protection.measure_step_taken")
@dataclass(frozen=True)
class MeasureStepTaken:
    """Something was done in a measure on a day: submitted, considered, reviewed, begun. `step` is its kind and code, as
    the processes of measures name it."""

    case_id: UUID
    measure_id: UUID
    code: str
    on: date
    care_id: UUID | None = None
    step: str = ""


@foundation.event("child_protection.measure_ended")
@dataclass(frozen=True)
class MeasureEnded:
    """A measure ended; `left` is the form of care that the child left."""

    case_id: UUID
    measure_id: UUID
    kind: str
    ended_on: date
    care_id: UUID | None = None
    left: str = ""
