"""An investigation in words: its time, what it asks, and what is left before it may close."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from handslag.child_protection import public as children
from handslag.foundation import public as foundation


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
        Side(title, [each for each in view.areas if each.side == code])
        for code, title in children.SIDE_LABELS.items()
    ]


def steps_to_take(investigation: children.Investigation) -> list[Any]:
    """What the process asks for before an ordinary close, in words."""
    outcome = children.ClosingOutcome.WITHOUT_INTERVENTION
    return [title for _code, title in children.missing_to_close(investigation, outcome, foundation.now())]
