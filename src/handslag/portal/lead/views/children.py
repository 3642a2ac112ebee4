"""The manager's page for children: arrivals by week, what is late, repeated reports, restarts, what will break."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.child_protection import public as child_protection
from handslag.foundation.public import Role
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.queries.children import children_overview
from handslag.portal.lead.queries.units import units_as
from handslag.portal.shell.doors import staff

KINDS = ("children", "on_call", "reception")
RULE_WORDS = {
    "FORH": _("Decide whether to investigate"),
    "UTR": _("Finish the investigation"),
    "AATERK": _("Tell the reporter"),
    "OVERV": _("Consider whether care is still needed"),
    "VARDN": _("Consider transfer of custody"),
    "VARDPLAN": _("Think the care plan over"),
    "LVU_UND": _("Submit the taking into care to the court"),
    "LVU_ANS": _("Apply for care to the court"),
    "UPPF_LVU": _("Follow up after care"),
}


@staff(Role.MANAGER)
def children(request: Any) -> HttpResponse:
    """Numbers of reports and cases only, no names of persons."""
    return render(request, "lead/children.html", _context(request))


@staff(Role.MANAGER)
def week_list(request: Any) -> HttpResponse:
    """Arrivals by week as an Excel file."""
    found = _context(request)["overview"]
    headings = [
        gettext("Week from"),
        gettext("Reports"),
        gettext("With danger now"),
        gettext("Joined as the same event"),
    ]
    weeks = found.weeks if found else []
    rows = ([week.monday, week.arrived, week.danger, week.merged] for week in weeks)
    return workbook("orosanmalningar", gettext("Reports of concern"), headings, rows)


def _context(request: Any) -> dict[str, Any]:
    units = [unit for unit in units_as(request.actor, Role.MANAGER) if unit.kind in KINDS]
    return {
        "here": "children",
        "units": units,
        "overview": children_overview(request.actor, [unit.id for unit in units]) if units else None,
        "target_hours": child_protection.reception_settings().protection_target_hours,
        "rule_words": RULE_WORDS,
    }
