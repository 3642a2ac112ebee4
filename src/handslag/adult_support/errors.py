"""What adult support refuses, and why."""

from django.utils.translation import gettext_noop as _

from handslag.foundation.public import BadInput

_WHY = {
    "unknown_step": (_("There is no such step of care."), _("Choose one of the steps."), "step"),
    "wrong_order": (
        _("That step cannot follow the last one."),
        _("Record the steps between first, each with its own day."),
        "step",
    ),
    "in_the_future": (_("The day lies in the future."), _("Record the step when it has happened."), "on"),
    "before_the_last_step": (
        _("The day lies before the last step."),
        _("Check the day of this step and of the last one."),
        "on",
    ),
}


class StepRefused(BadInput):
    """The step of care does not fit what has been recorded."""

    def __init__(self, why: str) -> None:
        what, do, where = _WHY[why]
        super().__init__(what, where=where, do=do)


class NoSuchKind(BadInput):
    """Not a kind of adults' case."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a kind of case for adults.", where="kind", do="Choose one of the kinds."
        )


class NoSuchReason(BadInput):
    """Not a reason that a case of this kind ends by."""

    def __init__(self) -> None:
        super().__init__(
            "A case of this kind is not closed for that reason.", where="because", do="Choose a reason."
        )


class NothingTold(BadInput):
    """Nobody wrote what it is about."""

    def __init__(self) -> None:
        super().__init__(
            "What was told is missing.", where="told", do="Write what the person asks for, or the concern."
        )
