"""Deciding without a person: which cases may be, the switch that stops it, and the checks of what it proposed.

Only what is wholly favourable, and only when nothing is in doubt; anything else is handed to a case worker with the
prepared assessment and every reason. There is no automated refusal, and no automated aid under SoL 12:2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from django.utils.crypto import salted_hmac

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Role
from handslag.income_support.errors_assessment import NoSuchAssessment, ReasonMissing
from handslag.income_support.events.assessments import ActivityTried, SampleDrawn, SampleReviewed
from handslag.income_support.events.rules import AutomationRuleEntered, AutomationTurned
from handslag.income_support.models import (
    ActivityTrial,
    Application,
    ApplicationKind,
    Assessment,
    AutomationRule,
    AutomationState,
    SampleReview,
)
from handslag.income_support.operations import decisions
from handslag.income_support.operations.applications import hand_to_worker
from handslag.income_support.operations.assessments import assess_locked
from handslag.income_support.queries.automation import hindrances, rule_on, sample_of
from handslag.income_support.rules.facts import SPECIAL_KINDS
from handslag.income_support.rules.facts_from import Missing

log = structlog.get_logger("handslag.automation")


def try_to_decide(
    *, application_id: UUID, facts: Mapping[str, Any], missing: Iterable[Missing] = (), by: Actor, at: datetime
) -> casework.Decision | None:
    """Decide the application if every condition holds, otherwise hand it over with the reasons; None when handed over.

    Never raises for what the application holds: a fault rolls everything back and hands it over with that reason. A
    database that went away says nothing about the application: that is raised, and the job runs again.
    An application that is not being assessed (decided, handed over) is left as it is.
    """
    lacking = tuple(missing)
    try:
        return _decide_or_hand_over(application_id=application_id, facts=facts, missing=lacking, by=by, at=at)
    except Exception as fault:
        if foundation.database_went_away(fault):
            raise
        log.error("automation.fault", application_id=str(application_id), fault=type(fault).__name__)
        reason = foundation.said("automation.fault", fault=type(fault).__name__)
        if isinstance(fault, foundation.HandslagError):
            reason = foundation.said("automation.stopped", place=fault.where or type(fault).__name__)
        hand_to_worker(application_id=application_id, reasons=[reason], by=by, at=at)
        return None


@foundation.operation
@foundation.in_one_piece()
def _decide_or_hand_over(
    *, application_id: UUID, facts: Mapping[str, Any], missing: Sequence[Missing], by: Actor, at: datetime
) -> casework.Decision | None:
    application = foundation.find_row(Application, application_id, lock=True)
    if application is None:
        raise NoSuchAssessment
    if application.state != "assessing":
        return None
    row, result = assess_locked(application, facts, missing, by=by, at=at)
    today = foundation.day_of(at)
    rule = rule_on(today)
    reasons = hindrances(application, row, result, rule, by=by, today=today)
    if rule is not None and not reasons and _is_drawn(application, rule.sample_percent):
        _keep_sample(application, row, result.granted, by=by, at=at)
        reasons = [foundation.said("automation.sample")]
    if reasons:
        hand_to_worker(application_id=application_id, reasons=reasons, by=by, at=at)
        return None
    return decisions.grant_locked(application, row, result, by=by, at=at)


@foundation.operation
def review_sample(*, sample_id: UUID, agrees: bool, why: str = "", by: Actor, at: datetime) -> SampleReview:
    """A case worker says whether they agree with what automation would have decided. Disagreeing needs the reason.

    The person then decides the application themselves; nothing leaves by this alone. Once said, it stands.
    """
    sample = SampleReview.objects.select_for_update().filter(id=sample_id).first()
    if sample is None:
        raise NoSuchAssessment
    case = casework.Case.objects.filter(id=sample.case_id).first()
    if case is None or not by.is_staff or not casework.may("decide", case, by):
        raise foundation.Refused("You may not check this sample.", do="Leave it to those who work in the case.")
    if sample.state != "waiting":
        return sample
    if not agrees and not why.strip():
        raise ReasonMissing(where="why")
    sample.state = "agreed" if agrees else "disagreed"
    sample.why, sample.reviewed_by_id, sample.reviewed_at = why.strip(), by.account_id, at
    sample.save(update_fields=["state", "why", "reviewed_by", "reviewed_at"])
    foundation.record(
        SampleReviewed(
            sample_id=sample.id, application_id=sample.application_id, case_id=sample.case_id, agreed=agrees
        ),
        by=by,
        at=at,
    )
    return sample


@foundation.operation
def turn_automation(*, paused: bool, why: str, by: Actor, at: datetime) -> AutomationState:
    """Pause automation at once, or start it again, with the reason. Turning to where it stands changes nothing."""
    foundation.require_role(by, Role.MANAGER, Role.RULES_OFFICER)
    if not why.strip():
        raise ReasonMissing(where="why")
    latest = AutomationState.objects.order_by("-turned_at", "-id").first()
    if latest is not None and latest.paused == paused:
        return latest
    row = AutomationState(paused=paused, why=why.strip()[:400], turned_by_id=by.account_id, turned_at=at)
    row.save(force_insert=True)
    foundation.record(AutomationTurned(paused=paused), by=by, at=at)
    return row


@foundation.operation
def enter_automation_rule(
    *,
    valid_from: date,
    kinds: Sequence[str],
    highest_kr: Decimal | int | str,
    paragraph: str,
    decided_on: date,
    sample_percent: Decimal | int | str = 5,
    special_kinds: Sequence[str] = (),
    valid_to: date | None = None,
    demo: bool = False,
    by: Actor,
    at: datetime,
) -> AutomationRule:
    """Enter the board's decision on what may be automated, from a day on. Nothing earlier is overwritten."""
    foundation.require_role(by, Role.RULES_OFFICER)
    if not kinds or set(kinds) - set(ApplicationKind.values):
        raise BadInput("The kinds of application are not known.", where="kinds", do="Choose at least one of the kinds.")
    if set(special_kinds) - set(SPECIAL_KINDS):
        raise BadInput("There is no such need.", where="special_kinds", do="Choose among the needs that are shown.")
    highest, share = foundation.money(highest_kr), foundation.money(sample_percent)
    if highest <= 0:
        raise BadInput("The highest amount is not possible.", where="highest_kr", do="Write kronor above 0.")
    if not 0 <= share <= 100:
        raise BadInput("The share is not possible.", where="sample_percent", do="Write a percentage from 0 to 100.")
    if not paragraph.strip():
        raise BadInput("The paragraph of the decision is missing.", where="paragraph", do="Write it as in the minutes.")
    if decided_on > foundation.day_of(at):
        raise BadInput("The day of the decision is in the future.", where="decided_on", do="Check the day.")
    if valid_to is not None and valid_to <= valid_from:
        raise BadInput("The rules end before they begin.", where="valid_to", do="Give a later day, or leave it empty.")
    row = AutomationRule(
        valid_from=valid_from,
        valid_to=valid_to,
        kinds=list(kinds),
        highest_kr=highest,
        special_kinds=list(special_kinds),
        sample_percent=share,
        paragraph=paragraph.strip()[:40],
        decided_on=decided_on,
        demo=demo,
        entered_by_id=by.account_id,
        entered_at=at,
    )
    row.save(force_insert=True)
    foundation.record(AutomationRuleEntered(rule_id=row.id, valid_from=valid_from), by=by, at=at)
    return row


@foundation.operation
def try_activity_requirement(
    *, case_id: UUID, month_from: str, month_to: str, outcome: str, why: str, by: Actor, at: datetime
) -> ActivityTrial:
    """A person has tried the activity requirement (SoL 12:4 a-6 a): fulfilled, or the person is exempt.

    Never the automated function. A requirement that is not fulfilled is no trial but a decision of its own.
    """
    first, last = foundation.Month.parse(month_from), foundation.Month.parse(month_to)
    case = casework.Case.objects.filter(id=case_id).first()
    if case is None:
        raise NoSuchAssessment
    is_machine = by.is_system and by.name == "automation"
    if is_machine or (not by.is_system and not casework.may("decide", case, by)):
        raise foundation.Refused("A person who works in the case tries this.", do="Leave it to the case worker.")
    if outcome not in ("fulfilled", "exempt"):
        raise BadInput("There is no such outcome.", where="outcome", do="Choose fulfilled or exempt.")
    if not 0 <= first.until(last) <= 12:
        raise BadInput("The months do not fit together.", where="month_to", do="Give at most a year.")
    if not why.strip():
        raise ReasonMissing(where="why")
    row = ActivityTrial(
        case_id=case_id,
        month_from=str(first),
        month_to=str(last),
        outcome=outcome,
        why=why.strip(),
        tried_by_id=by.account_id,
        tried_at=at,
    )
    row.save(force_insert=True)
    foundation.record(ActivityTried(trial_id=row.id, case_id=case_id, outcome=outcome), by=by, at=at)
    return row




def draw_hits(case_id: UUID, month: str, percent: Decimal) -> bool:
    """Whether a case's month is among the so many per cent that a person checks.

    The installation's secret decides, so nobody can tell it beforehand or choose, and the same month of the same case is
    drawn alike however often it is sent again.
    """
    number = int.from_bytes(salted_hmac("handslag.sample", f"{case_id} {month}", algorithm="sha256").digest()[:8])
    return number / 2**64 * 100 < float(percent)


def _is_drawn(application: Application, percent: Decimal) -> bool:
    """Drawn now, or drawn before: an application that waits for a check never leaves without it."""
    drawn = sample_of(application.id)
    waits = drawn is not None and drawn.state == "waiting"
    return waits or draw_hits(application.case_id, str(application.month), percent)


def _keep_sample(application: Application, row: Assessment, proposed: Decimal, *, by: Actor, at: datetime) -> None:
    if SampleReview.objects.filter(application=application).exists():
        return
    sample = SampleReview(
        application=application, assessment=row, case_id=application.case_id, proposed_kr=proposed, drawn_at=at
    )
    sample.save(force_insert=True)
    drawn = SampleDrawn(sample_id=sample.id, application_id=application.id, case_id=application.case_id)
    foundation.record(drawn, by=by, at=at)
