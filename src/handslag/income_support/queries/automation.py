"""What automation may do today, why it may not decide an application, and how often people agreed with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month
from handslag.income_support.models import (
    ActivityTrial,
    Application,
    Assessment,
    AssessmentChange,
    AutomationRule,
    AutomationState,
    SampleReview,
    Warning,
)
from handslag.income_support.operations.rules import local_rules_wait
from handslag.income_support.operations.unusual_costs import comparison_on
from handslag.income_support.rules import assessment as computed
from handslag.income_support.rules.agreement import Agreement, agreement_of
from handslag.income_support.rules.comparison import unusual_costs
from handslag.income_support.rules.facts import COST_KINDS
from handslag.income_support.tables import settings_on

# A note that a person should look at, although every sum could be made.
NOTES_FOR_A_PERSON = frozenset(
    {
        "rent.several",
        "rent.rooms_above_table",
        "rent.no_local_rules",
        "rent.no_highest",
        "special.no_local_rules",
        "lodger.several",
        "lunch.not_applicable",
    }
)
GRANT = "income_support.grant"  # the type of decision in the delegation order
Said = dict[str, Any]


def rule_on(day: date) -> AutomationRule | None:
    """The board's table in force on the day, or None: then nothing is automated."""
    return next((row for row in _rules_begun(day) if row.valid_to is None or row.valid_to > day), None)


@foundation.ready
def _rules_begun(day: date) -> QuerySet[AutomationRule]:
    return AutomationRule.objects.filter(valid_from__lte=day).order_by("-valid_from", "-entered_at", "-id")


def is_paused() -> bool:
    """Whether automation is switched off. Never turned, it is on, as far as the board's table goes."""
    latest = latest_turn()
    return latest is not None and latest.paused


def latest_turn() -> AutomationState | None:
    """When and why the switch was last turned."""
    return next(iter(_latest_turn()), None)


@foundation.ready
def _latest_turn() -> QuerySet[AutomationState]:
    return AutomationState.objects.order_by("-turned_at", "-id")[:1]


def hindrances(
    application: Application,
    row: Assessment,
    result: computed.Assessment,
    rule: AutomationRule | None,
    *,
    by: Actor,
    today: date,
) -> list[Said]:
    """Every reason why automation may not decide, as said codes; none means that it may."""
    if rule is None:
        return [foundation.said("automation.no_rule")]
    case = foundation.find_row(casework.Case, application.case_id)
    if case is None:
        return [foundation.said("automation.restricted")]
    return [
        *_by_the_board(application, result, rule),
        *_in_doubt(application, row, result),
        *_by_outcome(case, result, by, today),
    ]


def conditions(rule: AutomationRule) -> list[Said]:
    """The table in words: first what the board has chosen, then what always holds."""
    kinds = ", ".join(foundation.tell(foundation.said(f"automation.kind.{kind}")) for kind in rule.kinds)
    chosen = [
        foundation.said("automation.condition.kinds", kinds=kinds),
        foundation.said("automation.condition.highest", amount=f"{rule.highest_kr:.2f}"),
        foundation.said("automation.condition.sample", percent=f"{rule.sample_percent.normalize():f}"),
    ]
    if rule.special_kinds:
        needs = ", ".join(foundation.tell(foundation.said(f"line.special.{kind}")) for kind in rule.special_kinds)
        chosen.append(foundation.said("automation.condition.special", needs=needs))
    else:
        chosen.append(foundation.said("automation.condition.no_special"))
    always = ("favourable", "registers", "warnings", "confirmed", "activity", "delegation", "protected", "further_aid")
    return [*chosen, *(foundation.said(f"automation.condition.{code}") for code in always)]


def find_samples(actor: Actor, *, waiting: bool = True) -> list[SampleReview]:
    """Drawn proposals in the cases that the actor reads, oldest first."""
    if not actor.is_staff and not actor.is_system:
        return []
    rows = SampleReview.objects.select_related("application", "assessment").order_by("drawn_at")
    return list(rows.filter(state="waiting") if waiting else rows.exclude(state="waiting"))


def sample_of(application_id: Any) -> SampleReview | None:
    """The drawn proposal of an application, or None."""
    return next(iter(_samples_of(application_id)), None)


@foundation.ready
def _samples_of(application_id: UUID) -> QuerySet[SampleReview]:
    return SampleReview.objects.filter(application_id=application_id).order_by("id")[:1]


@foundation.ready
def _open_warnings(application_id: UUID) -> QuerySet[Warning, UUID]:
    return Warning.objects.filter(application_id=application_id, state="open").values_list("id", flat=True)


@foundation.ready
def _touched_lines(assessment_id: UUID) -> QuerySet[AssessmentChange, str]:
    rows = AssessmentChange.objects.filter(assessment_id=assessment_id, withdrawn_at__isnull=True)
    return rows.values_list("line", flat=True)[:1]


@foundation.ready
def _last_result(person_id: UUID, month: str) -> QuerySet[Assessment, dict[str, Any]]:
    decided = Assessment.objects.filter(applicant_id=person_id, final_at__isnull=False, month__lt=month)
    return decided.order_by("-month", "-final_at").values_list("result", flat=True)[:1]


def agreement(actor: Actor, *, since: datetime | None = None) -> Agreement:
    """How often people agreed with drawn proposals, of those that the actor reads, with the 95 % interval."""
    rows = SampleReview.objects.exclude(state="waiting")
    if since is not None:
        rows = rows.filter(reviewed_at__gte=since)
    if not actor.is_staff and not actor.is_system:
        rows = rows.none()
    counted = rows.aggregate(checked=Count("id"), agreed=Count("id", filter=Q(state="agreed")))
    return agreement_of(counted["checked"], counted["agreed"])


def _by_the_board(application: Application, result: computed.Assessment, rule: AutomationRule) -> Iterator[Said]:
    if is_paused():
        yield foundation.said("automation.paused")
    if application.taken_down_by_id is not None:
        yield foundation.said("automation.taken_down")
    if application.kind not in rule.kinds:
        yield foundation.said("automation.other_kind")
    if result.granted > rule.highest_kr:
        yield foundation.said("automation.above_highest", amount=f"{rule.highest_kr:.2f}")
    for line in result.lines:
        if line.group == "special" and line.code.partition(".")[2] not in rule.special_kinds:
            yield foundation.said("automation.special_need", need=foundation.said(f"line.{line.code}"))


def _in_doubt(application: Application, row: Assessment, result: computed.Assessment) -> Iterator[Said]:
    for lack in row.missing:
        yield foundation.said("automation.missing", what=lack["said"])
    for path in result.missing:
        yield foundation.said("automation.fact_missing", path=path)
    if not row.facts.get("registers"):
        yield foundation.said("automation.no_registers")
    warnings = len(_open_warnings(application.id))
    if warnings:
        yield foundation.said("automation.warnings", number=str(warnings))
    unconfirmed = [line for line in result.lines if line.status != "confirmed"]
    for line in unconfirmed:
        yield foundation.said("automation.unconfirmed", what=foundation.said(f"line.{line.code}"))
    if local_rules_wait(Month.parse(application.month).first):
        yield foundation.said("automation.local_rules_wait")
    for note in result.notes:
        if note.code in NOTES_FOR_A_PERSON:
            yield foundation.said("automation.note", note=foundation.said(f"automation.note.{note.code}"))
    dearer = _dearer_costs(application, result)
    for kind in dearer:
        yield foundation.said("automation.dearer_cost", what=foundation.said(f"line.{kind}"))
    for kind in _unusual_costs(application, result):
        if kind not in dearer:
            yield foundation.said("automation.unusual_cost", what=foundation.said(f"line.{kind}"))
    may_apply = any(note.code == "activity_requirement.may_apply" for note in result.notes)
    if may_apply and not activity_is_tried(application.case_id, Month.parse(application.month)):
        yield foundation.said("automation.activity_requirement")
    if _touched_lines(row.id):
        yield foundation.said("automation.touched")


def _dearer_costs(application: Application, result: computed.Assessment) -> list[str]:
    """Kinds of cost beside rent that are clearly higher than in the household's last decided month, or new since then."""
    earlier = _last_result(application.applicant_id, application.month)
    if not earlier:
        return []
    last = earlier[0]
    percent = settings_on(Month.parse(application.month).first).comparison.change_percent
    before: defaultdict[str, Decimal] = defaultdict(Decimal)
    now: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in last["lines"]:
        before[row["code"]] += Decimal(str(row["amount"]))
    for line in result.lines:
        now[line.code] += line.amount
    kinds = [f"cost.{kind}" for kind in COST_KINDS if kind != "rent"]
    return [kind for kind in kinds if now[kind] > before[kind] * (1 + percent / 100)]


def _unusual_costs(application: Application, result: computed.Assessment) -> list[str]:
    """Kinds of cost beside rent that are above what the settings call unusually high."""
    costs = [(line.code.partition(".")[2], line.amount) for line in result.lines if line.group == "cost"]
    settings = comparison_on(Month.parse(application.month).first)
    return [f"cost.{kind}" for kind in unusual_costs(costs, settings)]


def _by_outcome(case: casework.Case, result: computed.Assessment, by: Actor, today: date) -> Iterator[Said]:
    if case.restricted or not case.is_open:
        yield foundation.said("automation.restricted")
    if result.granted <= 0:
        yield foundation.said("automation.nothing_to_grant")
    if result.cut_lines:
        yield foundation.said("automation.cut")
    if not foundation.may_decide(by, GRANT, result.granted, case.unit_id, today):
        yield foundation.said("automation.not_delegated")


def activity_is_tried(case_id: Any, month: Month) -> bool:
    """Whether a person has tried the activity requirement for the month."""
    held = ActivityTrial.objects.filter(case_id=case_id, month_from__lte=str(month), month_to__gte=str(month))
    return held.exists()
