"""People: persons, numbers, homes, relations and who may read whom."""

from handslag.people.models.grants import PersonGrant
from handslag.people.models.homes import Address, ContactWay, Household, HouseholdMember, Relation
from handslag.people.models.persons import IdentityNumber, NameKey, Person, Protection, ProtectionMark, Sex

__all__ = [
    "Address",
    "ContactWay",
    "Household",
    "HouseholdMember",
    "IdentityNumber",
    "NameKey",
    "Person",
    "PersonGrant",
    "Protection",
    "ProtectionMark",
    "Relation",
    "Sex",
]
