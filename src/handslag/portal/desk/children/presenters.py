"""An investigation in words: its time, what it asks, and what is missing before it may close."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from handslag.child_protection import public as children
from handslag.foundation import public as foundation

# In the order that one works.
ORDER = ("informed", "planned", "child_view", "risk", "best_interests", "plan", "assessment", "communicated")
WITHOUT, EARLY = children.ClosingOutcome.WITHOUT_INTERVENTION, children.ClosingOutcome.EARLY


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on top of the page."""

    questions: list[Any]
    colour: str
    last_day: date | None
    source: str
    is_unconfirmed: bool
    days_left: int | None
    days_used: int
    restarts: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the three sides with its headings."""

    code: str
    title: Any
    areas: list[Any]


def told_of(view: children.InvestigationView) -> Told:
    """The time of the law as it stands, with the days of earlier investigations added."""
    left = view.days_left
    colour = "neutral" if left is None else "danger" if left < 0 else "warning" if left <= 14 else "info"
    names = dict(children.Question.choices)
    return Told(
        questions=[names.get(code, code) for code in view.investigation.questions],
        colour=colour,
        last_day=view.last_day,
        source=view.clock.source if view.clock else "",
        is_unconfirmed=view.clock is not None and not view.clock.is_confirmed,
        days_left=left,
        days_used=view.chain.days_used,
        restarts=view.chain.restarts,
    )


def told_areas(view: children.InvestigationView) -> list[Side]:
    """The headings under their sides, each with the text that holds."""
    return [
        Side(code, title, [each for each in view.areas if each.side == code])
        for code, title in children.SIDE_LABELS.items()
    ]


def age_on(born: date | None, day: date) -> int | None:
    """Whole years; None when the day of birth is not known."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def missing_codes(investigation: children.Investigation, outcome: str = WITHOUT) -> list[str]:
    """The codes of what is missing before a close, in the order that one works."""
    codes = [code for code, _title in children.missing_to_close(investigation, outcome, foundation.now())]
    return sorted(codes, key=lambda code: ORDER.index(code) if code in ORDER else len(ORDER))


def steps_to_take(investigation: children.Investigation, outcome: str = WITHOUT) -> list[Any]:
    """What the process asks for before a close, in words and in the order that one works."""
    titles = dict(children.missing_to_close(investigation, outcome, foundation.now()))
    return [titles[code] for code in missing_codes(investigation, outcome)]
