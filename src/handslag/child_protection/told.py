"""A report as it is told: what the forms and the other contexts hand in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChildAsTold:
    """A child as the reporter describes it; everything may be missing."""

    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    age_told: str = ""
    identity_number: str | None = None
    person_id: UUID | None = None
    lives_with: str = ""


@dataclass(frozen=True, slots=True)
class ReporterAsTold:
    """Who reports: `kind` anonymous, private or professional; `profession` a code of `states.Profession`."""

    kind: str = "anonymous"
    profession: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    employer: str = ""
    under_duty: bool = False
    wants_feedback: bool = False
    wants_protection: bool = False
