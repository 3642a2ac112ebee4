"""Addresses, ways to reach a person, language, relations."""

from __future__ import annotations

from datetime import date

import pytest

from handslag.foundation import public as foundation
from handslag.people import public as people

pytestmark = pytest.mark.django_db(databases=["default"])
SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


def move(cast, **told):
    told = {
        "person_id": cast.elin.person_id, "street": "Storgatan 1", "postal_code": "99910", "city": "Ekeby",
        "valid_from": SPRING, "by": cast.system, "at": foundation.now(), **told,
    }
    return people.set_address(**told)


def test_a_new_address_ends_the_one_before(cast) -> None:
    move(cast)
    move(cast, street="Nygatan 2", valid_from=SUMMER)
    spring = people.address_of(cast.elin.person_id, cast.system, on=date(2026, 5, 31))
    summer = people.address_of(cast.elin.person_id, cast.system, on=SUMMER)
    assert spring and summer
    assert (spring.street, summer.street) == ("Storgatan 1", "Nygatan 2")
    assert summer.postal_code == "999 10"
    with pytest.raises(foundation.BadInput):
        move(cast, valid_from=SPRING)


@pytest.mark.parametrize("told", [{"postal_code": "1234"}, {"street": " "}, {"city": ""}, {"kind": "summer house"}])
def test_an_address_that_cannot_be_is_told(cast, told) -> None:
    with pytest.raises(foundation.BadInput):
        move(cast, **told)


def test_a_resident_changes_her_own_contact_ways_and_nobody_elses(cast) -> None:
    at = foundation.now()
    people.set_contact(person_id=cast.elin.person_id, kind="phone", value="070-174 06 05", by=cast.elin, at=at)
    people.set_contact(person_id=cast.elin.person_id, kind="email", value="elin@example.org", by=cast.elin, at=at)
    assert people.contact_ways_of(cast.elin.person_id, cast.elin) == {"phone": "0701740605", "email": "elin@example.org"}
    people.set_contact(person_id=cast.elin.person_id, kind="email", value="", by=cast.elin, at=at)
    assert people.contact_ways_of(cast.elin.person_id, cast.elin) == {"phone": "0701740605"}
    with pytest.raises(foundation.Refused):
        people.set_contact(person_id=cast.greta.person_id, kind="phone", value="0701740606", by=cast.elin, at=at)
    with pytest.raises(foundation.Refused):
        people.set_language(person_id=cast.elin.person_id, language="so", interpreter=True, by=cast.elin, at=at)


@pytest.mark.parametrize(("kind", "value"), [("phone", "abc"), ("email", "elin@"), ("email", "a b@c.se"), ("fax", "1234567")])
def test_a_way_that_reaches_nobody_is_told(cast, kind, value) -> None:
    with pytest.raises(foundation.BadInput):
        people.set_contact(
            person_id=cast.elin.person_id, kind=kind, value=value, by=cast.system, at=foundation.now()
        )


def test_language_and_interpreter(cast) -> None:
    at = foundation.now()
    person = people.set_language(person_id=cast.farid.person_id, language="fa", interpreter=True, by=cast.system, at=at)
    assert (person.language, person.interpreter) == ("fa", True)
    with pytest.raises(foundation.BadInput):
        people.set_language(person_id=cast.farid.person_id, language="f4", interpreter=True, by=cast.system, at=at)


def test_relations_begin_once_and_end(cast) -> None:
    at = foundation.now()
    pair = {"person_id": cast.elin.person_id, "other_id": cast.farid.person_id, "kind": "partner"}
    relation = people.relate(**pair, valid_from=SPRING, by=cast.system, at=at)
    with pytest.raises(foundation.BadInput):
        people.relate(**pair, valid_from=SUMMER, by=cast.system, at=at)
    with pytest.raises(people.NotTwoPersons):
        people.relate(**{**pair, "other_id": cast.elin.person_id}, valid_from=SPRING, by=cast.system, at=at)
    with pytest.raises(foundation.BadInput):
        people.relate(**{**pair, "kind": "enemy"}, valid_from=SPRING, by=cast.system, at=at)
    assert [one.kind for one in people.relations_of(cast.farid.person_id, cast.system)] == ["partner"]
    people.end_relation(relation_id=relation.id, valid_to=SUMMER, by=cast.system, at=at)
    assert people.relations_of(cast.farid.person_id, cast.system) == []
    with pytest.raises(people.PersonNotFound):
        people.end_relation(relation_id=relation.id, valid_to=SUMMER, by=cast.system, at=at)
