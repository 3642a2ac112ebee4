"""Which guardians read a child's record online: given by a person who has weighed it, and taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.telling.forms import EndSightForm, GiveSightForm
from handslag.portal.desk.telling.presenters import WHY_NO_RECORD
from handslag.portal.desk.telling.wishes import wish_rows, wishes_frame
from handslag.portal.desk.views.frame import READERS, WORKERS
from handslag.portal.shell.doors import staff


@staff(*READERS)
def sights(request: Any, case_id: UUID) -> HttpResponse:
    """Every guardian, with whether they read the record online and why not; sight is given here."""
    context = wishes_frame(request, case_id)
    actor = request.actor
    found = casework.find_sights(case_id, actor)
    ended = casework.find_ended_sights(case_id, actor)
    names = people.names_of([*(one.person_id for one in found), *(one.person_id for one in ended)], actor)
    free = [(str(one.person_id), names.get(one.person_id, "")) for one in found if one.may_be_given]
    form = GiveSightForm(request.POST or None, people=free)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form,
            lambda: casework.give_sight(
                case_id=case_id, person_id=UUID(asked["person"]), ground=asked["ground"], because=asked["because"],
                by=actor, at=foundation.now(),
            ),
            places={"person_id": "person"},
        )  # fmt: skip
        if done is not None:
            messages.success(request, gettext("The guardian has been given sight of the record online."))
            return redirect("desk-sight", case_id)
    context |= {
        "form": form if free and context["works"] else None,
        "sights": [(one, names.get(one.person_id, ""), WHY_NO_RECORD.get(one.why_not, "")) for one in found],
        "ended": [(one, names.get(one.person_id, "")) for one in ended],
        "rule": casework.record_rule(),
        "wishes": wish_rows(casework.find_wishes(case_id, actor), actor),
    }
    return render(request, "desk/telling/sights.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def end(request: Any, case_id: UUID, sight_id: UUID) -> HttpResponse:
    """Take back one guardian's sight, with the ground, as when the child asks for it."""
    context = wishes_frame(request, case_id)
    found = next(
        (
            one
            for one in casework.find_sights(case_id, request.actor)
            if one.sight is not None and one.sight.id == sight_id
        ),
        None,
    )
    if found is None:
        raise casework.PartNotFound("There is no such sight of the record, or it has been taken back.")
    form = EndSightForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: casework.end_sight(
                sight_id=sight_id, **form.cleaned_data, by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The guardian finds nothing of the record online from now."))
            return redirect("desk-sight", case_id)
    names = people.names_of([found.person_id], request.actor)
    context |= {"form": form, "sight": found.sight, "name": names.get(found.person_id, "")}
    return render(request, "desk/telling/sight_end.html", context, status=400 if form.errors else 200)
