"""Meetings of a case or of a joint matter: when, where, who."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.coordination.models.joint import JointMatter, JointPart
from handslag.coordination.states import MeetingState, MeetingWay
from handslag.foundation.models.written import Written


class Meeting(Written):
    """A time that is set. What was said is written as a note in a case, never here."""

    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="+", db_index=False)
    matter = models.ForeignKey(
        JointMatter, models.PROTECT, null=True, related_name="meetings", db_index=False
    )
    subject = models.CharField(max_length=120)
    way = models.CharField(max_length=12, choices=MeetingWay)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.PLANNED)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    planned_at = models.DateTimeField()
    cancelled_because = models.TextField(blank=True)
    note_id = models.UUIDField(null=True)

    classified: ClassVar[dict[str, str]] = {
        "case": "sensitive", "matter": "sensitive", "subject": "free", "way": "internal", "place": "free",
        "starts_at": "sensitive", "ends_at": "sensitive", "state": "internal", "planned_by": "internal",
        "planned_at": "internal", "cancelled_because": "free", "note_id": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "coordination_meeting"
        constraints = [
            models.CheckConstraint(
                name="meeting_of_one_thing",
                condition=Q(case__isnull=False, matter__isnull=True)
                | Q(case__isnull=True, matter__isnull=False),
            ),
            models.CheckConstraint(name="meeting_has_length", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(fields=["case", "-starts_at"], name="meeting_case"),
            models.Index(fields=["matter", "-starts_at"], name="meeting_matter"),
        ]


class MeetingPerson(Written):
    """A person who is asked to come."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="persons", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)

    classified: ClassVar[dict[str, str]] = {"meeting": "sensitive", "person": "identity"}

    class Meta:
        db_table = "coordination_meetingperson"
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meetingperson_once")]


class MeetingStaff(Written):
    """A colleague who comes."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="staff", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    classified: ClassVar[dict[str, str]] = {"meeting": "sensitive", "account": "internal"}

    class Meta:
        db_table = "coordination_meetingstaff"
        constraints = [models.UniqueConstraint(fields=["meeting", "account"], name="meetingstaff_once")]
        indexes = [models.Index(fields=["account", "meeting"], name="meetingstaff_account")]


class MeetingPart(Written):
    """A part of the joint matter that the meeting is for; the others do not know of it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="parts", db_index=False)
    part = models.ForeignKey(JointPart, models.PROTECT, related_name="+", db_index=False)

    classified: ClassVar[dict[str, str]] = {"meeting": "sensitive", "part": "sensitive"}

    class Meta:
        db_table = "coordination_meetingpart"
        constraints = [models.UniqueConstraint(fields=["meeting", "part"], name="meetingpart_once")]
