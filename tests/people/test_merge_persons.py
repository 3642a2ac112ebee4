"""One person, two records: the later merge of a reserve number."""

from __future__ import annotations

from datetime import date

import pytest

from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.people.operations import merging
from handslag.people.public import Place

pytestmark = pytest.mark.django_db(databases=["default"])
SPRING = date(2026, 3, 1)


@pytest.fixture
def two(cast, register, free_number):
    """The person in the register, and the one who came with a reserve number and has a household and a relation."""
    _, number = free_number()
    keep = register(given_name="Nadia", identity_number=number)
    duplicate = register(given_name="Nadja", identity_number="19880209T050")
    at = foundation.now()
    people.set_household(members=[Place(duplicate.id, "adult")], valid_from=SPRING, by=cast.system, at=at)
    people.relate(
        person_id=duplicate.id, other_id=cast.elin.person_id, kind="sibling", valid_from=SPRING, by=cast.system, at=at
    )
    people.grant_reading(person_id=duplicate.id, unit_id=cast.support, because="party", by=cast.system, at=at)
    return keep, duplicate


def merge(cast, two, by=None):
    keep, duplicate = two
    return people.merge_persons(
        keep_id=keep.id, duplicate_id=duplicate.id, by=by or cast.system, at=foundation.now()
    )


def test_one_person_several_numbers(cast, two) -> None:
    keep, duplicate = two
    merge(cast, two)
    numbers = {row.kind: row.valid_to for row in people.identity_numbers_of(keep.id, cast.system)}
    assert numbers["personnummer"] is None
    assert numbers["reserve"] is not None
    assert people.get_person(duplicate.id, cast.system).id == keep.id
    assert [one.person_id for one in people.search_persons("19880209T050", cast.system)] == [keep.id]
    assert people.search_persons("nadja", cast.system) == []


def test_household_relation_and_grant_follow(cast, two) -> None:
    keep, _ = two
    merge(cast, two)
    household = people.household_of(keep.id, SPRING, cast.system)
    assert household is not None
    assert [one.given_name for one in household.members] == ["Nadia"]
    assert [one.kind for one in people.relations_of(keep.id, cast.system)] == ["sibling"]
    assert people.may_read_person(cast.bjorn, keep.id)
    with foundation.acting(cast.system):
        event = foundation.Event.objects.get(kind="people.persons_merged")
    assert (event.person_id, event.data["numbers_moved"], event.data["memberships_moved"]) == (keep.id, 1, 1)


def test_a_household_that_does_not_fit_ends_instead(cast, two) -> None:
    keep, duplicate = two
    people.set_household(members=[Place(keep.id, "adult")], valid_from=SPRING, by=cast.system, at=foundation.now())
    merge(cast, two)
    assert len(people.household_history(keep.id, cast.system)) == 1
    (left,) = people.household_history(duplicate.id, cast.system)
    assert left.valid_to == foundation.today()


def test_the_stronger_mark_wins(cast, two) -> None:
    keep, duplicate = two
    people.protect_person(
        person_id=duplicate.id, mark="secrecy_mark", named_account_ids=[cast.asa.account_id], by=cast.system,
        at=foundation.now(),
    )
    assert merge(cast, two).protection == "secrecy_mark"
    assert people.may_read_person(cast.asa, keep.id)
    assert not people.may_read_person(cast.bjorn, keep.id)


def test_upper_contexts_move_their_rows_or_refuse(cast, two, monkeypatch) -> None:
    monkeypatch.setattr(merging, "_followers", [])
    seen = []
    people.on_merge(lambda keep_id, duplicate_id, by, at: seen.append((keep_id, duplicate_id)))

    @people.on_merge
    def refuse(keep_id, duplicate_id, by, at) -> None:
        raise foundation.Refused("Two open cases.")

    with pytest.raises(foundation.Refused):
        merge(cast, two)
    keep, duplicate = two
    assert seen == [(keep.id, duplicate.id)]
    assert people.get_person(duplicate.id, cast.system).id == duplicate.id, "nothing has happened"


def test_who_may_not_read_both_may_not_merge(cast, two) -> None:
    with pytest.raises(people.PersonNotFound):
        merge(cast, two, by=cast.bjorn)
    with pytest.raises(foundation.Refused):
        merge(cast, two, by=cast.elin)


def test_staff_who_read_both_merge(cast, two) -> None:
    keep, _ = two
    people.grant_reading(person_id=keep.id, unit_id=cast.support, because="party", by=cast.system, at=foundation.now())
    assert merge(cast, two, by=cast.asa).id == keep.id


def test_not_with_herself_and_not_twice(cast, two) -> None:
    keep, _ = two
    with pytest.raises(people.NotTwoPersons):
        people.merge_persons(keep_id=keep.id, duplicate_id=keep.id, by=cast.system, at=foundation.now())
    merge(cast, two)
    with pytest.raises(people.AlreadyMerged):
        merge(cast, two)
