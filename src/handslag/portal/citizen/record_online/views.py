"""Reading the record, objecting to a note, and letting a guardian read."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.citizen.readings import readings_of
from handslag.portal.shell.doors import resident

SHOWN_IN_BROWSER = ("application/pdf", "image/jpeg", "image/png")


class ObjectionForm(forms.Form):
    """What the reader thinks is wrong, in their own words."""

    body = forms.CharField(
        label=_("What do you think is wrong?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Your words stand beside the note. The note itself is never changed."),
    )


@resident
def records(request: Any) -> HttpResponse:
    """The records that the reader may open, and who has read about them."""
    context = {
        "nav": "record",
        "records": casework.find_records(request.actor),
        "guardians": casework.find_own_guardians(request.actor),
        "readings": readings_of(request.actor),
        "rule": casework.record_rule(),
        "may_ask_to_keep": casework.may_ask_to_keep(request.actor),
    }
    foundation.log_read(request.actor, person_id=request.actor.person_id, page="citizen.journal")
    return render(request, "citizen/journal/records.html", context)


@resident
def record(request: Any, case_id: UUID) -> HttpResponse:
    """The signed notes, the papers and the decisions of one case, newest first, and how much is left out."""
    found = casework.open_record(case_id, request.actor)
    grounds = [(casework.masking_ground(code), number) for code, number in found.not_shown.by_ground]
    context = {"nav": "record", "record": found, "left_out": grounds}
    return render(request, "citizen/journal/record.html", context)


@resident
def paper(request: Any, case_id: UUID, document_id: UUID) -> HttpResponse:
    """One paper of the record; the reading is logged. What a browser shows safely opens there, the rest is saved."""
    document, content = casework.read_paper_online(document_id, request.actor)
    if document.case_id != case_id:
        raise casework.CaseNotFound
    response = HttpResponse(content, content_type=document.media_type)
    is_shown = document.media_type in SHOWN_IN_BROWSER and "ladda-ner" not in request.GET
    response["Content-Disposition"] = content_disposition_header(not is_shown, document.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


@resident
def objection(request: Any, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Object to a note that one is shown."""
    note = casework.get_note_online(note_id, request.actor)
    if note.case_id != case_id:
        raise casework.CaseNotFound
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            casework.object_to_note(
                note_id=note.id, body=form.cleaned_data["body"], by=request.actor, at=foundation.now()
            )
        except foundation.BadInput as fault:
            form.add_error("body", fault.in_one_line)
        else:
            messages.success(request, gettext("Your words stand beside the note now. We have been told."))
            return redirect("journal-record", case_id)
    context = {"nav": "record", "note": note, "form": form}
    return render(request, "citizen/journal/objection.html", context, status=400 if form.errors else 200)


@resident
def guardians(request: Any) -> HttpResponse:
    """A child who has reached the age lets a guardian read, or takes that back."""
    if request.method == "POST":
        try:
            guardian_id = UUID(request.POST.get("guardian", ""))
        except ValueError:
            return redirect("journal-guardians")
        if request.POST.get("reads") == "yes":
            casework.agree_to_reading(guardian_id=guardian_id, by=request.actor, at=foundation.now())
            messages.success(
                request, gettext("You have said yes. You can take it back at any time.")
            )
        else:
            casework.withdraw_agreement(guardian_id=guardian_id, by=request.actor, at=foundation.now())
            messages.success(request, gettext("Your guardian may no longer read your record."))
        return redirect("journal-guardians")
    context = {"nav": "record", "guardians": casework.find_own_guardians(request.actor)}
    return render(request, "citizen/journal/guardians.html", context)
