"""The time limits of law as a page for people: `python -m handslag.casework.clock_reference > docs/reference/clocks.md`."""

from __future__ import annotations

import sys

from handslag.casework.clock_parameters import load_clock_rules
from handslag.casework.rules.clock_rules import ClockRule, ClockVersion

_HEAD = """# Time limits of law

Made from `src/handslag/casework/parameters/clocks.yaml`; a test fails when the two differ. Make it anew with
`python -m handslag.casework.clock_reference > docs/reference/clocks.md`.

- The version in force on the day that sets a clock off governs it. A day that no version covers has no rule: nothing
  is counted, and that is said.
- *Unconfirmed* means that the words of the act have not been read. What rests on such a row is shown as unconfirmed.
- *At once* is the law's own word where it gives no number. It is never shown as a number of days.
- Time in weeks, months and years ends on the day with the same name or number, or the last of the month
  (lag 1930:173). The last day is not moved toward a child. Acts toward a court, and appeals, run to the next working
  day; midsommarafton, julafton, nyårsafton and Saturdays are not working days.
- *Counted* rows set off clocks in `handslag clocks` and in the web alike. UPPF_U is counted from the close in both, and
  ends when a new investigation is opened; that somebody has decided to follow the child is known in the web alone. There
  the clock stands where it is decided; `handslag clocks` shows at each close without an intervention the time that a
  follow-up would have. Of the rows that are not counted the
  web sets off PROT, AATERK, UNGTJ and those of LVU, SKB and LVM from what is recorded there; the others are known, and
  wait for the parts of the platform that need them.
- A *window* may go on until the last day and lapses by itself; everything else is a duty that is broken after it.

| id | set off by | what must happen | limit | for | in force | source | status |
|---|---|---|---|---|---|---|---|
"""
_UNITS = {
    "hours": "hours",
    "day_of_january": "January",
    "day_of_next_month": "of the next month",
    "years_of_age": "years of age",
}


def clock_reference() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(_row(rule, version) for rule in load_clock_rules() for version in rule.versions)


def _row(rule: ClockRule, version: ClockVersion) -> str:
    notes = [
        "counted" if rule.event else "",
        "window" if rule.window else "",
        "to the next working day" if rule.shifts else "",
        f"extension: {rule.extension}" if rule.extension else "",
    ]
    end = f" to {version.valid_to}" if version.valid_to else ""
    cells = [
        rule.id,
        rule.trigger,
        "; ".join([rule.duty, *filter(None, notes)]),
        _limit(version),
        rule.falls_on,
        f"from {version.valid_from}{end}",
        version.source,
        version.status,
    ]
    return f"| {' | '.join(cells)} |\n"


def _limit(version: ClockVersion) -> str:
    if version.limit is None:
        return "at once"
    unit = _UNITS.get(version.unit, version.unit)
    if version.limit == 1 and unit.endswith("s"):
        unit = unit[:-1]
    later = f", then {version.then}" if version.then else ""
    return f"{version.limit} {unit}{later}"


if __name__ == "__main__":
    sys.stdout.write(clock_reference())
