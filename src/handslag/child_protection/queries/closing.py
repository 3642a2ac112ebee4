"""What an investigation needs before it may close, and which ways to close are open to somebody now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handslag.casework import public as casework
from handslag.child_protection.investigation_states import ClosingOutcome
from handslag.child_protection.models import Investigation, PlanStep
from handslag.child_protection.processes import CHILD_INVESTIGATION, NOT_NEEDED_EARLY
from handslag.child_protection.queries.steps import kinds_of
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class WayToClose:
    """One way to close: the codes and titles of what is missing before it, and whether the actor may decide it."""

    outcome: str
    missing: tuple[tuple[str, object], ...]
    may_decide: bool

    @property
    def is_open(self) -> bool:
        """Whether the decision would be let through now."""
        return self.may_decide and not self.missing


def closing_decision(outcome: str) -> str:
    """The type of decision by which an investigation closes so, as the delegation order names it."""
    return "child_protection.close_early" if outcome == ClosingOutcome.EARLY else "child_protection.close"


def ways_to_close(
    investigation: Investigation, actor: foundation.Actor, at: datetime
) -> dict[str, WayToClose]:
    """Each way to close an open investigation, by its code, as `close_investigation` would take it from the actor."""
    unit_id, today = casework.get_case(investigation.case_id, actor).unit_id, foundation.day_of(at)
    with foundation.acting(actor):
        early = tuple(missing_to_close(investigation, ClosingOutcome.EARLY, at))
        whole = tuple(missing_to_close(investigation, ClosingOutcome.WITHOUT_INTERVENTION, at))
        return {
            outcome: WayToClose(
                outcome,
                early if outcome == ClosingOutcome.EARLY else whole,
                foundation.may_decide(actor, closing_decision(outcome), None, unit_id, today),
            )
            for outcome in ClosingOutcome.values
        }


def missing_to_close(investigation: Investigation, outcome: str, at: datetime) -> list[tuple[str, object]]:
    """The codes and titles of the steps that the process asks for before this close, and that are not done."""
    missing: list[tuple[str, object]] = [
        (step.code, step.title)
        for step in CHILD_INVESTIGATION.missing_before("closed", kinds_of(investigation))
        if outcome != ClosingOutcome.EARLY or step.code not in NOT_NEEDED_EARLY
    ]
    told = casework.finished_communication(investigation.case_id, investigation.id, foundation.day_of(at))
    if told is None and not any(code == "communicated" for code, _ in missing):
        missing.append(("communicated", CHILD_INVESTIGATION["communicated"].title))
    steps = PlanStep.objects.filter(
        investigation_id=investigation.id, done_on__isnull=True, dropped_because=""
    )
    if outcome != ClosingOutcome.EARLY and steps.exists():
        missing.append(("plan", foundation.tell(foundation.said("child_protection.plan_not_finished"))))
    return missing
