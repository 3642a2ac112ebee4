"""The doors of the web: every view says who may come in, and an architecture test holds that none forgets.

    @public                     anyone, logged in or not
    @logged_in                  anyone who has logged in
    @resident                   a resident who has logged in with an e-ID
    @staff()                    any member of staff
    @staff(Role.MANAGER)        staff with one of these roles in some unit today

A door only keeps the wrong kind of visitor out of the room. What a person may see inside is decided by the queries and by
the database itself. Whoever is not logged in is sent to the log-in and comes back; what a form held is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.portal.shell.pages import explain_no_entry, offer_to_send_again

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """Who may enter: `opens_to` is "public", "logged_in", "resident" or "staff"; no roles means every role."""

    opens_to: str
    roles: tuple[foundation.Role, ...] = ()


def public(view: View) -> View:
    """Open to everyone; listed as such by the architecture test."""
    return _with_door(view, Door("public"))


def logged_in(view: View) -> View:
    """Open to staff and residents alike: pages about one's own account."""
    return _with_door(view, Door("logged_in"))


def resident(view: View) -> View:
    """Open to residents who are logged in."""
    return _with_door(view, Door("resident"))


def staff(*roles: foundation.Role) -> Callable[[View], View]:
    """Open to staff with one of the roles in some unit today; `@staff()` to all staff."""

    def decorate(view: View) -> View:
        return _with_door(view, Door("staff", roles))

    return decorate


def door_of(view: View) -> Door | None:
    """The door that a view was given, None where it was forgotten."""
    return getattr(view, "door", None)


def _with_door(view: View, door: Door) -> View:
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = _refusal(request, door)
        return refusal if refusal is not None else view(request, *args, **kwargs)

    entered.door = door  # type: ignore[attr-defined]
    return entered


def _refusal(request: HttpRequest, door: Door) -> HttpResponseBase | None:
    if door.opens_to == "public":
        return None
    actor: foundation.Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind == "visitor":
        if request.method == "POST":
            return offer_to_send_again(request, because="logged_out")
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if door.opens_to == "logged_in":
        return None
    if actor.kind != door.opens_to:
        if door.opens_to == "staff":
            return explain_no_entry(request, what=_("This page is for the staff of the social services."))
        return explain_no_entry(
            request,
            what=_("This page shows your own matters as a resident, and you are logged in as staff."),
            do=_("Log out and log in with your own e-ID."),
        )
    if not door.roles:
        return None
    # What the door has asked the page need not ask again.
    held = request.held_roles = foundation.roles_of(actor)  # type: ignore[attr-defined]
    if not {role for role, _unit in held} & {role.value for role in door.roles}:
        names = _(" or ").join(str(role.label) for role in door.roles)
        return explain_no_entry(
            request,
            what=_("The page needs the role {roles}, which you do not have.").format(roles=names),
            do=_("Ask your manager if you need it for your work."),
        )
    return None
