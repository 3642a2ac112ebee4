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
    context = frame(request, case_id, "notes", "desk.record") | {"note": note}
    return _hold_page(request, case_id, context, note_id=note.id)


@staff(*WORKERS)
def hold_case(request: Any, case_id: UUID) -> HttpResponse:
    """Hold back the whole record of the case."""
    return _hold_page(request, case_id, frame(request, case_id, "documents", "desk.record") | {"note": None})


@staff(*WORKERS)
@require_POST
def lift(request: Any, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """Hold it back no more."""
    casework.get_case(case_id, request.actor)
    casework.lift_hold(hold_id=hold_id, by=request.actor, at=foundation.now())
    messages.success(request, gettext("It is no longer held back."))
    return redirect("desk-copies", case_id)


def _hold_page(
    request: Any, case_id: UUID, context: dict[str, Any], *, note_id: UUID | None = None
) -> HttpResponse:
    form = hold_form(request, context)
    if held_back(request, form, case_id, note_id=note_id):
        return redirect("desk-copies", case_id)
    held = casework.find_holds(case_id, request.actor, note_id=note_id)
    context |= {"form": form, "holds": held, "rule": casework.record_rule()}
    return render(request, "desk/masking/hold.html", context, status=400 if form.errors else 200)


def hold_form(request: Any, context: dict[str, Any]) -> HoldForm:
    """The form of holding something back, toward one of the case's parties or everybody."""
    parties = [(str(one.person_id), one.name) for one in context["parties"] if one.name]
    return HoldForm(request.POST or None, people=parties)


def held_back(
    request: Any, form: HoldForm, case_id: UUID, *, note_id: UUID | None = None, document_id: UUID | None = None
) -> bool:
    """Hold back a note, a paper or, with neither, the whole record as the sent form says; False leaves its errors there."""
    if request.method != "POST" or not form.is_valid():
        return False
    asked = form.cleaned_data
    done = attempt(
        form,
        lambda: casework.hold_record(
            case_id=case_id,
            note_id=note_id,
            document_id=document_id,
            ground=asked["ground"],
            because=asked["because"],
            toward_id=UUID(asked["toward"]) if asked["toward"] else None,
            until=asked["until"],
            by=request.actor,
            at=foundation.now(),
        ),
    )
    if done is None:
        return False
    messages.success(request, gettext("It is held back from the record online."))
    return True
