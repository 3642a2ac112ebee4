"""Giving a guardian sight of a child's record online, and taking it back (FL 10; OSL 10:3, 12:3)."""

from datetime import datetime
from uuid import UUID

from handslag.casework import events, events_record
from handslag.casework.access import case_for
from handslag.casework.errors import PartNotFound
from handslag.casework.models import RecordSight
from handslag.casework.queries.record_sight import why_no_record
from handslag.casework.states import SightEnd, SightGround
from handslag.foundation import public as foundation

LONGEST_REASON = 2_000
# What a colleague must change first; `no_sight` is what the giving itself mends, `child_decides` the child's own yes.
_MENDED = ("", "no_sight", "given_before", "child_decides")


@foundation.operation
def give_sight(
    *, case_id: UUID, person_id: UUID, ground: str, because: str, by: foundation.Actor, at: datetime
) -> RecordSight:
    """From now a guardian (`person_id`) reads the child's record online, as far as the rules of the record let them.

    A person weighs first whether somebody could come to harm, and writes that down; nothing is opened by itself. Given
    twice is given once. From the age of the rule the child's own yes is needed beside it. Raises Refused where a rule
    closes the record to this guardian: kept out, a protected child, a restricted case, something secret or held back
    toward them; BadInput for one who has no custody or no part in the case.
    """
    case = case_for(case_id, "give_sight", by)
    if ground not in SightGround.values:
        raise foundation.BadInput("Choose the ground.", where="ground")
    if not because.strip():
        raise foundation.BadInput(
            "Write what you have weighed; it stands in the case.",
            where="because",
            do="Say why nobody comes to harm when this guardian reads.",
        )
    why_not = why_no_record(case_id, person_id)
    if why_not in ("no_part", "no_custody"):
        raise foundation.BadInput(
            "The person is not a guardian in this case.", where="person_id", do="Choose one of the guardians."
        )
    if why_not not in _MENDED:
        raise foundation.Refused(
            "The record is closed to this guardian.", do="Look at who is told in the case, and why not."
        )
    known = (
        RecordSight.objects.select_for_update()
        .filter(case=case, person_id=person_id, ended_at__isnull=True)
        .first()
    )
    if known is not None and why_not != "given_before":
        return known
    if known is not None:  # it was given for a custody, or a part in the case, that has ended since
        _end(known, SightEnd.MISTAKE, because, by=by, at=at)
    sight = RecordSight(
        case=case, person_id=person_id, ground=ground, because=because.strip()[:LONGEST_REASON],
        given_by_id=by.account_id, given_at=at,
    )  # fmt: skip
    sight.save(force_insert=True)
    given = events_record.SightGiven(case_id=case_id, sight_id=sight.id, ground=ground)
    events.tell(given, by=by, at=at)
    return sight


@foundation.operation
def end_sight(
    *, sight_id: UUID, ground: str, because: str, by: foundation.Actor, at: datetime
) -> RecordSight:
    """From now the guardian finds nothing of the record online. `ground` is a code of `SightEnd`, as when the child asks."""
    sight = RecordSight.objects.select_for_update().filter(id=sight_id, ended_at__isnull=True).first()
    if sight is None:
        raise PartNotFound("There is no such sight of the record, or it has been taken back.")
    case_for(sight.case_id, "give_sight", by)
    if ground not in SightEnd.values:
        raise foundation.BadInput("Choose the ground.", where="ground")
    if not because.strip():
        raise foundation.BadInput("Write why; it stands in the case.", where="because")
    return _end(sight, ground, because, by=by, at=at)


def end_sight_of(
    case_id: UUID, person_id: UUID, ground: str, because: str, *, by: foundation.Actor, at: datetime
) -> None:
    """Take back what a guardian of a case has been given, where they have; part of keeping them out."""
    sight = (
        RecordSight.objects.select_for_update()
        .filter(case_id=case_id, person_id=person_id, ended_at__isnull=True)
        .first()
    )
    if sight is not None:
        _end(sight, ground, because, by=by, at=at)


def _end(sight: RecordSight, ground: str, because: str, *, by: foundation.Actor, at: datetime) -> RecordSight:
    sight.ended_ground, sight.ended_because = ground, because.strip()[:LONGEST_REASON]
    sight.ended_by_id, sight.ended_at = by.account_id, at
    sight.save(update_fields=["ended_ground", "ended_because", "ended_by", "ended_at"])
    ended = events_record.SightEnded(case_id=sight.case_id, sight_id=sight.id, ground=ground)
    events.tell(ended, by=by, at=at)
    return sight
