"""The print queue: letters that a person must print and post."""

from datetime import datetime
from uuid import UUID

from handslag.casework import events, events_telling
from handslag.casework.access import case_for
from handslag.casework.errors import PartNotFound
from handslag.casework.models import Document, PrintQueueItem
from handslag.casework.states import PrintState
from handslag.foundation import public as foundation

BY_POST = "by_post"


@foundation.operation
def queue_for_print(
    *, document_id: UUID, person_id: UUID, reason_code: str = BY_POST, decision_id: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> PrintQueueItem:  # fmt: skip
    """Put a letter of a case in the print queue, to be posted to a person; never somebody else's paper. Twice is once.

    `reason_code` says why it is printed: told by post, or why no digital mailbox took it.
    """
    document = Document.objects.filter(id=document_id).first()
    if document is None or document.person_id not in (None, person_id):
        raise PartNotFound("There is no such document, or you may not see it.")
    case_for(document.case_id, "print_letter", by)
    known = PrintQueueItem.objects.filter(document=document, person_id=person_id).first()
    if known is not None:
        return known
    item = PrintQueueItem(
        decision_id=decision_id, case_id=document.case_id, person_id=person_id, document=document,
        reason_code=reason_code, state=PrintState.WAITING, queued_at=at,
    )  # fmt: skip
    item.save(force_insert=True)
    queued = events_telling.LetterQueuedForPrint(
        item_id=item.id, case_id=item.case_id, person_id=person_id, reason=reason_code
    )
    events.tell(queued, by=by, at=at)
    return item


@foundation.operation
def mark_printed(*, item_id: UUID, by: foundation.Actor, at: datetime) -> PrintQueueItem:
    """A letter has been printed and posted. A second press changes nothing. Refused for one that was stopped meanwhile."""
    item = PrintQueueItem.objects.select_for_update().filter(id=item_id).first()
    if item is None:
        raise PartNotFound("There is no such letter to print, or you may not see it.")
    case_for(item.case_id, "print_letter", by)
    if item.state == PrintState.PRINTED:
        return item
    if item.state == PrintState.STOPPED:
        raise foundation.Refused(
            "The letter has been stopped: nobody is to be told by it.",
            do="Do not post it. Destroy the paper.",
        )
    item.state, item.printed_at, item.printed_by_id = PrintState.PRINTED, at, by.account_id
    item.save(update_fields=["state", "printed_at", "printed_by"])
    printed = events_telling.LetterPrinted(item_id=item.id, case_id=item.case_id, person_id=item.person_id)
    events.tell(printed, by=by, at=at)
    return item


def stop_letters_to(case_id: UUID, person_id: UUID, *, by: foundation.Actor, at: datetime) -> None:
    """What waits to be posted to somebody who is kept out from now is not posted; part of keeping them out."""
    waiting = PrintQueueItem.objects.select_for_update().filter(
        case_id=case_id, person_id=person_id, state=PrintState.WAITING
    )
    for item in waiting:
        item.state = PrintState.STOPPED
        item.save(update_fields=["state"])
        events.tell(events_telling.LetterStopped(item_id=item.id, case_id=case_id), by=by, at=at)
