"""Deciding an application: granted, granted partly, refused; and emergency aid. Casework signs, in one transaction.

Every decision rests on the assessment as it stands, which is then final. Aid under SoL 12:2 is never decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Month
from handslag.income_support.errors_assessment import (
    AlreadyDecided,
    NoSuchAssessment,
    NothingToGrant,
    NotWhollyFavourable,
    ReasonMissing,
)
from handslag.income_support.models import Application, Assessment
from handslag.income_support.operations import after_decision
from handslag.income_support.operations.assessments import lock, result_of, settle
from handslag.income_support.queries.assessments import side_by_side
from handslag.income_support.rules import assessment as computed
from handslag.income_support.rules.changes import CHANGED
from handslag.income_support.rules.parameters import plain
from handslag.income_support.shown_calculation import CHANGED_LINE

GRANT = "income_support.grant"
PARTLY_GRANT = "income_support.partly_grant"
REFUSE = "income_support.refuse"
EMERGENCY = "income_support.emergency"
LEGAL_GROUND = "SoL 12:1"
LEGAL_GROUND_DENIED = "SoL 12:5"
LONGEST_EMERGENCY_DAYS = 31


@foundation.operation
def grant(
    *, application_id: UUID, version: int | None = None, reason: str = "", by: Actor, at: datetime
) -> casework.Decision:
    """Grant everything that was applied for. `by` is a case worker, or the automated function.

    Raises NotWhollyFavourable when a cost or need is not approved in full, NothingToGrant, AlreadyDecided,
    AssessmentChangedElsewhere, or Refused without delegation. Twice gives the same decision.
    """
    application, row = _opened(application_id, version, by)
    if row is None:
        return _known(application)
    return grant_locked(application, row, result_of(row), reason, by=by, at=at)


def grant_locked(
    application: Application,
    row: Assessment,
    result: computed.Assessment,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
) -> casework.Decision:
    """What `grant` does, inside an operation that has locked the application and calculated its open assessment."""
    if result.granted <= 0:
        raise NothingToGrant
    if result.cut_lines:
        raise NotWhollyFavourable
    said = reasons_of("granted", row, result, reason)
    return _sign(application, row, result, GRANT, "granted", said, by=by, at=at)


@foundation.operation
def grant_partly(
    *, application_id: UUID, version: int | None = None, reason: str, by: Actor, at: datetime
) -> casework.Decision:
    """Grant some of what was applied for, with the reason. The person must have been told first (FL 25).

    Raises ReasonMissing, NothingToGrant, and the errors of `casework.decide` (NotCommunicated, Refused).
    """
    application, row = _opened(application_id, version, by)
    if row is None:
        return _known(application)
    if not reason.strip():
        raise ReasonMissing
    result = result_of(row)
    if result.granted <= 0:
        raise NothingToGrant
    said = reasons_of("partly_granted", row, result, reason)
    return _sign(application, row, result, PARTLY_GRANT, "partly_granted", said, by=by, at=at)


@foundation.operation
def refuse(
    *,
    application_id: UUID,
    version: int | None = None,
    reason: str,
    emergency_examined: str,
    because_of_conduct: bool = False,
    by: Actor,
    at: datetime,
) -> casework.Decision:
    """Refuse, with the reason, and with what was found when an acute need was examined (it always is).

    `because_of_conduct`: refused or reduced for turning down practice or skills activity (SoL 12:5).
    """
    application, row = _opened(application_id, version, by)
    if row is None:
        return _known(application)
    if not reason.strip():
        raise ReasonMissing
    if not emergency_examined.strip():
        raise ReasonMissing(where="emergency_examined")
    result = result_of(row)
    said = reasons_of("refused", row, result, reason, emergency_examined)
    return _sign(
        application, row, result, REFUSE, "refused", said, ground=ground_of(because_of_conduct), by=by, at=at
    )


@foundation.operation
def give_emergency_aid(
    *,
    case_id: UUID,
    amount: Decimal | int | str,
    first_day: date,
    last_day: date,
    reason: str,
    idempotency_key: str,
    by: Actor,
    at: datetime,
) -> casework.Decision:
    """Aid for an acute need over some days, beside the application, which goes on as it was.

    `idempotency_key` belongs to the form that was sent: a double press is one decision.
    """
    money = foundation.money(amount)
    if money <= 0:
        raise NothingToGrant
    if not reason.strip():
        raise ReasonMissing
    if not 0 <= (last_day - first_day).days < LONGEST_EMERGENCY_DAYS:
        raise BadInput(
            "The days do not fit together.",
            where="last_day",
            do="Give at most 31 days, the last not before the first.",
        )
    said = foundation.said("decision.emergency", first=first_day.isoformat(), last=last_day.isoformat())
    decision = casework.decide(
        case_id=case_id,
        type=EMERGENCY,
        outcome="granted",
        legal_ground=LEGAL_GROUND,
        reason=[said, *_own(reason)],
        amount=money,
        period_from=first_day,
        period_to=last_day,
        idempotency_key=f"emergency-{idempotency_key}",
        by=by,
        at=at,
    )
    after_decision.carry_out(decision, by=by, at=at)
    return decision


def reasons_of(outcome: str, row: Assessment, result: computed.Assessment, *own: str) -> list[Any]:
    """What the decision says: the outcome, what was cut, why a line was changed, what was told of savings, and the case
    worker's own words.

    The preview says the same.
    """
    code = {"granted": "granted", "partly_granted": "granted_partly", "refused": "refused"}[outcome]
    cut = cuts(result) if outcome == "partly_granted" else []
    written = [words for text in own for words in _own(text)]
    changed = changed_lines(row, result)
    return [foundation.said(f"decision.{code}", month=row.month), *cut, *changed, *_savings(row), *written]


def _savings(row: Assessment) -> list[dict[str, Any]]:
    """Savings that were told of are named in the letter: no line of the calculation shows them unless somebody counts them."""
    told = [lack["said"] for lack in row.missing if lack["said"]["code"] == "facts.savings"]
    return [foundation.said("decision.savings", **one["values"]) for one in told]


def ground_of(because_of_conduct: bool) -> str:
    """The section that a decision rests on."""
    return LEGAL_GROUND_DENIED if because_of_conduct else LEGAL_GROUND


def cuts(result: computed.Assessment) -> list[dict[str, Any]]:
    """What was not approved in full, as sentences for the letter."""
    return [
        foundation.said(
            "decision.cut",
            what=foundation.said(f"line.{line.code}"),
            applied=plain(line.applied),
            approved=plain(line.amount),
        )
        for line in result.cut_lines
    ]


def changed_lines(row: Assessment, result: computed.Assessment) -> list[dict[str, Any]]:
    """Why a line counts with another value than the system's, as the case worker wrote it for the person; `line` is its
    key among the lines that are shown. Nothing is asked where nobody has changed anything."""
    if all(line.source != CHANGED for line in result.lines):
        return []
    view = side_by_side(row)
    return [
        foundation.said(
            CHANGED_LINE,
            line=key,
            what=foundation.said(f"line.{line.code}"),
            counted=plain(line.counted_kr),
            why=line.why,
        )
        for key, line in zip(computed.line_keys(view.result.lines), view.lines, strict=True)
        if line.is_changed
    ]


def _own(text: str) -> Sequence[str]:
    return [text.strip()] if text.strip() else []


def _opened(application_id: UUID, version: int | None, by: Actor) -> tuple[Application, Assessment | None]:
    """The application and its open assessment, both locked; no assessment when it is decided already."""
    application = foundation.find_row(Application, application_id, lock=True)
    if application is None:
        raise NoSuchAssessment
    if application.state in ("decided", "withdrawn"):
        return application, None
    found = Assessment.objects.filter(application=application, final_at__isnull=True).first()
    if found is None:
        raise NoSuchAssessment
    return application, lock(found.id, version, by)


def _known(application: Application) -> casework.Decision:
    """The decision that the application has; a second press gives the same one."""
    decided = (
        Assessment.objects.filter(application=application, decision__isnull=False)
        .order_by("-final_at")
        .first()
    )
    if application.state == "withdrawn" or decided is None or decided.decision is None:
        raise AlreadyDecided
    decision: casework.Decision = decided.decision
    return decision


def _sign(
    application: Application,
    row: Assessment,
    result: computed.Assessment,
    type_: str,
    outcome: str,
    reasons: list[Any],
    *,
    ground: str = LEGAL_GROUND,
    by: Actor,
    at: datetime,
) -> casework.Decision:
    month = Month.parse(application.month)
    decision = casework.decide(
        case_id=application.case_id,
        type=type_,
        outcome=outcome,
        legal_ground=ground,
        reason=reasons,
        amount=result.granted if outcome != "refused" else Decimal(0),
        period_from=month.first,
        period_to=month.last,
        automated=by.is_system,
        matter_id=application.id,
        idempotency_key=f"application-{application.id}",
        by=by,
        at=at,
    )
    settle(row, decision.id, by=by, at=at)
    after_decision.carry_out(decision, by=by, at=at)
    return decision
