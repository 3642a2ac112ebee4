"""What a part's worker tells other parts, so that nobody has to tell the story three times."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from handslag.coordination import events
from handslag.coordination.access import hand_of, own_part
from handslag.coordination.models import JointPart, SharedNote, SharedNoteFor
from handslag.coordination.states import ShareGround
from handslag.foundation import public as foundation

LONGEST_NOTE = 20_000
OWN_HAND = foundation.system("coordination")


@foundation.operation
def share_note(
    *, part_id: UUID, to_part_ids: Sequence[UUID], body: str, ground: str, ground_text: str,
    by: foundation.Actor, at: datetime,
) -> SharedNote:  # fmt: skip
    """Tell chosen parts something from a part that the actor works with, on a stated ground. Never changed afterwards.

    Only members who read the case of a chosen part read it. Parts that the actor does not see cannot be chosen.
    `ground_text` says who consented and when, or why it is needed.
    """
    part = own_part(part_id, by)
    if not body.strip() or len(body) > LONGEST_NOTE:
        raise foundation.BadInput(
            "Write what you want to share, at most {most} characters.",
            where="body",
            values={"most": LONGEST_NOTE},
        )
    if ground not in ShareGround.values:
        raise foundation.BadInput("Choose on which ground you share it.", where="ground")
    if not ground_text.strip():
        raise foundation.BadInput(
            "Write who has consented and when, or why it is needed.", where="ground_text"
        )
    wanted = set(to_part_ids) - {part.id}
    told = list(JointPart.objects.filter(id__in=wanted, matter_id=part.matter_id, ended_at__isnull=True))
    if not told or len(told) < len(wanted):
        raise foundation.BadInput("Choose to which parts it is told.", where="to_parts")
    note = SharedNote(
        matter_id=part.matter_id, from_part=part, body=body.strip().replace("\x00", ""), ground=ground,
        ground_text=ground_text.strip()[:2000], written_by_id=hand_of(by), at=at,
    )  # fmt: skip
    note.save(force_insert=True)
    shared = events.NoteShared(
        case_id=part.case_id, matter_id=part.matter_id, shared_id=note.id, ground=ground
    )
    foundation.record(shared, by=by, at=at)
    for one in told:
        SharedNoteFor(note=note, part=one).save(force_insert=True)
        received = events.NoteReceived(case_id=one.case_id, matter_id=part.matter_id, shared_id=note.id)
        # Nobody writes in the history of a case that they may not read: the system enters it there.
        with foundation.acting(OWN_HAND):
            foundation.record(received, by=OWN_HAND, at=at)
        if one.contact_id != by.account_id:
            waiting = foundation.said("coordination.note_received")
            link = f"/handlaggare/gemensamt/{part.matter_id}/"
            foundation.notify(one.contact_id, waiting, link=link, at=at)
    return note
