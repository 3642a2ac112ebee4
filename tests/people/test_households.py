"""Households over time: one home for an adult, two for a child of parents apart."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.people.public import Place
from handslag.people.rules.household_periods import Stay, clash

pytestmark = pytest.mark.django_db(databases=["default"])
SPRING = date(2026, 3, 1)
SUMMER = date(2026, 6, 1)


@pytest.fixture
def home(cast, register):
    """Elin with a child, from spring."""
    child = register(given_name="Nils")
    household = people.set_household(
        members=[Place(cast.elin.person_id, "adult"), Place(child.id, "child", 50)],
        valid_from=SPRING, by=cast.system, at=foundation.now(),
    )
    return household, child


def test_a_household_has_its_members_from_the_day_and_not_before(cast, home) -> None:
    household, _ = home
    seen = people.household_of(cast.elin.person_id, SPRING, cast.system)
    assert seen is not None
    assert seen.household_id == household.id
    assert [(one.given_name, one.role, one.share) for one in seen.members] == [("Elin", "adult", 100), ("Nils", "child", 50)]
    assert people.household_of(cast.elin.person_id, date(2026, 2, 28), cast.system) is None


def test_an_adult_has_one_household_at_a_time(cast, home) -> None:
    with pytest.raises(people.HouseholdsOverlap) as fault:
        people.set_household(
            members=[Place(cast.farid.person_id, "adult"), Place(cast.elin.person_id, "adult")],
            valid_from=SUMMER, by=cast.system, at=foundation.now(),
        )
    assert fault.value.do
    assert people.household_of(cast.farid.person_id, SUMMER, cast.system) is None, "nothing is left of the attempt"


def test_move_out_then_in_elsewhere_on_the_same_day(cast, home) -> None:
    household, _ = home
    people.move_out(
        household_id=household.id, person_id=cast.elin.person_id, valid_to=SUMMER, by=cast.system, at=foundation.now()
    )
    other = people.set_household(
        members=[Place(cast.elin.person_id, "adult")], valid_from=SUMMER, by=cast.system, at=foundation.now()
    )
    seen = people.household_of(cast.elin.person_id, SUMMER, cast.system)
    assert seen is not None
    assert seen.household_id == other.id
    history = people.household_history(cast.elin.person_id, cast.system)
    assert [stay.household_id for stay in history] == [other.id, household.id]


def test_a_child_lives_half_with_each_parent_but_not_twice_in_one_home(cast, home) -> None:
    household, child = home
    at = foundation.now()
    people.set_household(
        members=[Place(cast.farid.person_id, "adult"), Place(child.id, "child", 50)],
        valid_from=SPRING, by=cast.system, at=at,
    )
    for role in ("child", "adult"):
        with pytest.raises(people.HouseholdsOverlap):
            people.move_in(
                household_id=household.id, person_id=child.id, role=role, valid_from=SUMMER, by=cast.system, at=at
            )


def test_the_first_day_undoes_a_mistaken_entry(cast, home) -> None:
    household, _ = home
    at = foundation.now()
    with pytest.raises(foundation.BadInput):
        people.move_out(
            household_id=household.id, person_id=cast.elin.person_id, valid_to=date(2026, 2, 1), by=cast.system, at=at
        )
    people.move_out(household_id=household.id, person_id=cast.elin.person_id, valid_to=SPRING, by=cast.system, at=at)
    assert people.household_history(cast.elin.person_id, cast.system) == []
    people.set_household(
        members=[Place(cast.elin.person_id, "adult")], valid_from=SPRING, by=cast.system, at=at
    )


def test_a_household_needs_an_adult_and_sane_shares(cast, home) -> None:
    _, child = home
    for members in ([], [Place(child.id, "child")], [Place(cast.farid.person_id, "adult", 0)], [Place(cast.farid.person_id, "lord")]):
        with pytest.raises(foundation.BadInput):
            people.set_household(members=members, valid_from=SPRING, by=cast.system, at=foundation.now())


def test_the_database_holds_the_rule_without_the_operation(cast, home) -> None:
    with pytest.raises(IntegrityError, match="householdmember_one_home"), foundation.acting(cast.system):
        other = people.Household(formed_on=SPRING)
        people.Household.objects.bulk_create([other])
        people.HouseholdMember.objects.bulk_create(
            [people.HouseholdMember(household=other, person_id=cast.elin.person_id, role="adult", valid_from=SUMMER)]
        )


def test_staff_without_access_move_nobody(cast, home) -> None:
    household, _ = home
    with pytest.raises(people.PersonNotFound):
        people.move_out(
            household_id=household.id, person_id=cast.elin.person_id, valid_to=SUMMER, by=cast.david, at=foundation.now()
        )


_days = st.dates(date(2020, 1, 1), date(2020, 2, 1))
_homes = [uuid4(), uuid4()]


@given(_days, _days, _days, _days, st.sampled_from(["adult", "child"]), st.sampled_from(["adult", "child"]), st.booleans())
def test_clash_is_a_shared_day(a: date, b: date, c: date, d: date, one: str, other: str, same: bool) -> None:
    first = Stay(_homes[0], one, min(a, b), max(a, b))
    second = Stay(_homes[0 if same else 1], other, min(c, d), max(c, d))
    shared = any(
        first.valid_from <= day < max(a, b) and second.valid_from <= day < max(c, d)
        for day in map(date.fromordinal, range(date(2020, 1, 1).toordinal(), date(2020, 2, 2).toordinal()))
    )
    expected = shared and (same or "adult" in (one, other))
    assert (clash(second, [first]) is not None) == expected
    assert (clash(first, [second]) is not None) == expected
