"""What can go wrong when somebody applies for economic aid, in words for the person who did it."""

from __future__ import annotations

from typing import Any

from handslag.foundation.public import BadInput, Conflict, HandslagError, NotFound, Refused
from handslag.income_support.rules.application_answers import Problem


class AnswersIncomplete(BadInput):
    """Answers that cannot be sent as they stand. `problems` names every place with its code and values."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            "Something in the application must be put right first.",
            do="Look at the marked places.",
            where=problems[0].where if problems else "",
        )
        self.problems = problems


class DraftChangedElsewhere(Conflict):
    """The draft was saved in another tab or on another device after this page was opened."""

    def __init__(self, version: int, **values: Any) -> None:
        super().__init__(
            "The application was changed in another window after you opened this page.",
            do="What you wrote is still here. Compare, and save again.",
            values=values,
        )
        self.version = version


class DraftGone(NotFound):
    """The draft was sent, thrown away or has expired."""

    def __init__(self) -> None:
        super().__init__(
            "This draft is no longer here: it was sent, thrown away or too old.",
            do="Start a new application.",
        )


class NoSuchApplication(NotFound):
    """There is no such application, or the actor may not know of it."""

    def __init__(self) -> None:
        super().__init__("There is no such application.", do="Go back to your matters and choose again.")


class PersonCalls(Refused):
    """The gates sent the person to somebody who calls. `ground` is the said ground."""

    def __init__(self, ground: dict[str, Any]) -> None:
        super().__init__(
            "We would like to talk to you first, so this application cannot be sent here.",
            do="We call you. You may also call us.",
        )
        self.ground = ground


class MoveNotPermitted(HandslagError):
    """The application is not in a state where this may be done."""

    def __init__(self, state: str) -> None:
        super().__init__(
            "The application cannot be changed in this way now.",
            do="Open it again to see where it stands.",
            values={"state": state},
        )


class NotTheCoApplicant(Refused):
    """Only the person named as co-applicant signs."""

    def __init__(self) -> None:
        super().__init__(
            "Only the person named as co-applicant can sign.", do="Ask your partner to log in and sign."
        )


class UnknownPartner(BadInput):
    """The stated partner is not found, or is the applicant."""

    def __init__(self) -> None:
        super().__init__(
            "We do not find a partner with that identity number.",
            where="household.partner_identity_number",
            do="Check the number. If it is right, call us and we help you.",
        )


class AlreadyApplied(Conflict):
    """There is an application for the month; more for it is a supplement."""

    def __init__(self, month: str) -> None:
        super().__init__(
            "You have already applied for {month}.",
            do="See how it goes under your matters. If you need something more, apply for that.",
            values={"month": month},
        )


class NoSuchLocalRules(NotFound):
    """There are no such local rules."""

    def __init__(self) -> None:
        super().__init__("There are no such local rules.", do="Look in the list of rules.")


class OwnLocalRules(Refused):
    """Nobody confirms the local rules that they have entered themselves."""

    def __init__(self) -> None:
        super().__init__(
            "You entered these local rules, so somebody else confirms them.",
            do="Ask a colleague who may: another rules officer, or the manager.",
        )


class AlreadyReviewed(Conflict):
    """Somebody has confirmed or returned the local rules already."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has looked at these local rules already.", do="Look at the page again to see what was found."
        )
