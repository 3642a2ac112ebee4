"""Tags of the lead face: `{% load lead %}`."""

from typing import Any

from django import template
from django.utils.formats import number_format

from handslag.analytics import public as analytics
from handslag.income_support import public as income_support
from handslag.portal.lead.presenters import hidden_word

register = template.Library()


@register.filter
def share(value: float | None) -> str:
    """`97 %` with a no-break space; a dash for what is not known."""
    return "–" if value is None else f"{round(value * 100)}\u00a0%"


@register.filter
def told(number: int) -> str:
    """A count, or the word for one that is hidden."""
    return hidden_word() if number == analytics.HIDDEN else str(number)


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
def source(text: str) -> str:
    """Where a figure comes from, in the reader's language where the product itself wrote it."""
    return income_support.source_in_words(text)


@register.filter
def bar(number: int, highest: int) -> str:
    """The length of a bar in percent of the highest."""
    return f"{max(number, 0) * 100 / (highest or 1):.1f}%"


@register.filter
def named(words: dict[str, Any], code: str) -> Any:
    """The words of a code; the code itself where it has none."""
    return words.get(code, code)
