"""Tags of the e-service for concern: `{% load concern %}`."""

from datetime import datetime

from django import template

from handslag.portal.shell import formats

register = template.Library()


@register.filter
def instant(text: str) -> str:
    """`27 november 2026 kl. 14.30`, of an instant as the session keeps it; empty for anything else."""
    try:
        return formats.moment(datetime.fromisoformat(text))
    except (TypeError, ValueError):
        return ""
