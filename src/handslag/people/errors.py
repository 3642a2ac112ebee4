"""The rules of people, as errors that say which one was broken. None names whose number or home it concerns."""

from handslag.foundation.public import BadInput, Conflict, NotFound, Refused


class NumberInUse(Conflict):
    """The identity number belongs to somebody whom the actor may find; the message does not tell whom.

    A number of somebody hidden is taken as if it were free, and told to those who are named for that person."""

    def __init__(self) -> None:
        super().__init__(
            "This identity number is already registered.",
            where="identity_number",
            do="Check the digits. If they are right, search by the number, or ask your manager.",
        )


class HouseholdsOverlap(BadInput):
    """An adult would live in two households on the same day, or a person twice in one."""

    def __init__(self, where: str = "valid_from") -> None:
        super().__init__(
            "The person already belongs to a household during that time.",
            where=where,
            do="End the earlier membership first, or choose a later day.",
        )


class PersonNotFound(NotFound):
    """No such person, or none that the actor may know of; told alike."""

    def __init__(self) -> None:
        super().__init__("There is no such person, or you have no access.", where="person_id")


class NotTwoPersons(BadInput):
    """A person cannot be merged with, or related to, herself."""

    def __init__(self) -> None:
        super().__init__("Choose two different persons.", where="other_id")


class AlreadyMerged(Conflict):
    """The record was joined with another earlier."""

    def __init__(self) -> None:
        super().__init__(
            "This record has already been joined with another.",
            do="Open the person again and look at the record.",
        )


class MayNotProtect(Refused):
    """Only managers and those named for it set or end a mark of protection."""

    def __init__(self) -> None:
        super().__init__("Your role does not allow you to change protection marks.", do="Ask your manager.")


class SecretWouldBeTold(Refused):
    """A text would tell its receiver where or how somebody is reached who is kept secret from them.

    Told in these words to those alone who work with whom it concerns. Any other writer is told the same (`known=False`)
    of every text that names a street, so that nothing can be learnt by trying.
    """

    def __init__(self, *, checked: bool = True, known: bool = True) -> None:
        if checked and not known:
            super().__init__(
                "A text to this person that names streets, or how others are reached, is read by somebody else before it is sent.",
                do="Take out streets, telephone numbers and e-mail addresses, or ask your manager who may send it.",
            )
        elif checked:
            super().__init__(
                "The text tells where somebody is, or how they are reached, who is kept secret from the receiver.",
                do="Take out addresses, places, telephone numbers and e-mail addresses of others.",
            )
        else:
            super().__init__(
                "It could not be checked whether the text tells something secret, so it is not sent.",
                do="Try again in a while. Nothing has been sent.",
            )
