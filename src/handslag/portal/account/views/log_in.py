"""The log-in page, the demo's log-in, and log out."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from handslag.portal.account import sessions
from handslag.portal.account.forms import PasswordForm
from handslag.portal.account.standing_cast import players
from handslag.portal.shell.doors import public


@public
def log_in(request: Any) -> HttpResponse:
    """The ways in. Who is logged in already goes on."""
    wanted = request.GET.get("next", "")
    if request.actor.kind != "visitor":
        return redirect(sessions.way_on(request, request.actor, wanted))
    return show_ways_in(request, wanted)


def show_ways_in(
    request: HttpRequest, wanted: str, form: PasswordForm | None = None, status: int = 200
) -> HttpResponse:
    """The page with every way in that this installation has."""
    staff, residents = players() if settings.DEMO else ([], [])
    context = {
        "wanted": wanted,
        "demo_staff": staff,
        "demo_residents": residents,
        "staff_oidc": bool(settings.HERE.staff_oidc),
        "resident_oidc": bool(settings.HERE.resident_oidc),
        "form": form or PasswordForm(),
    }
    return render(request, "handslag_account/log_in.html", context, status=status)


@public
@require_POST
def be_somebody(request: Any) -> HttpResponse:
    """Become one of the standing cast, without any proof: exists in the demo and nowhere else."""
    if not settings.DEMO:
        raise Http404
    staff, residents = players()
    player = next(
        (player for player in staff + residents if player.account.username == request.POST.get("who")), None
    )
    if player is None:
        raise Http404
    actor = sessions.begin(request, player.account, how="demo")
    return redirect(sessions.way_on(request, actor, request.POST.get("next", "")))


@public
def log_out(request: Any) -> HttpResponse:
    """Asks first (a link must not end a session), then ends every session of the account."""
    if request.method == "POST":
        sessions.end(request)
        answer = redirect("/konto/utloggad/")
        # Drafts kept for being without coverage, their key, and the worker that serves the page for it.
        answer["Clear-Site-Data"] = '"storage"'
        return answer
    if request.actor.kind == "visitor":
        return redirect("/konto/utloggad/")
    return render(request, "handslag_account/log_out.html")


@public
def logged_out(request: Any) -> HttpResponse:
    """Says that the session has ended."""
    return render(request, "handslag_account/logged_out.html")
