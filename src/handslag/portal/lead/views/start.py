"""The start of the lead face: for managers what will break, for others the rooms that their roles open."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.lead.delegating import find_waiting
from handslag.portal.lead.delegation_order import not_delegated
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.queries import overview
from handslag.portal.lead.queries.units import units_as
from handslag.portal.shell.doors import staff
from handslag.portal.shell.queries import find_faults

MOST_IN_FILE = 2000


@staff(Role.MANAGER, Role.CONTROLLER, Role.ATTESTER, Role.RULES_OFFICER, Role.ADMINISTRATOR, Role.BOARD)
def start(request: Any) -> HttpResponse:
    """What breaks next week, load, queues, sampling and broken clocks; case numbers only, no names of persons."""
    units = units_as(request.actor, Role.MANAGER)
    context: dict[str, Any] = {"units": units, "here": "start", "notices": foundation.notices_of(request.actor)}
    held = {role for role, _unit in foundation.roles_of(request.actor)}
    if held & {Role.ATTESTER.value, Role.MANAGER.value}:
        context["to_attest"] = len(income_support.find_to_attest(request.actor))
    if held & {Role.RULES_OFFICER.value, Role.MANAGER.value}:
        context["rules_to_review"] = len(income_support.find_local_rules_to_review())
        context["limits_to_review"] = len(income_support.find_unusual_costs_to_review())
    if held & {Role.RULES_OFFICER.value, Role.MANAGER.value, Role.BOARD.value}:
        context["not_delegated"] = len(not_delegated(foundation.today()))
        context["delegation_waits"] = len(find_waiting())
    if Role.ADMINISTRATOR.value in held:
        context["faults"] = len(find_faults(request.actor, answered=False, limit=MOST_IN_FILE))
    if units:
        context |= {
            "overview": overview.overview(request.actor, [unit.id for unit in units]),
            "samples": len(income_support.find_samples(request.actor)),
            "agreement": income_support.agreement(request.actor),
            "paused": income_support.is_paused(),
            "automation": income_support.rule_on(foundation.today()),
        }
    return render(request, "lead/start.html", context)


@staff(Role.MANAGER)
def due_list(request: Any) -> HttpResponse:
    """Open cases of the manager's units with a time limit within seven days or overdue, as an Excel file."""
    units = [unit.id for unit in units_as(request.actor, Role.MANAGER)]
    until = foundation.today() + timedelta(days=overview.DAYS_AHEAD)
    cases = overview.nearest_cases(units, until=until, limit=MOST_IN_FILE)
    headings = [_("Case"), _("Unit"), _("Case worker"), _("Last day"), _("Time limit")]
    rows = ([case.number, case.unit.name, case.worker.name if case.worker else "", case.due_on, case.due_rule] for case in cases)
    return workbook("frister", _("Time limits"), headings, rows)


@staff(Role.MANAGER)
def load_list(request: Any) -> HttpResponse:
    """The load per case worker as an Excel file."""
    units = [unit.id for unit in units_as(request.actor, Role.MANAGER)]
    found = overview.overview(request.actor, units)
    headings = [_("Case worker"), _("Open cases"), _("Overdue"), _("Within 7 days"), _("Promised day has passed")]
    rows = ([load.name or _("Nobody yet"), load.open, load.overdue, load.week, load.passed] for load in found.loads)
    return workbook("belastning", _("Load"), headings, rows)


@staff(Role.MANAGER)
def broken_list(request: Any) -> HttpResponse:
    """Broken time limits with their reason as an Excel file."""
    units = [unit.id for unit in units_as(request.actor, Role.MANAGER)]
    words = reasons()
    rows = (
        [row.clock.case.number, row.clock.case.worker.name if row.clock.case.worker else "", row.clock.source, row.clock.last_day, row.days_late, words[row.because]]
        for row in overview.broken_clocks(units, limit=MOST_IN_FILE)
    )
    headings = [_("Case"), _("Case worker"), _("Law"), _("Last day"), _("Days late"), _("What stands in the way")]
    return workbook("brutna-frister", _("Broken time limits"), headings, rows)


def reasons() -> dict[str, str]:
    """What stands in the way of a broken clock, in words."""
    return {
        "extended": _("Extended by decision"), "late": _("Done, but too late"), "nobody": _("Nobody is responsible yet"),
        "person": _("Waits for the person to complete"), "worker": _("Lies with the case worker"),
    }
