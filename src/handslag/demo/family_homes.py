"""The families by name move in: persons, relations, homes and addresses, by the product's own operations."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handslag.demo.family_folk import (
    ADDRESSES,
    COUPLES,
    FOLK,
    HOMES,
    PARENTS,
    PARTED,
    POSTAL_CODE,
    SINCE,
    TOWN,
)
from handslag.foundation import public as foundation
from handslag.people import public as people

COUPLE_SINCE, HOME_SINCE = date(2013, 6, 1), date(2023, 1, 1)


def move_in(*, by: foundation.Actor, at: datetime) -> dict[str, UUID]:
    """Register the families with their relations and homes; gives each person's id by first name."""
    ids = {}
    for key, one in FOLK.items():
        person = people.register_person(
            given_name=one.given_name, family_name=one.family_name, born=one.born, sex=one.sex,
            identity_number=one.number, protection="none", by=by, at=at,
        )  # fmt: skip
        ids[key] = person.id
    for parents, children, have_custody in PARENTS:
        for parent in parents:
            for child in children:
                for kind in ("parent", "guardian") if have_custody else ("parent",):
                    people.relate(
                        person_id=ids[parent], other_id=ids[child], kind=kind, valid_from=FOLK[child].born, by=by, at=at
                    )  # fmt: skip
    for first, second in (*COUPLES, *PARTED):
        bond = people.relate(
            person_id=ids[first], other_id=ids[second], kind="partner", valid_from=COUPLE_SINCE, by=by, at=at
        )
        if (first, second) in PARTED:
            people.end_relation(relation_id=bond.id, valid_to=SINCE, by=by, at=at)
    for home in HOMES:
        stays = [people.Place(person_id=ids[one], role="adult") for one in home.adults]
        stays += [people.Place(person_id=ids[one], role="child", share=share) for one, share in home.children]
        people.set_household(members=stays, valid_from=HOME_SINCE, by=by, at=at)
    for key, street in ADDRESSES.items():
        people.set_address(
            person_id=ids[key], kind="registered", street=street, postal_code=POSTAL_CODE, city=TOWN,
            source="population_register", valid_from=SINCE, by=by, at=at,
        )  # fmt: skip
    return ids
