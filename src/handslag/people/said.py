"""Texts of people that the system writes, and the words of its pure rules."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from handslag.foundation import public as foundation

#: What the rules say. They know no framework, so their words are gathered for translation here; a test holds it.
WORDS_OF_RULES = (
    gettext_noop("This is not an identity number."),
    gettext_noop("Write the number with twelve digits, as YYYYMMDD-NNNN."),
    gettext_noop("There is no such day in a coordination number (samordningsnummer)."),
    gettext_noop("There is no such day, so this cannot be an identity number."),
    gettext_noop("The last digit does not fit the others, so a digit is wrong."),
    gettext_noop("Check each digit against the document."),
    gettext_noop("The year is too long ago for a living or registered person."),
    gettext_noop("The plus sign means a hundred years or more, but the year says less."),
    gettext_noop("The number means a birth in the future."),
    gettext_noop("Check the year, and write the number with twelve digits."),
    gettext_noop("This is not a telephone number."),
    gettext_noop("Write it with digits, as 070-174 06 05."),
    gettext_noop("This is not an e-mail address."),
    gettext_noop("Write it as name@example.se."),
    gettext_noop("A postal code has five digits."),
    gettext_noop("Write it as 123 45."),
)


def register() -> None:
    """Register the words of this context's codes."""
    foundation.words(
        {
            "people.protected_call_us": _("Call us, so that we can help you in a safe way."),
            "people.number_given_again": _(
                "Somebody has registered a person with the number of a person you are named for. Look whether it is the same person, "
                "and join the records."
            ),
            "people.merged": _("Two records of the same person have been joined."),
        }
    )
