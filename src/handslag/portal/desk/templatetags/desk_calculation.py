"""What the pages of a calculation ask of the rules: `{% load desk_calculation %}`."""

from django import template

from handslag.foundation.public import Month
from handslag.income_support import public as income_support

register = template.Library()


@register.simple_tag
def rule_version(month: str) -> income_support.ShownRuleVersion | None:
    """The version of the law that a month of an application (`2026-11`) is computed by."""
    return income_support.rule_version_in(Month.parse(month))
