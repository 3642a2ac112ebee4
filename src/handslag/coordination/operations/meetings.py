"""Setting, cancelling and holding meetings of a case or of a joint matter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework import public as casework
from handslag.coordination import events
from handslag.coordination.access import (
    open_matter,
    readable_meeting,
    require_work_in,
    works_with_meeting,
)
from handslag.coordination.errors import MeetingIsOver, NotInTheTeam
from handslag.coordination.models import (
    JointMember,
    JointPart,
    Meeting,
    MeetingPart,
    MeetingPerson,
    MeetingStaff,
)
from handslag.coordination.states import MeetingState, MeetingWay
from handslag.foundation import public as foundation
from handslag.people import public as people

LONGEST = timedelta(hours=24)
READER = foundation.system("coordination")


@foundation.operation
def plan_meeting(
    *, case_id: UUID | None = None, matter_id: UUID | None = None, part_ids: Sequence[UUID] = (), subject: str,
    way: str, place: str = "", starts_at: datetime, ends_at: datetime, person_ids: Sequence[UUID] = (),
    account_ids: Sequence[UUID] = (), by: foundation.Actor, at: datetime,
) -> Meeting:  # fmt: skip
    """Set a meeting in a case, or in a joint matter for some of its parts; the actor comes, and those who are named.

    A meeting of a joint matter is known to the one who sets it, those who come, and members who read a chosen part. Whoever
    answers for a chosen part's case, else the managers of its unit, gets a notice with the number of that case; a member,
    who may know of the meeting, reads how and when it is, anybody else nothing more. The actor gets one that says how, when
    and where, and who was told: by name those whom members know, the others by how many they are.
    """
    if (case_id is None) == (matter_id is None):
        raise foundation.BadInput("A meeting belongs to a case or to a joint matter.", where="case_id")
    _check(subject, way, starts_at, ends_at)
    if case_id is not None:
        require_work_in(casework.get_case(case_id, by), by)
    parts = [] if matter_id is None else _parts(matter_id, part_ids)
    meeting = Meeting(
        case_id=case_id, matter_id=matter_id, subject=subject.strip()[:120], way=way, place=place.strip()[:200],
        starts_at=starts_at, ends_at=ends_at, planned_by_id=by.account_id, planned_at=at,
    )  # fmt: skip
    meeting.save(force_insert=True)
    for part in parts:
        MeetingPart(meeting=meeting, part=part).save(force_insert=True)
    for person_id in dict.fromkeys(person_ids):
        if not people.may_read_person(by, person_id):
            raise people.PersonNotFound
        MeetingPerson(meeting=meeting, person_id=person_id).save(force_insert=True)
    own = [by.account_id] if by.account_id else []
    for account_id in dict.fromkeys([*own, *account_ids]):
        MeetingStaff(meeting=meeting, account_id=account_id).save(force_insert=True)
    planned = events.MeetingPlanned(case_id=case_id, meeting_id=meeting.id, starts_at=starts_at)
    foundation.record(planned, by=by, at=at)
    told = _tell_parts(meeting, parts, beside={*own, *account_ids}, at=at)
    if parts and by.account_id is not None:
        text = foundation.said(
            "coordination.meeting_set",
            meeting=_in_words(meeting, meeting.place),
            told=_who_was_told(matter_id, told),
        )
        foundation.notify(by.account_id, text, link=f"/handlaggare/mote/{meeting.id}/", at=at)
    return meeting


@foundation.operation
def cancel_meeting(*, meeting_id: UUID, because: str, by: foundation.Actor, at: datetime) -> Meeting:
    """The meeting will not be; it stays in the list with why."""
    meeting = _planned(meeting_id)
    if not because.strip():
        raise foundation.BadInput("Write why the meeting is cancelled.", where="because")
    meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, because.strip()[:500]
    meeting.save(update_fields=["state", "cancelled_because"])
    cancelled = events.MeetingCancelled(case_id=meeting.case_id, meeting_id=meeting.id)
    foundation.record(cancelled, by=by, at=at)
    return meeting


@foundation.operation
def hold_meeting(
    *, meeting_id: UUID, note: str, case_id: UUID | None = None, by: foundation.Actor, at: datetime
) -> casework.Note:
    """The meeting has been, and this is the note of it, signed in the case.

    For a meeting of a joint matter the note is written in the actor's own case (`case_id`), so it keeps that case's
    secrecy; it reaches other parts only when it is shared. Raises MeetingIsOver, BadInput, NotYours.
    """
    meeting = _planned(meeting_id)
    written_in = meeting.case_id or case_id
    if written_in is None or (
        meeting.matter_id is not None
        and not JointPart.objects.filter(
            matter_id=meeting.matter_id, case_id=written_in, ended_at__isnull=True
        ).exists()
    ):
        raise foundation.BadInput("Choose in which of your cases the note is written.", where="case")
    if not note.strip():
        raise foundation.BadInput("Write what was said.", where="note")
    written = casework.write_note(
        case_id=written_in, kind="home_visit" if meeting.way == MeetingWay.HOME else "meeting",
        subject=meeting.subject, body=note, happened_on=foundation.day_of(meeting.starts_at), by=by, at=at,
    )  # fmt: skip
    meeting.state, meeting.note_id = MeetingState.HELD, written.id
    meeting.save(update_fields=["state", "note_id"])
    held = events.MeetingHeld(case_id=written_in, meeting_id=meeting.id, note_id=written.id)
    foundation.record(held, by=by, at=at)
    return written


def _check(subject: str, way: str, starts_at: datetime, ends_at: datetime) -> None:
    if not subject.strip():
        raise foundation.BadInput("Write what the meeting is about.", where="subject")
    if way not in MeetingWay.values:
        raise foundation.BadInput("Choose how you meet.", where="way")
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise foundation.BadInput("The meeting ends after it begins, and within a day.", where="ends")


def _parts(matter_id: UUID, part_ids: Sequence[UUID]) -> list[JointPart]:
    open_matter(matter_id)
    found = list(JointPart.objects.filter(id__in=part_ids, matter_id=matter_id, ended_at__isnull=True))
    if not found or len(found) < len(set(part_ids)):
        raise foundation.BadInput("Choose for which parts the meeting is.", where="parts")
    return found


def _tell_parts(
    meeting: Meeting, parts: Sequence[JointPart], *, beside: set[UUID], at: datetime
) -> set[UUID]:
    """A notice to those who answer for each part's case, but for those who come to the meeting already; gives them."""
    found: set[UUID] = set()
    with foundation.acting(READER):
        members = set(_members(meeting.matter_id).values_list("account_id", flat=True))
        for part in parts:
            case = casework.get_case(part.case_id, READER)
            unnamed = foundation.said("coordination.meeting_planned", number=case.number)
            named = foundation.said(
                "coordination.meeting_planned_on", number=case.number, meeting=_in_words(meeting)
            )
            for account_id in casework.those_to_tell(case):
                if account_id not in beside:
                    told = named if account_id in members else unnamed
                    foundation.notify(account_id, told, link=f"/handlaggare/arende/{case.id}/moten/", at=at)
                    found.add(account_id)
    return found


def _in_words(meeting: Meeting, place: str = "") -> dict[str, Any]:
    """How and when it is, in Swedish time, and the place where it is given; never what it is about."""
    local = meeting.starts_at.astimezone(foundation.SWEDEN)
    when = {
        "way": str(meeting.way), "on": local.date().isoformat(), "hour": f"{local.hour:02}", "minute": f"{local.minute:02}",
    }  # fmt: skip
    if place:
        return foundation.said("coordination.meeting_when_and_where", place=place, **when)
    return foundation.said("coordination.meeting_when", **when)


def _members(matter_id: UUID | None) -> QuerySet[JointMember]:
    return JointMember.objects.filter(matter_id=matter_id, valid_to__isnull=True)


def _who_was_told(matter_id: UUID | None, told: set[UUID]) -> dict[str, Any]:
    """Members of the joint matter and the contacts of its parts are known to each other; who else works in a part is not."""
    if not told:
        return foundation.said("coordination.nobody_more_told")
    with foundation.acting(READER):
        members = _members(matter_id)
        contacts = JointPart.objects.filter(matter_id=matter_id, ended_at__isnull=True, contact__isnull=False)
        known = {*members.values_list("account_id", "account__name"), *contacts.values_list("contact_id", "contact__name")}
    names = sorted(name for account_id, name in known if account_id in told)
    more = len(told) - len(names)
    if not names:
        return foundation.said("coordination.told_unnamed", more=more)
    code = "coordination.told_and_more" if more else "coordination.told_named"
    return foundation.said(code, names=", ".join(names), **({"more": more} if more else {}))


def _planned(meeting_id: UUID) -> Meeting:
    meeting = readable_meeting(meeting_id)
    if not works_with_meeting(meeting_id):
        raise NotInTheTeam
    if meeting.state != MeetingState.PLANNED:
        raise MeetingIsOver
    return Meeting.objects.select_for_update().get(id=meeting_id)
