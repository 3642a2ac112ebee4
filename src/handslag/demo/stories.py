"""The standing cast's own lives: where they live, and what they have had before the demo opens."""

from datetime import date, datetime
from decimal import Decimal
from random import Random
from uuid import UUID

from handslag.demo.aid_history import copy_spells
from handslag.demo.aid_plan import Spell
from handslag.demo.cast import Cast
from handslag.demo.population import Dwelling, HouseholdOfDemo, Income, Resident
from handslag.demo.rules_of_demo import SAMPLE_PERCENT
from handslag.demo.who import HOMES, RESIDENTS, identity_number
from handslag.foundation import public as foundation
from handslag.foundation.public import Month
from handslag.income_support.operations.automation import draw_hits
from handslag.people import public as people

SINCE = date(2021, 5, 1)
POSTAL_CODE, TOWN = "999 11", "Ekeby"
MONTHS_NOT_DRAWN = 13  # this one and a year


def play(cast: Cast) -> None:
    """Give the cast homes and children, and Elin the two months of aid before this one."""
    by, at = foundation.system("demo"), foundation.now()
    children = {key: _move_in(key, cast, by, at) for key in HOMES}
    this = Month.of(foundation.today())
    elin = _resident("elin", cast)
    home = HOMES["elin"]
    household = HouseholdOfDemo(
        id=elin.id, kind="single_parent", residents=(elin, *children["elin"]), members=(), kinships=(), formed_on=SINCE,
        dwelling=Dwelling(home.street, POSTAL_CODE, TOWN, "rented", home.rooms, home.rent_kr),
    )  # fmt: skip
    spell = Spell(
        household=household, adults=(elin,), children=tuple(children["elin"]), months=(this.plus(-2), this.plus(-1)),
        rent_kr=home.rent_kr, electricity_kr=420, exact=True, case_id=_case_not_drawn(this),
    )  # fmt: skip
    copy_spells(cast, [spell], draw=Random(1))


def _case_not_drawn(this: Month) -> UUID:
    """A case none of whose coming months the sample draws: whoever tries the demo sees Elin granted automatically.

    The sample itself is as the board decided it, for her as for everybody; only her case is chosen among possible ones.
    """
    while True:
        found = foundation.new_id()
        if not any(draw_hits(found, str(this.plus(n)), Decimal(SAMPLE_PERCENT)) for n in range(MONTHS_NOT_DRAWN)):
            return found


def _move_in(key: str, cast: Cast, by: foundation.Actor, at: datetime) -> list[Resident]:
    who, home = RESIDENTS[key], HOMES[key]
    person_id = cast.actors[key].person_id
    assert person_id is not None
    places = [people.Place(person_id=person_id, role="adult")]
    made = []
    for child in home.children:
        person = people.register_person(
            given_name=child.given_name, family_name=who.family_name, born=child.born, sex=child.sex, protection="none",
            identity_number=identity_number(child.born, child.sex), by=by, at=at,
        )  # fmt: skip
        places.append(people.Place(person_id=person.id, role="child"))
        for kind in ("parent", "guardian"):
            people.relate(
                person_id=person_id, other_id=person.id, kind=kind, valid_from=child.born, by=by, at=at
            )
        made.append(
            Resident(
                person.id,
                child.given_name,
                who.family_name,
                child.born,
                child.sex,
                identity_number(child.born, child.sex),
                "personnummer",
                False,
                None,
                "sv",
                False,
                "none",
                "",
                (),
            )
        )
    people.set_household(members=places, valid_from=SINCE, by=by, at=at)
    for place in places:
        people.set_address(
            person_id=place.person_id, kind="registered", street=home.street, postal_code=POSTAL_CODE, city=TOWN,
            source="population_register", valid_from=SINCE, by=by, at=at,
        )  # fmt: skip
    return made


def _resident(key: str, cast: Cast) -> Resident:
    who = RESIDENTS[key]
    person_id = cast.actors[key].person_id
    assert person_id is not None
    incomes = tuple(Income(kind, amount) for kind, amount, _ in who.incomes)
    return Resident(
        person_id, who.given_name, who.family_name, who.born, who.sex, identity_number(who.born, who.sex), "personnummer", False, None,
        "sv", False, "none", "", incomes,
    )  # fmt: skip
