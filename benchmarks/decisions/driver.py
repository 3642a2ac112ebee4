"""Run by `benchmarks.decisions` in a process of its own, as owner of the product's database.

Gives so many residents two months of aid behind them and a written draft, then submits as they would. Prints one
JSON object: seconds for each decision alone and for each of those at once, and the seconds of the whole heap.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import django

django.setup()

import psycopg
from django.db import connections

from handslag.demo.aid_history import copy_spells
from handslag.demo.aid_plan import Spell
from handslag.demo.cast import Cast
from handslag.demo.population import DEFAULT_DAY, HouseholdOfDemo, generate_population
from handslag.demo.who import SUPPORT
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month
from handslag.income_support import public as income_support

BY = foundation.system("demo")
ANSWERS: dict[str, dict[str, Any]] = {
    "changes": {"has_changed": "no"},
    "incomes": {"has_incomes": "no"},
    "occupation": {
        "status": "job_seeking",
        "registered_as_job_seeker": "yes",
        "done_this_month": "Sökt arbete",
    },
    "summary": {"truthful": "on"},
}
DELIVERED, HANDED = "casework.decision_delivered", "income_support.application_handed_to_worker"
# Looking costs the processor too: for the heap, whose seconds are many, it is done less often than for one alone.
SUBMITTERS, LOOKS_EACH_SECONDS, LOOKS_AT_A_HEAP_EACH_SECONDS, GIVES_UP_AFTER_SECONDS = 8, 0.02, 0.2, 600


def main(many: int, single: int) -> None:
    cast = _cast()
    _board_decides(cast)
    residents = _residents(cast, many + single)
    drafts = {each.person_id: _draft(each) for each in residents}
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    watch = _Watch()
    alone = []
    for each in residents[:single]:
        watch.submit(each, drafts[each.person_id])
        watch.until(1)
        alone += watch.seconds()
    watch = _Watch()
    began, before = time.perf_counter(), _spent()
    with ThreadPoolExecutor(SUBMITTERS) as pool:
        sent = pool.map(lambda each: watch.submit(each, drafts[each.person_id]), residents[single:])
        watch.until(many)
        list(sent)
    told = {
        "alone": alone,
        "together": watch.seconds(),
        "seconds": watch.last - began,
        "handed": watch.handed,
    }
    cpu = {name: (spent - before.get(name, 0.0)) / many for name, spent in _spent().items()}
    print(json.dumps(told | {"cpu": cpu}))


class _Watch:
    """Submits, and reads the events through a connection of its own until each submitted one has come out."""

    def __init__(self) -> None:
        self._owner = psycopg.connect(_address())
        self._owner.autocommit = True
        row = self._owner.execute("SELECT coalesce(max(id), 0) FROM foundation_event").fetchone()
        self._seen = row[0] if row else 0
        self._sent: dict[UUID, float] = {}
        self._came: dict[UUID, float] = {}
        self.handed, self.last = 0, 0.0

    def submit(self, resident: Actor, draft_id: UUID) -> None:
        assert resident.person_id is not None
        self._sent[resident.person_id] = time.perf_counter()
        income_support.submit_application(draft_id=draft_id, by=resident, at=foundation.now())
        connections["default"].close()

    def until(self, count: int) -> None:
        """Wait for so many more. AssertionError when they do not come."""
        wanted, limit = len(self._came) + self.handed + count, time.perf_counter() + GIVES_UP_AFTER_SECONDS
        while len(self._came) + self.handed < wanted:
            # ids are given before the commit, so each look begins where the first look did
            rows = self._owner.execute(
                "SELECT kind, person_id FROM foundation_event WHERE id > %s AND kind = ANY(%s)",
                [self._seen, [DELIVERED, HANDED]],
            ).fetchall()
            now = time.perf_counter()
            self.handed = sum(kind == HANDED for kind, _ in rows)
            for kind, person_id in rows:
                if kind == DELIVERED and person_id not in self._came:
                    self._came[person_id] = self.last = now
            if now > limit:
                raise AssertionError(f"{len(self._came)} of {wanted} came out")
            time.sleep(LOOKS_EACH_SECONDS if count == 1 else LOOKS_AT_A_HEAP_EACH_SECONDS)

    def seconds(self) -> list[float]:
        """From submit to visible, of those that have come out since the last time."""
        found = [self._came[each] - self._sent[each] for each in self._sent if each in self._came]
        self._sent = {each: at for each, at in self._sent.items() if each not in self._came}
        return found


def _address() -> str:
    from handslag.config.place import place

    return place().owner_url


def _spent() -> dict[str, float]:
    """Processor seconds spent so far by the workers, the simulated registers, the database and this process."""
    from handslag.config.place import place

    var = place().var
    pids = json.loads((var / "pids.json").read_text())
    postmaster = int((var / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    spent = {name: _processor_seconds(pid) for name, pid in pids.items() if name != "web"}
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    spent["database"] = sum(map(_processor_seconds, [postmaster, *map(int, children)]))
    spent["submitting"] = time.process_time()
    return spent


def _processor_seconds(pid: int) -> float:
    """Of a process and of its children that have ended; 0 for one that has just ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _cast() -> Cast:
    with foundation.acting(BY):
        accounts = {
            row.username: row
            for row in foundation.Account.objects.filter(username__in=("asa", "bjorn", "rune"))
        }
        unit = foundation.Unit.objects.get(name=SUPPORT)
    actors = {name: Actor(kind="staff", account_id=row.id, name=row.name) for name, row in accounts.items()}
    return Cast(actors=actors, units={SUPPORT: unit.id})


def _board_decides(cast: Cast) -> None:
    """No draws for a person's check while this is measured."""
    today = foundation.today()
    income_support.enter_automation_rule(
        valid_from=today, kinds=["renewal"], highest_kr=40_000, paragraph="§ 45 (påhittat)", decided_on=today,
        sample_percent=0, demo=True, by=cast.rune, at=foundation.now(),
    )  # fmt: skip


def _residents(cast: Cast, count: int) -> list[Actor]:
    """Persons who live alone and had aid for the two months before this, each with an account."""
    this = Month.of(foundation.today())
    with foundation.acting(BY):
        known = set(income_support.Application.objects.values_list("applicant_id", flat=True))
    spells = []
    for household in generate_population(size=6_000, seed=1, day=DEFAULT_DAY):
        one = household.residents[0] if household.residents else None
        if one is None or not _fits(household) or one.id in known:
            continue
        home = household._replace(residents=(one._replace(incomes=()),))
        spells.append(
            Spell(
                home,
                home.residents,
                (),
                (this.plus(-2), this.plus(-1)),
                rent_kr=4_500,
                electricity_kr=300,
                exact=True,
            )
        )
        if len(spells) == count:
            break
    assert len(spells) == count, f"only {len(spells)} fit"
    copy_spells(cast, spells, draw=Random(3))
    made = []
    with foundation.acting(BY):
        for spell in spells:
            one = spell.adults[0]
            account = foundation.Account.objects.create(
                username=f"bench-{one.id}", name=one.given_name, person_id=one.id
            )
            made.append(Actor(kind="resident", account_id=account.id, person_id=one.id, name=one.given_name))
    return made


def _fits(household: HouseholdOfDemo) -> bool:
    one = household.residents[0]
    kinds = {income.kind for income in one.incomes}
    return (
        household.kind == "single" and one.protection == "none" and 1963 <= one.born.year <= 2003
        and kinds <= {"salary"}
    )  # fmt: skip


def _draft(resident: Actor) -> UUID:
    draft = income_support.start_draft(month=Month.of(foundation.today()), by=resident, at=foundation.now())
    for step in income_support.own_steps(draft):
        draft, problems = income_support.save_draft_step(
            draft_id=draft.id,
            step=step,
            answers=ANSWERS[step],
            version=draft.version,
            by=resident,
            at=foundation.now(),
        )
        assert problems == (), problems
    return draft.id


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
