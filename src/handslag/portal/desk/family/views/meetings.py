"""Meetings of a case: planning, holding with a note, cancelling; and those of joint matters that are for it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.family.forms import CancelForm, HoldForm, MeetingForm
from handslag.portal.desk.views.frame import READERS, frame
from handslag.portal.shell.doors import staff

PLACES = {"starts_at": "starts", "ends_at": "ends", "happened_on": "note", "body": "note"}


@staff(*READERS)
def meetings(request: Any, case_id: UUID) -> HttpResponse:
    """The meetings of the case, latest first, and a form for the next."""
    context = frame(request, case_id, "meetings", "desk.meetings")
    actor = request.actor
    form = MeetingForm(request.POST or None)
    set_choices(form, [(one.person_id, one.name) for one in context["parties"] if one.name], actor)
    if request.method == "POST" and context["works"] and form.is_valid():
        done = attempt(form, lambda: plan(form, actor, case_id=case_id), places=PLACES)
        if done is not None:
            messages.success(request, gettext("The meeting is planned."))
            return redirect("desk-meetings", case_id)
    rows = coordination.find_meetings(case_id, actor)
    now = foundation.now()
    context |= {
        "form": form,
        "coming": [one for one in reversed(rows) if one.state == "planned" and one.ends_at >= now],
        "others": [one for one in rows if one.state != "planned" or one.ends_at < now],
    }
    return render(request, "desk/family/meetings.html", context, status=400 if form.errors else 200)


@staff(*READERS)
def meeting(request: Any, meeting_id: UUID) -> HttpResponse:
    """One meeting with who comes; those who planned it hold it with a note, or cancel it with why."""
    actor = request.actor
    one = coordination.get_meeting(meeting_id, actor)
    own_cases = _own_cases(one, actor)
    holding, cancelling = HoldForm(), CancelForm()
    if request.method == "POST" and "cancelled_because" in request.POST:
        cancelling = CancelForm(request.POST)
        if cancelling.is_valid() and _cancel(cancelling, one, actor):
            messages.success(request, gettext("The meeting is cancelled."))
            return redirect("desk-meeting", meeting_id)
    elif request.method == "POST":
        holding = HoldForm(request.POST)
    if one.matter_id is None:
        del holding.fields["case"]
    else:
        holding.fields["case"].choices = [(str(id_), number) for id_, number in own_cases]  # type: ignore[attr-defined]
    if request.method == "POST" and holding.is_bound and holding.is_valid() and _hold(holding, one, actor):
        messages.success(request, gettext("The meeting is held and the note is signed."))
        return redirect("desk-meeting", meeting_id)
    foundation.log_read(actor, case_id=one.case_id, page="desk.meeting")
    names = people.names_of([row.person_id for row in one.persons.all()], actor)
    context = {
        "nav": "work",
        "meeting": one,
        "persons": sorted(names.items(), key=lambda row: row[1]),
        "staff": sorted(str(row.account) for row in one.staff.all()),
        "works": one.state == "planned" and coordination.may_work_meeting(one.id, actor),
        "holding": holding,
        "cancelling": cancelling,
    }
    wrong = holding.errors or cancelling.errors
    return render(request, "desk/family/meeting.html", context, status=400 if wrong else 200)


def plan(form: MeetingForm, actor: foundation.Actor, **of: Any) -> coordination.Meeting:
    """The meeting that the form tells of, in a case or a joint matter."""
    asked = form.cleaned_data
    starts_at, ends_at = form.times()
    return coordination.plan_meeting(
        subject=asked["subject"],
        way=asked["way"],
        place=asked["place"],
        starts_at=starts_at,
        ends_at=ends_at,
        person_ids=[UUID(one) for one in asked["persons"]],
        account_ids=[UUID(one) for one in asked["staff"]],
        by=actor,
        at=foundation.now(),
        **of,
    )


def set_choices(form: forms.Form, persons: list[tuple[UUID, str]], actor: foundation.Actor) -> None:
    """Whom the form lets one choose; a question without choices is left out."""
    units = {unit for _, unit in foundation.roles_of(actor)}
    colleagues = {
        one.id: one.name
        for unit in units
        for one in foundation.staff_accounts(unit)
        if one.id != actor.account_id
    }
    choices = {"persons": persons, "staff": sorted(colleagues.items(), key=lambda row: row[1])}
    for name, rows in choices.items():
        if rows:
            form.fields[name].choices = [(str(id_), words) for id_, words in rows]  # type: ignore[attr-defined]
        else:
            form.fields[name].widget = forms.MultipleHiddenInput()


def _own_cases(one: coordination.Meeting, actor: foundation.Actor) -> list[tuple[UUID, str]]:
    if one.matter_id is None:
        return []
    view = coordination.get_joint_matter(one.matter_id, actor)
    return [(part.case.id, part.case.number) for part in view.own_parts if part.case]


def _hold(form: HoldForm, one: coordination.Meeting, actor: foundation.Actor) -> bool:
    chosen = form.cleaned_data.get("case") or None
    done: casework.Note | None = attempt(
        form,
        lambda: coordination.hold_meeting(
            meeting_id=one.id,
            note=form.cleaned_data["note"],
            case_id=UUID(chosen) if chosen else None,
            by=actor,
            at=foundation.now(),
        ),
        places=PLACES,
    )
    return done is not None


def _cancel(form: CancelForm, one: coordination.Meeting, actor: foundation.Actor) -> bool:
    because = form.cleaned_data["cancelled_because"]
    done = attempt(
        form,
        lambda: coordination.cancel_meeting(
            meeting_id=one.id, because=because, by=actor, at=foundation.now()
        ),
        places={"because": "cancelled_because"},
    )
    return done is not None
