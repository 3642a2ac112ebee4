"""Persons found for a child, with what tells them apart as far as the reader may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit of the search. Beyond name and year there is something only for who may read the person, and for a
    protected person nothing."""

    found: people.Found
    number: str = ""
    address: str = ""
    guardians: tuple[str, ...] = ()
    cases: tuple[casework.Case, ...] = ()


def candidates_of(found: Sequence[people.Found], actor: foundation.Actor) -> list[Candidate]:
    """The hits in their order. Each person of whom more than the hit is shown is entered in the log of readings."""
    plain = [one.person_id for one in found if not one.is_protected]
    readable = set(people.names_of(plain, actor))
    if not readable:
        return [Candidate(one) for one in found]
    with foundation.acting(actor):
        cases = casework.find_cases_of_each(sorted(readable), actor)
        foundation.log_reads(actor, dict.fromkeys(sorted(readable), ""), page="reception.candidate")
        return [
            _candidate(one, cases.get(one.person_id, ()), actor) if one.person_id in readable else Candidate(one)
            for one in found
        ]


def _candidate(found: people.Found, cases: Sequence[casework.Case], actor: foundation.Actor) -> Candidate:
    person_id = found.person_id
    number = people.identity_number_of(person_id, actor)
    home = people.address_of(person_id, actor)
    guardians = [
        row.person_id
        for row in people.relations_of(person_id, actor)
        if row.kind in ("guardian", "parent") and row.other_id == person_id
    ]
    names = people.names_of(guardians, actor) if guardians else {}
    return Candidate(
        found=found,
        number=number.number if number is not None else "",
        address=_in_line(home) if home is not None else "",
        guardians=tuple(names[one] for one in guardians if one in names),
        cases=tuple(one for one in cases if one.is_open),
    )


def _in_line(home: people.Address) -> str:
    return ", ".join(part for part in (home.street, f"{home.postal_code} {home.city}".strip()) if part)
