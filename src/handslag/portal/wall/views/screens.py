"""Which devices show the wall, and making this one do so."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.shell.doors import staff
from handslag.portal.wall import operations, queries
from handslag.portal.wall.views.board import COOKIE, SALT

DAYS_400 = 400 * 24 * 3600


class ScreenForm(forms.Form):
    """Where the screen stands."""

    name = forms.CharField(label=_("Where does the screen stand?"), max_length=80)


@staff(Role.ADMINISTRATOR, Role.MANAGER)
def screens(request: Any) -> HttpResponse:
    """The open screens; making this device one logs its user out here, so that nothing but the wall is left open."""
    form = ScreenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        screen = operations.open_screen(name=form.cleaned_data["name"], by=request.actor, at=foundation.now())
        logout(request)
        request.actor = foundation.VISITOR
        response = redirect("wall")
        response.set_signed_cookie(
            COOKIE, str(screen.id), salt=SALT, max_age=DAYS_400, path="/tavla/", httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
    context = {"form": form, "screens": queries.open_screens()}
    return render(request, "wall/screens.html", context, status=400 if form.errors else 200)


@staff(Role.ADMINISTRATOR, Role.MANAGER)
@require_POST
def close(request: Any, screen_id: UUID) -> HttpResponse:
    """Let a screen go dark."""
    operations.close_screen(screen_id=screen_id, by=request.actor, at=foundation.now())
    return redirect("screens")
