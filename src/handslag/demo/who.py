"""Who the standing cast are: plain data, for the database, the simulated registers, the tests and the guides."""

from datetime import date
from typing import NamedTuple

from handslag.people.rules.identity_number import check_digit

SINCE = date(2020, 1, 1)
SUPPORT, CHILDREN, ADULTS, RECEPTION = "Försörjningsstöd", "Barn och familj", "Vuxen", "Mottagning"
ON_CALL = "Socialjour"
# A code that no municipality has.
MUNICIPALITY = "9999"
UNITS = {
    SUPPORT: "income_support",
    CHILDREN: "children",
    ADULTS: "adults",
    RECEPTION: "reception",
    ON_CALL: "on_call",
}


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
    # What the registers paid: kind, kronor last month, kronor each month before that.
    incomes: tuple[tuple[str, int, int], ...] = ()


class CastChild(NamedTuple):
    """A child of somebody in the cast."""

    given_name: str
    born: date
    sex: str


class CastHome(NamedTuple):
    """Where somebody of the cast lives, what it costs a month, and the children there."""

    street: str
    rooms: int
    rent_kr: int
    children: tuple[CastChild, ...] = ()


STAFF: dict[str, StaffMember] = {
    "asa": StaffMember(
        "Åsa Åberg", "handläggare, Försörjningsstöd", (("case_worker", SUPPORT), ("reception", SUPPORT))
    ),
    "bjorn": StaffMember("Björn Berg", "handläggare, Försörjningsstöd", (("case_worker", SUPPORT),)),
    "carina": StaffMember(
        "Carina Ceder", "enhetschef, Försörjningsstöd", (("manager", SUPPORT), ("protected", SUPPORT))
    ),
    "david": StaffMember("David Dahl", "handläggare, Barn och familj", (("case_worker", CHILDREN),)),
    "sam": StaffMember("Sam Sand", "handläggare, Barn och familj", (("case_worker", CHILDREN),)),
    "maja": StaffMember(
        "Maja Malm", "mottagningen, Barn och familj", (("reception", CHILDREN), ("case_worker", CHILDREN))
    ),
    "eva": StaffMember(
        "Eva Ek", "enhetschef, Barn och familj", (("manager", CHILDREN), ("protected", CHILDREN))
    ),
    "olle": StaffMember("Olle Ohlin", "socialjouren", (("reception", ON_CALL),)),
    "vera": StaffMember("Vera Vik", "handläggare, Vuxen", (("case_worker", ADULTS), ("reception", ADULTS))),
    "ivar": StaffMember("Ivar Isaksson", "handläggare, Vuxen", (("case_worker", ADULTS),)),
    "frida": StaffMember(
        "Frida Falk",
        "ekonom, attesterar utbetalningar",
        (("attester", SUPPORT), ("controller", SUPPORT)),
    ),
    "goran": StaffMember("Göran Grip", "ekonom, attesterar utbetalningar", (("attester", SUPPORT),)),
    "rune": StaffMember("Rune Rask", "regelansvarig", (("rules_officer", SUPPORT),)),
    "ada": StaffMember("Ada Alm", "systemförvaltare", (("administrator", SUPPORT),)),
    "board": StaffMember("Bo Bengtsson", "ledamot i nämnden", (("board", SUPPORT),)),
}
# Identity numbers of these come from the test series (birth numbers 980-999).
RESIDENTS: dict[str, CastResident] = {
    "elin": CastResident(
        "Elin", "Ekdal", date(1991, 3, 14), "woman", "söker på nytt, hon fick bistånd förra månaden",
        incomes=(("child_allowance", 1250, 1250), ("housing_allowance", 1300, 1300), ("maintenance_support", 1823, 1823)),
    ),
    "farid": CastResident(
        "Farid", "Rahimi", date(1988, 9, 2), "man", "söker för första gången",
        incomes=(("sickness_benefit", 3400, 9200), ("housing_allowance", 900, 900)),
    ),
    "greta": CastResident("Greta", "Gren", date(1979, 6, 21), "woman", "en utomstående utan ärende"),
    "hugo": CastResident("Hugo", "Hav", date(1984, 11, 5), "man", "har skyddade personuppgifter", "secrecy_mark"),
    "tina": CastResident("Tina", "Tall", date(1982, 4, 17), "woman", "lärare, anmäler oro i sitt arbete"),
}  # fmt: skip
HOMES: dict[str, CastHome] = {
    "elin": CastHome("Storgatan 12 B", 2, 5800, (CastChild("Nils", date(2018, 5, 2), "man"),)),
    "farid": CastHome("Kvarngatan 3", 2, 7400),
    "greta": CastHome("Ängsvägen 8", 3, 8100),
}
NAMED_FOR_PROTECTED = ("asa", "carina")
# Who reports in their work when they log in: profession (a code) and employer.
PROFESSIONALS = {"tina": ("school", "Ekebyskolan")}


def identity_number(born: date, sex: str, nth: int = 0) -> str:
    """A number of the test series: birth numbers 980-999, odd for men and even for women."""
    individual = 980 + 2 * nth + (1 if sex == "man" else 0)
    nine = f"{born:%y%m%d}{individual}"
    return f"{born:%Y%m%d}{individual}{check_digit(nine)}"


CAST_NUMBERS = frozenset(
    [identity_number(who.born, who.sex) for who in RESIDENTS.values()]
    + [identity_number(child.born, child.sex) for home in HOMES.values() for child in home.children]
)
