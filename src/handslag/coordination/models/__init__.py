"""Coordination: secrets toward a named person, joint matters, what is shared in them, and meetings."""

from handslag.coordination.models.joint import JointMatter, JointMember, JointPart, SharedNote, SharedNoteFor
from handslag.coordination.models.meetings import Meeting, MeetingPart, MeetingPerson, MeetingStaff
from handslag.coordination.models.secrets import SecretToward

__all__ = [
    "JointMatter",
    "JointMember",
    "JointPart",
    "Meeting",
    "MeetingPart",
    "MeetingPerson",
    "MeetingStaff",
    "SecretToward",
    "SharedNote",
    "SharedNoteFor",
]
