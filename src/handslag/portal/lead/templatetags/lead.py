"""Tags of the lead face: `{% load lead %}`."""

from typing import Any

from django import template
from django.utils.formats import number_format

from handslag.analytics import public as analytics
from handslag.portal.lead.forms import household_words

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """`97 %` with a no-break space; a dash for what is not known."""
    return "–" if value is None else f"{round(value * 100)}\u00a0%"


@register.filter
def told(number: int) -> str:
    """A count, or `1–4` where the group is too small to be told."""
    return f"1–{analytics.smallest_group() - 1}" if number == analytics.HIDDEN else str(number)


@register.filter
def days(value: float | None) -> str:
    """Days with one decimal, as people write them; a dash for what is not known or not told."""
    return "–" if value is None else number_format(value, decimal_pos=1, use_l10n=True)


@register.filter
def figure(value: Any) -> str:
    """A figure of the law as it is printed: no needless decimals."""
    plain = value.normalize() + 0
    return number_format(plain, use_l10n=True, force_grouping=True)


@register.filter
def household(rent: Any) -> str:
    """The household that a highest rent is decided for, in the words of the form where it is entered."""
    return household_words(rent.adults, rent.children or 0)


@register.filter
def bar(number: int, highest: int) -> str:
    """The length of a bar in percent of the highest."""
    return f"{max(number, 0) * 100 / (highest or 1):.1f}%"


@register.filter
def named(words: dict[str, Any], code: str) -> Any:
    """The words of a code; the code itself where it has none."""
    return words.get(code, code)
