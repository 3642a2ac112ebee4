"""What a clock says when everything that happened is known. Pure.

The same answer for a clock that is kept day by day and for one that is worked out anew at night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handslag.casework.rules.clock_rules import ClockRule


@dataclass(frozen=True, slots=True)
class Settled:
    """`state` and `closed_on` are None while the clock runs; `counts`: a duty of the board's own."""

    last_day: date | None
    source: str
    state: str | None
    closed_on: date | None
    counts: bool


def settled(
    rule: ClockRule,
    starts_on: date,
    *,
    round_number: int = 0,
    extended_until: date | None = None,
    done_on: date | None = None,
    ceased_on: date | None = None,
) -> Settled:
    """The clock of a rule from the day that set it off.

    `done_on`: the duty was done, met or late. `ceased_on`: what it was about ended; the duty lapses, unless its last
    day had passed by then: it stays late. A window only lapses. Raises NoClockRule.
    """
    version = rule.in_force(starts_on)
    last_day = extended_until or rule.last_day(starts_on, round_number=round_number)
    counts = not rule.window and rule.falls_on == "board"
    closed_on, state = done_on, None
    if done_on is not None:
        state = "met" if last_day is None or done_on <= last_day else "late"
    elif ceased_on is not None:
        in_time = last_day is None or ceased_on <= last_day
        state, closed_on = ("lapsed" if in_time or rule.window else "late"), ceased_on
    return Settled(last_day, version.source, state, closed_on, counts)
