"""Who may extend an investigation, until when its time runs, and what has been proposed."""

from __future__ import annotations

from datetime import date

from handslag.casework import public as casework
from handslag.child_protection.models import ExtensionProposal, Investigation
from handslag.foundation import public as foundation

DECISION = "child_protection.extend"


def may_extend(investigation: Investigation, actor: foundation.Actor) -> bool:
    """Whether the delegation order lets the actor extend the investigation today."""
    unit_id = casework.get_case(investigation.case_id, actor).unit_id
    return foundation.may_decide(actor, DECISION, None, unit_id, foundation.today())


def proposals_of(investigation: Investigation, actor: foundation.Actor) -> list[ExtensionProposal]:
    """What has been proposed, the newest first; one at most waits for an answer."""
    with foundation.acting(actor):
        rows = ExtensionProposal.objects.filter(investigation=investigation)
        return list(rows.select_related("proposed_by", "answered_by").order_by("-proposed_at", "-id"))


def waiting_in(investigation: Investigation) -> ExtensionProposal | None:
    """Within an operation: the proposal that waits for an answer, if any."""
    return ExtensionProposal.objects.filter(investigation=investigation, state="waiting").first()


def last_day_of(investigation: Investigation) -> date | None:
    """The last day of the law for an investigation as its clock stands; None when it has no clock."""
    row = casework.LegalClock.objects.filter(
        case_id=investigation.case_id, rule="UTR", about=investigation.id
    ).first()
    return row.last_day if row is not None else None


def time_is_up(investigation: Investigation, today: date) -> bool:
    """Whether the last day of the law has passed: then nobody can extend it any more (SoL 20:3)."""
    last_day = last_day_of(investigation)
    return last_day is not None and today > last_day
