"""What one person has entered of the rules is held against the decision by another before it counts.

Whoever enters a decision of the board may not be the one who says that it was entered rightly: an amount typed wrongly
is paid to hundreds of households, and a limit ten times too high lets costs through unseen. Who may confirm stands in the
delegation order (`income_support.confirm_local_rules`) for all that is entered so. Used inside the operations of each kind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Role
from handslag.income_support.models import LocalRulesReview, ReviewOutcome, UnusualCostReview

CONFIRM = "income_support.confirm_local_rules"
REVIEWERS = (Role.RULES_OFFICER, Role.MANAGER)
LONGEST_REASON = 2_000
Review = TypeVar("Review", LocalRulesReview, UnusualCostReview)


class Entered(Protocol):
    """A row that one person entered, whose review stands in a row of its own."""

    entered_by_id: UUID | None


def require_reviewer(by: Actor, at: datetime) -> None:
    """Raises Refused for whom neither the role nor the delegation order lets look at what another has entered."""
    foundation.require_role(by, *REVIEWERS)
    foundation.require_delegation(by, CONFIRM, None, None, foundation.day_of(at))


def may_review(actor: Actor, on: date) -> bool:
    """Whether the delegation order lets the actor look at what others have entered of the rules."""
    return actor.is_staff and foundation.may_decide(actor, CONFIRM, None, None, on)


def look_at(
    entered: Entered,
    known: Review | None,
    review: Review,
    *,
    happened: Any,
    link: str,
    own: Callable[[], foundation.HandslagError],
    looked_at: Callable[[], foundation.HandslagError],
    by: Actor,
    at: datetime,
) -> Review:
    """Keep what the second person found: `review`, not saved yet, holds its outcome and the reason.

    Nobody confirms the own entry (`own`), but may return it, with a reason. The same found again gives the first review;
    another outcome than the one that stands raises `looked_at`. The notices that told of it end.
    """
    is_confirmed = review.outcome == ReviewOutcome.CONFIRMED
    if is_confirmed and by.account_id in (None, entered.entered_by_id):
        raise own()
    review.because = review.because.strip()[:LONGEST_REASON]
    if not is_confirmed and not review.because:
        raise BadInput(
            "The reason is missing.", where="because", do="Write what does not agree with the decision."
        )
    if known is not None:
        if known.outcome == review.outcome:
            return known
        raise looked_at()
    review.reviewed_by_id, review.reviewed_name, review.reviewed_at = by.account_id, by.name[:120], at
    review.save(force_insert=True)
    foundation.record(happened, by=by, at=at)
    foundation.end_notices(link=link, at=at)
    return review


def tell_others(entered_by_id: UUID | None, told: dict[str, Any], *, link: str, at: datetime) -> int:
    """A notice to each who may confirm what a person entered, never to that person; gives how many."""
    may = foundation.accounts_delegated(CONFIRM, foundation.day_of(at), roles=REVIEWERS)
    others = [account_id for account_id in may if account_id != entered_by_id]
    return foundation.notify_once(others, told, link=link, at=at)
