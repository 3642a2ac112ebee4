"""What an investigation refuses, named by the rule that would be broken."""

from handslag.foundation import public as foundation


class NoSuchInvestigation(foundation.NotFound):
    """There is no such investigation (or part of one), or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such investigation, or you may not see it.",
            do="Go back to the case and choose again.",
        )


class InvestigationIsOpen(foundation.Refused):
    """The child has an open investigation in the case already."""

    def __init__(self) -> None:
        super().__init__(
            "An investigation of the child is open already.",
            do="Go on in that one; what is new is examined there.",
        )


class InvestigationIsClosed(foundation.Refused):
    """A closed investigation is not changed."""

    def __init__(self) -> None:
        super().__init__(
            "The investigation is closed.",
            do="Write a note in the case. Open a new investigation if the child needs one; the days are added up.",
        )


class ViolenceIsNotSimple(foundation.Refused):
    """Suspected violence is never examined on the simplified path."""

    def __init__(self) -> None:
        super().__init__(
            "Violence or abuse is not examined on the simplified path.",
            do="Choose the ordinary or the intensive path.",
        )


class TextChangedMeanwhile(foundation.Conflict):
    """The text under a heading was saved by somebody else. Both are kept here: `yours` and `theirs`.

    `version` is the one to save from next.
    """

    def __init__(self, *, yours: str, theirs: str, version: int) -> None:
        super().__init__(
            "Somebody else has saved this text since you opened it. Both texts are kept.",
            where="body",
            do="Compare the two texts, join them and save again.",
        )
        self.yours = yours
        self.theirs = theirs
        self.version = version


class TooLateToExtend(foundation.Refused):
    """The time had run out before the decision to extend it (SoL 20:3)."""

    def __init__(self) -> None:
        super().__init__(
            "The last day has passed, so the time cannot be extended any more.",
            do="Complete the investigation as soon as you can. The delay is shown to the manager.",
        )


class ProposalWaits(foundation.Refused):
    """One proposal to extend an investigation waits for its answer at a time."""

    def __init__(self) -> None:
        super().__init__(
            "A proposal to extend the investigation waits for an answer already.",
            do="Ask your manager, or wait for the answer.",
        )


class StepIsSettled(foundation.Refused):
    """A step that is done or struck out is not changed."""

    def __init__(self) -> None:
        super().__init__(
            "The step is done or struck out already.", do="Put a new step into the plan if more is to be done."
        )


class TalkIsNoted(foundation.Refused):
    """A note tells of one talk."""

    def __init__(self) -> None:
        super().__init__("The note counts as a talk of an investigation already.", do="Go back to the talks.")


class InvestigationMayNotClose(foundation.Refused):
    """Steps are missing before the investigation may close. `missing` are the codes of the process."""

    def __init__(self, missing: "list[tuple[str, object]]") -> None:
        super().__init__(
            "The investigation cannot be closed yet. Missing: {missing}.",
            do="Do what is missing, then close. A step that is not needed is dropped with a reason.",
            values={"missing": Joined([title for _, title in missing])},
        )
        self.missing = [code for code, _ in missing]


class Joined:
    """Titles put into words when they are shown, in the reader's language."""

    def __init__(self, titles: "list[object]") -> None:
        self.titles = titles

    def __str__(self) -> str:
        return ", ".join(str(title) for title in self.titles)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
