"""Which events set off, meet and end which clocks: the contexts above say it once, casework follows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from handslag.casework.operations import clocks
from handslag.foundation import public as foundation

Step = Callable[..., object]


def keep_clock(
    rule: str, *, about: str, starts: str, met_by: Sequence[str] = (), lapsed_by: Sequence[str] = ()
) -> None:
    """Let the time limit `rule` run in a case by events: from `starts`, until one of `met_by` or `lapsed_by`.

    `about` is the field of the events that says what the time is about (`application_id`); an event without it,
    such as casework.decision_made, says it with `matter_id`. Every event carries `case_id`; its Swedish day counts,
    or the day that it names itself (`came_in_on`: what came earlier than it was written down).
    """
    _follow(starts, rule, about, clocks.start_clock, "starts_on")
    for kind in met_by:
        _follow(kind, rule, about, clocks.stop_clock, "on")
    for kind in lapsed_by:
        _follow(kind, rule, about, clocks.lapse_clock, "on")


def _follow(kind: str, rule: str, about: str, step: Step, day: str) -> None:
    def turn(happened: Any, by: foundation.Actor, at: datetime) -> None:
        matter: UUID | None = getattr(happened, about, None) or getattr(happened, "matter_id", None)
        if matter is not None:
            told = {day: getattr(happened, "came_in_on", None) or foundation.day_of(at)}
            step(case_id=happened.case_id, rule=rule, about=matter, by=by, at=at, **told)

    foundation.on(kind)(turn)
