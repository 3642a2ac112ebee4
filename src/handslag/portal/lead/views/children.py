"""The manager's page for children: what is late, what will break, restarts, repeated reports, arrivals by week."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as child_protection
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.lead.child_rules import WORDS, grouped
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.queries.children import MOST_LIMITS, arrivals_by_week, children_overview
from handslag.portal.lead.queries.units import units_as
from handslag.portal.shell.doors import staff

KINDS = ("children", "on_call", "reception")
# The columns that the lists may be ordered by, and how the address asks for each.
COLUMNS = {
    "barn": ("child", _("Child")),
    "uppgift": ("duty", _("Duty")),
    "dag": ("day", _("Last day")),
    "handlaggare": ("worker", _("Case worker")),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that orders the lists."""

    asked: str
    words: Any
    chosen: bool


@staff(Role.MANAGER)
def children(request: Any) -> HttpResponse:
    """Figures of the units, and what is late or breaks within seven days with the child's name, which is logged as read."""
    return render(request, "lead/children.html", _context(request))


@staff(Role.MANAGER)
def week_list(request: Any) -> HttpResponse:
    """Arrivals by week as an Excel file."""
    units = [unit.id for unit in _units(request)]
    headings = [
        gettext("Week from"),
        gettext("Reports"),
        gettext("With danger now"),
        gettext("Joined as the same event"),
    ]
    weeks = arrivals_by_week(request.actor, units) if units else []
    rows = ([week.monday, week.arrived, week.danger, week.merged] for week in weeks)
    return workbook("orosanmalningar", gettext("Reports of concern"), headings, rows)


def _units(request: Any) -> list[Any]:
    return [unit for unit in units_as(request.actor, Role.MANAGER) if unit.kind in KINDS]


def _context(request: Any) -> dict[str, Any]:
    units = _units(request)
    order = COLUMNS.get(request.GET.get("ordna", ""), COLUMNS["dag"])[0]
    overview = children_overview(request.actor, [unit.id for unit in units], order=order) if units else None
    groups, idle = grouped(overview.stands, foundation.today()) if overview else ([], [])
    return {
        "here": "children",
        "units": units,
        "overview": overview,
        "columns": [Column(asked, words, code == order) for asked, (code, words) in COLUMNS.items()],
        "most": MOST_LIMITS,
        "target_hours": child_protection.reception_settings().protection_target_hours,
        "rule_words": WORDS,
        "groups": groups,
        "idle_rules": idle,
    }
