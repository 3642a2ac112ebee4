"""What the frame itself keeps, read by those who may."""

from handslag.foundation import public as foundation
from handslag.portal.shell.models import FaultReport


def find_faults(actor: foundation.Actor, *, answered: bool, limit: int) -> list[FaultReport]:
    """Reports of faults in accessibility: those that wait, oldest first, or those with an answer, latest first."""
    with foundation.acting(actor):
        rows = FaultReport.objects.filter(answered_at__isnull=not answered)
        return list(rows.order_by("-answered_at", "id") if answered else rows.order_by("reported_at", "id"))[:limit]
