"""The words of the codes of adults' cases."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.adult_support.kinds import KINDS
from handslag.casework import public as casework
from handslag.foundation import public as foundation

STEP_NAMES = {
    "immediate": _("Immediate taking into care is decided"),
    "submitted": _("The decision is submitted to the court"),
    "confirmed": _("The court confirms the immediate taking into care"),
    "applied": _("Care is applied for at the court"),
    "judgment_final": _("The judgment on care is final"),
    "begun": _("The care begins"),
    "revoked": _("The court does not confirm, or turns the application down"),
    "ended": _("The care ends"),
}
# What a decision says, in the letter and on the person's own page: first what it came to, then what it is about.
_DECISIONS: dict[str, str | Promise] = {
    "adult_support.decided.granted": _("You get the support that you applied for"),
    "adult_support.decided.partly_granted": _("You get a part of the support that you applied for"),
    "adult_support.decided.refused": _("You do not get the support that you applied for"),
    "adult_support.decided.applied_for": _("You applied for: {what}"),
    "adult_support.decided.gets": _("You get: {what}"),
    "adult_support.decided.period": _("It holds from {first} to {last}."),
}


def register() -> None:
    """Give the kinds to casework and the codes their words; called once when the app is ready."""
    for code, (prefix, label) in KINDS.items():
        casework.register_case_kind(code, prefix, label)
    casework.register_erasure("adult_support")
    foundation.words(_DECISIONS)
