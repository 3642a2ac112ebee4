"""What coordination refuses, named by the rule that would be broken."""

from handslag.foundation import public as foundation


class MatterNotFound(foundation.NotFound):
    """There is no such joint matter, or the actor is not named for it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such joint matter, or you are not named for it.",
            do="Ask the one who opened it to name you.",
        )


class MeetingNotFound(foundation.NotFound):
    """There is no such meeting, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("There is no such meeting, or you may not see it.", do="Go back to the case.")


class SecretNotFound(foundation.NotFound):
    """There is no such secret, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__("There is no such secret, or you may not see it.", do="Go back to the person.")


class NotInTheTeam(foundation.Refused):
    """The act needs the one who leads the joint matter, or the worker of the part."""

    def __init__(self) -> None:
        super().__init__(
            "You may not do this in the joint matter.",
            do="Ask the one who opened it, or the one who works with the part.",
        )


class MatterIsClosed(foundation.Refused):
    """Nothing is added to a closed joint matter."""

    def __init__(self) -> None:
        super().__init__("The joint matter is closed.", do="Open a new one if the joint work goes on.")


class MeetingIsOver(foundation.Refused):
    """A meeting that was held or cancelled stays so."""

    def __init__(self) -> None:
        super().__init__("The meeting has been held or cancelled already.", do="Plan a new meeting.")
