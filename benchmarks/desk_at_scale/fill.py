"""Run by `benchmarks.desk_at_scale`: fill an empty installation with so many persons and cases, by COPY.

Every other case worker works with children: their cases are children's files with ten years of reports, investigations and
clocks (`benchmarks.children`).

Case workers have sixty open cases each and units hold twenty-five of them, whatever the size, as in a municipality
that grows. Prints one JSON object: for each of sixteen case workers a session and the persons of own cases.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.children import add_concern
from handslag.config.serve import _prepare, with_database

USERS, OPEN_OF_EACH, WORKERS_IN_UNIT, OPEN_SHARE = 16, 60, 25, 0.2
SEED, PERSONS_OF_EACH = 1, 40
CASE = (
    "id", "number", "kind", "person_id", "unit_id", "worker_id", "state", "restricted", "restricted_because", "opened_at", "closed_at",
    "closed_because", "due_on", "due_rule", "version",
)  # fmt: skip
PARTY = ("id", "case_id", "person_id", "role", "has_insight", "valid_from", "valid_to")
GRANT = ("id", "person_id", "unit_id", "account_id", "because", "valid_from", "valid_to")


def main(persons: int, cases: int) -> None:
    with with_database():
        _prepare()
        from django.db import connections

        from handslag.demo.cast import make_cast
        from handslag.demo.population import DEFAULT_DAY, generate_population
        from handslag.demo.residents import copy_residents
        from handslag.foundation import public as foundation

        adults: list[UUID] = []
        young: list[UUID] = []
        households = _kept(generate_population(size=persons, seed=SEED, day=DEFAULT_DAY), adults, young)
        copy_residents(households, seed=SEED, size=persons, say=_quiet)
        make_cast(by=foundation.system("demo"), at=foundation.now())
        workers = _workers(max(USERS, round(cases * OPEN_SHARE / OPEN_OF_EACH)), also_children=True)
        own = _cases(adults, cases, workers, young=young)
        with connections["owner"].cursor() as cursor:
            add_concern(cursor, persons=persons)
            cursor.execute("VACUUM ANALYZE")
        print(
            json.dumps(
                [
                    {"session": _session(each), "persons": own[each.id][:PERSONS_OF_EACH]}
                    for each in _some(workers)
                ]
            )
        )


def _quiet(_words: str) -> None:
    """The filling tells how far it has come; here nobody reads it."""


def _kept(households: Any, adults: list[UUID], young: list[UUID] | None = None) -> Iterator[Any]:
    """The households as they pass, with their adults, and the children if asked for, noted."""
    for household in households:
        known = [one for one in household.residents if one.protection == "none"]
        adults += [one.id for one in known if one.born.year < 2005]
        if young is not None:
            young += [one.id for one in known if one.born.year >= 2009]
        yield household


def _some(workers: list[Any]) -> list[Any]:
    step = len(workers) // USERS
    step -= step > 1 and step % 2 == 0  # an odd step takes of those with adults and of those with children in turn
    return [workers[n * step] for n in range(USERS)]


def _workers(count: int, *, also_children: bool = False) -> list[Any]:
    """So many case workers, twenty-five in a unit; every other one in a unit for children, if asked for."""
    from handslag.foundation import public as foundation
    from handslag.foundation.public import Account, RoleGrant, Unit

    since, made = foundation.today() - timedelta(days=400), []
    with foundation.acting(foundation.system("demo")):
        units: dict[tuple[bool, int], Any] = {}
        for n in range(count):
            with_children = also_children and n % 2 == 1
            number = (n // 2 if also_children else n) // WORKERS_IN_UNIT + 1
            unit = units.get((with_children, number))
            if unit is None:
                name, kind = ("Barn och familj", "children") if with_children else ("Försörjningsstöd", "income_support")
                unit = units[with_children, number] = Unit.objects.create(name=f"{name} {number}", kind=kind)
            account = Account.objects.create(username=f"bench-{n}", name=f"Handläggare {n}")
            RoleGrant.objects.create(account=account, unit=unit, role="case_worker", valid_from=since)
            account.unit_of_bench = unit.id  # type: ignore[attr-defined]
            account.is_with_children = with_children  # type: ignore[attr-defined]
            made.append(account)
    return made


def _cases(
    adults: list[UUID], count: int, workers: list[Any], *, young: list[UUID] | None = None
) -> dict[UUID, list[str]]:
    """So many cases; gives the persons in the open ones of each worker."""
    from handslag.demo.copying import Copier
    from handslag.foundation import public as foundation

    copier, draw, today = Copier(), Random(SEED), foundation.today()
    for table, columns in (
        ("people_persongrant", GRANT),
        ("casework_case", CASE),
        ("casework_caseparty", PARTY),
    ):
        copier.table(table, columns)
    own: dict[UUID, list[str]] = {each.id: [] for each in workers}
    files = 0
    for n in range(count):
        has_none = n < len(workers)  # nobody is without an open case, however small the town
        worker = workers[n if has_none else draw.randrange(len(workers))]
        kind, prefix, role, person = "income_support", "EB", "applicant", adults[int(n * len(adults) / count)]
        if young is not None and worker.is_with_children:
            kind, prefix, role, person = "child_protection", "BU", "child", young[files % len(young)]
            files += 1  # a child has one file
        case_id = foundation.new_id()
        opened = datetime(2022, 1, 3, 9, tzinfo=UTC) + timedelta(minutes=draw.randrange(2_500_000))
        is_open = has_none or draw.random() < OPEN_SHARE
        due = today + timedelta(days=draw.randint(-3, 60)) if is_open else None
        copier.add(
            "people_persongrant",
            (foundation.new_id(), person, worker.unit_of_bench, None, "party", opened.date(), None),
        )
        copier.add(
            "casework_case",
            (
                case_id, f"{prefix}-{opened.year}-{n:06d}", kind, person, worker.unit_of_bench, worker.id,
                "open" if is_open else "closed", False, "", opened, None if is_open else opened + timedelta(days=90),
                "" if is_open else "other", due, "FL12" if is_open else "", 1,
            ),
        )  # fmt: skip
        copier.add(
            "casework_caseparty", (foundation.new_id(), case_id, person, role, kind == "income_support", opened, None)
        )
        if is_open:
            own[worker.id].append(str(person))
        if n % 20_000 == 0:
            copier.write()
    copier.write()
    return own


def _session(account: Any) -> str:
    """A session as after log-in; the server that is started later believes it by the installation's secret."""
    from django.conf import settings
    from django.test import Client

    from handslag.foundation import public as foundation

    client = Client()
    with foundation.acting(foundation.system("log-in")):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
