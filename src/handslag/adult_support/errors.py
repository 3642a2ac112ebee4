"""What adult support refuses, and why."""

from django.utils.translation import gettext_noop as _

from handslag.foundation.public import BadInput, Refused

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


class NotAnApplication(Refused):
    """The case began with a report: nobody has applied for anything that can be decided in it."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody has applied for support in this case.",
            do="When the person applies, take the application in: it gets a case of its own.",
        )


class NotDecidedHere(Refused):
    """Applications of the kind end in no decision: the law owes none, and the municipality has not set that it decides."""

    def __init__(self) -> None:
        super().__init__(
            "The municipality gives this support without a decision.",
            do="Close the case by what became of it. The administrator can set that such applications are decided.",
        )


class NotChangedHere(Refused):
    """The decision is not on an adult's application."""

    def __init__(self) -> None:
        super().__init__("This decision is not changed here.", do="Open a decision on the application.")


class NotAReport(Refused):
    """The case began with an application, which is decided and not assessed as a report."""

    def __init__(self) -> None:
        super().__init__("The person has applied for support.", do="Decide the application.")


class AlreadyAssessed(Refused):
    """The report has another assessment, which is never changed."""

    def __init__(self) -> None:
        super().__init__("The report has been assessed already.", do="Open the matter and see what was said.")


class NoSuchOutcome(BadInput):
    """Not an outcome that there is."""

    def __init__(self) -> None:
        super().__init__("There is no such outcome.", where="outcome", do="Choose one of the outcomes.")


class NoSuchGround(BadInput):
    """Not a ground that an application of this kind is decided under on the day."""

    def __init__(self) -> None:
        super().__init__(
            "An application of this kind is not decided under that ground.",
            where="legal_ground",
            do="Choose a ground.",
        )


_WORDS = {
    "applied_for": (
        _("What the person applied for is missing."),
        _("Write it in the person's own words, shortly."),
    ),
    "gets": (_("What the person gets is missing."), _("Write which part is granted.")),
    "what_was_wrong": (
        _("What was wrong in the decision is missing."),
        _("Write it in words that the person can follow; it stands in the letter."),
    ),
    "reason": (_("The reason is missing."), _("Write why, in words that the person can follow (FL 32).")),
    "without_because": (
        _("Something is missing in the case, and it is not said why."),
        _("Write why it is closed without it; it stands in the case."),
    ),
}


class WordsMissing(BadInput):
    """Something must be said in words. `where` names what: applied_for, gets, what_was_wrong, reason or without_because."""

    def __init__(self, *, where: str) -> None:
        what, do = _WORDS[where]
        super().__init__(what, where=where, do=do)
