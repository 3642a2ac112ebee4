"""The wall itself, and the fragment that keeps it alive."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.portal.shell.doors import public
from handslag.portal.shell.pages import explain_no_entry
from handslag.portal.wall import queries
from handslag.portal.wall.presenters import present

COOKIE, SALT = "handslag_wall", "wall"
EVERY_SECONDS = 60


@public
def wall(request: Any) -> HttpResponse:
    """One screen of numbers for staff, and for a device that somebody opened as a screen. Anyone's in the demo."""
    if not may_watch(request):
        if request.actor.kind == "visitor":
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return explain_no_entry(request, what=_("The wall is for the staff of the social services."))
    number, at = queries.last_event()
    return render(request, "wall/wall.html", {"etag": _etag(request, number), **present(queries.numbers(at))})


@public
def figures(request: HttpRequest) -> HttpResponse:
    """The numbers again, or 304 without a body while nothing has happened: one small question to the database."""
    if not may_watch(request):
        return HttpResponse(status=401)
    number, at = queries.last_event()
    etag = _etag(request, number)
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = render(request, "wall/figures.html", present(queries.numbers(at)))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def may_watch(request: Any) -> bool:
    """Staff, an open screen, or anybody in the demo."""
    if settings.DEMO or request.actor.is_staff:
        return True
    held = request.get_signed_cookie(COOKIE, default=None, salt=SALT)
    return held is not None and queries.screen_is_open(UUID(held))


def _etag(request: Any, number: int) -> str:
    """Changes with every event, with the language, and each minute, since days pass without events."""
    minute = int(foundation.now().timestamp()) // EVERY_SECONDS
    return f'"{number}-{minute}-{request.LANGUAGE_CODE}"'
