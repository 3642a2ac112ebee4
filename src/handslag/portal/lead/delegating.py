"""The board's decisions about delegation: entered, held against the minutes by a second person, and then counted.

Whoever enters a decision may not be the one who says that it was entered rightly: a row typed wrongly lets somebody
decide whom the board never chose. How many persons it takes is a setting of the installation (`HANDSLAG_DELEGATION_PERSONS`,
two unless it says one); no law names it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, DelegationRule, Role
from handslag.portal.lead.delegation_order import AUTOMATED, BY_CODE
from handslag.portal.lead.events import DelegationConfirmed, DelegationEntered, DelegationReturned
from handslag.portal.lead.models import DelegationDecision, DelegationReview, ReviewOutcome

REVIEWERS = (Role.RULES_OFFICER, Role.MANAGER, Role.BOARD)
# Writes the order itself, when two persons have said what it shall hold.
OWN_HAND = foundation.system("delegation")


@foundation.operation
def enter_delegation(
    *, decision_type: str, role: str, valid_from: date, paragraph: str, decided_on: date,
    max_amount_kr: Decimal | None = None, by: Actor, at: datetime,
) -> DelegationDecision:  # fmt: skip
    """Enter a row of the delegation order as the board has decided it (KL 6:37, 7:5), with the paragraph of the minutes.

    It counts when another person has confirmed it. `role` may be `AUTOMATED` for what the law lets be automated. Raises
    Refused without the role of rules officer, and BadInput by field.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    known = BY_CODE.get(decision_type)
    if known is None:
        raise BadInput("There is no such decision.", where="decision_type", do="Choose one of the decisions that are shown.")
    automated = role == AUTOMATED
    if (automated and not known.may_be_automated) or (not automated and role not in Role.values):
        raise BadInput("This decision cannot be given to them.", where="role", do="Choose another who may make it.")
    if max_amount_kr is not None and max_amount_kr <= 0:
        raise BadInput("The highest amount is not possible.", where="max_amount_kr", do="Write kronor above 0.")
    _check_minutes(paragraph, decided_on, valid_from, "valid_from", at)
    row = DelegationDecision(
        decision_type=decision_type, role="" if automated else role, automated=automated, max_amount_kr=max_amount_kr,
        day=valid_from, paragraph=paragraph.strip()[:40], decided_on=decided_on,
    )  # fmt: skip
    _check_begins(row)
    return _entered(row, by=by, at=at)


@foundation.operation
def end_delegation(
    *, rule_id: UUID, ends_on: date, paragraph: str, decided_on: date, by: Actor, at: datetime
) -> DelegationDecision:
    """Enter that a row of the order no longer holds from a day on, as the board has decided.

    It counts when another person has confirmed it. Raises Refused, NotFound for no such row, and BadInput by field.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    rule = get_rule(rule_id)
    _check_minutes(paragraph, decided_on, ends_on, "ends_on", at)
    row = DelegationDecision(
        ends=rule, decision_type=rule.decision_type, role=rule.role, automated=rule.automated,
        max_amount_kr=rule.max_amount_kr, day=ends_on, paragraph=paragraph.strip()[:40], decided_on=decided_on,
    )  # fmt: skip
    _check_ends(rule, ends_on)
    return _entered(row, by=by, at=at)


@foundation.operation
def confirm_delegation(*, decision_id: UUID, by: Actor, at: datetime) -> DelegationReview:
    """A second person has held the entered decision against the minutes; from now on it counts.

    Confirming again changes nothing. Raises Refused for the one who entered it and without a role that confirms,
    Conflict for a returned one, NotFound, and BadInput where the order has changed meanwhile so that it does not fit.
    """
    foundation.require_role(by, *REVIEWERS)
    entered = _decision(decision_id)
    if by.account_id is None or (entered.persons > 1 and by.account_id == entered.entered_by_id):
        raise foundation.Refused(
            "You cannot confirm what you have entered yourself.", do="Ask a manager, the board, or another rules officer."
        )
    known = review_of(entered)
    if known is not None:
        if known.outcome == ReviewOutcome.CONFIRMED:
            return known
        raise foundation.Conflict("It is returned already.", do="Enter it anew.")
    with foundation.acting(OWN_HAND):
        rule = _begin(entered) if entered.ends_id is None else _end(entered.ends_id, entered.day)
    row = _reviewed(entered, ReviewOutcome.CONFIRMED, "", by=by, at=at)
    foundation.record(
        DelegationConfirmed(decision_id=entered.id, decision_type=entered.decision_type, rule_id=rule.id), by=by, at=at
    )
    return row


@foundation.operation
def return_delegation(*, decision_id: UUID, because: str, by: Actor, at: datetime) -> DelegationReview:
    """The entered decision does not agree with the minutes: it never counts. The own one may be returned.

    Returning again changes nothing. Raises Refused, NotFound, BadInput without a reason, Conflict for a confirmed one.
    """
    foundation.require_role(by, *REVIEWERS)
    if not because.strip():
        raise BadInput("The reason is missing.", where="because", do="Write what does not agree with the decision.")
    entered = _decision(decision_id)
    known = review_of(entered)
    if known is not None:
        if known.outcome == ReviewOutcome.RETURNED:
            return known
        raise foundation.Conflict("It is confirmed already.", do="Enter another decision of the board.")
    row = _reviewed(entered, ReviewOutcome.RETURNED, because.strip()[:2000], by=by, at=at)
    foundation.record(
        DelegationReturned(decision_id=entered.id, decision_type=entered.decision_type), by=by, at=at
    )
    return row


def find_waiting() -> list[DelegationDecision]:
    """Entered decisions that nobody has confirmed or returned, the oldest first. They hold no person."""
    rows = DelegationDecision.objects.filter(review__isnull=True).select_related("entered_by", "ends")
    return list(rows.order_by("entered_at", "id"))


def get_entered(decision_id: UUID) -> DelegationDecision:
    """One entered decision with its review, if any. Raises NotFound."""
    rows = DelegationDecision.objects.filter(id=decision_id).select_related("entered_by", "ends", "review__reviewed_by")
    found = rows.first()
    if found is None:
        raise foundation.NotFound("There is no such decision on delegation.")
    return found


def get_rule(rule_id: UUID) -> DelegationRule:
    """One row of the order. Raises NotFound."""
    found = DelegationRule.objects.filter(id=rule_id).first()
    if found is None:
        raise foundation.NotFound("There is no such row in the delegation order.")
    return found


def review_of(entered: DelegationDecision) -> DelegationReview | None:
    """What the second person found, if anybody has looked."""
    return DelegationReview.objects.filter(decision=entered).select_related("reviewed_by").first()


def may_review(actor: Actor, entered: DelegationDecision) -> bool:
    """Whether the actor may confirm it."""
    is_other = entered.persons == 1 or actor.account_id != entered.entered_by_id
    return is_other and any(foundation.has_role(actor, role) for role in REVIEWERS)


def _entered(row: DelegationDecision, *, by: Actor, at: datetime) -> DelegationDecision:
    row.persons, row.entered_by_id, row.entered_at = settings.DELEGATION_PERSONS, by.account_id, at
    told = DelegationEntered(decision_id=row.id, decision_type=row.decision_type, day=row.day, ends=row.ends_id)
    if row.persons > 1:
        row.save(force_insert=True)
        foundation.record(told, by=by, at=at)
        return row
    with foundation.acting(OWN_HAND):  # the setting says that one is enough; nobody else may write such a row
        row.save(force_insert=True)
    foundation.record(told, by=by, at=at)
    confirm_delegation(decision_id=row.id, by=by, at=at)
    return row


def _check_minutes(paragraph: str, decided_on: date, day: date, where: str, at: datetime) -> None:
    if not paragraph.strip():
        raise BadInput("The paragraph of the decision is missing.", where="paragraph", do="Write it as in the minutes.")
    if decided_on > foundation.day_of(at):
        raise BadInput("The day of the decision is in the future.", where="decided_on", do="Check the day.")
    if day < decided_on:
        raise BadInput(
            "Nobody may decide before the board has said so.", where=where, do="Give the day of the decision or a later day."
        )


def _same(row: DelegationDecision) -> QuerySet[DelegationRule]:
    return DelegationRule.objects.filter(decision_type=row.decision_type, role=row.role, automated=row.automated)


def _check_begins(row: DelegationDecision) -> None:
    if _same(row).filter(valid_from__gte=row.day).exists():
        raise BadInput("A row for this decision begins then or later.", where="valid_from", do="Give a later day.")


def _check_ends(rule: DelegationRule, day: date) -> None:
    if day <= rule.valid_from:
        raise BadInput("The row begins then or later.", where="ends_on", do="Give a day after its first day.")
    if rule.valid_to is not None and rule.valid_to <= day:
        raise BadInput("The row has ended by then already.", where="ends_on", do="Give an earlier day, or leave it.")


def _begin(entered: DelegationDecision) -> DelegationRule:
    _check_begins(entered)
    _same(entered).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=entered.day)).update(valid_to=entered.day)
    rule = DelegationRule(
        decision_type=entered.decision_type, role=entered.role, automated=entered.automated,
        max_amount_kr=entered.max_amount_kr, valid_from=entered.day,
        ground=f"{entered.paragraph}, {entered.decided_on.isoformat()}",
    )  # fmt: skip
    rule.save(force_insert=True)
    return rule


def _end(rule_id: UUID, day: date) -> DelegationRule:
    rule = DelegationRule.objects.select_for_update().get(id=rule_id)
    _check_ends(rule, day)
    rule.valid_to = day
    rule.save(update_fields=["valid_to"])
    return rule


def _decision(decision_id: UUID) -> DelegationDecision:
    """The entered decision; that nobody reviews it twice is held by the database."""
    with foundation.acting(OWN_HAND):
        return get_entered(decision_id)


def _reviewed(
    entered: DelegationDecision, outcome: ReviewOutcome, because: str, *, by: Actor, at: datetime
) -> DelegationReview:
    row = DelegationReview(
        decision_id=entered.id, outcome=outcome, because=because, reviewed_by_id=by.account_id, reviewed_at=at
    )
    row.save(force_insert=True)
    return row
