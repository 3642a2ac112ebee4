"""Beginning and ending a session. Everything here is done by the system under the name `log-in`."""

import hashlib
import hmac

from django.conf import settings
from django.contrib import auth
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Actor, Role
from handslag.portal.account.events import LoggedIn, LoggedOut, LogInFailed
from handslag.portal.desk.reception.arrivals import receiving_units
from handslag.portal.shell.addresses import client_address
from handslag.portal.shell.sessions import actor_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
LOG_IN = foundation.system("log-in")
# Where each role begins its day; the first that is held counts.
DESK = "/handlaggare/"
ROOMS = (
    (Role.CASE_WORKER, DESK),
    (Role.RECEPTION, DESK),
    (Role.MANAGER, "/ledning/"),
    (Role.RULES_OFFICER, "/ledning/regler/"),
    (Role.ATTESTER, "/ledning/utbetalningar/"),
    (Role.ADMINISTRATOR, "/ledning/jobb/"),
)


def begin(request: HttpRequest, account: Account, *, how: str) -> Actor:
    """Log an account in and record it; the request's actor is the account from here on."""
    with foundation.acting(LOG_IN):
        auth.login(request, account, backend=BACKEND)
        foundation.record(LoggedIn(who=account.id, how=how), by=LOG_IN, at=foundation.now())
        actor = actor_of(account)
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def end(request: HttpRequest) -> None:
    """End every session of the account: a signed cookie cannot be taken back, so its epoch is left behind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.account_id is not None:
        with foundation.acting(LOG_IN):
            Account.objects.filter(id=actor.account_id).update(session_epoch=F("session_epoch") + 1)
            foundation.record(LoggedOut(who=actor.account_id), by=LOG_IN, at=foundation.now())
    auth.logout(request)
    request.actor = foundation.VISITOR  # type: ignore[attr-defined]


def fail(request: HttpRequest, *, how: str, because: str, name: str = "") -> None:
    """Record that somebody did not get in, without saying who in words."""
    failed = LogInFailed(how=how, because=because, name=digest(name), address=digest(client_address(request)))
    with foundation.acting(LOG_IN):
        foundation.record(failed, by=LOG_IN, at=foundation.now())


def digest(text: str) -> str:
    """A keyed digest: equal for equal texts, and of no use to whoever reads it."""
    if not text:
        return ""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"log-in {text.casefold()}".encode(), hashlib.sha256
    ).hexdigest()[:24]


def way_on(request: HttpRequest, actor: Actor, wanted: str = "") -> str:
    """Where somebody goes after log-in: the page that was asked for, else the room of the role."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if wanted and safe and not wanted.startswith("/konto/log"):
        return wanted
    if actor.is_resident:
        return "/"
    with foundation.acting(LOG_IN):
        held = foundation.roles_of(actor)
        room = next((room for role, room in ROOMS if any(role == one for one, _unit in held)), "/konto/")
        # Whoever takes reports of concern in begins with those that wait, not with cases of their own.
        received = {(role, unit) for role, unit in held if role == Role.RECEPTION}
        if room == DESK and receiving_units(received):
            return reverse("reception")
    return room


def speak(response: HttpResponseBase, account: Account) -> None:
    """Let the account's own language follow it to this browser."""
    if account.language in dict(settings.LANGUAGES):
        remember_language(response, account.language)


def remember_language(response: HttpResponseBase, code: str) -> None:
    """The cookie that the language switch sets."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
