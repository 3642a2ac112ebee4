"""Files that fall due to be erased: the list, what is kept, and the approval."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import HandslagError, Role
from handslag.portal.lead.excel import workbook
from handslag.portal.shell.doors import staff

LEADS = (Role.MANAGER, Role.ADMINISTRATOR)


@staff(*LEADS)
def lists(request: Any) -> HttpResponse:
    """The latest lists, with the files that the reader may see; case numbers only."""
    return _shown(request)


@staff(*LEADS)
@require_POST
def approve(request: Any, list_id: UUID) -> HttpResponse:
    """Approve a list after saying that it has been looked through."""
    files = request.POST.get("files", "")
    if request.POST.get("looked_through") != "yes":
        return _shown(request, wrong_list=list_id, wrong=_("Say that you have looked through the list."))
    try:
        number = casework.approve_erasure(
            list_id=list_id, files=int(files) if files.isdecimal() else 0, by=request.actor, at=foundation.now()
        )
    except HandslagError as error:
        return _shown(request, wrong_list=list_id, wrong=error.in_one_line)
    told = ngettext("%(number)d file will be erased shortly.", "%(number)d files will be erased shortly.", number)
    messages.success(request, told % {"number": number})
    return redirect("lead-erasure")


@staff(*LEADS)
@require_POST
def keep(request: Any, item_id: UUID) -> HttpResponse:
    """Take a file off its list, with the reason."""
    because = request.POST.get("because", "")
    try:
        casework.keep_from_erasure(item_id=item_id, because=because, by=request.actor, at=foundation.now())
    except HandslagError as error:
        return _shown(request, wrong_item=item_id, wrong=error.in_one_line, because=because)
    messages.success(request, _("The file is kept, and will not be proposed again."))
    return redirect("lead-erasure")


@staff(*LEADS)
def file_list(request: Any) -> HttpResponse:
    """All files of the latest lists as an Excel file."""
    headings = [_("List of"), _("Unit"), _("Case"), _("Kind"), _("Last note"), _("To be erased from"), _("At the latest"), _("Rule"), _("State")]
    kinds = _kinds()
    rows = (
        [one.erasure.for_day, one.erasure.unit.name, file.number, kinds.get(file.kind, ""), file.item.last_note_on, file.item.duty_on,
         file.item.done_by, file.item.source, file.item.get_state_display()]
        for one in casework.find_erasure_lists(request.actor)
        for file in one.files
    )  # fmt: skip
    return workbook("gallring", _("Files to erase"), headings, rows)


def _shown(request: Any, **wrong: Any) -> HttpResponse:
    kinds = _kinds()
    shown = [
        (one, [(file, kinds.get(file.kind, "")) for file in one.files])
        for one in casework.find_erasure_lists(request.actor)
    ]
    status = 400 if wrong else 200
    return render(request, "lead/erasure.html", {"lists": shown, "here": "erasure", **wrong}, status=status)


def _kinds() -> dict[str, str]:
    return {kind.code: str(kind.label) for kind in casework.case_kinds()}
