"""What is done in the lead face that no context below knows of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("lead.log_reviewed")
@dataclass(frozen=True)
class LogReviewed:
    """A manager has looked at a read in the access log and signed what it was."""

    entry: int
    verdict: str


@foundation.event("lead.delegation_entered")
@dataclass(frozen=True)
class DelegationEntered:
    """What the board has decided of who may make a type of decision was entered."""

    rule_id: UUID
    decision_type: str
    valid_from: date


@foundation.event("lead.job_retried")
@dataclass(frozen=True)
class JobRetried:
    """An administrator has let a failed job run once more."""

    job: int
    task: str
