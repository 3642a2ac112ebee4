"""Who the answers name: the partner and the children must be those of the register, or found by their number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.income_support.errors import PersonCalls, UnknownPartner
from handslag.income_support.queries.households import near_to, person_with_number
from handslag.people import public as people

_READER = foundation.system("application")


def refuse_strangers(applicant_id: UUID, answers: Mapping[str, Any], on: date) -> None:
    """Raise BadInput when the answers point at a person who does not live with the applicant by the register.

    The ids are filled in by us; one that does not belong there was put there by somebody.
    """
    household = answers.get("household") or {}
    named = {child.get("person_id") for child in (answers.get("children") or {}).get("children", [])}
    named = {each for each in (*named, household.get("partner_person_id")) if each}
    if not named:
        return
    with foundation.acting(_READER):
        near = {str(each) for each in near_to(applicant_id, on, _READER)}
    if not named <= near:
        raise foundation.BadInput(
            "The household does not agree with what we know.",
            where="household",
            do="Start the application again, or call us.",
        )


def partner_of(
    applicant_id: UUID, answers: Mapping[str, Any], on: date, *, taken_down_by: Actor | None = None
) -> UUID | None:
    """The partner who must sign, or None. UnknownPartner for a number that is nobody's or one's own.

    A partner with a protection mark, or one that cannot be read, is never asked here: PersonCalls. Staff who take
    the application down name such a partner when they are named for them; to others the number is nobody's.
    """
    household = answers.get("household") or {}
    if household.get("living") != "partner":
        return None
    with foundation.acting(_READER):
        if household.get("partner_identity_number"):
            person = person_with_number(household["partner_identity_number"])
        else:
            person = people.get_person(UUID(household["partner_person_id"]), _READER)
        if person is None or person.id == applicant_id:
            raise UnknownPartner
        found: UUID = person.id
        is_marked = str(person.protection) != "none"
    if is_marked and taken_down_by is None:
        raise PersonCalls(foundation.said("route.we_call_you"))
    if is_marked and taken_down_by is not None and not may_read(found, taken_down_by):
        raise UnknownPartner
    return found


def may_read(person_id: UUID, actor: Actor) -> bool:
    """Whether the actor may read the person now."""
    try:
        people.get_person(person_id, actor)
    except people.PersonNotFound:
        return False
    return True
