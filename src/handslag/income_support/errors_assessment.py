"""What can go wrong with an assessment or a decision, in words for the case worker."""

from __future__ import annotations

from handslag.foundation.public import BadInput, Conflict, HandslagError, NotFound, Refused


class NoSuchAssessment(NotFound):
    """There is no such assessment, or the actor may not know of it."""

    def __init__(self) -> None:
        super().__init__("There is no such assessment, or you may not see it.", do="Open the case again.")


class NotYourAssessment(Refused):
    """The actor reads the case but does not work in it."""

    def __init__(self) -> None:
        super().__init__("You may not change this assessment.", do="Ask the case worker or the manager of the case.")


class AssessmentChangedElsewhere(Conflict):
    """Somebody else saved the assessment after this page was opened. What both wrote is kept."""

    def __init__(self, version: int) -> None:
        super().__init__(
            "The assessment was changed by somebody else after you opened it. What you wrote is still here.",
            do="Look at what has changed, and save again.",
        )
        self.version = version


class AssessmentIsFinal(Refused):
    """A decision rests on the assessment."""

    def __init__(self) -> None:
        super().__init__(
            "A decision rests on this assessment, so it is not changed any more.",
            do="Change the decision instead, as a new decision.",
        )


class FactsCannotBeAssessed(BadInput):
    """The facts contradict each other or the month has no rules. `detail` says how, in English, for who looks deeper."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(
            "The month cannot be calculated: something is wrong at {path}.",
            where=path,
            do="Correct the facts, or calculate the month by hand.",
            values={"path": path},
        )
        self.detail = what


class NothingToGrant(BadInput):
    """There is no amount to grant."""

    def __init__(self) -> None:
        super().__init__("The calculation leaves nothing to grant.", do="Refuse with a reason, or change a line.")


class NotWhollyFavourable(BadInput):
    """Something that was applied for is not approved, so the grant is partial."""

    def __init__(self) -> None:
        super().__init__(
            "Something that was applied for is not approved in full.",
            do="Grant partly, with the reason; the person is told first (FL 25).",
        )


class ReasonMissing(BadInput):
    """A decision that is not wholly favourable needs its reason (FL 32)."""

    def __init__(self, *, where: str = "reason") -> None:
        super().__init__(
            "The reason is missing.", where=where, do="Write why, in words that the person can follow (FL 32)."
        )


class AlreadyDecided(HandslagError):
    """The application has its decision or was taken back."""

    def __init__(self) -> None:
        super().__init__("The application is already finished.", do="Open the case again to see its decision.")
