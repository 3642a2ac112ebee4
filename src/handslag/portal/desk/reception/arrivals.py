"""Arrivals: the reports that wait, danger first, then violence, then the nearest last day, then the newest; the list follows
along by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.desk.reception.words import children_in_words, concerns_in_words, days_late, days_left
from handslag.portal.shell.context import held_roles
from handslag.portal.shell.doors import staff

WHO = (Role.RECEPTION, Role.CASE_WORKER, Role.MANAGER)
ROWS = 30
# The kinds of units that reports land with.
RECEIVING = ("children", "on_call", "reception")
WHICH: dict[str, Literal["waiting", "mine", "all"]] = {"vantar": "waiting", "mina": "mine", "alla": "all"}
WHICH_WORDS = {
    "vantar": pgettext_lazy("reports", "Waiting"),
    "mina": pgettext_lazy("reports", "Mine"),
    "alla": pgettext_lazy("reports", "All"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow the list."""

    words: "str | Promise"
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Something about a report that must be seen: words, colour and drawing."""

    words: "str | Promise"
    colour: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One report in the list."""

    arrival: children.Arrival
    who: str
    about: str
    marks: tuple[Mark, ...]
    due_at: datetime | None
    is_late: bool
    last_day: Mark | None
    handled_by: str


@staff(*WHO)
def arrivals(request: Any) -> HttpResponse:
    """The list; asked by htmx it gives the rows alone."""
    actor = request.actor
    chosen = request.GET.get("visa", "vantar")
    chosen = chosen if chosen in WHICH else "vantar"
    units = receiving_units(held_roles(request))
    unit = next((one for one in units if str(one.id) == request.GET.get("enhet")), None)
    page = children.find_arrivals(
        actor,
        which=WHICH[chosen],
        unit_id=unit.id if unit else None,
        after=request.GET.get("efter"),
        limit=ROWS,
    )
    context = {
        "nav": "reception",
        "which": [Choice(words, _url(code, unit), code == chosen) for code, words in WHICH_WORDS.items()],
        "units": [
            Choice(_("All units"), _url(chosen, None), unit is None),
            *(Choice(one.name, _url(chosen, one), one == unit) for one in units),
        ]
        if len(units) > 1
        else [],
        "rows": [_row(one) for one in page.rows],
        "older_url": _url(chosen, unit, page.after) if page.after else "",
        "here": _url(chosen, unit, request.GET.get("efter")),
        "repeats": children.third_report_warnings(actor, unit_id=unit.id if unit else None),
        "target_hours": children.reception_settings().protection_target_hours,
        "at": foundation.now(),
        "shortcuts": [("r", _("The reception")), ("n", _("Take down a report"))],
    }
    part = (
        "reception/parts/rows.html"
        if request.htmx and not request.htmx.boosted
        else "reception/arrivals.html"
    )
    return render(request, part, context)


def receiving_units(roles: Collection[tuple[str, UUID]]) -> list[foundation.Unit]:
    """The units in which somebody with these roles takes reports in, by name."""
    units = {unit for role, unit in roles if role in (Role.RECEPTION, Role.MANAGER)}
    return _receiving_among(list(units)) if units else []


@foundation.ready
def _receiving_among(ids: list[UUID]) -> QuerySet[foundation.Unit]:
    return foundation.Unit.objects.filter(id__among=ids, kind__in=RECEIVING).order_by("name")


def _row(arrival: children.Arrival) -> Row:
    waiting = [one for one in arrival.children if one.protection is None]
    report = arrival.report
    return Row(
        arrival=arrival,
        who=children_in_words([one.child for one in arrival.children]),
        about=concerns_in_words(report.concern_codes),
        marks=tuple(marks_of(report, arrival.children, arrival.repeat_warning, arrival.duplicates)),
        due_at=min((one.protection_due_at for one in waiting), default=None),
        is_late=any(one.protection_late for one in waiting),
        last_day=_last_day(report),
        handled_by=next((one.name for one in (report.taken_by, report.kept_by) if one is not None), ""),
    )


def _last_day(report: children.Report) -> Mark | None:
    """How many days are left to the nearest last day of a preliminary assessment; None where no such time runs."""
    if report.decide_by is None or report.state != children.ReportState.RECEIVED:
        return None
    today = foundation.today()
    days = (report.decide_by - today).days
    if days < 0:
        return Mark(days_late(-days), "danger", "clock")
    near = timedelta(days=children.reception_settings().last_day_near_days)
    return Mark(days_left(days), "warning" if report.decide_by <= today + near else "neutral", "clock")


def marks_of(
    report: children.Report,
    views: tuple[children.ReportedChildView, ...],
    repeated: bool,
    duplicates: int,
) -> list[Mark]:
    """What must be seen before anything else, the gravest first."""
    marks = []
    if report.danger_now:
        marks.append(Mark(_("Danger now"), "danger", "warning"))
    if report.restricted:
        marks.append(Mark(_("Only named staff"), "danger", "lock"))
    if report.kept_by is not None:
        marks.append(Mark(_("{name} goes on with it").format(name=report.kept_by.name), "info"))
    if set(report.concern_codes) & set(children.VIOLENCE):
        marks.append(Mark(_("Violence or abuse"), "danger"))
    if any(one.waits_for_countersign for one in views):
        marks.append(Mark(_("Waits for a manager"), "warning"))
    if repeated:
        marks.append(Mark(_("Reported again and again"), "warning"))
    if report.out_of_hours:
        marks.append(Mark(_("Out of hours"), "info"))
    if duplicates:
        words = ngettext("%(n)s more of the same event", "%(n)s more of the same event", duplicates)
        marks.append(Mark(words % {"n": duplicates}, "neutral"))
    if report.state != children.ReportState.RECEIVED:
        marks.append(Mark(children.ReportState(report.state).label, "neutral"))
    return marks


def _url(which: str, unit: foundation.Unit | None, after: str | None = None) -> str:
    unit_id: UUID | None = unit.id if unit else None
    pairs = (("visa", which if which != "vantar" else None), ("enhet", unit_id), ("efter", after))
    asked = {key: value for key, value in pairs if value}
    return reverse("reception") + (f"?{urlencode(asked)}" if asked else "")
