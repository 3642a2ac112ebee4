"""How a decision may be challenged, by its legal ground, and until when (FL 40-44, SoL 35:1, KL 13). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handslag.casework.rules.clock_rules import ClockRules


@dataclass(frozen=True, slots=True)
class AppealRule:
    """One row of `parameters/appeals.yaml`.

    `way`: `appeal` (förvaltningsbesvär), `legality_review` (laglighetsprövning) or `none` (a step that is not
    challenged by itself). `clock` is the time limit that runs from the day the party got the decision; None when
    another day starts the time, or nothing does.
    """

    code: str
    legal_ground: str
    way: str
    clock: str | None
    may_be_automated: bool
    valid_from: date
    valid_to: date | None
    source: str
    status: str

    def holds(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def appeal_rule(rules: Sequence[AppealRule], legal_ground: str, on: date) -> AppealRule | None:
    """The row for a legal ground on a day. None: no rule says, and nothing near may stand in for it."""
    held = [rule for rule in rules if rule.legal_ground == legal_ground and rule.holds(on)]
    return held[0] if len(held) == 1 else None


def last_day_to_appeal(rule: AppealRule, delivered_on: date, clocks: ClockRules) -> date | None:
    """The last day that an appeal may reach the authority (FL 44), moved to the next working day (lag 1930:173).

    None when the time does not run from delivery (laglighetsprövning). Raises NoClockRule for a day that no
    rule covers.
    """
    return None if rule.clock is None else clocks[rule.clock].last_day(delivered_on)
