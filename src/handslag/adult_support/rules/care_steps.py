"""The steps of care under LVM (1988:870): which may follow which, and what each does to the legal clocks. Pure.

What a court or the board's committee has decided is recorded here as a fact; nothing is decided by recording it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CareStep:
    """One step. `after`: the last step before it, "" for none. Clocks are ids of `casework/parameters/clocks.yaml`."""

    code: str
    after: frozenset[str]
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    ends_all: bool = False


_OVER = ("", "revoked", "ended")
_STEPS = (
    CareStep("immediate", frozenset(_OVER), starts=("LVM_UND",)),
    CareStep("submitted", frozenset({"immediate"}), starts=("LVM_RATT",), meets=("LVM_UND",)),
    CareStep("confirmed", frozenset({"submitted"}), starts=("LVM_ANS",), meets=("LVM_RATT",)),
    CareStep("applied", frozenset({*_OVER, "confirmed"}), meets=("LVM_ANS",)),
    CareStep("judgment_final", frozenset({"applied"}), starts=("LVM_START",)),
    CareStep("begun", frozenset({"judgment_final"}), starts=("LVM_MAX",), meets=("LVM_START",)),
    CareStep("revoked", frozenset({"submitted", "confirmed", "applied"}), meets=("LVM_RATT",), ends_all=True),
    CareStep(
        "ended",
        frozenset({"immediate", "submitted", "confirmed", "applied", "judgment_final", "begun"}),
        meets=("LVM_MAX",),
        ends_all=True,
    ),
)
STEPS = {step.code: step for step in _STEPS}
CLOCKS = ("LVM_UND", "LVM_RATT", "LVM_ANS", "LVM_START", "LVM_MAX")


def is_under_way(last: str) -> bool:
    """Whether care has begun to be decided and is not over."""
    return last not in _OVER


def may_follow(last: str) -> list[str]:
    """The steps that may come after `last` ("" for none), in the order of the act."""
    return [step.code for step in _STEPS if last in step.after]


def begins_anew(code: str, last: str) -> bool:
    """Whether the step is the first of a new care, with clocks of its own."""
    return not is_under_way(last) and last in STEPS[code].after


def fault_of(code: str, on: date, taken: Sequence[tuple[str, date]], today: date) -> str:
    """Why the step cannot be recorded after those taken (code and day, in order): a code, or "" when it can."""
    last, last_on = taken[-1] if taken else ("", date.min)
    if code not in STEPS:
        return "unknown_step"
    if last not in STEPS[code].after:
        return "wrong_order"
    if on > today:
        return "in_the_future"
    return "before_the_last_step" if on < last_on else ""
