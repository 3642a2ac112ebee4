"""The letters that wait to be printed and posted."""

from handslag.casework.models import PrintQueueItem
from handslag.casework.states import PrintState
from handslag.foundation import public as foundation


def find_print_queue(actor: foundation.Actor, limit: int = 100, *, skip: int = 0) -> list[PrintQueueItem]:
    """Letters of the cases that the actor may read, and that wait to be printed, oldest first, after the first `skip`."""
    with foundation.acting(actor):
        rows = PrintQueueItem.objects.filter(state=PrintState.WAITING).select_related("case", "document")
        return list(rows.order_by("queued_at", "id")[skip : skip + limit])
