"""The pages of the frame: language, accessibility statement, and a form that came too late."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from handslag.foundation import public as foundation
from handslag.portal.shell.doors import door_of, public
from handslag.portal.shell.forms import FaultForm
from handslag.portal.shell.operations import report_fault
from handslag.portal.shell.pages import offer_to_send_again

ONE_YEAR_SECONDS = 365 * 24 * 3600
STATEMENT_REVIEWED_ON = date(2026, 11, 22)


@public
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remembers the reader's language in a cookie and goes back to the page."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    wanted = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(wanted if safe else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=ONE_YEAR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@public
def accessibility(request: Any) -> HttpResponse:
    """The accessibility statement with its channel for faults (lag 2018:1937 13 §)."""
    form = FaultForm(request.POST or None, initial={"page": request.GET.get("sida", "")})
    if request.method == "POST" and form.is_valid():
        report_fault(**form.cleaned_data, by=request.actor, at=foundation.now())
        return redirect("/tillganglighet/?tack=1")
    context = {"form": form, "thanks": "tack" in request.GET, "reviewed_on": STATEMENT_REVIEWED_ON}
    return render(request, "shell/accessibility.html", context, status=400 if form.errors else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token was too old: nothing was sent, and what it held is kept.

    Whoever was logged out meanwhile is told so at once, and not first after the form was sent a second time.
    """
    door = door_of(request.resolver_match.func) if request.resolver_match else None
    needs_log_in = door is not None and door.opens_to != "public"
    actor: foundation.Actor = request.actor  # type: ignore[attr-defined]
    logged_out = needs_log_in and actor.kind == "visitor"
    return offer_to_send_again(request, because="logged_out" if logged_out else "page_too_old")
