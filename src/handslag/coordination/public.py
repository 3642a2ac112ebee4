"""The front door of coordination: everything that the contexts above may use."""

from handslag.coordination.errors import (
    MatterIsClosed,
    MatterNotFound,
    MeetingIsOver,
    MeetingNotFound,
    NotInTheTeam,
    SecretNotFound,
)
from handslag.coordination.models import (
    JointMatter,
    JointMember,
    JointPart,
    Meeting,
    MeetingPart,
    MeetingPerson,
    MeetingStaff,
    SecretToward,
    SharedNote,
    SharedNoteFor,
)
from handslag.coordination.operations.joint import (
    add_part,
    close_joint_matter,
    end_part,
    let_team_know,
    name_member,
    open_joint_matter,
    remove_member,
)
from handslag.coordination.operations.meetings import cancel_meeting, hold_meeting, plan_meeting
from handslag.coordination.operations.secrets import end_secret, keep_secret, tell_more_of_secret
from handslag.coordination.operations.sharing import share_note
from handslag.coordination.queries.family import (
    FamilyPerson,
    FamilyView,
    Matter,
    find_family,
    secrets_of,
)
from handslag.coordination.queries.joint import (
    MatterView,
    PartView,
    SharedView,
    find_joint_matters,
    find_meetings,
    find_own_meetings,
    find_parts_of_case,
    get_joint_matter,
    get_meeting,
    may_work_meeting,
)
from handslag.coordination.queries.timeline import THINGS, Moment, Timeline, find_timeline
from handslag.coordination.rules.family_map import Box, FamilyMap, Line, MapPerson, Tie, draw
from handslag.coordination.secrecy import kept_from_reader
from handslag.coordination.states import (
    UNCONFIRMED_GROUNDS,
    UNCONFIRMED_SHARING,
    JointClosing,
    JointKind,
    JointRole,
    MeetingState,
    MeetingWay,
    SecretGround,
    ShareGround,
    TellingKind,
)

__all__ = [
    "THINGS", "UNCONFIRMED_GROUNDS", "UNCONFIRMED_SHARING", "Box", "FamilyMap", "FamilyPerson", "FamilyView",
    "JointClosing", "JointKind", "JointMatter", "JointMember", "JointPart", "JointRole", "Line", "MapPerson",
    "Matter", "MatterIsClosed", "MatterNotFound", "MatterView", "Meeting", "MeetingIsOver", "MeetingNotFound",
    "MeetingPart", "MeetingPerson", "MeetingStaff", "MeetingState", "MeetingWay", "Moment", "NotInTheTeam",
    "PartView", "SecretGround", "SecretNotFound", "SecretToward", "ShareGround", "SharedNote", "SharedNoteFor",
    "SharedView", "TellingKind", "Tie", "Timeline", "add_part", "cancel_meeting", "close_joint_matter", "draw", "end_part",
    "end_secret", "find_family", "find_joint_matters", "find_meetings", "find_own_meetings", "find_parts_of_case",
    "find_timeline", "get_joint_matter", "get_meeting", "hold_meeting", "keep_secret", "kept_from_reader", "let_team_know",
    "may_work_meeting", "name_member", "open_joint_matter", "plan_meeting", "remove_member", "secrets_of",
    "share_note", "tell_more_of_secret",
]  # fmt: skip
