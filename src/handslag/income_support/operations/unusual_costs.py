"""Above how much a month a cost beside rent is unusually high: shipped as our own guess, settled by the municipality.

No law names these limits. A cost above one is looked at by a person before it is decided; nothing is refused by it.
Whoever enters limits is not the one who confirms them (`second_person.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Role
from handslag.income_support.events.rules import (
    UnusualCostsConfirmed,
    UnusualCostsEntered,
    UnusualCostsReturned,
)
from handslag.income_support.models import ReviewOutcome, UnusualCostLimits, UnusualCostReview
from handslag.income_support.operations.rules import check_decision
from handslag.income_support.operations.second_person import look_at, require_reviewer, tell_others
from handslag.income_support.queries.rules_entered import unusual_costs_begun
from handslag.income_support.rules.comparison import ComparisonSettings
from handslag.income_support.tables import settings_on

HIGHEST_KR = Decimal(100_000)
WAIT = "income_support.unusual_costs_wait"


@dataclass(frozen=True, slots=True)
class UnusualCosts:
    """The limits of a month, kronor a month by kind of cost. `decided` is None where they are those of the product."""

    limits: Mapping[str, Decimal]
    valid_from: date
    decided: UnusualCostLimits | None


@foundation.operation
def enter_unusual_costs(
    *, valid_from: date, limits: Mapping[str, Decimal], paragraph: str, decided_on: date, by: Actor, at: datetime
) -> UnusualCostLimits:
    """Enter the limits from a month on, as a decision with its paragraph and day. Nothing earlier is overwritten.

    They hold when a second person has confirmed them; those who may are told, and until then the earlier ones hold.
    `limits`: kronor a month by the kinds that the product knows; a kind that is left out has no limit. Raises Refused
    without the role of rules officer, and BadInput by field.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    check_decision(valid_from, paragraph, decided_on, at)
    known = settings_on(valid_from).comparison.unusual_kr
    for kind, kr in limits.items():
        if kind not in known:
            raise BadInput("There is no such cost.", where="limits", do="Choose one of the costs that are shown.")
        if not 0 < kr <= HIGHEST_KR:
            raise BadInput("The limit is not possible.", where=f"limit_{kind}", do="Write kronor above 0, or leave it empty.")
    row = UnusualCostLimits(
        valid_from=valid_from, limits={kind: f"{foundation.money(kr)}" for kind, kr in limits.items()},
        paragraph=paragraph.strip()[:40], decided_on=decided_on, entered_by_id=by.account_id, entered_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    foundation.record(UnusualCostsEntered(limits_id=row.id, valid_from=valid_from), by=by, at=at)
    _tell_reviewers(row, at=at)
    return row


@foundation.operation
def confirm_unusual_costs(*, limits_id: UUID, by: Actor, at: datetime) -> UnusualCostReview:
    """A second person has held the limits against the decision; they hold from their month on.

    Confirming again changes nothing. Raises Refused for the one who entered them and without delegation, Conflict for a
    returned set, NotFound.
    """
    entered = _to_review(limits_id, by, at)
    happened = UnusualCostsConfirmed(limits_id=entered.id, valid_from=entered.valid_from)
    return _look_at(entered, ReviewOutcome.CONFIRMED, "", happened, by=by, at=at)


@foundation.operation
def return_unusual_costs(*, limits_id: UUID, because: str, by: Actor, at: datetime) -> UnusualCostReview:
    """The limits do not agree with the decision: they never hold, and are entered anew. The own ones may be returned.

    Returning again changes nothing. Raises BadInput without a reason, Conflict for a confirmed set, Refused, NotFound.
    """
    entered = _to_review(limits_id, by, at)
    happened = UnusualCostsReturned(limits_id=entered.id, valid_from=entered.valid_from)
    return _look_at(entered, ReviewOutcome.RETURNED, because, happened, by=by, at=at)


def find_unusual_costs_to_review() -> list[UnusualCostLimits]:
    """Entered limits that nobody has looked at, the first to begin first. They hold no person."""
    rows = UnusualCostLimits.objects.filter(review__isnull=True).select_related("entered_by")
    return list(rows.order_by("valid_from", "entered_at", "id"))


def get_unusual_costs(limits_id: UUID) -> UnusualCostLimits:
    """One entered set with its review, if any. Raises NotFound."""
    row = UnusualCostLimits.objects.filter(id=limits_id).select_related("entered_by", "review").first()
    if row is None:
        raise foundation.NotFound("There are no such limits.", do="Look in the list of rules.")
    return row


def review_of_limits(entered: UnusualCostLimits) -> UnusualCostReview | None:
    """What the second person found, if anybody has looked."""
    review: UnusualCostReview | None = getattr(entered, "review", None)
    return review


def unusual_costs_on(first: date) -> UnusualCosts:
    """The limits that govern the month which begins on the day."""
    row = next(iter(unusual_costs_begun(first)), None)
    if row is None:
        shipped = settings_on(first)
        return UnusualCosts(shipped.comparison.unusual_kr, shipped.valid_from, None)
    return UnusualCosts({kind: Decimal(kr) for kind, kr in row.limits.items()}, row.valid_from, row)


def comparison_on(first: date) -> ComparisonSettings:
    """What months and costs are compared by in the month which begins on the day, with the municipality's own limits."""
    return replace(settings_on(first).comparison, unusual_kr=unusual_costs_on(first).limits)


def _page_of(entered: UnusualCostLimits) -> str:
    return f"/ledning/regler/ovanliga-kostnader/{entered.id}/"


def _tell_reviewers(entered: UnusualCostLimits, *, at: datetime) -> int:
    """A notice to each who may confirm the limits, never to the one who entered them; gives how many."""
    told = foundation.said(WAIT, paragraph=entered.paragraph)
    return tell_others(entered.entered_by_id, told, link=_page_of(entered), at=at)


def _own() -> foundation.Refused:
    return foundation.Refused(
        "You entered these limits, so somebody else confirms them.",
        do="Ask a colleague who may: another rules officer, or the manager.",
    )


def _looked_at() -> foundation.Conflict:
    return foundation.Conflict(
        "Somebody else has looked at these limits already.", do="Look at the page again to see what was found."
    )


def _to_review(limits_id: UUID, by: Actor, at: datetime) -> UnusualCostLimits:
    require_reviewer(by, at)
    return get_unusual_costs(limits_id)


def _look_at(
    entered: UnusualCostLimits, outcome: ReviewOutcome, because: str, happened: Any, *, by: Actor, at: datetime
) -> UnusualCostReview:
    review = UnusualCostReview(limits_id=entered.id, outcome=outcome, because=because)
    return look_at(
        entered, review_of_limits(entered), review, happened=happened, link=_page_of(entered), own=_own,
        looked_at=_looked_at, by=by, at=at,
    )  # fmt: skip
