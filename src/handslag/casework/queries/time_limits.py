"""A time limit of law as the handbook tells it."""

from dataclasses import dataclass
from datetime import date

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.clock_rules import NoClockRule


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """`number` in `unit` (days, weeks, months, years); None where the law says at once. `source` is the section."""

    number: int | None
    unit: str
    source: str
    confirmed: bool


def last_day_within(rule: str, on: date) -> date | None:
    """The last day of a rule that a day would set off; None where no rule covers the day or it names no number."""
    try:
        return load_clock_rules()[rule].last_day(on)
    except (KeyError, NoClockRule):
        return None


def time_limit(rule: str, on: date) -> TimeLimit | None:
    """The limit of a rule (an id of `clocks.yaml`) that is set off on the day; None where nothing is known."""
    try:
        version = load_clock_rules()[rule].in_force(on)
    except (KeyError, NoClockRule):
        return None
    return TimeLimit(version.limit, version.unit, version.source, version.status == "confirmed")
