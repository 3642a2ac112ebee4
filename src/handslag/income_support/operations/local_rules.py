"""Local rules looked at by a second person (`second_person.py`), and which of them are in force. Nothing is computed on a
set that nobody has looked at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.income_support.errors import AlreadyReviewed, NoSuchLocalRules, OwnLocalRules
from handslag.income_support.events.rules import LocalRulesConfirmed, LocalRulesReturned
from handslag.income_support.models import LocalRuleSet, LocalRulesReview, ReviewOutcome
from handslag.income_support.operations.second_person import look_at, require_reviewer, tell_others

WAIT = "income_support.local_rules_wait"


@foundation.operation
def confirm_local_rules(*, local_rules_id: UUID, demo: bool = False, by: Actor, at: datetime) -> LocalRulesReview:
    """A second person has held the set against the board's decision; from now on it is in force in its months.

    Confirming again changes nothing. Raises OwnLocalRules for the one who entered it, Refused without delegation,
    AlreadyReviewed for a returned set, NoSuchLocalRules.
    """
    entered = _to_review(local_rules_id, by, at)
    happened = LocalRulesConfirmed(local_rules_id=entered.id, valid_from=entered.valid_from, demo=demo)
    return _look_at(entered, ReviewOutcome.CONFIRMED, "", happened, demo=demo, by=by, at=at)


@foundation.operation
def return_local_rules(*, local_rules_id: UUID, because: str, by: Actor, at: datetime) -> LocalRulesReview:
    """The set does not agree with the decision: it is never in force, and is entered anew. The own one may be returned.

    Returning again changes nothing. Raises BadInput without a reason, AlreadyReviewed for a confirmed set.
    """
    entered = _to_review(local_rules_id, by, at)
    happened = LocalRulesReturned(local_rules_id=entered.id, valid_from=entered.valid_from)
    return _look_at(entered, ReviewOutcome.RETURNED, because, happened, by=by, at=at)


def tell_reviewers(entered: LocalRuleSet, *, at: datetime) -> int:
    """A notice to each who may confirm the set, once for each person and never to the one who entered it; gives how many."""
    told = foundation.said(WAIT, name=entered.name, paragraph=entered.paragraph)
    return tell_others(entered.entered_by_id, told, link=_page_of(entered), at=at)


def tell_of_waiting_rules(*, at: datetime) -> int:
    """Each who may confirm and does not know of a waiting set yet, such as one from before there was a second person."""
    with foundation.acting(foundation.system("rules")):
        return sum(tell_reviewers(entered, at=at) for entered in find_local_rules_to_review())


def find_local_rules_to_review() -> list[LocalRuleSet]:
    """Entered sets that nobody has looked at, the first to begin first. They hold no person."""
    rows = LocalRuleSet.objects.filter(review__isnull=True).select_related("entered_by")
    return list(rows.order_by("valid_from", "entered_at", "id"))


def get_local_rules(local_rules_id: UUID) -> LocalRuleSet:
    """One entered set with its review, if any. Raises NoSuchLocalRules."""
    row = LocalRuleSet.objects.filter(id=local_rules_id).select_related("entered_by", "review").first()
    if row is None:
        raise NoSuchLocalRules
    return row


def in_force(first: date) -> tuple[LocalRuleSet | None, bool]:
    """The set that governs the month which begins on the day, and whether a newer one for it waits for its review."""
    rows = LocalRuleSet.objects.filter(valid_from__lte=first).select_related("review")
    waits = False
    for row in rows.order_by("-valid_from", "-entered_at", "-id"):
        if row.valid_to is not None and row.valid_to <= first:
            continue
        review = _review_of(row)
        if review is None:
            waits = True
        elif review.outcome == ReviewOutcome.CONFIRMED:
            return row, waits
    return None, waits


def _page_of(entered: LocalRuleSet) -> str:
    return f"/ledning/regler/lokala/{entered.id}/"


def _review_of(row: LocalRuleSet) -> LocalRulesReview | None:
    review: LocalRulesReview | None = getattr(row, "review", None)
    return review


def _to_review(local_rules_id: UUID, by: Actor, at: datetime) -> LocalRuleSet:
    require_reviewer(by, at)
    return get_local_rules(local_rules_id)


def _look_at(
    entered: LocalRuleSet, outcome: ReviewOutcome, because: str, happened: Any, *, demo: bool = False, by: Actor, at: datetime
) -> LocalRulesReview:  # fmt: skip
    review = LocalRulesReview(rules_id=entered.id, outcome=outcome, because=because, demo=demo)
    return look_at(
        entered, _review_of(entered), review, happened=happened, link=_page_of(entered), own=OwnLocalRules,
        looked_at=AlreadyReviewed, by=by, at=at,
    )  # fmt: skip
