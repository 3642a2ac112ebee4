"""Whether a child may be followed after a closed investigation, and on which ground (SoL 23:1-2, 23:5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection.investigation_states import ClosingOutcome, FollowUpGround, InvestigationState
from handslag.child_protection.models import Investigation, Measure
from handslag.child_protection.queries.measures import care_of
from handslag.child_protection.rules.measures import MEASURES


@dataclass(frozen=True, slots=True)
class FollowUpTime:
    """The ground that a follow-up would stand on, its section, and the day it must end at the latest; after a
    placement, the care that it follows on."""

    ground: FollowUpGround
    law: str
    last_day: date
    care_id: UUID | None = None


def may_follow(investigation: Investigation, today: date) -> FollowUpTime | None:
    """The time in which the child may be followed, if the law gives one; None otherwise.

    A need was assessed and an intervention proposed, but consent to it is missing (23:1), within six months from the
    close; or a placement of the child has ended and its window runs (23:2). A new investigation of the child ends both
    (23:5). A close without an assessed need, with an intervention that was accepted, or of a child who is placed or still
    investigated, opens nothing by itself: `handslag clocks` counts from the same day, where it counts.
    """
    if investigation.state != InvestigationState.CLOSED or investigation.closed_on is None:
        return None
    later = Investigation.objects.filter(
        child_id=investigation.child_id, opened_at__gt=investigation.opened_at
    )
    if later.exists():
        return None
    proposed = investigation.outcome == ClosingOutcome.WITH_INTERVENTION and not investigation.accepted
    if proposed and not _goes_on(investigation, investigation.closed_on):
        last_day = casework.last_day_within("UPPF_U", investigation.closed_on)
        if last_day is not None and today <= last_day:
            return FollowUpTime(FollowUpGround.CONSENT_MISSING, "SoL 23:1", last_day)
    window = casework.LegalClock.objects.filter(
        case_id=investigation.case_id, rule="UPPF_P", closed_on__isnull=True, last_day__gte=today
    )
    placed = window.order_by("last_day").last()
    if placed is not None and placed.last_day is not None:
        care = Measure.objects.filter(id=placed.about).first()
        care_id = care_of(care) if care is not None else None
        return FollowUpTime(FollowUpGround.AFTER_PLACEMENT, "SoL 23:2", placed.last_day, care_id)
    return None


def _goes_on(investigation: Investigation, closed_on: date) -> bool:
    """Whether the child was placed, or another investigation of it was under way, when this one was closed."""
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=closed_on)
    care = [kind for kind, rules in MEASURES.items() if rules.is_care]
    placed = Measure.objects.filter(
        still, child_id=investigation.child_id, kind__in=care, starts_on__lte=closed_on
    )
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=closed_on)
    others = Investigation.objects.filter(
        open_then, child_id=investigation.child_id, opened_on__lte=closed_on
    )
    return placed.exists() or others.exclude(id=investigation.id).exists()
