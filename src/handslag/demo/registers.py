"""What the simulated registers know of the demo's people: benefits month by month, addresses, families, marks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from handslag.demo.family_folk import ADDRESSES, COUPLES, FOLK, PARENTS, POSTAL_CODE, TOWN
from handslag.demo.population import DEFAULT_DAY, Income, generate_population
from handslag.demo.who import HOMES, RESIDENTS, identity_number
from handslag.foundation.period import Month
from handslag.income_support.ports import ProtectionMark, RegisteredAddress
from handslag.integrations.navet.simulator import SimulatedPerson
from handslag.integrations.ssbtek.simulated_answers import SimulatedIncome

# Which agency pays what, and on which day of the month. Salary is known to no register that is asked.
PAID_BY = {
    "pension": ("PM:AP", 18),
    "unemployment_benefit": ("SO:AKASSA", 25),
    "activity_support": ("FK:AS", 25),
    "establishment_benefit": ("FK:ET", 24),
    "sickness_benefit": ("FK:SJP", 25),
    "parental_benefit": ("FK:FP", 25),
    "student_aid": ("CSN:STUDB", 25),
    "child_allowance": ("FK:ABB", 20),
    "housing_allowance": ("FK:BOB", 25),
    "maintenance_support": ("FK:US", 25),
}
NAVET_CODES = {"partner": "M", "parent": "B"}


@dataclass
class RegistersOfDemo:
    """Both simulators ask this; it is made from the same seed as the people in the database."""

    last_month: Month
    _incomes: dict[str, tuple[Income, ...]] = field(default_factory=dict)
    _earlier: dict[str, dict[str, int]] = field(default_factory=dict)
    _persons: dict[str, SimulatedPerson] = field(default_factory=dict)

    def incomes_of(self, number: str, first_day: date, last_day: date) -> Sequence[SimulatedIncome]:
        found: list[SimulatedIncome] = []
        for income in self._incomes.get(number, ()):
            if income.kind not in PAID_BY:
                continue
            code, day = PAID_BY[income.kind]
            month = Month.of(first_day)
            while month.first <= last_day:
                paid_on = month.first.replace(day=day)
                if first_day <= paid_on <= last_day:
                    earlier = self._earlier.get(number, {}).get(income.kind, income.amount_kr)
                    amount = income.amount_kr if month >= self.last_month else earlier
                    found.append(SimulatedIncome(code, Decimal(amount), paid_on, month.first, month.last))
                month = month.next()
        return found

    def resident(self, identity_number: str) -> SimulatedPerson | None:
        return self._persons.get(identity_number)


def registers_of_demo(*, size: int, seed: int, today: date) -> RegistersOfDemo:
    """What the registers know of a municipality of this size and seed, and of the standing cast, on a day."""
    known = RegistersOfDemo(last_month=Month.of(today).previous())
    for household in generate_population(size=size, seed=seed, day=DEFAULT_DAY):
        numbers = {one.id: one.identity_number for one in household.residents}
        home = household.dwelling
        for one in household.residents:
            known._incomes[one.identity_number] = one.incomes
            relations = [
                (NAVET_CODES[kin.kind], numbers[kin.other_id])
                for kin in household.kinships
                if kin.person_id == one.id and kin.kind in NAVET_CODES and kin.other_id in numbers
            ]
            known._persons[one.identity_number] = SimulatedPerson(
                identity_number=one.identity_number,
                given_name=one.given_name,
                family_name=one.family_name,
                address=RegisteredAddress("", home.street, home.postal_code, home.city)
                if one.protection == "none"
                else None,
                protection=ProtectionMark(one.protection),
                relations=tuple(relations),
            )
    for key, who in RESIDENTS.items():
        number = identity_number(who.born, who.sex)
        home_of = HOMES.get(key)
        known._incomes[number] = tuple(Income(kind, amount) for kind, amount, _ in who.incomes)
        known._earlier[number] = {kind: earlier for kind, _, earlier in who.incomes}
        children = home_of.children if home_of else ()
        known._persons[number] = SimulatedPerson(
            identity_number=number,
            given_name=who.given_name,
            family_name=who.family_name,
            address=RegisteredAddress("", home_of.street, "999 11", "Ekeby")
            if home_of and not who.mark
            else None,
            protection=ProtectionMark(who.mark or "none"),
            relations=tuple(("B", identity_number(child.born, child.sex)) for child in children),
        )
        for child in children:
            childs = identity_number(child.born, child.sex)
            known._persons[childs] = SimulatedPerson(
                identity_number=childs,
                given_name=child.given_name,
                family_name=who.family_name,
                address=RegisteredAddress("", home_of.street, "999 11", "Ekeby") if home_of else None,
                relations=(("MO" if who.sex == "woman" else "FA", number),),
            )
    _families(known)
    return known


def _families(known: RegistersOfDemo) -> None:
    """The families by name: where they live, their partners and children."""
    related: dict[str, list[tuple[str, str]]] = {key: [] for key in FOLK}
    for one, other in COUPLES:
        related[one].append((NAVET_CODES["partner"], FOLK[other].number))
        related[other].append((NAVET_CODES["partner"], FOLK[one].number))
    for parents, children, _have_custody in PARENTS:
        for parent in parents:
            for child in children:
                related[parent].append((NAVET_CODES["parent"], FOLK[child].number))
                code = "MO" if FOLK[parent].sex == "woman" else "FA"
                related[child].append((code, FOLK[parent].number))
    for key, who in FOLK.items():
        street = ADDRESSES.get(key)
        known._persons[who.number] = SimulatedPerson(
            identity_number=who.number,
            given_name=who.given_name,
            family_name=who.family_name,
            address=RegisteredAddress("", street, POSTAL_CODE, TOWN) if street else None,
            relations=tuple(related[key]),
        )
