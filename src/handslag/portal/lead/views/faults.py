"""Reports of what cannot be used, sent by the channel of the accessibility statement (lag 2018:1937 13 §)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.lead.excel import workbook
from handslag.portal.shell.doors import staff
from handslag.portal.shell.operations import answer_fault
from handslag.portal.shell.queries import find_faults

SHOWN, MOST_IN_FILE = 100, 1000


@staff(Role.ADMINISTRATOR)
def faults(request: Any) -> HttpResponse:
    """Those that wait for an answer, oldest first, and the latest that have one."""
    context = {
        "waiting": find_faults(request.actor, answered=False, limit=SHOWN),
        "answered": find_faults(request.actor, answered=True, limit=SHOWN),
        "here": "faults",
    }
    return render(request, "lead/faults.html", context)


@staff(Role.ADMINISTRATOR)
@require_POST
def answer(request: Any, report_id: UUID) -> HttpResponse:
    """The report is taken care of, and whoever left a way to be reached has an answer."""
    answer_fault(report_id=report_id, by=request.actor, at=foundation.now())
    messages.success(request, _("The report is marked as answered."))
    return redirect("lead-faults")


@staff(Role.ADMINISTRATOR)
def fault_list(request: Any) -> HttpResponse:
    """All reports as an Excel file."""
    headings = [_("Reported"), _("Page"), _("What happened"), _("Contact"), _("Answered")]
    found = [find_faults(request.actor, answered=done, limit=MOST_IN_FILE) for done in (False, True)]
    rows = ([row.reported_at, row.page, row.what, row.contact, row.answered_at] for some in found for row in some)
    return workbook("felanmalningar", _("Fault reports"), headings, rows)
