"""What the handbook calls roles and time limits."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from handslag.casework import public as casework

ROLES = {
    "case_worker": pgettext_lazy("who takes the step", "Case worker"),
    "manager": pgettext_lazy("who takes the step", "Manager of the unit"),
    "reception": pgettext_lazy("who takes the step", "The reception"),
    "attester": pgettext_lazy("who takes the step", "Economist who attests"),
    "party": pgettext_lazy("who takes the step", "The person"),
    "automation": pgettext_lazy("who takes the step", "The system"),
    "committee": pgettext_lazy("who takes the step", "The board's committee"),
    "court": pgettext_lazy("who takes the step", "The court"),
}


def limit_in_words(rule: str, on: date) -> str:
    """The time limit of a rule on a day, such as "within 4 months"; empty where no rule holds."""
    limit = casework.time_limit(rule, on)
    if limit is None:
        return ""
    if limit.number is None:
        return _("at once")
    number = limit.number
    words = {
        "days": ngettext("within {number} day", "within {number} days", number),
        "weeks": ngettext("within {number} week", "within {number} weeks", number),
        "months": ngettext("within {number} month", "within {number} months", number),
        "years": ngettext("within {number} year", "within {number} years", number),
    }
    return words[limit.unit].format(number=number) if limit.unit in words else ""
