"""The pages for what goes wrong. Each says what, where and what to do; none asks the database for anything."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation

STATUS: dict[type[foundation.HandslagError], int] = {
    foundation.Refused: 403,
    foundation.NotFound: 404,
    foundation.Conflict: 409,
    foundation.BadInput: 400,
}
SWALLOWED_BYTES = 60 * 1024 * 1024
PIECE_BYTES = 256 * 1024


def tell_error(request: HttpRequest, error: foundation.HandslagError) -> HttpResponse:
    """The page of an error that was written to be told: its own words, under the status that fits its kind."""
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)
    return error_page(request, status=status, title=_title(status), what=error.what, do=error.do)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where the request was simply too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return error_page(
        request,
        status=400,
        title=_title(400),
        what=_("The address or the form was not complete when it reached us."),
        do=_("Go back and try once more. What you have saved is still there."),
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for a refusal that has no words of its own."""
    return error_page(request, status=403, title=_title(403), what=_("You do not have access to this page."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. What does not exist and what the reader may not know of are told alike."""
    return error_page(
        request,
        status=404,
        title=_title(404),
        what=_("The page does not exist, or it is not open to you."),
        do=_("Check the address, or go to the start page."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413. The rest of the request is read and thrown away, so that the browser shows this page and not a broken line."""
    _swallow(request)
    return error_page(
        request,
        status=413,
        title=_title(413),
        what=_("The file is larger than we can take. The limit is 20 MB for each file."),
        do=_(
            "Take the photo again with lower quality, or send one page at a time. What you have saved is still there."
        ),
    )


def fault(request: HttpRequest) -> HttpResponse:
    """500. Stands on its own: no context processors, no session, no database."""
    return HttpResponse(
        loader.get_template("shell/errors/fault.html").render({"lang": _lang(request)}), status=500
    )


def database_away(request: HttpRequest) -> HttpResponse:
    """503, when the database does not answer. Stands on its own, as the page of a fault does."""
    if request.path == "/halsa/":
        told = {"well": False, "database": False, "says": "The database does not answer. Pages cannot be served until it does."}
        response: HttpResponse = JsonResponse(told, status=503, headers={"Cache-Control": "no-store"})
    else:
        page = loader.get_template("shell/errors/away.html").render({"lang": _lang(request)})
        response = HttpResponse(page, status=503, headers={"Cache-Control": "no-store"})
    response.headers["Retry-After"] = "30"
    return response


def error_page(request: HttpRequest, *, status: int, title: str, what: str, do: str = "") -> HttpResponse:
    """One page for one error. A request by htmx gets only the message, in the place that shows messages."""
    context = {"title": title, "what": what, "do": do, "status": status}
    if getattr(request, "htmx", False):
        response = render(request, "shell/errors/message.html", context, status=status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "shell/errors/error.html", context, status=status)


def _title(status: int) -> str:
    return {
        400: _("We could not read what was sent"),
        403: _("You cannot open this page"),
        404: _("We cannot find the page"),
        409: _("Somebody else changed this at the same time"),
        413: _("The file is too large"),
    }[status]


def _lang(request: HttpRequest) -> Any:
    return getattr(request, "LANGUAGE_CODE", "sv")


def _swallow(request: HttpRequest) -> None:
    left = SWALLOWED_BYTES
    try:
        while left > 0 and (piece := request.read(min(left, PIECE_BYTES))):
            left -= len(piece)
    except OSError:
        return
