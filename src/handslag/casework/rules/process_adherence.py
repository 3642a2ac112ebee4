"""How well a process is kept, measured from what happened. Pure.

What happened in a case is divided into rounds: one report and what followed it, one application and what came of it.
A step is *reached* in a round when everything required before it is done; of those, it is done or not, late or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from uuid import UUID

from handslag.casework.processes import Process, Step

CLOCK_STOPPED, CLOCK_BREACHED = "casework.clock_stopped", "casework.clock_breached"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a case. `about` tells its round where it does; `late_rule` is the time limit that was broken, if any."""

    case_id: UUID
    kind: str
    at: datetime
    about: str = ""
    late_rule: str = ""


@dataclass(frozen=True, slots=True)
class StepAdherence:
    """One step over all rounds: in how many it was reached, done and late, and the median days from reached to done."""

    step: Step
    reached: int
    done: int
    late: int
    median_days: float | None

    @property
    def share(self) -> float | None:
        """The share done of those that reached it; None where none did."""
        return self.done / self.reached if self.reached else None


@dataclass(slots=True)
class _Round:
    about: str
    done_at: dict[str, datetime] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)


def adherence(process: Process, happened: Iterable[Happened]) -> list[StepAdherence]:
    """Each step of the process, in its order; the events may be of many cases and in any order."""
    by_case: dict[UUID, list[Happened]] = defaultdict(list)
    for one in happened:
        by_case[one.case_id].append(one)
    rounds = [
        turn
        for events in by_case.values()
        for turn in _rounds(process, sorted(events, key=lambda one: one.at))
    ]
    return [_of_step(process, step, rounds) for step in process.steps]


def _of_step(process: Process, step: Step, rounds: list[_Round]) -> StepAdherence:
    required = [code for code in step.after if not process[code].optional]
    reached = done = late = 0
    waits: list[float] = []
    for turn in rounds:
        finished = turn.done_at.get(step.code)
        before = [turn.done_at[code] for code in required if code in turn.done_at]
        if len(before) < len(required) and finished is None:
            continue
        if not step.after and finished is None:
            continue
        reached += 1
        late += bool(step.clock) and step.clock in turn.late
        if finished is not None:
            done += 1
            if before:
                waits.append(max(0.0, (finished - max(before)).total_seconds() / _DAY))
    return StepAdherence(step, reached, done, late, round(median(waits), 1) if waits else None)


def _rounds(process: Process, events: list[Happened]) -> list[_Round]:
    steps_of: dict[str, list[Step]] = defaultdict(list)
    for step in process.steps:
        for kind in step.done_by:
            steps_of[kind].append(step)
    first = process.steps[0]
    rounds: list[_Round] = []
    for one in events:
        if one.kind in (CLOCK_STOPPED, CLOCK_BREACHED):
            if one.late_rule and rounds:
                rounds[-1].late.add(one.late_rule)
            continue
        for step in steps_of.get(one.kind, ()):
            _round_for(rounds, process, step, one, begins=step is first).done_at.setdefault(step.code, one.at)
    return rounds


def _round_for(rounds: list[_Round], process: Process, step: Step, one: Happened, *, begins: bool) -> _Round:
    """The round that an event belongs to; a new one where it begins one, or where none fits."""
    if one.about:
        known = next((turn for turn in reversed(rounds) if turn.about == one.about), None)
        if known is not None:
            return known
    fits = [turn for turn in rounds if not (one.about and turn.about)]
    if begins:
        fits = [turn for turn in fits if set(turn.done_at) <= {step.code} and not one.about]
    waiting = [
        turn
        for turn in fits
        if step.code not in turn.done_at
        and all(code in turn.done_at or process[code].optional for code in step.after)
    ]
    chosen = (waiting or fits)[-1] if fits else None
    if chosen is None:
        chosen = _Round(one.about)
        rounds.append(chosen)
    elif one.about and not chosen.about:
        chosen.about = one.about
    return chosen
