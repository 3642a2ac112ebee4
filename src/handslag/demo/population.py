"""The people of the synthetic municipality Ekeby: a deterministic stream of households.

Same seed, size and day give the same people, in the same order, on every machine. Identity numbers come
from the test series alone: birth numbers 980-999 and, where a day is full, coordination numbers (day + 60) of
the same series, then birth numbers 238 and 239. Pure: no framework, no database, no clock.

The proportions are those of the handbook: 18 % under 15, 23 % from 65, 16 % born abroad, about 40 % of
the households of one person, rents 4 500-9 500 kr. `count_truth` states what a stream really holds.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple, TypeVar
from uuid import UUID

from handslag.demo.family_folk import FAMILY_NUMBERS
from handslag.demo.names import ABROAD, STREETS, SWEDISH, NameList
from handslag.demo.number_series import NumberSeries, NumbersRunOut
from handslag.demo.who import CAST_NUMBERS

T = TypeVar("T")

DEFAULT_SIZE = 27_446
DEFAULT_SEED = 9999
DEFAULT_DAY = date(2026, 11, 1)
LARGEST_SIZE = 1_100_000


class Income(NamedTuple):
    """A monthly income after tax in whole kronor. kind: salary, pension, unemployment_benefit,
    activity_support, sickness_benefit, parental_benefit, establishment_benefit, student_aid."""

    kind: str
    amount_kr: int


class Resident(NamedTuple):
    """One person. identity_number has 12 digits; number_kind is personnummer or samordningsnummer."""

    id: UUID
    given_name: str
    family_name: str
    born: date
    sex: str
    identity_number: str
    number_kind: str
    born_abroad: bool
    arrived_on: date | None
    language: str
    interpreter: bool
    protection: str
    phone: str
    incomes: tuple[Income, ...]


class Membership(NamedTuple):
    """A person's place in a household: role adult or child, share of the month in percent."""

    person_id: UUID
    role: str
    share: int


class Kinship(NamedTuple):
    """person is `kind` (partner, parent, guardian) of other."""

    person_id: UUID
    other_id: UUID
    kind: str


class Dwelling(NamedTuple):
    """Where a household lives. cost_kr is the rent, or the monthly cost of an owned home."""

    street: str
    postal_code: str
    city: str
    tenure: str
    rooms: int
    cost_kr: int


class HouseholdOfDemo(NamedTuple):
    """A household with the persons that are new with it. `members` may also name a child listed in the other
    parent's household before (alternating residence)."""

    id: UUID
    kind: str
    residents: tuple[Resident, ...]
    members: tuple[Membership, ...]
    kinships: tuple[Kinship, ...]
    dwelling: Dwelling
    formed_on: date


_KINDS: tuple[tuple[str, float], ...] = (
    ("single", 0.417),
    ("couple", 0.275),
    ("family", 0.200),
    ("single_parent", 0.068),
    ("grown_ups", 0.04),
)
_CHILDREN_STEPS = list(accumulate((0.40, 0.44, 0.12, 0.04)))
_LARGEST_FAMILY = 7
#: Share of the households whose adults were mostly born abroad.
_ABROAD_HOUSEHOLDS = 0.205
#: Share of the households of a kind whose adults are 65 or older.
_OLD_SHARE = {"single": 0.435, "couple": 0.55, "family": 0.0, "single_parent": 0.0, "grown_ups": 0.0}
_PHONES = tuple(f"070-17406{n:02d}" for n in range(5, 100))
_POSTAL_CODES = tuple(f"999 {n:02d}" for n in range(10, 40))


def demo_uuid(seed: int, family: int, n: int) -> UUID:
    """A stable version-7-shaped id: same seed, family (1 person, 2 household) and n, same id."""
    value = (
        (0x0192_0000_0000 << 80)
        | (7 << 76)
        | ((family & 0xFFF) << 64)
        | (2 << 62)
        | ((seed & 0x3FFF) << 48)
        | n
    )
    return UUID(int=value)


def generate_population(
    *, size: int = DEFAULT_SIZE, seed: int = DEFAULT_SEED, day: date = DEFAULT_DAY
) -> Iterator[HouseholdOfDemo]:
    """Households until exactly `size` persons have been made, as they are on `day`.

    Raises ValueError when size is below 1 or above what the test series can number.
    """
    if not 1 <= size <= LARGEST_SIZE:
        raise ValueError(f"size must be between 1 and {LARGEST_SIZE}")
    return _Town(size=size, seed=seed, day=day).households()


class _Town:
    def __init__(self, *, size: int, seed: int, day: date) -> None:
        self._size = size
        self._seed = seed
        self._day = day
        self._random = Random(seed)
        self._series = NumberSeries(day, reserved=CAST_NUMBERS | FAMILY_NUMBERS)
        self._made = 0
        self._kinds = [kind for kind, _ in _KINDS]
        self._kind_steps = list(accumulate(weight for _, weight in _KINDS))
        self._origins = [names for names, _ in ABROAD]
        self._origin_steps = list(accumulate(weight for _, weight in ABROAD))
        self._without_other_parent: list[tuple[str, tuple[Resident, ...]]] = []

    def households(self) -> Iterator[HouseholdOfDemo]:
        n = 0
        while self._made < self._size:
            yield self._household(n)
            n += 1

    def _household(self, n: int) -> HouseholdOfDemo:
        names = SWEDISH if self._random.random() >= _ABROAD_HOUSEHOLDS else self._origin()
        kind = self._kinds[bisect(self._kind_steps, self._random.random())]
        left = self._size - self._made
        if left < _LARGEST_FAMILY:
            kind = "single" if left == 1 or kind in ("family", "single_parent", "grown_ups") else kind
        family_name = self._pick(names.families)
        grown, children = self._ages(kind, names)
        adults = tuple(
            self._resident(names, age, family_name if kind != "grown_ups" or self._flip(0.5) else None, sex)
            for age, sex in grown
        )
        young = tuple(self._resident(names, age, family_name, None, child=True) for age in children)
        own_share = 100
        guests: tuple[Resident, ...] = ()
        if kind == "single_parent" and self._flip(0.35):
            own_share = 50
            self._without_other_parent.append((adults[0].sex, young))
        elif kind == "single" and self._without_other_parent and 25 <= self._age(adults[0]) <= 62:
            parent_sex, waiting = self._without_other_parent[0]
            if parent_sex != adults[0].sex:
                self._without_other_parent.pop(0)
                guests, kind = waiting, "single_part_time_child"
        members = (
            *(Membership(one.id, "adult", 100) for one in adults),
            *(Membership(child.id, "child", own_share) for child in young),
            *(Membership(child.id, "child", 50) for child in guests),
        )
        return HouseholdOfDemo(
            id=demo_uuid(self._seed, 2, n),
            kind=kind,
            residents=adults + young,
            members=members,
            kinships=tuple(self._kinships(kind, adults, young + guests)),
            dwelling=self._dwelling(len(members), adults),
            formed_on=self._day - timedelta(days=int(self._random.random() ** 2 * 5000) + 30),
        )

    def _ages(self, kind: str, names: NameList) -> tuple[list[tuple[int, str]], list[int]]:
        """Ages and sexes of the grown-ups, ages of the children."""
        draw = self._random.random
        abroad = names is not SWEDISH
        old_share = _OLD_SHARE[kind] * (0.45 if abroad else 1.12)
        sex = "woman" if draw() < (0.82 if kind == "single_parent" else 0.5) else "man"
        other = "man" if sex == "woman" else "woman"
        if kind in ("single", "couple"):
            # The old: mostly 65-84, some to 102. Women outlive men, so older singles are more often women.
            if draw() < old_share:
                age = 65 + int(abs(self._random.gauss(0, 1)) * 12.5)
                age = min(age, 102)
                if kind == "single" and sex == "man" and age > 78 and draw() < 0.4:
                    sex = "woman"
            else:
                age = 20 + int(draw() * 45) if kind == "single" else 22 + int(draw() ** 0.75 * 43)
            if kind == "single":
                return [(age, sex)], []
            mate = min(102, max(20, age + int(self._random.gauss(0, 3))))
            return [(age, sex), (mate, other)], []
        if kind == "grown_ups":
            return [(20 + int(draw() * 40), "woman" if draw() < 0.5 else "man") for _ in range(3)], []
        count = 1 + bisect(_CHILDREN_STEPS, draw() * _CHILDREN_STEPS[-1])
        if kind == "single_parent":
            count = min(count, 3)
        elif abroad and draw() < 0.25:
            count += 1
        oldest = int(draw() * 20)
        children = [oldest]
        for _ in range(1, count):
            younger = children[-1] - 1 - int(draw() * 4)
            if younger < 0:
                break
            children.append(younger)
        parent = max(oldest + 19, min(oldest + 20 + int(draw() * 18), 64))
        if kind == "single_parent":
            return [(parent, sex)], children
        return [(parent, sex), (max(oldest + 19, parent + int(self._random.gauss(0, 3))), other)], children

    def _resident(
        self, names: NameList, age: int, family_name: str | None, sex: str | None, *, child: bool = False
    ) -> Resident:
        draw = self._random.random
        if sex is None:
            sex = "woman" if draw() < 0.487 else "man"
        born, number, number_kind = self._number(self._day.year - age, sex)
        abroad = names is not SWEDISH and draw() < (0.24 if child else 0.93)
        arrived_on = None
        if abroad:
            years = draw() ** 1.3 * min(age + 1, 38)
            arrived_on = max(born, self._day - timedelta(days=int(years * 365.25) + 20))
        settled = arrived_on is None or (self._day - arrived_on).days > 8 * 365
        n = self._made
        self._made += 1
        mark = draw()
        return Resident(
            id=demo_uuid(self._seed, 1, n),
            given_name=self._pick(names.women if sex == "woman" else names.men),
            family_name=family_name or self._pick(names.families),
            born=born,
            sex=sex,
            identity_number=number,
            number_kind=number_kind,
            born_abroad=abroad,
            arrived_on=arrived_on,
            language=names.language if abroad else "sv",
            interpreter=abroad and not settled and age >= 12 and draw() < 0.7,
            protection="secrecy_mark"
            if mark < 0.0020
            else "protected_registration"
            if mark < 0.0025
            else "none",
            phone=_PHONES[n % len(_PHONES)] if age >= 12 else "",
            incomes=() if child else self._incomes(age, arrived_on),
        )

    def _number(self, year: int, sex: str) -> tuple[date, str, str]:
        """A number of that year of birth, or in a very large town of the nearest one before with any left."""
        while True:
            try:
                return self._series.take(year, sex)
            except NumbersRunOut:
                year -= 1

    def _incomes(self, age: int, arrived_on: date | None) -> tuple[Income, ...]:
        """After tax, whole hundreds of kronor. Newcomers work less often; about 4 % of adults have none."""
        draw = self._random.random
        if age >= 66:
            return (Income("pension", _hundreds(9_800 + draw() ** 2 * 16_000)),)
        newcomer = arrived_on is not None and (self._day - arrived_on).days < 3 * 365
        chance = draw()
        if newcomer:
            if chance < 0.45:
                return (Income("establishment_benefit", _hundreds(6_800)),)
            if chance < 0.70:
                return (Income("salary", _hundreds(13_500 + draw() * 9_000)),)
            return ()
        if age < 26 and chance < 0.30:
            return (Income("student_aid", _hundreds(4_200 + draw() * 9_000)),)
        if chance < 0.78:
            return (Income("salary", _hundreds(15_500 + draw() ** 2 * 26_000)),)
        if chance < 0.83:
            return (Income("unemployment_benefit", _hundreds(9_500 + draw() * 9_500)),)
        if chance < 0.86:
            return (Income("activity_support", _hundreds(5_600 + draw() * 7_000)),)
        if chance < 0.92:
            return (Income("sickness_benefit", _hundreds(9_200 + draw() * 9_000)),)
        if chance < 0.955:
            return (Income("parental_benefit", _hundreds(6_200 + draw() * 15_000)),)
        return ()

    def _dwelling(self, persons: int, adults: tuple[Resident, ...]) -> Dwelling:
        draw = self._random.random
        income = sum(one.amount_kr for adult in adults for one in adult.incomes)
        rooms = min(6, max(1, round(persons * 0.75 + 0.6 + draw())))
        owned = draw() < min(0.85, income / 75_000)
        tenure = ("owned" if draw() < 0.65 else "tenant_owned") if owned else "rented"
        if owned:
            cost = 3_200 + rooms * 550 + draw() * 2_600
        else:
            cost = min(9_500.0, 3_900 + rooms * 950 + draw() * 1_500)
        number = 1 + int(draw() * 140)
        stair = f"{number}{'ABC'[int(draw() * 3)]}" if tenure != "owned" else str(number)
        return Dwelling(
            street=f"{self._pick(STREETS)} {stair}",
            postal_code=self._pick(_POSTAL_CODES),
            city="Ekeby",
            tenure=tenure,
            rooms=rooms,
            cost_kr=max(4_500, _hundreds(cost)) if not owned else _hundreds(cost),
        )

    @staticmethod
    def _kinships(kind: str, adults: tuple[Resident, ...], young: tuple[Resident, ...]) -> Iterator[Kinship]:
        if kind in ("couple", "family"):
            yield Kinship(adults[0].id, adults[1].id, "partner")
        for child in young:
            for adult in adults:
                yield Kinship(adult.id, child.id, "parent")
                yield Kinship(adult.id, child.id, "guardian")

    def _age(self, one: Resident) -> int:
        return self._day.year - one.born.year

    def _origin(self) -> NameList:
        return self._origins[bisect(self._origin_steps, self._random.random() * self._origin_steps[-1])]

    def _flip(self, chance: float) -> bool:
        return self._random.random() < chance

    def _pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._random.random() * len(choices))]


def _hundreds(amount: float) -> int:
    return int(amount / 100) * 100


class Truth(NamedTuple):
    """What a population holds, for tests of statistics. Shares are 0-1, of persons unless named otherwise."""

    persons: int
    households: int
    under_15: float
    from_65: float
    born_abroad: float
    one_person_households: float
    median_rent_kr: int
    lowest_rent_kr: int
    highest_rent_kr: int
    protected: int
    coordination_numbers: int
    adults_without_income: float
    languages: dict[str, int]
    kinds: dict[str, int]


def count_truth(households: Iterable[HouseholdOfDemo], *, day: date = DEFAULT_DAY) -> Truth:
    """Count a stream of households (consumes it). Ages are those on `day`."""
    counts: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    rents: list[int] = []
    for household in households:
        counts["households"] += 1
        kinds[household.kind] += 1
        counts["alone"] += len(household.members) == 1
        if household.dwelling.tenure == "rented":
            rents.append(household.dwelling.cost_kr)
        for one in household.residents:
            age = age_on(one.born, day)
            counts["persons"] += 1
            counts["under_15"] += age < 15
            counts["from_65"] += age >= 65
            counts["abroad"] += one.born_abroad
            counts["protected"] += one.protection != "none"
            counts["coordination"] += one.number_kind == "samordningsnummer"
            counts["adults"] += age >= 20
            counts["penniless"] += age >= 20 and not one.incomes
            languages[one.language] += 1
    rents.sort()
    persons = counts["persons"]
    return Truth(
        persons=persons,
        households=counts["households"],
        under_15=counts["under_15"] / persons,
        from_65=counts["from_65"] / persons,
        born_abroad=counts["abroad"] / persons,
        one_person_households=counts["alone"] / counts["households"],
        median_rent_kr=rents[len(rents) // 2] if rents else 0,
        lowest_rent_kr=rents[0] if rents else 0,
        highest_rent_kr=rents[-1] if rents else 0,
        protected=counts["protected"],
        coordination_numbers=counts["coordination"],
        adults_without_income=counts["penniless"] / max(1, counts["adults"]),
        languages=dict(languages),
        kinds=dict(kinds),
    )


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
