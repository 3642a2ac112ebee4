"""Deciding an adult's application for support, and assessing a report of concern for an adult."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.adult_support import events
from handslag.adult_support.decision_rules import grounds_of, is_decided
from handslag.adult_support.errors import (
    AlreadyAssessed,
    NoSuchGround,
    NoSuchKind,
    NoSuchOutcome,
    NotAnApplication,
    NotAReport,
    NotDecidedHere,
    WordsMissing,
)
from handslag.adult_support.kinds import KINDS
from handslag.adult_support.models import AdultMatter, CameAs, ReportAssessment, ReportOutcome
from handslag.casework import public as casework
from handslag.foundation import public as foundation

GRANT = "adult_support.grant"
PARTLY_GRANT = "adult_support.partly_grant"
REFUSE = "adult_support.refuse"
TYPES = {"granted": GRANT, "partly_granted": PARTLY_GRANT, "refused": REFUSE}


@foundation.operation
def decide_application(
    *,
    case_id: UUID,
    outcome: str,
    legal_ground: str,
    applied_for: str,
    gets: str = "",
    reason: str = "",
    period_from: date | None = None,
    period_to: date | None = None,
    version: int | None = None,
    by: foundation.Actor,
    at: datetime,
) -> casework.Decision:
    """Decide the application that the case was opened on: `granted`, `partly_granted` or `refused` (SoL 11:1, 11:4; FL 31-32).

    `applied_for` and `gets` say in plain words what was asked for and what is given; a part names what is given, and all
    but a wholly favourable decision has a reason and needs that the person was told first (FL 25). The time of FL 12 is
    met. One application has one decision: a second press gives the same. Raises NotAnApplication, NotDecidedHere,
    WordsMissing, NoSuchGround, and the errors of `casework.decide` (NotCommunicated, Refused without delegation).
    """
    case = casework.get_case(case_id, by)
    matter = AdultMatter.objects.filter(case_id=case_id).first()
    if case.kind not in KINDS:
        raise NoSuchKind
    if matter is None or matter.came_as != CameAs.OWN:
        raise NotAnApplication
    today = foundation.day_of(at)
    if not is_decided(case.kind, today):
        raise NotDecidedHere
    if outcome not in TYPES:
        raise NoSuchOutcome
    require_words(outcome, applied_for, gets, reason)
    if legal_ground not in {one.legal_ground for one in grounds_of(case.kind, today)}:
        raise NoSuchGround
    known = _decision_in(case_id, by)
    if known is not None:
        return known
    decision = casework.decide(
        case_id=case_id,
        type=TYPES[outcome],
        outcome=outcome,
        legal_ground=legal_ground,
        reason=reasons_of(outcome, applied_for, gets, reason, period_from, period_to),
        period_from=period_from,
        period_to=period_to,
        version=version,
        idempotency_key=f"application-{matter.id}",
        by=by,
        at=at,
    )
    casework.stop_clock(case_id=case_id, rule="FL12", about=matter.id, on=today, by=by, at=at)
    decided = events.ApplicationDecided(
        case_id=case_id, person_id=case.person_id, decision_id=decision.id, kind=case.kind, outcome=outcome
    )
    foundation.record(decided, by=by, at=at)
    return decision


def reasons_of(
    outcome: str, applied_for: str, gets: str, reason: str, first: date | None, last: date | None
) -> list[str | dict[str, Any]]:
    """What the decision says, in order: what it came to, what was applied for, what is given, and the reason.

    The preview says the same.
    """
    told: list[str | dict[str, Any]] = [
        foundation.said(f"adult_support.decided.{outcome}"),
        foundation.said("adult_support.decided.applied_for", what=applied_for.strip()),
    ]
    if gets.strip() and outcome != "refused":
        told.append(foundation.said("adult_support.decided.gets", what=gets.strip()))
    if first is not None and last is not None and outcome != "refused":
        told.append(
            foundation.said("adult_support.decided.period", first=first.isoformat(), last=last.isoformat())
        )
    return [*told, *([reason.strip()] if reason.strip() else [])]


@foundation.operation
def assess_report(
    *, case_id: UUID, outcome: str, reason: str, by: foundation.Actor, at: datetime
) -> ReportAssessment:
    """Record what is done about a report of concern for an adult, and why (SoL 14:2). Made once and never changed.

    Nothing here decides on care: `coercion` says that the board's committee is asked. Raises NotAReport for an
    application, WordsMissing, and AlreadyAssessed when another outcome stands there.
    """
    case = casework.get_case(case_id, by)
    if case.kind not in KINDS:
        raise NoSuchKind
    if not casework.may("write_note", case, by):
        raise casework.NotYours
    if not case.is_open:
        raise casework.MoveRefused(state=case.state)
    if AdultMatter.objects.filter(case_id=case_id, came_as=CameAs.OWN).exists():
        raise NotAReport
    if outcome not in ReportOutcome.values:
        raise NoSuchOutcome
    if not reason.strip():
        raise WordsMissing(where="reason")
    casework.Case.objects.select_for_update().filter(id=case_id).first()  # one assessment of a case
    known = ReportAssessment.objects.filter(case_id=case_id).first()
    if known is not None:
        if known.outcome != outcome:
            raise AlreadyAssessed
        return known
    made = ReportAssessment(
        case_id=case_id, outcome=outcome, reason=reason.strip(), assessed_at=at, assessed_by_id=by.account_id
    )
    made.save(force_insert=True)
    assessed = events.ReportAssessed(
        case_id=case_id, person_id=case.person_id, kind=case.kind, outcome=outcome
    )
    foundation.record(assessed, by=by, at=at)
    return made


def require_words(outcome: str, applied_for: str, gets: str, reason: str) -> None:
    if not applied_for.strip():
        raise WordsMissing(where="applied_for")
    if outcome == "partly_granted" and not gets.strip():
        raise WordsMissing(where="gets")
    if outcome != "granted" and not reason.strip():
        raise WordsMissing(where="reason")


def _decision_in(case_id: UUID, by: foundation.Actor) -> casework.Decision | None:
    made = casework.find_decisions(case_id, by)
    return next((one for one in made if one.type in TYPES.values()), None)
