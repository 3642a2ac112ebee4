"""A note that a rule hides in the record online: what is hidden from whom, and opening it for one reader after a look."""

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
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import WORKERS, frame
from handslag.portal.shell.doors import staff


class OpenNoteForm(forms.Form):
    """For whom the note is opened, and what was weighed."""

    reader = forms.ChoiceField(label=_("Who may read it online?"))
    because = forms.CharField(
        label=_("What have you read and weighed?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance that the neighbour in the note is somebody else than the one who reported."),
    )  # fmt: skip


@staff(*WORKERS)
def open_note(request: Any, case_id: UUID, note_id: UUID) -> HttpResponse:
    """What the rules hide of a signed note from each who could read it, and the form that opens it for one of them."""
    context = frame(request, case_id, "notes", "desk.record")
    note = casework.get_note(note_id, request.actor)
    if note.case_id != case_id or not note.is_signed:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    try:
        held = casework.find_held_passages(note_id, request.actor)
    except casework.MaskingStopped:
        held = {}
        context["stopped"] = True
    openings = casework.find_note_openings(note_id, request.actor)
    names = people.names_of({*held, *(one.reader_id for one in openings)}, request.actor)
    waiting = {
        one: passages for one, passages in held.items() if any(not each.is_opened for each in passages)
    }
    form = OpenNoteForm(request.POST or None)
    form.fields["reader"].choices = [(str(one), names.get(one, "")) for one in waiting]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.open_note_online(
                note_id=note_id, reader_id=UUID(asked["reader"]), because=asked["because"], by=request.actor,
                at=foundation.now(),
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, gettext("The note is shown to the reader in the record online."))
            return redirect("desk-record-papers", case_id)
    context |= {
        "note": note, "form": form, "may_open": bool(waiting),
        "held": [(names.get(one, ""), passages) for one, passages in held.items() if passages],
        "openings": [
            (names.get(one.reader_id, ""), one) for one in openings
        ],
    }  # fmt: skip
    return render(request, "desk/masking/open_note.html", context, status=400 if form.errors else 200)
