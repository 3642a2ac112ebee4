"""The standing cast: the staff and the residents that the demo, the tests and the guides all speak of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.people import public as people

SINCE = date(2020, 1, 1)
SUPPORT, CHILDREN, ADULTS, RECEPTION = "Försörjningsstöd", "Barn och familj", "Vuxen", "Mottagning"
UNITS = {SUPPORT: "income_support", CHILDREN: "children", ADULTS: "adults", RECEPTION: "reception"}


class StaffMember(NamedTuple):
    """Somebody who works here: what the log-in page says of them, and their roles."""

    name: str
    what: str
    roles: tuple[tuple[str, str], ...]


class CastResident(NamedTuple):
    """Somebody who lives here, and what the log-in page says of them."""

    given_name: str
    family_name: str
    born: date
    sex: str
    what: str
    mark: str = ""


STAFF: dict[str, StaffMember] = {
    "asa": StaffMember(
        "Åsa Åberg", "handläggare, Försörjningsstöd", ((Role.CASE_WORKER, SUPPORT), (Role.RECEPTION, SUPPORT))
    ),
    "bjorn": StaffMember("Björn Berg", "handläggare, Försörjningsstöd", ((Role.CASE_WORKER, SUPPORT),)),
    "carina": StaffMember(
        "Carina Ceder", "enhetschef, Försörjningsstöd", ((Role.MANAGER, SUPPORT), (Role.PROTECTED, SUPPORT))
    ),
    "david": StaffMember("David Dahl", "handläggare, Barn och familj", ((Role.CASE_WORKER, CHILDREN),)),
    "frida": StaffMember(
        "Frida Falk",
        "ekonom, attesterar utbetalningar",
        ((Role.ATTESTER, SUPPORT), (Role.CONTROLLER, SUPPORT)),
    ),
    "goran": StaffMember("Göran Grip", "ekonom, attesterar utbetalningar", ((Role.ATTESTER, SUPPORT),)),
    "rune": StaffMember("Rune Rask", "regelansvarig", ((Role.RULES_OFFICER, SUPPORT),)),
    "ada": StaffMember("Ada Alm", "systemförvaltare", ((Role.ADMINISTRATOR, SUPPORT),)),
    "board": StaffMember("Bo Bengtsson", "ledamot i nämnden", ((Role.BOARD, SUPPORT),)),
}
# Identity numbers of these come from the test series (birth numbers 980-999).
RESIDENTS: dict[str, CastResident] = {
    "elin": CastResident(
        "Elin", "Ekdal", date(1991, 3, 14), "woman", "söker på nytt, hon fick bistånd förra månaden"
    ),
    "farid": CastResident("Farid", "Rahimi", date(1988, 9, 2), "man", "söker för första gången"),
    "greta": CastResident("Greta", "Gren", date(1979, 6, 21), "woman", "en utomstående utan ärende"),
    "hugo": CastResident(
        "Hugo", "Hav", date(1984, 11, 5), "man", "har skyddade personuppgifter", "secrecy_mark"
    ),
}
NAMED_FOR_PROTECTED = ("asa", "carina")


@dataclass(frozen=True)
class Cast:
    """The cast as actors by first name, and the units by name."""

    actors: dict[str, Actor]
    units: dict[str, UUID]

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None


def identity_number(born: date, sex: str, nth: int = 0) -> str:
    """A number of the test series: birth numbers 980-999, odd for men and even for women."""
    individual = 980 + 2 * nth + (1 if sex == "man" else 0)
    nine = f"{born:%y%m%d}{individual}"
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(nine)
    )
    return f"{born:%Y%m%d}{individual}{(10 - total % 10) % 10}"


def make_cast(*, by: Actor, at: datetime) -> Cast:
    """Make units, accounts with their roles, residents with accounts, and the delegation order."""
    actors: dict[str, Actor] = {}
    with foundation.acting(by):
        units = {name: foundation.Unit.objects.create(name=name, kind=kind) for name, kind in UNITS.items()}
        for key, member in STAFF.items():
            account = foundation.Account.objects.create(username=key, name=member.name)
            for role, unit in member.roles:
                foundation.RoleGrant.objects.create(
                    account=account, unit=units[unit], role=role, valid_from=SINCE
                )
            actors[key] = Actor(kind="staff", account_id=account.id, name=member.name)
        for key, who in RESIDENTS.items():
            person = people.register_person(
                given_name=who.given_name,
                family_name=who.family_name,
                born=who.born,
                sex=who.sex,
                identity_number=identity_number(who.born, who.sex),
                by=by,
                at=at,
            )
            account = foundation.Account.objects.create(
                username=f"resident-{key}", name=who.given_name, person_id=person.id
            )
            actors[key] = Actor(
                kind="resident", account_id=account.id, person_id=person.id, name=who.given_name
            )
            if who.mark:
                named = [id_ for name in NAMED_FOR_PROTECTED if (id_ := actors[name].account_id)]
                people.protect_person(
                    person_id=person.id, mark=who.mark, named_account_ids=named, by=by, at=at
                )
        _delegation_order()
    return Cast(actors=actors, units={name: unit.id for name, unit in units.items()})


def _delegation_order() -> None:
    rows = [
        (decision, role, most, False)
        for decision in ("grant", "partly_grant", "refuse", "emergency")
        for role, most in ((Role.CASE_WORKER.value, 60_000), (Role.MANAGER.value, None))
    ]
    rows.append(("grant", "", 40_000, True))
    for decision, role, most, automated in rows:
        foundation.DelegationRule.objects.create(
            decision_type=f"income_support.{decision}",
            role=role,
            max_amount_kr=most,
            automated=automated,
            valid_from=SINCE,
            ground="Delegationsordningen § 4 a (KL 6 kap. 37 §)" if automated else "Delegationsordningen § 4",
        )
