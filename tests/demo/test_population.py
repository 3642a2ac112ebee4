"""The synthetic population: the same for the same seed, in the printed proportions, and nobody real."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import islice

import pytest

from handslag.demo.number_series import NumberSeries, NumbersRunOut
from handslag.demo.population import (
    DEFAULT_DAY,
    DEFAULT_SIZE,
    HouseholdOfDemo,
    Truth,
    age_on,
    count_truth,
    generate_population,
)
from handslag.people.rules.identity_number import check_digit, is_test_number, parse_identity_number


@pytest.fixture(scope="module")
def town() -> list[HouseholdOfDemo]:
    return list(generate_population())


@pytest.fixture(scope="module")
def truth(town: list[HouseholdOfDemo]) -> Truth:
    return count_truth(town)


def test_has_exactly_the_asked_size(truth: Truth) -> None:
    assert truth.persons == DEFAULT_SIZE
    for size in (1, 2, 6, 7, 500):
        assert count_truth(generate_population(size=size)).persons == size


def test_same_seed_same_people_and_another_seed_others() -> None:
    first = list(generate_population(size=400, seed=5))
    assert first == list(generate_population(size=400, seed=5))
    assert first != list(generate_population(size=400, seed=6))


def test_a_larger_town_begins_with_the_same_people() -> None:
    small = list(islice(generate_population(size=5_000), 100))
    large = list(islice(generate_population(size=9_000), 100))
    assert small == large


@pytest.mark.parametrize(
    ("what", "expected", "within"),
    [
        ("under_15", 0.18, 0.012),
        ("from_65", 0.23, 0.012),
        ("born_abroad", 0.16, 0.012),
        ("one_person_households", 0.40, 0.02),
    ],
)
def test_proportions_of_the_handbook(truth: Truth, what: str, expected: float, within: float) -> None:
    assert getattr(truth, what) == pytest.approx(expected, abs=within)


def test_rents_are_those_of_a_swedish_town(truth: Truth) -> None:
    assert 4_500 <= truth.lowest_rent_kr < truth.median_rent_kr < truth.highest_rent_kr <= 9_500


def test_identity_numbers_are_unique_valid_and_of_the_test_series(town: list[HouseholdOfDemo]) -> None:
    seen: set[str] = set()
    for household in town:
        for one in household.residents:
            number = parse_identity_number(one.identity_number, today=DEFAULT_DAY)
            assert is_test_number(number)
            assert number.kind == one.number_kind
            assert number.sex == one.sex
            assert number.born in (one.born, None)
            assert one.identity_number not in seen
            seen.add(one.identity_number)


def test_everybody_has_one_home_and_children_of_parents_apart_two_halves(town: list[HouseholdOfDemo]) -> None:
    shares: dict[object, list[int]] = defaultdict(list)
    for household in town:
        for member in household.members:
            shares[member.person_id].append(member.share)
    assert sum(map(len, shares.values())) > DEFAULT_SIZE, "some children live in two households"
    whole = [parts for parts in shares.values() if parts == [100]]
    halves = [parts for parts in shares.values() if parts == [50, 50]]
    waiting = [parts for parts in shares.values() if parts == [50]]
    assert len(whole) + len(halves) + len(waiting) == DEFAULT_SIZE
    assert len(waiting) < len(halves)


def test_nobody_is_born_tomorrow_and_children_have_grown_up_parents(town: list[HouseholdOfDemo]) -> None:
    born = {one.id: one.born for household in town for one in household.residents}
    assert max(born.values()) <= DEFAULT_DAY
    for household in town:
        for tie in household.kinships:
            if tie.kind == "parent" and household.kind != "single_part_time_child":
                assert (born[tie.other_id] - born[tie.person_id]).days > 17 * 365


def test_incomes_are_sane_and_some_have_none(town: list[HouseholdOfDemo], truth: Truth) -> None:
    amounts = [
        one.amount_kr for household in town for person in household.residents for one in person.incomes
    ]
    assert min(amounts) > 3_000
    assert max(amounts) < 60_000
    assert 0.02 < truth.adults_without_income < 0.07


def test_protection_marks_are_rare_but_there(truth: Truth) -> None:
    assert 0.001 < truth.protected / truth.persons < 0.005


def test_full_days_go_on_with_coordination_numbers_and_then_stop() -> None:
    series = NumberSeries(date(1999, 12, 31))
    made = [series.take(1980, "woman") for _ in range(366 * 22)]
    assert len({number for _, number, _ in made}) == len(made)
    assert {kind for _, _, kind in made} == {"personnummer", "samordningsnummer"}
    with pytest.raises(NumbersRunOut):
        series.take(1980, "woman")


def test_check_digit_of_the_published_example() -> None:
    assert check_digit("640823323") == 4


def test_size_must_fit_the_series() -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        generate_population(size=0)
    with pytest.raises(ValueError, match="between 1 and"):
        generate_population(size=5_000_000)


def test_age_counts_from_the_birthday() -> None:
    assert age_on(date(2000, 3, 2), date(2020, 3, 1)) == 19
    assert age_on(date(2000, 3, 2), date(2020, 3, 2)) == 20
