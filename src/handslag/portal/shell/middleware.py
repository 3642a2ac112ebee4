"""What happens around every view: safe headers, the reader's language, and the actor in one transaction."""

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from handslag.foundation import public as foundation
from handslag.portal.shell.errors import database_away, tell_error, too_large
from handslag.portal.shell.health import answers
from handslag.portal.shell.sessions import account_behind, actor_of, claimed_actor, nobody

log = structlog.get_logger(__name__)
Next = Callable[[HttpRequest], HttpResponseBase]

# The design system draws its icons as data: images in its style sheet.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
FEATURES = "accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
LARGEST_REQUEST_BYTES = 25 * 1024 * 1024


class SecurityHeaders:
    """A strict content security policy and its company on every answer.

    Camera is refused to scripts; taking a photo through a file field is the device's own act and stays possible.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        targets = ["'self'", *getattr(settings, "LOG_IN_HOSTS", [])]
        self.policy = "; ".join(
            f"{name} {' '.join(targets) if name == 'form-action' else value}"
            for name, value in POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", FEATURES)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Language:
    """Swedish unless the reader has chosen otherwise: the browser's own wish is not asked, by design (faces.md)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in self.known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


class ActorMiddleware:
    """Sets `request.actor` and `request.user`, and runs the view in one transaction that the actor has signed.

    An error rolls the transaction back; one that was written to be told becomes a page that says what to do.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.actor = claimed_actor(request.session)
        request.user = nobody()
        if _length(request) > LARGEST_REQUEST_BYTES:
            return too_large(request)
        response = self.get_response(request)
        if request.actor.kind != "visitor" and not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        try:
            with foundation.acting(request.actor):
                if request.actor.kind != "visitor":
                    account = account_behind(request.session, request.actor)
                    if account is not None:
                        request.user, request.actor = account, actor_of(account)
                        return self._within(request, view, args, kwargs)
                    request.session.flush()
                    request.actor = foundation.VISITOR
                else:
                    return self._within(request, view, args, kwargs)
            with foundation.acting(request.actor):
                return self._within(request, view, args, kwargs)
        except foundation.HandslagError as error:
            error.remember()  # what an operation remembered was undone with the request
            return tell_error(request, error)
        except (OperationalError, InterfaceError) as error:
            if answers(connection):
                raise
            log.error("database.away", fault=type(error).__name__)
            return database_away(request)

    def _within(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
        return response


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
