"""Statutory time limits as dated rules. Pure: a loader gives the rows of `parameters/clocks.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, cast

from handslag.casework.rules.calendar import Unit, add, working_day_from

Status = Literal["confirmed", "unconfirmed"]
COUNTED_UNITS = ("days", "weeks", "months", "years")


class NoClockRule(LookupError):
    """No version of the rule is in force on the day. The nearest one is never used instead."""

    def __init__(self, rule: str, day: date) -> None:
        super().__init__(f"No version of the time limit {rule} is in force on {day.isoformat()}.")
        self.rule = rule
        self.day = day


@dataclass(frozen=True, slots=True)
class ClockVersion:
    """What the law says from `valid_from` up to, not including, `valid_to` (None: still).

    `limit` in `unit` is None where the statute has no number; `then` is the limit of later rounds, if it is
    another. `status` is confirmed only where the words of the act have been read.
    """

    valid_from: date
    valid_to: date | None
    limit: int | None
    unit: str
    then: int | None
    source: str
    status: Status

    def holds(self, day: date) -> bool:
        """Whether the version is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One time limit of law and its versions.

    `event`: the kind of event that the engine counts from; None: known, not counted yet. `soft`: the statute
    says at once, without a number. `falls_on`: board, court, region or party. `window`: what may go on until
    the last day and lapses by itself, where a duty would be broken. `shifts`: to the next working day.
    """

    id: str
    trigger: str
    duty: str
    event: str | None
    soft: bool
    falls_on: str
    window: bool
    shifts: bool
    extension: str | None
    versions: tuple[ClockVersion, ...]

    def in_force(self, day: date) -> ClockVersion:
        """The version that governs what is set off on the day. Raises NoClockRule."""
        for version in self.versions:
            if version.holds(day):
                return version
        raise NoClockRule(self.id, day)

    def last_day(self, trigger_day: date, *, round_number: int = 0) -> date | None:
        """The last day of the time that the trigger day sets off; None for a duty without a counted number.

        Days are unshifted toward a child; an act toward a court and an appeal run to the next working day.
        `round_number` above 0 is a later round of a recurring duty. Raises NoClockRule.
        """
        version = self.in_force(trigger_day)
        limit = version.then if round_number and version.then is not None else version.limit
        if limit is None or version.unit not in COUNTED_UNITS:
            return None
        last_day = add(trigger_day, limit, cast(Unit, version.unit))
        return working_day_from(last_day) if self.shifts else last_day


class ClockRules:
    """All time limits by id. Refuses, with ValueError, ids that repeat and versions that overlap."""

    def __init__(self, rules: Iterable[ClockRule]) -> None:
        self._by_id: dict[str, ClockRule] = {}
        for rule in rules:
            if rule.id in self._by_id:
                raise ValueError(f"{rule.id} stands twice")
            ordered = sorted(rule.versions, key=lambda version: version.valid_from)
            for earlier, later in pairwise(ordered):
                if earlier.valid_to is None or later.valid_from < earlier.valid_to:
                    raise ValueError(f"{rule.id} has two versions on {later.valid_from}")
            self._by_id[rule.id] = rule

    def __getitem__(self, rule_id: str) -> ClockRule:
        return self._by_id[rule_id]

    def __iter__(self) -> Iterator[ClockRule]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)
