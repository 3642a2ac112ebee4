"""Letters that wait to be printed and posted, of every kind of case: by post is told when somebody has posted it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.views.frame import READERS, WORKERS
from handslag.portal.shell.doors import staff

WHY_PRINTED = {
    casework.BY_POST: _("Told by post"),
    "not_connected": _("No digital mailbox is connected"),
    "no_identity_number": _("No identity number, so no digital mailbox"),
    "protected": _("Protected: goes through the tax agency's forwarding of post"),
}


A_PAGE, MOST_PAGES = 100, 10_000


@staff(*READERS)
def letters(request: Any) -> HttpResponse:
    """The letters of the cases that the reader may read, oldest first, a hundred a page, each with the paper to print."""
    page = _page(request.GET.get("sida", ""))
    skip = (page - 1) * A_PAGE
    found = casework.find_print_queue(request.actor, A_PAGE + 1, skip=skip)
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    names = people.names_of({one.person_id for one in found}, request.actor)
    for person_id in names:
        foundation.log_read(request.actor, person_id=person_id, page="desk.post")
    rows = [
        (
            one, names.get(one.person_id, ""), WHY_PRINTED.get(one.reason_code, _("No digital mailbox took it")),
            casework.may("print_letter", one.case, request.actor),
        )
        for one in found
    ]  # fmt: skip
    context = {
        "nav": "post", "letters": rows, "first": skip + 1, "last": skip + len(rows), "page": page,
        "earlier": page - 1, "later": page + 1 if more else 0,
    }  # fmt: skip
    return render(request, "desk/telling/letters.html", context)


def _page(asked: str) -> int:
    """The page that was asked for; the first for anything odd."""
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) <= MOST_PAGES else 1


@staff(*WORKERS)
@require_POST
def posted(request: Any, item_id: UUID) -> HttpResponse:
    """A letter has been printed and posted."""
    casework.mark_printed(item_id=item_id, by=request.actor, at=foundation.now())
    messages.success(request, gettext("It is recorded that the letter has been posted."))
    return redirect("desk-post")
