"""Changing a decision on an adult's application: a slip corrected, or a new decision instead of a wrong one (FL 36-39)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.adult_support import events
from handslag.adult_support.decision_rules import grounds_of
from handslag.adult_support.errors import NoSuchGround, NoSuchOutcome, NotChangedHere, WordsMissing
from handslag.adult_support.operations.decisions import TYPES, reasons_of, require_words
from handslag.casework import public as casework
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChange:
    """How a decision is to be changed: on which ground of `casework.change_rules`, with what effect for the person, how
    far an appeal of it has come, what was wrong, and the new decision in full."""

    ground: str
    effect: str
    stage: str
    what_was_wrong: str
    outcome: str
    legal_ground: str
    applied_for: str
    exception: str = ""
    gets: str = ""
    reason: str = ""
    period_from: date | None = None
    period_to: date | None = None


@foundation.operation
def change_decision(
    *,
    decision_id: UUID,
    change: PlannedChange,
    version: int | None = None,
    by: foundation.Actor,
    at: datetime,
) -> casework.Decision:
    """Make a new decision that counts instead of the one that is changed, which stays as it was signed.

    Who may decide so is who may make the new decision under the delegation order. Sent twice by the same is one; raises
    ChangedAlready when somebody else has changed it, ChangeRefused and NotCommunicated as FL 36-39 and 25 say,
    NotChangedHere, WordsMissing, NoSuchOutcome, NoSuchGround, and the errors of `casework.decide`.
    """
    earlier = casework.get_decision(decision_id, by)
    case = casework.get_case(earlier.case_id, by)
    if not casework.may("decide", case, by):
        raise casework.NotYours
    casework.Case.objects.select_for_update().filter(id=case.id).first()  # one change of a decision
    known = casework.Decision.objects.filter(replaces_id=earlier.id).first()
    if known is not None:
        if (known.decided_by_id, known.outcome) != (by.account_id, change.outcome):
            raise casework.ChangedAlready
        return known
    reasons = plan_change(earlier, change, by, foundation.day_of(at))
    decision = casework.decide(
        case_id=case.id,
        type=TYPES[change.outcome],
        outcome=change.outcome,
        legal_ground=change.legal_ground,
        reason=reasons,
        period_from=change.period_from,
        period_to=change.period_to,
        replaces_id=earlier.id,
        version=version,
        idempotency_key=f"change-{earlier.id}",
        by=by,
        at=at,
    )
    changed = events.DecisionChanged(
        case_id=case.id, person_id=case.person_id, decision_id=decision.id, replaces_id=earlier.id, kind=case.kind,
        ground=change.ground, effect=change.effect, exception=change.exception, stage=change.stage, outcome=change.outcome,
    )  # fmt: skip
    foundation.record(changed, by=by, at=at)
    return decision


def plan_change(
    earlier: casework.Decision, change: PlannedChange, actor: foundation.Actor, on: date
) -> list[str | dict[str, Any]]:
    """What the new decision would say, if the law lets the earlier one be changed so; nothing is written.

    The preview says the same. Raises what `change_decision` does.
    """
    case = casework.get_case(earlier.case_id, actor)
    if earlier.type not in TYPES.values():
        raise NotChangedHere
    if change.outcome not in TYPES:
        raise NoSuchOutcome
    if not change.what_was_wrong.strip():
        raise WordsMissing(where="what_was_wrong")
    require_words(change.outcome, change.applied_for, change.gets, change.reason)
    if change.legal_ground not in {one.legal_ground for one in grounds_of(case.kind, on)}:
        raise NoSuchGround
    with foundation.acting(actor):
        is_heard = casework.finished_communication(case.id, None, on) is not None
    asked = casework.Change(
        earlier=earlier.outcome, outcome=change.outcome, effect=change.effect, stage=change.stage,
        exception=change.exception, is_heard=is_heard,
    )  # fmt: skip
    rule = casework.require_change(change.ground, asked, on)
    first, *rest = reasons_of(
        change.outcome, change.applied_for, change.gets, change.reason, change.period_from, change.period_to
    )
    # Only a favourable decision needs an exception to become worse, and only then does the letter name one.
    needs_one = rule.worse == "exception" and change.effect == "worse" and earlier.outcome != "refused"
    said = casework.said_of_change(earlier, change.ground, change.exception if needs_one else "")
    return [first, *said[:1], change.what_was_wrong.strip(), *said[1:], *rest]
