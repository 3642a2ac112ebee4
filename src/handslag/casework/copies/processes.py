"""The process of a masked copy, in a case of any kind."""

from django.utils.translation import gettext_lazy as _

from handslag.casework.processes import Process, Step, register_process

# OSL has not been read here, so every step that rests on it is shown as unconfirmed.
_LAW = "FL 10, OSL 10:3, 26:1"

MASKED_COPY = Process(
    code="masked_copy",
    title=_("From what is asked for to a masked copy that is given out"),
    kind="",
    law=_LAW,
    about="copy_id",
    steps=(
        Step(
            "prepared", _("The copy is begun; the rules hide what they know of"), "case_worker",
            ("casework.copy_prepared",), law=_LAW, confirmed=False,
        ),
        Step(
            "masked", _("Passages are hidden or shown by hand, with ground"), "case_worker",
            ("casework.copy_masked",), law=_LAW, after=("prepared",), optional=True, confirmed=False,
        ),
        Step(
            "pages", _("Pages of papers are looked at one by one"), "case_worker",
            ("casework.page_masked",), law=_LAW, after=("prepared",), optional=True, confirmed=False,
        ),
        Step(
            "sent", _("The copy is sent to a second reader"), "case_worker",
            ("casework.copy_sent_for_review",), after=("prepared",),
        ),
        Step(
            "reviewed", _("A second reader approves the copy"), "case_worker",
            ("casework.copy_reviewed[approved=true]",), after=("sent",),
        ),
        Step(
            "given", _("The copy is given out"), "case_worker", ("casework.copy_given",), law=_LAW,
            after=("reviewed",), confirmed=False,
        ),
    ),
)  # fmt: skip


def register() -> None:
    """Declare it."""
    register_process(MASKED_COPY)
