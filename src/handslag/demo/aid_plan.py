"""Which households of the demo had economic aid, and in which months: drawn from the same seed as the people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from handslag.demo.population import HouseholdOfDemo, Resident
from handslag.foundation.period import Month

# Vetlanda 2014-2018: 483-595 households in a year among 27 000 inhabitants (handbook, proportions).
HOUSEHOLDS_A_YEAR = 550
PER_INHABITANTS = 27_446
LONG_SHARE = 0.37
GROWN_AT = 19  # an adult in all of the months, whichever the month of birth
COUNTED_BY_REGISTERS = {
    "pension": "pension",
    "unemployment_benefit": "unemployment_benefit",
    "activity_support": "activity_grant",
    "establishment_benefit": "activity_grant",
    "sickness_benefit": "sickness_benefit",
    "parental_benefit": "parental_benefit",
    "student_aid": "student_aid",
    "salary": "salary",
    "child_allowance": "child_allowance",
    "housing_allowance": "housing_allowance",
    "maintenance_support": "maintenance_support",
}


@dataclass(frozen=True)
class Spell:
    """One household's months with applications, in order. Adults are a1 (who applies) and a2, children c1, c2 …"""

    household: HouseholdOfDemo
    adults: tuple[Resident, ...]
    children: tuple[Resident, ...]
    months: tuple[Month, ...]
    rent_kr: int
    electricity_kr: int
    exact: bool = False  # nothing varies from month to month: a life told in a story
    case_id: UUID | None = None  # a case that is chosen beforehand

    def facts(
        self, month: Month, *, in_a_row: int, stimulus_since: date | None, draw: Random
    ) -> dict[str, Any]:
        """The case of a month in the format of `handslag assess`."""
        children = [child for child in self.children if child.born <= month.first and _age(child, month) < 18]
        incomes: list[dict[str, Any]] = []
        for number, adult in enumerate(self.adults, start=1):
            incomes += [
                {
                    "kind": COUNTED_BY_REGISTERS[income.kind],
                    "of": f"a{number}",
                    "amount": int(income.amount_kr * (1 if self.exact else _part(draw))),
                }
                for income in adult.incomes
                if income.kind in COUNTED_BY_REGISTERS
            ]
        if children and not self.exact:
            incomes.append({"kind": "child_allowance", "of": "a1", "amount": 1250 * len(children)})
        special = (
            [{"kind": "spectacle_frames", "amount": 900}] if not self.exact and draw.random() < 0.02 else []
        )
        return {
            "month": str(month),
            "household": {
                "adults": [
                    {"id": f"a{n}", "born": adult.born.isoformat()}
                    for n, adult in enumerate(self.adults, start=1)
                ],
                "cohabiting": len(self.adults) == 2,
                "children": [
                    {
                        "id": f"c{n}",
                        "born": child.born.isoformat(),
                        "lunch": "away" if 1 <= _age(child, month) <= 5 else "home",
                        "share": 1,
                    }
                    for n, child in enumerate(children, start=1)
                ],
                "lodger_in_household_of": None,
            },
            "costs": [
                {"kind": "rent", "amount": self.rent_kr, "rooms": min(5, self.household.dwelling.rooms)},
                {"kind": "electricity", "amount": self.electricity_kr},
            ],
            "special": special,
            "incomes": incomes,
            "registers": {agency: "ok" for agency in ("fk", "csn", "af", "skv", "so", "pm")},
            "history": {
                "months_with_aid_in_a_row": in_a_row,
                "job_stimulus_since": None if stimulus_since is None else f"{stimulus_since:%Y-%m}",
            },
        }


def plan_spells(
    households: Iterable[HouseholdOfDemo], *, size: int, months: list[Month], seed: int
) -> Iterator[Spell]:
    """The spells of all the months; about as many households a year as printed for Vetlanda, by inhabitants."""
    draw = Random(seed + 77)
    wanted = round(HOUSEHOLDS_A_YEAR * size / PER_INHABITANTS * (len(months) / 12) ** 0.75)
    grown_by = months[0].first.year - GROWN_AT
    poor = [household for household in households if _may_need_aid(household, grown_by)]
    draw.shuffle(poor)
    for household in poor[:wanted]:
        first = draw.randrange(len(months))
        is_long = draw.random() < LONG_SHARE
        length = draw.randint(9, 30) if is_long else min(8, 1 + int(draw.expovariate(0.42)))
        people = {one.id: one for one in household.residents}
        adults = tuple(
            people[m.person_id] for m in household.members if m.role == "adult" and m.person_id in people
        )[:2]
        children = tuple(
            people[m.person_id] for m in household.members if m.role == "child" and m.person_id in people
        )
        yield Spell(
            household=household,
            adults=adults if household.kind in ("couple", "family") else adults[:1],
            children=children,
            months=tuple(months[first : first + length]),
            rent_kr=household.dwelling.cost_kr,
            electricity_kr=draw.choice((250, 300, 350, 420, 480)),
        )


def _may_need_aid(household: HouseholdOfDemo, grown_by: int) -> bool:
    role = {member.person_id: member.role for member in household.members}
    adults = [one for one in household.residents if role.get(one.id) == "adult"]
    if any(one.born.year > grown_by for one in adults):
        return False
    if not adults or household.kind == "grown_ups" or household.dwelling.tenure != "rented":
        return False
    if any(one.protection != "none" or one.born.year < 1960 for one in household.residents):
        return False
    income = sum(each.amount_kr for one in adults for each in one.incomes)
    return income < 9_000 + 4_500 * (len(household.members) - 1)


def _age(one: Resident, month: Month) -> int:
    return month.first.year - one.born.year - (one.born.month > month.first.month)


def _part(draw: Random) -> float:
    return draw.choice((1.0, 1.0, 1.0, 0.9, 1.25, 1.9))
