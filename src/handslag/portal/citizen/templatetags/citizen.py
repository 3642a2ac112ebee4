"""Tags of the citizen's pages: `{% load citizen %}`."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import ngettext

from handslag.foundation import public as foundation
from handslag.income_support.public import ApplicationStatus
from handslag.portal.shell import formats

register = template.Library()


@dataclass(frozen=True)
class StepLine:
    """One line of the way of an application: done, now or later."""

    words: str
    at: datetime | None
    state: str


@register.filter
def step_lines(status: ApplicationStatus) -> list[StepLine]:
    """The steps in words. Those before the present one are done, those after it come later."""
    present = next((place for place, step in enumerate(status.steps) if step.present), len(status.steps))
    ended = status.application.state in ("decided", "withdrawn")
    lines = []
    for place, step in enumerate(status.steps):
        state = (
            "done"
            if place < present or (ended and place == present)
            else "now"
            if place == present
            else "later"
        )
        lines.append(StepLine(foundation.tell(foundation.said(step.code)), step.at, state))
    return lines


@register.filter
def saved_when(at: datetime) -> str:
    """The time of day for what was saved today, else the day and the time."""
    return formats.clock(at) if foundation.day_of(at) == foundation.today() else formats.moment(at)


@register.filter
def days_long(days: float | None) -> str:
    """`1,4 dagar`; a dash where too few are known."""
    if days is None:
        return "–"
    text = floatformat(days, 1)
    return ngettext("%(text)s day", "%(text)s days", 1 if days == 1 else 2) % {"text": text}


@register.filter
def percent(share: float | None) -> str:
    """`94 %`; a dash where too few are known."""
    return "–" if share is None else f"{share * 100:.0f}\u00a0%"
