"""What happens to people. Fields are ids, codes, numbers and days; never a name or an identity number."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("people.person_registered")
@dataclass(frozen=True)
class PersonRegistered:
    """A person is known from now on. number_kind is empty when no number was given."""

    person_id: UUID
    number_kind: str


@foundation.event("people.identity_number_added")
@dataclass(frozen=True)
class IdentityNumberAdded:
    """The person has a new number; the one before is closed, not removed."""

    person_id: UUID
    identity_number_id: UUID
    number_kind: str


@foundation.event("people.identity_number_corrected")
@dataclass(frozen=True)
class IdentityNumberCorrected:
    """A number entered by mistake is withdrawn and replaced."""

    person_id: UUID
    withdrawn_id: UUID
    identity_number_id: UUID


@foundation.event("people.persons_merged")
@dataclass(frozen=True)
class PersonsMerged:
    """Two records were one person. `person_id` stays; `duplicate_id` points to it."""

    person_id: UUID
    duplicate_id: UUID
    numbers_moved: int
    relations_moved: int
    memberships_moved: int


@foundation.event("people.person_protected")
@dataclass(frozen=True)
class PersonProtected:
    """A mark of protection is set; only the named accounts read the person from now on."""

    person_id: UUID
    mark: str
    named_account_ids: tuple[UUID, ...] = ()


@foundation.event("people.protection_ended")
@dataclass(frozen=True)
class ProtectionEnded:
    """The person has no mark of protection any more."""

    person_id: UUID


@foundation.event("people.unknown_protection_lifted")
@dataclass(frozen=True)
class UnknownProtectionLifted:
    """No register had answered about the person, and somebody decided, with a reason, that there is no mark."""

    person_id: UUID


@foundation.event("people.household_formed")
@dataclass(frozen=True)
class HouseholdFormed:
    """A household begins."""

    household_id: UUID
    members: int
    formed_on: date


@foundation.event("people.moved_in")
@dataclass(frozen=True)
class MovedIn:
    """A person belongs to a household from a day."""

    person_id: UUID
    household_id: UUID
    role: str
    valid_from: date


@foundation.event("people.moved_out")
@dataclass(frozen=True)
class MovedOut:
    """A person no longer belongs to a household, from a day."""

    person_id: UUID
    household_id: UUID
    valid_to: date


@foundation.event("people.related")
@dataclass(frozen=True)
class Related:
    """A relation begins."""

    person_id: UUID
    relation_id: UUID
    kind: str


@foundation.event("people.relation_ended")
@dataclass(frozen=True)
class RelationEnded:
    """A relation ends."""

    person_id: UUID
    relation_id: UUID


@foundation.event("people.address_changed")
@dataclass(frozen=True)
class AddressChanged:
    """A person has another address."""

    person_id: UUID
    kind: str
    source: str


@foundation.event("people.contact_changed")
@dataclass(frozen=True)
class ContactChanged:
    """A person is reached in another way, or no longer in this way."""

    person_id: UUID
    kind: str


@foundation.event("people.language_changed")
@dataclass(frozen=True)
class LanguageChanged:
    """The person's language or need of an interpreter changed."""

    person_id: UUID
    language: str
    interpreter: bool


@foundation.event("people.reading_granted")
@dataclass(frozen=True)
class ReadingGranted:
    """A unit or an account may read the person."""

    person_id: UUID
    grant_id: UUID
    because: str


@foundation.event("people.reading_ended")
@dataclass(frozen=True)
class ReadingEnded:
    """A grant to read the person ended."""

    person_id: UUID
    grant_id: UUID
