"""Texts of people that the system writes."""

from django.utils.translation import gettext_lazy as _

from handslag.foundation import public as foundation


def register() -> None:
    """Register the words of this context's codes."""
    foundation.words(
        {
            "people.protected_call_us": _("Call us, so that we can help you in a safe way."),
            "people.merged": _("Two records of the same person have been joined."),
        }
    )
