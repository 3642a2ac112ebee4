"""The pages of the process handbook: all processes, and one with its drawing, its steps and how well they are kept."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.handbook.words import ROLES, limit_in_words
from handslag.portal.shell.doors import staff

PERIODS = (30, 90, 365)
USUAL = 90


@dataclass(frozen=True, slots=True)
class Row:
    """One step in the table. `share` is in whole per cent; None where no case has reached the step."""

    number: int
    title: "str | Promise"
    who: "str | Promise"
    law: str
    limit: str
    unconfirmed: bool
    optional: bool
    reached: int
    done: int
    share: int | None
    late: int
    median_days: float | None
    has_clock: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A time that may be looked at."""

    words: str
    days: int
    chosen: bool


@staff()
def processes(request: Any) -> HttpResponse:
    """Every process that the house has declared."""
    return render(request, "handbook/processes.html", {"processes": casework.processes(), "nav": "handbook"})


@staff()
def process(request: Any, code: str) -> HttpResponse:
    """One process: drawn, told step by step, and measured over the days that were chosen."""
    declared = casework.process(code)
    if declared is None:
        raise Http404
    days = _days(request.GET.get("dagar", ""))
    today = foundation.today()
    first = today - timedelta(days=days - 1)
    measured = casework.process_adherence(declared, request.actor, first=first, last=today)
    context = {
        "process": declared,
        # Every text in it is escaped where it is drawn.
        "drawing": mark_safe(casework.draw_process(declared, _drawn_words(declared))),  # noqa: S308
        "rows": [_row(number, one) for number, one in enumerate(measured, start=1)],
        "periods": [Period(_last(each), each, each == days) for each in PERIODS],
        "first": first,
        "last": today,
        "nav": "handbook",
    }
    return render(request, "handbook/process.html", context)


def _days(asked: str) -> int:
    return int(asked) if asked in {str(days) for days in PERIODS} else USUAL


def _last(days: int) -> str:
    return ngettext("Last {number} day", "Last {number} days", days).format(number=days)


def _drawn_words(declared: casework.Process) -> casework.ProcessWords:
    today = foundation.today()
    clocks = {step.clock: limit_in_words(step.clock, today) for step in declared.steps if step.clock}
    return casework.ProcessWords(
        title=str(declared.title),
        description=_(
            "Boxes from the first step to the last, with arrows to what follows. The table below tells the same."
        ),
        roles={code: str(words) for code, words in ROLES.items()},
        clocks={rule: words[:1].upper() + words[1:] for rule, words in clocks.items()},
        optional=_("When it is needed"),
    )


def _row(number: int, one: casework.StepAdherence) -> Row:
    step = one.step
    today = foundation.today()
    limit = casework.time_limit(step.clock, today) if step.clock else None
    return Row(
        number=number, title=step.title, who=ROLES.get(step.who, step.who), law=step.law,
        limit=limit_in_words(step.clock, today) if step.clock else "",
        unconfirmed=not step.confirmed or (limit is not None and not limit.confirmed), optional=step.optional, reached=one.reached,
        done=one.done, share=None if one.share is None else round(100 * one.share), late=one.late,
        median_days=one.median_days, has_clock=limit is not None and limit.number is not None,
    )  # fmt: skip
