"""Which steps of the process an investigation has taken, read from what happened."""

from __future__ import annotations

from handslag.child_protection.models import Investigation
from handslag.foundation import public as foundation


def kinds_of(investigation: Investigation) -> frozenset[str]:
    """The kinds of event of the investigation: its own, and those of its file that name no other and came after."""
    rows = foundation.Event.objects.filter(case_id=investigation.case_id)
    mine = rows.filter(data__investigation_id=str(investigation.id))
    loose = rows.filter(at__gte=investigation.opened_at, data__investigation_id__isnull=True)
    if investigation.closed_at is not None:
        loose = loose.filter(at__lte=investigation.closed_at)
    return frozenset(mine.values_list("kind", flat=True)) | frozenset(loose.values_list("kind", flat=True))
