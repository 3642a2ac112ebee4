"""A child, of any age that can log in, asks that something is kept from a guardian. The page never shows what was asked."""

from collections.abc import Sequence
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
from handslag.portal.shell.doors import resident


class KeepForm(forms.Form):
    """From which guardian, and what the child wants to say."""

    toward = forms.ChoiceField(label=_("Kept from whom?"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What should we keep, and why?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=_("Write as you like. A few words are enough."),
        error_messages={"required": _("Write a few words, so that we understand.")},
    )

    def __init__(self, *args: Any, guardians: Sequence[casework.OwnGuardian], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(one.person_id), one.name) for one in guardians]
        self.fields["toward"].choices = [("", _("From every guardian")), *named]  # type: ignore[attr-defined]


@resident
def keep(request: Any) -> HttpResponse:
    """The form, for a child alone; others are sent to the record."""
    actor = request.actor
    if not casework.may_ask_to_keep(actor):
        return redirect("journal")
    form = KeepForm(
        request.POST or None, initial={"toward": ""}, guardians=casework.guardians_to_keep_from(actor)
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            casework.ask_to_keep(
                words=asked["words"],
                toward_id=UUID(asked["toward"]) if asked["toward"] else None,
                by=actor,
                at=foundation.now(),
            )
        except foundation.HandslagError as fault:
            form.add_error(fault.where if fault.where in form.fields else None, fault.in_one_line)
        else:
            messages.success(request, gettext("Thank you for telling us. We have it now."))
            return redirect("journal")
    foundation.log_read(actor, person_id=actor.person_id, page="citizen.journal")
    return render(
        request,
        "citizen/journal/keep.html",
        {"nav": "record", "form": form},
        status=400 if form.errors else 200,
    )
