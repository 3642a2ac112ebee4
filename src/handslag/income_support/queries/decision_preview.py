"""What a decision would be and say if it were made now, before it is made: the same words, the same letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month
from handslag.income_support.letter.compose import drafted_letter
from handslag.income_support.letter.pdf import make_pdf
from handslag.income_support.models import Application, Assessment
from handslag.income_support.operations.assessments import result_of
from handslag.income_support.operations.decisions import GRANT, PARTLY_GRANT, REFUSE, ground_of, reasons_of

TYPES = {"granted": GRANT, "partly_granted": PARTLY_GRANT, "refused": REFUSE}


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """One way to decide an assessment. `is_delegated`: the delegation order lets the actor sign it."""

    outcome: str
    amount_kr: Decimal
    legal_ground: str
    reasons: tuple[Any, ...]
    first_day: date
    last_day: date
    appeal: str
    is_delegated: bool
    has_cuts: bool
    grants_something: bool


def preview_decision(
    row: Assessment, actor: Actor, *, outcome: str, reason: str = "", emergency_examined: str = "",
    because_of_conduct: bool = False,
) -> DecisionPreview:  # fmt: skip
    """What would be signed today for an assessment that the actor has been given."""
    result = result_of(row)
    month, today = Month.parse(row.month), foundation.today()
    amount = Decimal(0) if outcome == "refused" else result.granted
    ground = ground_of(because_of_conduct and outcome == "refused")
    with foundation.acting(actor):
        delegated = foundation.may_decide(actor, TYPES[outcome], amount, row.case.unit_id, today)
    return DecisionPreview(
        outcome=outcome,
        amount_kr=amount,
        legal_ground=ground,
        reasons=tuple(reasons_of(outcome, row, result, reason, emergency_examined)),
        first_day=month.first,
        last_day=month.last,
        appeal=casework.appeal_for(ground, today).code,
        is_delegated=delegated,
        has_cuts=bool(result.cut_lines),
        grants_something=result.granted > 0,
    )


def preview_letter(row: Assessment, preview: DecisionPreview, actor: Actor, *, at: datetime) -> bytes:
    """The letter of the preview as PDF; it says on its first page that nothing is decided yet."""
    application = Application.objects.select_related("case__unit").get(id=row.application_id)
    return make_pdf(
        drafted_letter(
            application,
            row.result,
            outcome=preview.outcome,
            amount_kr=preview.amount_kr,
            legal_ground=preview.legal_ground,
            reasons=preview.reasons,
            decided_by=actor.name,
            at=at,
        )
    )
