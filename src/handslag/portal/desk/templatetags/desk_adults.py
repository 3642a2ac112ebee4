"""What the pages about persons ask of the pages for adults: `{% load desk_adults %}`."""

from django import template

from handslag.foundation.public import Actor
from handslag.portal.desk.adults.views import unit_for_adults

register = template.Library()


@register.simple_tag
def takes_in_adults(actor: Actor) -> bool:
    """Whether the actor works in a unit for adults, with a role that meets people."""
    return unit_for_adults(actor) is not None
