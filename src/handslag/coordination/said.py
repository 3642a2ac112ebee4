"""Texts of coordination that the system writes."""

from django.utils.translation import gettext_lazy as _

from handslag.coordination.states import MeetingWay
from handslag.foundation import public as foundation


def register() -> None:
    """Register the words of this context's codes."""
    foundation.words(
        {
            "coordination.named": _("You have been named for a joint matter."),
            "coordination.text_held_back": _(
                "A text to somebody was stopped: it named what is secret toward them about this person."
            ),
            "coordination.meeting_planned": _(
                "A meeting is planned in a joint matter that case {number} is part of."
            ),
            "coordination.meeting_planned_on": _(
                "{meeting}: a meeting in a joint matter that case {number} is part of."
            ),
            "coordination.meeting_set": _("{meeting}: {told}"),
            "coordination.meeting_when": _("{way}, {on} at {hour}:{minute}"),
            "coordination.meeting_when_and_where": _("{way}, {place}, {on} at {hour}:{minute}"),
            **{
                f"coordination.{code}.{way.value}": way.label
                for code in ("meeting_when", "meeting_when_and_where")
                for way in MeetingWay
            },
            "coordination.told_named": _("The meeting is planned. Told of it: {names}."),
            "coordination.told_and_more": _(
                "The meeting is planned. Told of it: {names}, and {more} more who answer for a part."
            ),
            "coordination.told_unnamed": _("The meeting is planned. Told of it: {more} who answer for a part."),
            "coordination.nobody_more_told": _(
                "The meeting is planned. Those who answer for its parts come to it, so nobody more was told."
            ),
            "coordination.note_received": _("Something has been shared with you in a joint matter."),
        }
    )
