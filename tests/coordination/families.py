"""Families for tests, made through the product's own operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.people import public as people
from tests.cast import Cast

KIND, CHILD_KIND = "test_support", "test_children"
LONG_AGO = date(2015, 1, 1)


def register_kinds() -> None:
    """The kinds of case that these tests open."""
    casework.register_case_kind(KIND, "TS", "Test support")
    casework.register_case_kind(CHILD_KIND, "TB", "Test children")


@dataclass
class People:
    """Makes persons, ties, homes and cases by the system's hand; keeps ids by first name."""

    by: Actor
    at: datetime
    ids: dict[str, UUID] = field(default_factory=dict)

    def __getattr__(self, name: str) -> UUID:
        try:
            return self.ids[name]
        except KeyError:
            raise AttributeError(name) from None

    def add(
        self, name: str, born: int | None = None, *, sex: str = "unknown", open_to: Sequence[Any] = ()
    ) -> UUID:
        person = people.register_person(
            given_name=name.title(),
            family_name="Test",
            born=date(born, 6, 1) if born else None,
            sex=sex,
            identity_number=None,
            protection="none",
            by=self.by,
            at=self.at,
        )
        for reader in open_to:
            self.open(person.id, reader)
        self.ids[name] = person.id
        return person.id

    def open(self, person_id: UUID, reader: Any) -> None:
        key = "account_id" if isinstance(reader, Actor) else "unit_id"
        value = reader.account_id if isinstance(reader, Actor) else reader
        people.grant_reading(person_id=person_id, because="party", by=self.by, at=self.at, **{key: value})

    def relate(self, one: str, kind: str, *others: str, ended: date | None = None) -> None:
        for other in others:
            relation = people.relate(
                person_id=self.ids[one],
                other_id=self.ids[other],
                kind=kind,
                valid_from=LONG_AGO,
                by=self.by,
                at=self.at,
            )
            if ended:
                people.end_relation(relation_id=relation.id, valid_to=ended, by=self.by, at=self.at)

    def home(self, adults: Sequence[str], children: Sequence[str] = (), share: int = 100) -> UUID:
        stays = [people.Place(self.ids[one], "adult") for one in adults]
        stays += [people.Place(self.ids[one], "child", share) for one in children]
        return people.set_household(members=stays, valid_from=LONG_AGO, by=self.by, at=self.at).id

    def case(
        self, name: str, unit: UUID, worker: Actor, *, kind: str = KIND, parties: Any = ()
    ) -> casework.Case:
        case = casework.open_case(
            kind=kind, person_id=self.ids[name], unit_id=unit, parties=parties, by=self.by, at=self.at
        )
        return casework.assign_case(case_id=case.id, worker_id=worker.account_id, by=self.by, at=self.at)


def make_family(cast: Cast) -> People:
    """Three generations around Alva: parents apart, the father's new wife with Milo, Alva and Theo in two homes."""
    register_kinds()
    folk = People(cast.system, foundation.now())
    both = [cast.support, cast.children]
    for name, born, sex in (
        ("sten", 1941, "man"), ("rut", 1943, "woman"), ("mats", 1974, "man"), ("lena", 1976, "woman"), ("ines", 1981, "woman"),
        ("alva", 2012, "woman"), ("theo", 2014, "man"), ("milo", 2019, "man"),
    ):  # fmt: skip
        folk.add(name, born, sex=sex, open_to=both)
    folk.relate("sten", "partner", "rut")
    for parent in ("sten", "rut"):
        folk.relate(parent, "parent", "mats")
    for parent in ("mats", "lena"):
        folk.relate(parent, "parent", "alva", "theo")
    for parent in ("mats", "ines"):
        folk.relate(parent, "parent", "milo")
    folk.relate("mats", "partner", "lena", ended=date(2020, 1, 1))
    folk.relate("mats", "partner", "ines")
    folk.home(["lena"], ["alva", "theo"], share=50)
    folk.home(["mats", "ines"], ["alva", "theo", "milo"], share=50)
    return folk


def events_of(kind: str) -> list[foundation.Event]:
    """The events of a kind, in order."""
    with foundation.acting(foundation.system("test")):
        return list(foundation.Event.objects.filter(kind=kind).order_by("id"))
