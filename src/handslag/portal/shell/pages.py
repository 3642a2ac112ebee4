"""Pages that stand in for the one that was asked for: no entry, log in first, send again."""

from typing import Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag.portal.shell.errors import error_page

Because = Literal["logged_out", "page_too_old"]

# Never sent back to the page: the request's own token and anything that is a secret of its owner.
NOT_KEPT = ("csrfmiddlewaretoken", "password", "otp", "code")


def explain_no_entry(request: HttpRequest, *, what: str, do: str = "") -> HttpResponse:
    """Status 403: what the page needs, and what the reader can do about it."""
    return render(request, "shell/errors/no_entry.html", {"what": what, "do": do}, status=403)


def offer_to_send_again(request: HttpRequest, *, because: Because) -> HttpResponse:
    """Status 403 with all that the form held, ready to be sent once more; the reader is shown the own texts in it.

    The names of the fields and their codes, versions and marks say nothing to the reader and are not shown.
    The values are given back only to a form that came from this site; another site's post gets a bare refusal.
    """
    if getattr(request, "htmx", False):
        # Something saved itself in a page that stays open: the page must be told, not replaced.
        return error_page(
            request,
            status=403,
            title=_("You were logged out"),
            what=_("What you write now is not saved, but it stays on this page."),
            do=_("Log in again in a new tab. Then come back here and go on."),
        )
    kept = [] if not came_from_here(request) else _typed(request)
    log_in = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
    context = {
        "kept": kept,
        "own_words": [value for _name, value in kept if _is_own_words(value)],
        "files": sorted(str(file.name) for files in request.FILES.lists() for file in files[1]),
        "because": because,
        "log_in": log_in,
        "back": request.get_full_path(),
    }
    return render(request, "shell/errors/send_again.html", context, status=403)


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form."""
    site = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin"):
        return request.headers["Origin"] == site
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name for word in NOT_KEPT)
        for value in values
        if isinstance(value, str)
    ]


def _is_own_words(value: str) -> bool:
    """Whether somebody wrote it: more than one word. Codes, days, versions and marks are one word, or no word at all."""
    words = value.split()
    return len(words) > 1 and any(word[0].isalpha() for word in words)
