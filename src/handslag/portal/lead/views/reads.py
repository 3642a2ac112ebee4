"""The review of the access log."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.lead import operations
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.queries.reads import RANDOM_PERCENT, to_review
from handslag.portal.shell.doors import staff


@staff(Role.MANAGER)
def reads(request: Any) -> HttpResponse:
    """What stands out in the log, and the random share, to be signed one by one."""
    context = {"entries": to_review(request.actor), "percent": RANDOM_PERCENT, "words": why_words(), "here": "log"}
    return render(request, "lead/reads.html", context)


@staff(Role.MANAGER)
@require_POST
def sign(request: Any, entry_id: int) -> HttpResponse:
    """Sign one entry."""
    operations.review_read(
        entry_id=entry_id, verdict=request.POST.get("verdict", ""), comment=request.POST.get("comment", ""), by=request.actor, at=foundation.now()
    )
    messages.success(request, _("The entry is signed."))
    return redirect("lead-log")


@staff(Role.MANAGER)
def read_list(request: Any) -> HttpResponse:
    """The queue as an Excel file."""
    words = why_words()
    headings = [_("When"), _("Who"), _("Page"), _("Case"), _("Flagged because"), _("Stated reason")]
    rows = ([row.entry.at, row.reader, row.entry.page, row.case_number, words[row.why], row.reason] for row in to_review(request.actor, limit=500))
    return workbook("logggranskning", _("Log review"), headings, rows)


def why_words() -> dict[str, str]:
    """Why an entry is in the queue, in words."""
    return {
        "glass": _("Broken glass"), "protected": _("Protected person"), "outside": _("Case outside the unit"), "random": _("Drawn at random"),
    }
