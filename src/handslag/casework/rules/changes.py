"""Whether a decision may be changed by the one who made it, on a ground of FL 36-38 and after an appeal (FL 39). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# What the change means for the person, and how far an appeal has come; each in order.
EFFECTS = ("better", "neither", "worse")
STAGES = ("none", "appealed", "sent")
_RANK = {"refused": 0, "partly_granted": 1, "granted": 2}


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """One row of `parameters/changes.yaml`, which says what its columns mean."""

    code: str
    law: str
    keeps_outcome: bool
    worse: str
    until: str
    exceptions: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    status: str

    def holds(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is asked for: outcomes are codes of a decision on an application, `exception` empty where none is given.

    `is_heard`: the person has been told first and had time to answer, or it is recorded why that is not needed (FL 25).
    """

    earlier: str
    outcome: str
    effect: str
    stage: str
    exception: str = ""
    is_heard: bool = False


def change_rule(rules: Sequence[ChangeRule], code: str, on: date) -> ChangeRule | None:
    """The row of a ground on a day. None: no rule says, and nothing near may stand in for it."""
    held = [rule for rule in rules if rule.code == code and rule.holds(on)]
    return held[0] if len(held) == 1 else None


def stands_against(rule: ChangeRule, change: Change) -> str:
    """Why the change is not open on the ground, as a code; empty where nothing stands against it.

    What somebody says of the effect does not make less of more: a change from granted to a part is to a disadvantage.
    """
    if change.effect not in EFFECTS or change.stage not in STAGES:
        return "not_said"
    if STAGES.index(change.stage) > STAGES.index(rule.until):
        return "sent" if change.stage == "sent" else "appealed"
    if rule.keeps_outcome and change.outcome != change.earlier:
        return "other_outcome"
    step = _RANK[change.outcome] - _RANK[change.earlier]
    if (step < 0 and change.effect != "worse") or (step > 0 and change.effect != "better"):
        return "other_effect"
    if change.effect != "worse":
        return ""
    if rule.worse == "never":
        return "never_worse"
    is_favourable = _RANK[change.earlier] > 0
    if rule.worse == "exception" and is_favourable and change.exception not in rule.exceptions:
        return "no_exception"
    return "" if change.is_heard else "not_heard"
