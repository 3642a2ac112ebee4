"""Which time limits a measure around a child sets off, and how its steps meet them. Pure.

Legal sources: SoL 9:12-13, 18:8, 22:4, 22:13-14, 23:1-5; LVU 5, 7, 8, 13, 14, 21b-c, 22, 26, 29, 31c-f, 34;
lag 2024:79 4-5 kap. The numbers themselves stand in the dated rows of casework's `clocks.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

FAMILY_HOME, EMERGENCY_HOME = "family_home", "emergency_home"
FORMS = (FAMILY_HOME, "network_home", EMERGENCY_HOME, "residential_care", "special_home", "supported_housing",
         "sheltered_housing", "own_home")  # fmt: skip
# What sets off a time limit from its own day, and the follow-up that the law asks for after care (LVU 21b).
EXECUTED, FOLLOWED = "executed", "followed"
SAME_HOME_FORMS = frozenset({FAMILY_HOME, "network_home"})


@dataclass(frozen=True, slots=True)
class MeasureClock:
    """A time limit of a measure: from the day of the step `starts` (empty: the first day), met by a step.

    `after`: it is set off only when this step has been taken too. `recurs`: what meets it begins the next round.
    `same_home`: counted for each home, and only where the child lives in a family's home.
    """

    rule: str
    met_by: str
    starts: str = ""
    after: str = ""
    recurs: bool = False
    same_home: bool = False


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A kind of measure. `follow_up` is the window that its end opens; `is_care`: the child lives there."""

    clocks: tuple[MeasureClock, ...]
    follow_up: str = ""
    is_care: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps that may be taken while it holds, in the order that they are named."""
        named = [code for clock in self.clocks for code in (clock.starts, clock.after, clock.met_by) if code]
        return tuple(dict.fromkeys(named))

    @property
    def steps_afterwards(self) -> tuple[str, ...]:
        """The steps that are taken when it has ended."""
        return (FOLLOWED,) if self.follow_up == "UPPF_LVU" else ()


_PLAN = MeasureClock("VARDPLAN", "plan_rethought")
_CUSTODY = MeasureClock("VARDN", "custody_considered", recurs=True, same_home=True)


def _care(rule: str, met_by: str, follow_up: str) -> MeasureKind:
    return MeasureKind((MeasureClock(rule, met_by, recurs=True), _PLAN, _CUSTODY), follow_up, is_care=True)


def _recurring(rule: str, met_by: str) -> MeasureKind:
    return MeasureKind((MeasureClock(rule, met_by, recurs=True),))


MEASURES: Mapping[str, MeasureKind] = {
    "placement_sol": _care("OVERV", "considered", "UPPF_P"),
    "lvu_care2": _care("LVU_2", "considered", "UPPF_LVU"),
    "lvu_care3": _care("LVU_3", "reviewed", "UPPF_LVU"),
    "skb_care": _care("SKB_OVERV", "considered", "UPPF_P"),
    "skb_limits": _recurring("SKB_OVERV", "considered"),
    "lvu_immediate": MeasureKind(
        (
            MeasureClock("LVU_UND", "submitted"),
            MeasureClock("LVU_ANS", "applied", starts=EXECUTED, after="confirmed"),
            MeasureClock("LVU_34", "heard", starts="applied"),
        )
    ),
    "lvu_judgment": MeasureKind((MeasureClock("LVU_START", "begun"),)),
    "contact_limit14": _recurring("LVU_14", "considered"),
    "compulsion22": _recurring("LVU_22", "reviewed"),
    "moving_ban26": _recurring("LVU_26", "considered"),
    "moving_ban_temporary": MeasureKind((MeasureClock("LVU_29", "applied", starts="confirmed"),)),
    "exit_ban31c": _recurring("LVU_31c", "reviewed"),
    "exit_ban_temporary": MeasureKind(
        (MeasureClock("LVU_31e", "submitted"), MeasureClock("LVU_31f", "applied", starts="confirmed"))
    ),
    "skb_immediate": MeasureKind(
        (
            MeasureClock("SKB_UND", "submitted"),
            MeasureClock("SKB_ANS", "applied", starts=EXECUTED, after="confirmed"),
        )
    ),
    "youth_service": MeasureKind((MeasureClock("UNGTJ", "begun"),)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step taken on a day."""

    id: UUID
    code: str
    on: date


@dataclass(frozen=True, slots=True)
class Part:
    """One measure, with its steps."""

    id: UUID
    kind: str
    form: str
    starts_on: date
    ended_on: date | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """A clock that the facts set off. `round_number` above 0 is a later round of a recurring duty.

    `done_on`: the duty was done. `ceased_on`: it ceased with the measure.
    """

    rule: str
    about: UUID
    starts_on: date
    round_number: int = 0
    done_on: date | None = None
    ceased_on: date | None = None


def clocks_of_care(
    parts: Sequence[Part],
    *,
    closings: Sequence[date] = (),
    openings: Sequence[date] = (),
    under_18_at_end: bool = True,
) -> list[Expected]:
    """The clocks of one measure, or of care that went on through several homes, the parts in the order of days.

    `closings` and `openings` are the days on which investigations of the child were closed and opened.
    """
    kind, first, last = MEASURES[parts[0].kind], parts[0], parts[-1]
    found: list[Expected] = []
    whole = tuple(step for part in parts for step in part.steps)
    for clock in kind.clocks:
        if clock.same_home:
            for part in parts:
                if part.form in SAME_HOME_FORMS:
                    found += _rounds(clock, part.id, part.starts_on, part.ended_on, part.steps)
        else:
            found += _rounds(clock, first.id, first.starts_on, last.ended_on, whole)
    for part in parts:
        left = [
            day
            for day in closings
            if day >= part.starts_on and (part.ended_on is None or day < part.ended_on)
        ]
        if part.form == EMERGENCY_HOME and left:
            found.append(Expected("JOUR", part.id, min(left), done_on=part.ended_on))
    if kind.follow_up and last.ended_on is not None and (kind.follow_up != "UPPF_LVU" or under_18_at_end):
        opened = min((day for day in openings if day >= last.ended_on), default=None)
        found.append(Expected(kind.follow_up, last.id, last.ended_on, ceased_on=opened))
    return found


def _rounds(
    clock: MeasureClock, about: UUID, first_day: date, ended_on: date | None, steps: Sequence[Step]
) -> Iterator[Expected]:
    taken = sorted(steps, key=lambda step: (step.on, step.id))
    if clock.after and not any(step.code == clock.after for step in taken):
        return
    start: date | None = first_day
    if clock.starts:
        start = next((step.on for step in taken if step.code == clock.starts), None)
    number = 0
    while start is not None:
        begun = start
        done = next((step for step in taken if step.code == clock.met_by and step.on >= begun), None)
        if done is None:
            yield Expected(clock.rule, about, begun, number, ceased_on=ended_on)
            return
        yield Expected(clock.rule, about, begun, number, done_on=done.on)
        if not clock.recurs:
            return
        taken = [step for step in taken if step.on > done.on]
        start, about, number = done.on, done.id, number + 1
