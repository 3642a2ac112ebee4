"""The front door of the demo municipality: fill an empty database once, and say who one can be."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from handslag.analytics import public as analytics
from handslag.demo import aid_history, children_history, families, stories
from handslag.demo.cast import make_cast, open_reception
from handslag.demo.family_folk import FOLK, WITH_ACCOUNT
from handslag.demo.population import DEFAULT_DAY, HouseholdOfDemo, generate_population
from handslag.demo.residents import copy_residents
from handslag.demo.rules_of_demo import enter_rules
from handslag.demo.who import RESIDENTS, STAFF
from handslag.foundation import public as foundation

__all__ = ["fill_once", "who_to_be"]

KEPT_AT_MOST = 100_000  # inhabitants that are kept in memory while the municipality is filled


@foundation.event("demo.filled")
@dataclass(frozen=True)
class DemoFilled:
    """The synthetic municipality is whole; a start that does not find this event begins anew."""

    size: int
    years: int
    seed: int


def fill_once(
    *, size: int, years: int, seed: int, say: Callable[[str], None], truth_file: Path | None = None
) -> bool:
    """Fill the database unless it is filled; gives whether it was filled now. A half-made filling is begun anew.

    What the history holds, counted, is written to `truth_file`, so that statistics can be checked against it.
    """
    by = foundation.system("demo")
    with foundation.acting(by):
        if foundation.Event.objects.filter(kind="demo.filled").exists():
            return False
    began = time.monotonic()
    _empty()
    say(f"Filling the municipality of Ekeby with {size:,} invented inhabitants …".replace(",", " "))
    people = _Inhabitants(size, seed)
    copy_residents(people, seed=seed, size=size, say=say)
    cast = make_cast(by=by, at=foundation.now())
    open_reception(cast, by=by, at=foundation.now())
    enter_rules(cast)
    say(f"  {years} years of economic aid …")
    truth: dict[str, Any] = dict(
        aid_history.copy_history(cast, size=size, years=years, seed=seed, people=people)
    )
    say(f"  {years} years of concern for children …")
    truth["children"] = children_history.copy_children(
        cast, size=size, years=years, seed=seed, people=people
    )
    say("  the standing cast and their cases, three families …")
    stories.play(cast)
    truth["families"] = families.play(cast)
    if truth_file is not None:
        truth_file.write_text(json.dumps(truth, indent=1))
    analytics.refresh_all(by=by, at=foundation.now())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    with foundation.acting(by):
        foundation.record(DemoFilled(size=size, years=years, seed=seed), by=by, at=foundation.now())
    say(f"  filled in {time.monotonic() - began:.0f} s")
    return True


def who_to_be() -> list[tuple[str, str]]:
    """The cast for the log-in page and the start-up text: name and what they are."""
    residents = [(f"{who.given_name} {who.family_name}", who.what) for who in RESIDENTS.values()]
    residents += [(f"{FOLK[key].given_name} {FOLK[key].family_name}", what) for key, what in WITH_ACCOUNT.items()]
    return residents + [(member.name, member.what) for member in STAFF.values()]


class _Inhabitants:
    """The inhabitants, as often as they are asked for: a town is kept in memory, a large city made anew each time."""

    def __init__(self, size: int, seed: int) -> None:
        self._size, self._seed = size, seed
        self._kept = list(self._made()) if size <= KEPT_AT_MOST else None

    def __iter__(self) -> Iterator[HouseholdOfDemo]:
        return self._made() if self._kept is None else iter(self._kept)

    def _made(self) -> Iterator[HouseholdOfDemo]:
        return generate_population(size=self._size, seed=self._seed, day=DEFAULT_DAY)


def _empty() -> None:
    """Remove what a broken-off filling left; the owner alone may, and only the demo asks."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables WHERE schemaname = 'stats' OR schemaname = 'public' AND "
            "tablename ~ '^(foundation|people|casework|income_support|child_protection|adult_support|coordination)_' AND tablename <> 'foundation_actor_key'"
        )
        tables = cursor.fetchone()[0]
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
