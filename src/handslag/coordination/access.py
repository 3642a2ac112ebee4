"""Who may do what in coordination, beside what the database itself refuses."""

from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.coordination.errors import MatterIsClosed, MatterNotFound, MeetingNotFound, NotInTheTeam
from handslag.coordination.models import JointMatter, JointPart, Meeting
from handslag.foundation import public as foundation


def readable_matter(matter_id: UUID) -> JointMatter:
    """The joint matter as the present actor may read it; raises MatterNotFound."""
    matter = JointMatter.objects.select_related("unit", "opened_by").filter(id=matter_id).first()
    if matter is None:
        raise MatterNotFound
    return matter


def open_matter(matter_id: UUID) -> JointMatter:
    """An open matter that the present actor is a member of."""
    matter = readable_matter(matter_id)
    if not _holds("handslag_is_in_joint", matter_id):
        raise NotInTheTeam
    if not matter.is_open:
        raise MatterIsClosed
    return matter


def led_matter(matter_id: UUID, actor: foundation.Actor) -> JointMatter:
    """An open matter that the actor leads, locked for change."""
    matter = readable_matter(matter_id)
    if not leads(matter, actor):
        raise NotInTheTeam
    if not matter.is_open:
        raise MatterIsClosed
    return JointMatter.objects.select_for_update().get(id=matter_id)


def leads(matter: JointMatter, actor: foundation.Actor) -> bool:
    """Whoever opened the matter, and the managers of that unit."""
    with foundation.acting(actor):
        return _holds("handslag_leads_joint", matter.id)


def own_part(part_id: UUID, actor: foundation.Actor) -> JointPart:
    """A part of an open matter whose case the actor works in, locked for change."""
    part = JointPart.objects.select_related("matter").filter(id=part_id).first()
    if part is None:
        raise MatterNotFound
    if not works_in_part(part.id, actor):
        raise NotInTheTeam
    if part.ended_at is not None or not part.matter.is_open:
        raise MatterIsClosed
    return JointPart.objects.select_for_update().get(id=part_id)


def works_in_part(part_id: UUID, actor: foundation.Actor) -> bool:
    """Whether the actor is a member and works in the part's case."""
    with foundation.acting(actor):
        return _holds("handslag_may_work_in_part", part_id)


def require_work_in(case: casework.Case, actor: foundation.Actor) -> None:
    """Raise NotYours unless the actor works in the case as it stands."""
    if not casework.may("write_note", case, actor):
        raise casework.NotYours


def hand_of(actor: foundation.Actor) -> UUID:
    """The account of a member of staff; raises Refused for anybody else, who writes nothing here."""
    if not actor.is_staff or actor.account_id is None:
        raise foundation.Refused("This is done by a member of staff.")
    return actor.account_id


def readable_meeting(meeting_id: UUID) -> Meeting:
    """The meeting as the present actor may read it; raises MeetingNotFound."""
    meeting = Meeting.objects.select_related("case", "matter", "planned_by").filter(id=meeting_id).first()
    if meeting is None:
        raise MeetingNotFound
    return meeting


def works_with_meeting(meeting_id: UUID) -> bool:
    """Whether the present actor may hold or cancel the meeting."""
    return _holds("handslag_may_work_meeting", meeting_id)


def _holds(function: str, wanted: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [wanted])
        return bool(cursor.fetchone()[0])
