"""Reads of joint matters, meetings and what was shared: each member sees what is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from handslag.casework import public as casework
from handslag.coordination import access
from handslag.coordination.models import (
    JointMatter,
    JointMember,
    JointPart,
    Meeting,
    MeetingPart,
    SharedNote,
    SharedNoteFor,
)
from handslag.foundation import public as foundation

# A meeting that is over is shown so much longer, while its note is written.
STILL_TO_WRITE = timedelta(hours=1)
MOST_OWN = 10


@dataclass(frozen=True, slots=True)
class PartView:
    """A part that the reader may see. `case` only for those who read the case; `is_own`: the reader works in it."""

    part: JointPart
    case: casework.Case | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class SharedView:
    """A shared note with the parts it was told to, as far as the reader may see them."""

    note: SharedNote
    to: tuple[JointPart, ...]
    is_from_own: bool


@dataclass(frozen=True, slots=True)
class MatterView:
    """A joint matter as one member sees it."""

    matter: JointMatter
    members: tuple[JointMember, ...]
    parts: tuple[PartView, ...]
    shared: tuple[SharedView, ...]
    meetings: tuple[Meeting, ...]
    is_member: bool
    leads: bool

    @property
    def own_parts(self) -> tuple[PartView, ...]:
        return tuple(one for one in self.parts if one.is_own)


def get_joint_matter(matter_id: UUID, actor: foundation.Actor) -> MatterView:
    """The matter as the actor may see it. Raises MatterNotFound."""
    with foundation.acting(actor):
        matter = access.readable_matter(matter_id)
        members = list(
            JointMember.objects.filter(matter=matter, valid_to__isnull=True)
            .select_related("account")
            .order_by("account__name")
        )
        rows = list(
            JointPart.objects.filter(matter=matter, ended_at__isnull=True)
            .select_related("contact")
            .order_by("added_at", "id")
        )
        cases = {
            case.id: case
            for case in casework.Case.objects.filter(id__in=[row.case_id for row in rows]).select_related(
                "unit", "worker"
            )
        }
        parts = tuple(
            PartView(row, cases.get(row.case_id), access.works_in_part(row.id, actor)) for row in rows
        )
        return MatterView(
            matter=matter,
            members=tuple(members),
            parts=parts,
            shared=_shared(matter, {one.part.id for one in parts if one.is_own}),
            meetings=tuple(
                Meeting.objects.filter(matter=matter)
                .select_related("planned_by")
                .order_by("-starts_at", "-id")
            ),
            is_member=actor.is_system or any(one.account_id == actor.account_id for one in members),
            leads=access.leads(matter, actor),
        )


def find_joint_matters(actor: foundation.Actor, *, open_only: bool = True) -> list[JointMatter]:
    """The joint matters that the actor is named for, newest first."""
    if actor.account_id is None:
        return []
    with foundation.acting(actor):
        named = JointMember.objects.filter(account_id=actor.account_id, valid_to__isnull=True)
        rows = JointMatter.objects.filter(id__in=list(named.values_list("matter_id", flat=True)))
        if open_only:
            rows = rows.filter(closed_at__isnull=True)
        return list(rows.select_related("unit", "opened_by").order_by("-opened_at", "-id"))


def find_parts_of_case(case_id: UUID, actor: foundation.Actor) -> list[JointPart]:
    """The joint matters that a case takes part in, for those who read the case."""
    with foundation.acting(actor):
        rows = JointPart.objects.filter(case_id=case_id, ended_at__isnull=True)
        return list(rows.select_related("contact").order_by("added_at", "id"))


def find_meetings(case_id: UUID, actor: foundation.Actor, limit: int = 50) -> list[Meeting]:
    """The meetings of a case and those of joint matters that are for it, latest first. Raises CaseNotFound."""
    with foundation.acting(actor):
        casework.get_case(case_id, actor)
        joint = MeetingPart.objects.filter(part__case_id=case_id).values_list("meeting_id", flat=True)
        rows = Meeting.objects.filter(Q(case_id=case_id) | Q(id__in=list(joint)))
        rows = rows.select_related("planned_by").prefetch_related("persons", "staff__account")
        return list(rows.order_by("-starts_at", "-id")[:limit])


def to_come(since: datetime) -> QuerySet[Meeting]:
    """Planned meetings that were not over at a time; `now() - STILL_TO_WRITE` keeps those whose note is to be written."""
    return Meeting.objects.filter(state="planned", ends_at__gte=since)


def find_own_meetings(actor: foundation.Actor) -> list[Meeting]:
    """The next meetings that the actor comes to, of cases and of joint matters, nearest first."""
    if actor.account_id is None:
        return []
    with foundation.acting(actor):
        return _own_meetings(actor.account_id, foundation.now() - STILL_TO_WRITE)


@foundation.ready
def _own_meetings(account_id: UUID, since: datetime) -> QuerySet[Meeting]:
    rows = to_come(since).filter(staff__account_id=account_id).select_related("case")
    return rows.order_by("starts_at", "id")[:MOST_OWN]


def get_meeting(meeting_id: UUID, actor: foundation.Actor) -> Meeting:
    """One meeting with who comes. Raises MeetingNotFound."""
    with foundation.acting(actor):
        access.readable_meeting(meeting_id)
        rows = Meeting.objects.select_related("case", "matter", "planned_by")
        return rows.prefetch_related("persons", "staff__account", "parts__part").get(id=meeting_id)


def may_work_meeting(meeting_id: UUID, actor: foundation.Actor) -> bool:
    """Whether the actor may hold or cancel the meeting."""
    with foundation.acting(actor):
        return access.works_with_meeting(meeting_id)


def _shared(matter: JointMatter, own: set[UUID]) -> tuple[SharedView, ...]:
    notes = list(SharedNote.objects.filter(matter=matter).select_related("written_by").order_by("-at", "-id"))
    told: dict[UUID, list[JointPart]] = {}
    for row in SharedNoteFor.objects.filter(note__in=notes).select_related("part__contact"):
        told.setdefault(row.note_id, []).append(row.part)
    return tuple(SharedView(note, tuple(told.get(note.id, [])), note.from_part_id in own) for note in notes)
