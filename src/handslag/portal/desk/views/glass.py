"""Reading without the usual right: with a reason, for a set time, told to the manager at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.people import public as people
from handslag.portal.shell.doors import staff

WHO = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION)


class GlassForm(forms.Form):
    """Why, and for how long."""

    reason = forms.CharField(
        label=_("Why do you need to read this?"),
        help_text=_("Your manager reads it. At least ten characters."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[(1, _("1 hour")), (4, _("4 hours")), (24, _("24 hours"))],
        initial=1,
    )


@staff(*WHO)
def over_person(request: Any, person_id: UUID) -> HttpResponse:
    """Open a person for oneself for some hours."""
    return _open(request, "desk-person", person_id, people.break_glass, {"person_id": person_id})


@staff(*WHO)
def over_case(request: Any, case_id: UUID) -> HttpResponse:
    """Open a case for oneself for some hours."""
    return _open(request, "desk-case", case_id, casework.break_glass, {"case_id": case_id})


@staff(*WHO)
@require_POST
def end(request: Any, glass_id: UUID) -> HttpResponse:
    """End one's own access before its time."""
    foundation.end_glass(glass_id=glass_id, by=request.actor, at=foundation.now())
    messages.success(request, gettext("The access has ended."))
    return redirect("desk-work")


def _open(
    request: Any, to: str, about: UUID, break_glass: Callable[..., Any], what: dict[str, UUID]
) -> HttpResponse:
    form = GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            break_glass(**what, **form.cleaned_data, by=request.actor, at=foundation.now())
        except foundation.HandslagError as fault:
            form.add_error(fault.where if fault.where in form.fields else None, fault.in_one_line)
        else:
            messages.warning(
                request, gettext("You read this without the usual right. Your manager has been told.")
            )
            return redirect(to, about)
    return render(
        request, "desk/glass.html", {"nav": "search", "form": form}, status=400 if form.errors else 200
    )
