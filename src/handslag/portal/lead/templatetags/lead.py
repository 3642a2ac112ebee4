"""Tags of the lead face: `{% load lead %}`."""

from typing import Any

from django import template
from django.utils.formats import number_format

from handslag.portal.lead.queries.statistics import HIDDEN

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """`97 %` with a no-break space; a dash for what is not known."""
    return "–" if value is None else f"{round(value * 100)}\u00a0%"


@register.filter
def told(number: int) -> str:
    """A count, or `1–4` where the group is too small to be told."""
    return "1–4" if number == HIDDEN else str(number)


@register.filter
def figure(value: Any) -> str:
    """A figure of the law as it is printed: no needless decimals."""
    plain = value.normalize() + 0
    return number_format(plain, use_l10n=True, force_grouping=True)


@register.filter
def bar(number: int, highest: int) -> str:
    """The length of a bar in percent of the highest."""
    return f"{max(number, 0) * 100 / (highest or 1):.1f}%"
