"""Holding back a note, or a whole record, from what the person and the guardians read online."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.masking.forms import HoldForm
from handslag.portal.desk.views.frame import WORKERS, frame
from handslag.portal.shell.doors import staff


@staff(*WORKERS)
def hold_note(request: Any, case_id: UUID, note_id: UUID) -> HttpResponse:
    """Hold back one signed note."""
    note = casework.get_note(note_id, request.actor)
    if note.case_id != case_id or not note.is_signed:
        raise casework.PartNotFound("There is no such note, or you may not see it.")
    return _hold(request, case_id, note)


@staff(*WORKERS)
def hold_case(request: Any, case_id: UUID) -> HttpResponse:
    """Hold back the whole record of the case."""
    return _hold(request, case_id, None)


@staff(*WORKERS)
@require_POST
def lift(request: Any, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Hold it back no more."""
    casework.get_case(case_id, request.actor)
    casework.lift_hold(hold_id=hold_id, by=request.actor, at=foundation.now())
    messages.success(request, gettext("It is no longer held back."))
    return redirect("desk-copies", case_id)


def _hold(request: Any, case_id: UUID, note: casework.Note | None) -> HttpResponse:
    context = frame(request, case_id, "notes" if note else "documents", "desk.record")
    parties = [(str(one.person_id), one.name) for one in context["parties"] if one.name]
    form = HoldForm(request.POST or None, people=parties)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.hold_record(
                case_id=case_id,
                note_id=note.id if note else None,
                ground=asked["ground"],
                because=asked["because"],
                toward_id=UUID(asked["toward"]) if asked["toward"] else None,
                until=asked["until"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("It is held back from the record online."))
            return redirect("desk-copies", case_id)
    held = casework.find_holds(case_id, request.actor, note_id=note.id if note else None)
    context |= {"form": form, "note": note, "holds": held, "rule": casework.record_rule()}
    return render(request, "desk/masking/hold.html", context, status=400 if form.errors else 200)
