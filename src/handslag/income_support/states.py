"""Which moves of an application are permitted, and who makes them: one table."""

from __future__ import annotations

from typing import Literal

from handslag.income_support.errors import MoveNotPermitted

State = Literal["awaiting_co_applicant", "submitted", "assessing", "with_worker", "decided", "withdrawn"]
Mover = Literal["resident", "system", "staff"]

OPEN_STATES: tuple[State, ...] = ("awaiting_co_applicant", "submitted", "assessing", "with_worker")

_MOVES: dict[tuple[str, str], tuple[Mover, ...]] = {
    ("awaiting_co_applicant", "submitted"): ("resident", "staff", "system"),
    ("awaiting_co_applicant", "with_worker"): ("system", "staff"),
    ("awaiting_co_applicant", "withdrawn"): ("resident", "staff"),
    ("submitted", "assessing"): ("system", "staff"),
    ("submitted", "with_worker"): ("system", "staff"),
    ("submitted", "withdrawn"): ("resident", "staff"),
    ("assessing", "with_worker"): ("system", "staff"),
    ("assessing", "decided"): ("system", "staff"),
    ("assessing", "withdrawn"): ("resident", "staff"),
    ("with_worker", "decided"): ("staff",),
    ("with_worker", "assessing"): ("staff",),
    ("with_worker", "withdrawn"): ("resident", "staff"),
}


def may_move(before: str, after: str, mover: str) -> bool:
    """Whether this kind of actor may move an application from one state to another."""
    return mover in _MOVES.get((before, after), ())


def require_move(before: str, after: str, mover: str) -> None:
    """Raises MoveNotPermitted."""
    if not may_move(before, after, mover):
        raise MoveNotPermitted(before)
