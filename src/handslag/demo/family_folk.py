"""Three families of the demo by name: who they are, how they belong together, where they live. Plain data."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from handslag.demo.who import identity_number

SINCE = date(2021, 5, 1)
POSTAL_CODE, TOWN = "999 11", "Ekeby"
# The last of each day's test numbers, which a town of ordinary size never comes to.
NTH = 9


class Folk(NamedTuple):
    """Somebody in a family."""

    given_name: str
    family_name: str
    born: date
    sex: str

    @property
    def number(self) -> str:
        """Their identity number, of the test series."""
        return identity_number(self.born, self.sex, NTH)


class Home(NamedTuple):
    """A street with who lives there; a child's share of the month is in percent."""

    street: str
    adults: tuple[str, ...]
    children: tuple[tuple[str, int], ...] = ()


FOLK: dict[str, Folk] = {
    "sara": Folk("Sara", "Lind", date(1988, 2, 11), "woman"),
    "jonas": Folk("Jonas", "Lund", date(1985, 10, 3), "man"),
    "tuva": Folk("Tuva", "Lind", date(2016, 4, 19), "woman"),
    "melker": Folk("Melker", "Lind", date(2021, 1, 27), "man"),
    "birgit": Folk("Birgit", "Lind", date(1957, 8, 30), "woman"),
    "lena": Folk("Lena", "Ström", date(1989, 5, 7), "woman"),
    "mikael": Folk("Mikael", "Ahl", date(1986, 12, 1), "man"),
    "nadia": Folk("Nadia", "Ahl", date(1991, 7, 22), "woman"),
    "alma": Folk("Alma", "Ström", date(2014, 9, 14), "woman"),
    "theo": Folk("Theo", "Ström", date(2017, 3, 8), "man"),
    "elis": Folk("Elis", "Ahl", date(2022, 6, 2), "man"),
    "rut": Folk("Rut", "Ström", date(1960, 1, 16), "woman"),
    "sten": Folk("Sten", "Ström", date(1958, 11, 25), "man"),
    "disa": Folk("Disa", "Borg", date(1993, 4, 4), "woman"),
    "leo": Folk("Leo", "Borg", date(2015, 8, 12), "man"),
}
FAMILY_NUMBERS = frozenset(one.number for one in FOLK.values())
# Who can log in, and what the start-up text says of them.
WITH_ACCOUNT = {
    "jonas": "förälder vars barn har en akt hos Barn och familj",
    "mikael": "förälder som har fått insyn i sitt barns journal",
}
# Parents with their children; `guardians` are those of them who have custody.
PARENTS: tuple[tuple[tuple[str, ...], tuple[str, ...], bool], ...] = (
    (("sara", "jonas"), ("tuva", "melker"), True),
    (("birgit",), ("sara",), False),
    (("lena", "mikael"), ("alma", "theo"), True),
    (("mikael", "nadia"), ("elis",), True),
    (("rut", "sten"), ("lena",), False),
    (("disa",), ("leo",), True),
)
COUPLES = (("mikael", "nadia"), ("rut", "sten"))
PARTED = (("sara", "jonas"), ("lena", "mikael"))
HOMES = (
    Home("Björkgatan 4", ("jonas",)),
    Home("Lärkstigen 7", ("sara",), (("tuva", 100), ("melker", 100))),
    Home("Stationsgatan 2 A", ("lena",), (("theo", 50),)),
    Home("Parkvägen 21", ("mikael", "nadia"), (("theo", 50), ("elis", 100))),
    Home("Lillgården 3", ("rut", "sten")),
    Home("Hagagatan 15", ("disa",), (("leo", 100),)),
)
# Where each is registered: the first of the homes that they have a part in.
ADDRESSES = {
    key: home.street for home in reversed(HOMES) for key in (*home.adults, *(child for child, _ in home.children))
}
