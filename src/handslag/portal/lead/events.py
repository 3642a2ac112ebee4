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
    """What the board has decided of a row of the delegation order was entered; it waits to be confirmed.

    `ends` is the row that ends on the day, None for one that begins.
    """

    decision_id: UUID
    decision_type: str
    day: date
    ends: UUID | None


@foundation.event("lead.delegation_confirmed")
@dataclass(frozen=True)
class DelegationConfirmed:
    """The entered decision was held against the minutes and counts; `rule_id` is the row that began or ended."""

    decision_id: UUID
    decision_type: str
    rule_id: UUID


@foundation.event("lead.delegation_returned")
@dataclass(frozen=True)
class DelegationReturned:
    """The entered decision does not agree with the minutes and never counts."""

    decision_id: UUID
    decision_type: str


@foundation.event("lead.job_retried")
@dataclass(frozen=True)
class JobRetried:
    """An administrator has let a failed job run once more."""

    job: int
    task: str
