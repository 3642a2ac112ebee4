"""Tags of the reception: `{% load reception %}`."""

from typing import Any

from django import template

from handslag.portal.desk.reception.arrivals import receiving_units
from handslag.portal.shell.context import held_roles

register = template.Library()


@register.simple_tag(takes_context=True)
def receives(context: dict[str, Any]) -> bool:
    """Whether the reader takes reports of concern in, and so has use of the way to the reception."""
    actor = context.get("actor")
    return actor is not None and actor.is_staff and bool(receiving_units(held_roles(context["request"])))
