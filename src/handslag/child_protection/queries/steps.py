"""Which steps of the process an investigation has taken, read from what happened."""

from __future__ import annotations

from handslag.casework import public as casework
from handslag.child_protection.models import Investigation
from handslag.child_protection.processes import CHILD_INVESTIGATION
from handslag.foundation import public as foundation


def kinds_of(investigation: Investigation) -> frozenset[str]:
    """The kinds of event of the investigation: its own, and those of its file that name no other and came after."""
    rows = foundation.Event.objects.filter(case_id=investigation.case_id)
    mine = rows.filter(data__investigation_id=str(investigation.id))
    loose = rows.filter(at__gte=investigation.opened_at, data__investigation_id__isnull=True)
    if investigation.closed_at is not None:
        loose = loose.filter(at__lte=investigation.closed_at)
    return frozenset(mine.values_list("kind", flat=True)) | frozenset(loose.values_list("kind", flat=True))


def process_of(investigation: Investigation, actor: foundation.Actor) -> list[casework.StepStand]:
    """Each step of the process for an investigation: done, next, behind or later, who takes it and until when.

    What came before in the file, such as the report, is counted from the close of the investigation before it.
    """
    with foundation.acting(actor):
        earlier = Investigation.objects.filter(
            case_id=investigation.case_id, closed_at__lte=investigation.opened_at
        )
        since = earlier.order_by("-closed_at").values_list("closed_at", flat=True).first()
    stands: list[casework.StepStand] = casework.steps_in_case(
        CHILD_INVESTIGATION, investigation.case_id, actor, about=investigation.id, since=since
    )
    return stands
