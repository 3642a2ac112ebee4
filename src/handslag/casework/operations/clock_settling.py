"""Bringing clocks to what their rows say: at once after a change, and for all open cases every night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.casework import events
from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.clock_sources import ExpectedClock, expected_clocks
from handslag.casework.models import Case, LegalClock
from handslag.casework.operations.clocks import lapse_clock, start_clock, stop_clock
from handslag.casework.rules.clock_rules import ClockRules, NoClockRule
from handslag.casework.rules.clock_settling import Settled, settled
from handslag.casework.states import CaseState, ClockState
from handslag.foundation import public as foundation

CASES_AT_ONCE = 5000
Key = tuple[UUID, str, UUID]
# id, case, rule, about, starts_on, last_day, state, closed_on, counts, source, extended_because
Row = tuple[UUID, UUID, str, UUID, date, date | None, str, date | None, bool, str, str]
_FIELDS = (
    "id", "case_id", "rule", "about", "starts_on", "last_day", "state", "closed_on", "counts", "source",
    "extended_because",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many cases and clocks were gone through, and how many changed; `after` is where to go on, None at the end."""

    cases: int
    clocks: int
    changed: int
    after: UUID | None


@foundation.operation
def settle_clocks(*, expected: Sequence[ExpectedClock], by: foundation.Actor, at: datetime) -> None:
    """Start, stop and lapse clocks so that they say what the rows of a context say; those that agree are untouched.

    A clock whose day no rule of law covers is left out: there is nothing to count.
    """
    rules = load_clock_rules()
    for one in expected:
        try:
            wanted = _settled(one, rules)
        except NoClockRule:
            continue
        named: dict[str, Any] = {
            "case_id": one.case_id,
            "rule": one.rule,
            "about": one.about,
            "by": by,
            "at": at,
        }
        start_clock(starts_on=one.starts_on, round_number=one.round_number, **named)
        if wanted.closed_on is not None:
            close = lapse_clock if wanted.state == ClockState.LAPSED else stop_clock
            close(on=wanted.closed_on, **named)


@foundation.operation
def recompute_clocks(
    *, by: foundation.Actor, at: datetime, after: UUID | None = None, most: int = CASES_AT_ONCE
) -> Recomputed:
    """Work out the clocks of the next open cases anew from their rows and the rules, and change only what differs.

    What changed is told as casework.clock_corrected or clock_started. The nightly job asks until `after` is None.
    """
    rows = Case.objects.filter(state=CaseState.OPEN)
    rows = rows.filter(id__gt=after) if after is not None else rows
    cases = list(rows.order_by("id").values_list("id", "due_on", "due_rule")[:most])
    ids = [case_id for case_id, _, _ in cases]
    stored: dict[Key, Row] = {
        (row[1], row[2], row[3]): row
        for row in LegalClock.objects.filter(case_id__in=ids)
        .order_by()
        .values_list(*_FIELDS)
        .iterator(10_000)
    }
    expected = {(one.case_id, one.rule, one.about): one for one in expected_clocks(ids)}
    changed = 0
    for key, one in expected.items():
        if key not in stored:
            changed += _start(one, by=by, at=at)
    for row, wanted in _differing(stored, expected):
        changed += _correct(row, wanted, by=by, at=at)
    changed += _set_nearest_of(cases, ids) if changed else _set_nearest_from(cases, stored.values())
    return Recomputed(len(cases), len(stored), changed, ids[-1] if len(cases) == most else None)


def _differing(stored: dict[Key, Row], expected: dict[Key, ExpectedClock]) -> Iterator[tuple[Row, Settled]]:
    """The stored clocks that say something else than they should, each with what it should say."""
    rules = load_clock_rules()
    known: dict[tuple[str, date], Settled | None] = {}
    for key, row in stored.items():
        one = expected.get(key)
        if one is not None:
            try:
                wanted: Settled | None = _settled(one, rules)
            except NoClockRule:
                continue
        elif row[7] is not None:
            continue
        else:
            at_rule = (row[2], row[4])
            if at_rule not in known:
                known[at_rule] = _alone(row[2], row[4], rules)
            wanted = known[at_rule]
            if wanted is None:
                continue
        extended = one is None and bool(row[10])
        if wanted is not None and not _agrees(row, wanted, extended=extended):
            yield row, wanted


def _agrees(row: Row, wanted: Settled, *, extended: bool) -> bool:
    """Whether a row says what it should. The day of an extension that no source tells of is its own."""
    _, _, _, _, _, last_day, state, closed_on, counts, source, _ = row
    same_day = extended or last_day == wanted.last_day
    same_end = closed_on == wanted.closed_on and (wanted.state is None or state == wanted.state)
    return same_day and same_end and counts == wanted.counts and source == wanted.source


def _alone(rule: str, starts_on: date, rules: ClockRules) -> Settled | None:
    """What a running clock should say by the rule alone; None when its round is not known here, or no rule covers it."""
    try:
        limit = rules[rule]
        return None if limit.in_force(starts_on).then is not None else settled(limit, starts_on)
    except (KeyError, NoClockRule):
        return None


def _settled(one: ExpectedClock, rules: ClockRules) -> Settled:
    return settled(
        rules[one.rule], one.starts_on, round_number=one.round_number, extended_until=one.extended_until,
        done_on=one.done_on, ceased_on=one.ceased_on,
    )  # fmt: skip


def _start(one: ExpectedClock, *, by: foundation.Actor, at: datetime) -> int:
    try:
        load_clock_rules()[one.rule].in_force(one.starts_on)
    except NoClockRule:
        return 0
    settle_clocks(expected=[one], by=by, at=at)
    return 1


def _correct(row: Row, wanted: Settled, *, by: foundation.Actor, at: datetime) -> int:
    """Change one clock, unless somebody has changed it since it was read."""
    clock = LegalClock.objects.select_for_update().get(id=row[0])
    if (clock.last_day, clock.state, clock.closed_on) != (row[5], row[6], row[7]):
        return 0
    was = clock.last_day
    if not clock.extended_because or wanted.closed_on is not None:
        clock.last_day = wanted.last_day
    clock.closed_on, clock.counts, clock.source = wanted.closed_on, wanted.counts, wanted.source
    if wanted.state is not None:
        clock.state = wanted.state
    else:
        late = clock.last_day is not None and clock.last_day < foundation.day_of(at)
        runs = ClockState.EXTENDED if clock.extended_because else ClockState.RUNNING
        clock.state = clock.state if late and clock.state == ClockState.BREACHED else runs
    clock.save(update_fields=["last_day", "closed_on", "counts", "source", "state"])
    corrected = events.ClockCorrected(
        case_id=clock.case_id, clock_id=clock.id, rule=clock.rule, was_last_day=was, last_day=clock.last_day,
        state=clock.state,
    )  # fmt: skip
    events.tell(corrected, by=by, at=at)
    return 1


def _set_nearest_of(cases: Sequence[tuple[UUID, date | None, str]], ids: Sequence[UUID]) -> int:
    rows = LegalClock.objects.filter(
        case_id__in=ids, closed_on__isnull=True, counts=True, last_day__isnull=False
    )
    return _set_nearest_from(cases, rows.order_by().values_list(*_FIELDS).iterator(10_000))


def _set_nearest_from(cases: Sequence[tuple[UUID, date | None, str]], rows: Iterable[Row]) -> int:
    """Write the nearest last day on each case whose own is another; gives how many."""
    nearest: dict[UUID, tuple[date, UUID, str]] = {}
    for clock_id, case_id, rule, _, _, last_day, _, closed_on, counts, _, _ in rows:
        if closed_on is None and counts and last_day is not None:
            place = (last_day, clock_id, rule)
            if case_id not in nearest or place < nearest[case_id]:
                nearest[case_id] = place
    changed = 0
    for case_id, due_on, due_rule in cases:
        found = nearest.get(case_id)
        wanted = (found[0], found[2]) if found else (None, "")
        if wanted != (due_on, due_rule):
            changed += Case.objects.filter(id=case_id, due_on=due_on, due_rule=due_rule).update(
                due_on=wanted[0], due_rule=wanted[1]
            )
    return changed
