"""Words of the reception for what the reports hold as codes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handslag.child_protection import public as children


def child_in_words(child: children.ReportedChild) -> str:
    """The child as it was told: name and age, or that the name is not known."""
    age = str(child.born.year) if child.born else child.age_told
    return ", ".join(one for one in (child.name_told or _("Name not known"), age) if one)


def children_in_words(told: Sequence[children.ReportedChild]) -> str:
    """All children of a report in a line."""
    return "; ".join(child_in_words(one) for one in told)


def concerns_in_words(codes: Sequence[str]) -> str:
    """What it is about; empty where the reporter did not say."""
    known = dict(children.Concern.choices)
    return ", ".join(str(known[code]) for code in codes if code in known)


def days_left(days: int) -> str:
    """How many days are left to a last day; today is none."""
    if days == 0:
        return _("The last day is today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def days_late(days: int) -> str:
    """How many days ago a last day was."""
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
