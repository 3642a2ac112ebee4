"""A colleague from whom a child's file is kept because of bias (jäv), and a manager's decision that they may work in it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import frame
from handslag.portal.shell.doors import staff


class AllowForm(forms.Form):
    """Why the colleague may work in the case all the same."""

    because = forms.CharField(
        label=_("Why may the colleague work in it all the same?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance that the relation was entered by mistake, or that nobody's impartiality can be in doubt (FL 16)."),
    )  # fmt: skip


@staff(Role.MANAGER)
def allow(request: Any, case_id: UUID, kept_id: UUID) -> HttpResponse:
    """Decide, with a reason that is kept, that a colleague sees and may be given the file."""
    context = frame(request, case_id, "overview", "desk.bias")
    kept = next((one for one in casework.find_kept_from(case_id, request.actor) if one.id == kept_id), None)
    if kept is None:
        raise casework.PartNotFound("Nothing is kept from anybody here.")
    form = AllowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: casework.allow_despite_bias(
                kept_id=kept_id, because=form.cleaned_data["because"], by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The colleague sees the file from now on."))
            return redirect("desk-case", case_id)
    context |= {"form": form, "kept": kept}
    return render(request, "desk/case/biased.html", context, status=400 if form.errors else 200)
