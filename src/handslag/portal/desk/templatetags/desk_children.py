"""Words for the codes of children's matters in templates."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def named(code: str, names: Mapping[str, Any]) -> Any:
    """The words of a code; the code itself where it has none."""
    return names.get(code, code)
