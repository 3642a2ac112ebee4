"""The process of a joint matter: cases of one family worked with together, each with its own secrecy."""

from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.coordination import events as _declared  # noqa: F401 - the steps name its events

Step = casework.Step

JOINT_MATTER = casework.Process(
    code="joint_matter",
    title=_("From a joint matter that is opened to one that is closed"),
    kind="",
    law="OSL 26:1",
    about="matter_id",
    steps=(
        Step("opened", _("A joint matter is opened from a case"), "case_worker", ("coordination.joint_opened",)),
        Step(
            "team", _("Colleagues are named for the team"), "case_worker", ("coordination.joint_member_named",),
            after=("opened",),
        ),
        Step(
            "part", _("Cases take part, each by its own case worker"), "case_worker",
            ("coordination.joint_part_added",), after=("opened",),
        ),
        Step(
            "shared", _("A part tells others something, on a stated ground"), "case_worker",
            ("coordination.note_shared",), law="OSL 26:1", after=("part",), optional=True, confirmed=False,
        ),
        Step(
            "closed", _("The joint matter is closed"), "case_worker", ("coordination.joint_closed",),
            after=("team", "part"),
        ),
    ),
)  # fmt: skip


def register() -> None:
    """Declare it."""
    casework.register_process(JOINT_MATTER)
