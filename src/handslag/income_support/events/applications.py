"""What happens to an application. Fields are ids, codes, numbers and days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("income_support.application_submitted")
@dataclass(frozen=True)
class ApplicationSubmitted:
    """An application arrived; its legal time runs from here."""

    application_id: UUID
    case_id: UUID
    person_id: UUID
    application_kind: str
    month: str
    route: str
    came_in_on: date | None = None  # when staff wrote it down later than it came


@foundation.event("income_support.co_applicant_asked")
@dataclass(frozen=True)
class CoApplicantAsked:
    """The partner has been asked to sign."""

    application_id: UUID
    case_id: UUID
    person_id: UUID


@foundation.event("income_support.co_applicant_signed")
@dataclass(frozen=True)
class CoApplicantSigned:
    """The partner signed; the application goes on."""

    application_id: UUID
    case_id: UUID
    person_id: UUID


@foundation.event("income_support.co_applicant_declined")
@dataclass(frozen=True)
class CoApplicantDeclined:
    """The person named as partner does not sign."""

    application_id: UUID
    case_id: UUID
    person_id: UUID


@foundation.event("income_support.application_withdrawn")
@dataclass(frozen=True)
class ApplicationWithdrawn:
    """The application was taken back."""

    application_id: UUID
    case_id: UUID
    person_id: UUID


@foundation.event("income_support.attachment_added")
@dataclass(frozen=True)
class AttachmentAdded:
    """A document was attached."""

    application_id: UUID
    case_id: UUID
    document_id: UUID
    about: str


@foundation.event("income_support.sent_to_person_who_calls")
@dataclass(frozen=True)
class SentToPersonWhoCalls:
    """A gate sent somebody who wanted to apply to a person who calls. The ground is a code of a gate."""

    person_id: UUID
    ground: str


@foundation.event("income_support.registers_fetched")
@dataclass(frozen=True)
class RegistersFetched:
    """The registers have answered, or have been given up for now."""

    application_id: UUID
    case_id: UUID
    agencies_ok: int
    agencies_missing: int
    figures: int


@foundation.event("income_support.warning_raised")
@dataclass(frozen=True)
class WarningRaised:
    """A difference that a person must look at."""

    warning_id: UUID
    case_id: UUID
    warning_kind: str


@foundation.event("income_support.warning_handled")
@dataclass(frozen=True)
class WarningHandled:
    """A person has seen or closed a warning."""

    warning_id: UUID
    case_id: UUID
    warning_kind: str
    state: str


@foundation.event("income_support.application_handed_to_worker")
@dataclass(frozen=True)
class ApplicationHandedToWorker:
    """A person takes over; the reason is a code."""

    application_id: UUID
    case_id: UUID
    person_id: UUID
    reason: str


@foundation.event("income_support.application_decided")
@dataclass(frozen=True)
class ApplicationDecided:
    """The application has its decision. Minutes from submission, for the promise."""

    application_id: UUID
    case_id: UUID
    person_id: UUID
    automated: bool
    minutes: int
