"""From the reception into the investigation: whether one is open, and opening one in the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.models import Report
from handslag.child_protection.report_access import OWN_HAND
from handslag.foundation import public as foundation


def open_in(case_id: UUID) -> UUID | None:
    """The investigation that is open in a child's file, or None."""
    from handslag.child_protection.models import Investigation

    with foundation.acting(OWN_HAND):
        return (
            Investigation.objects.filter(case_id=case_id, state="open").values_list("id", flat=True).first()
        )


def latest_began(person_id: UUID, until: datetime) -> datetime | None:
    """When the child's latest investigation before the moment was opened, with a report or without; None if never."""
    from handslag.child_protection.models import Investigation

    with foundation.acting(OWN_HAND):
        begun = Investigation.objects.filter(child_id=person_id, opened_at__lt=until).order_by("-opened_at")
        return begun.values_list("opened_at", flat=True).first()


def open_through(
    report: Report, *, case_id: UUID, questions: Sequence[str], path: str, path_reason: str, reported_child_id: UUID,
    violence: bool, cannot_wait: str, by: foundation.Actor, at: datetime,
) -> UUID:  # fmt: skip
    """Open an investigation after a report, under the delegation order; gives its id.

    Raises DayUnitOpens for somebody who neither works in the child's file nor may open on call.
    """
    from handslag.child_protection.operations.investigations import open_investigation
    from handslag.child_protection.operations.on_call import open_on_call

    told: dict[str, Any] = {
        "case_id": case_id, "questions": list(questions), "path": path, "path_reason": path_reason,
        "reported_child_id": reported_child_id, "violence": violence, "by": by, "at": at,
    }  # fmt: skip
    try:
        return open_investigation(**told).id
    except (casework.NotYours, casework.CaseNotFound):
        return open_on_call(report, cannot_wait=cannot_wait, **told).id
