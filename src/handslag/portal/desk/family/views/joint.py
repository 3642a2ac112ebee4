"""Joint matters: one's own list, opening one from a case, and the matter as each member sees it."""

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
from handslag.portal.desk.family.forms import (
    CloseJointForm,
    JointForm,
    JointMeetingForm,
    MemberForm,
    PartForm,
    ShareForm,
)
from handslag.portal.desk.family.views.meetings import set_choices
from handslag.portal.desk.views.frame import READERS, WORKERS, frame
from handslag.portal.shell.doors import staff


@staff(*READERS)
def matters(request: Any) -> HttpResponse:
    """The joint matters that one is named for; the closed ones last."""
    found = coordination.find_joint_matters(request.actor, open_only=False)
    context = {
        "nav": "joint",
        "open": [one for one in found if one.is_open],
        "closed": [one for one in found if not one.is_open],
    }
    return render(request, "desk/family/joint_matters.html", context)


@staff(*WORKERS)
def begin(request: Any, case_id: UUID) -> HttpResponse:
    """Open a joint matter from a case that one works in, and name the team."""
    context = frame(request, case_id, "joint", "desk.joint")
    actor = request.actor
    if not context["works"]:
        raise casework.NotYours
    form = JointForm(request.POST or None)
    form.fields["members"].choices = colleagues(actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        made = attempt(
            form,
            lambda: coordination.open_joint_matter(
                kind=asked["kind"],
                case_id=case_id,
                role=asked["role"],
                known_to_team=asked["known_to_team"],
                member_ids=[UUID(one) for one in asked["members"]],
                by=actor,
                at=foundation.now(),
            ),
        )
        if made is not None:
            messages.success(request, gettext("The joint matter is open."))
            return redirect("desk-joint", made.id)
    context |= {
        "form": form,
        "title": gettext("Open a joint matter"),
        "save": gettext("Open the joint matter"),
        "joint_parts": coordination.find_parts_of_case(case_id, actor),
    }
    return render(request, "desk/family/joint_new.html", context, status=400 if form.errors else 200)


@staff(*READERS)
def matter(request: Any, matter_id: UUID) -> HttpResponse:
    """The matter as the reader may see it: own parts, what others told them, meetings that are theirs."""
    return shown(request, coordination.get_joint_matter(matter_id, request.actor))


def shown(
    request: Any, view: coordination.MatterView, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    """The page of a matter; `wrong` holds a form that was not accepted, under its name."""
    actor = request.actor
    for one in view.parts:
        if one.case is not None:
            foundation.log_read(actor, person_id=one.case.person_id, case_id=one.case.id, page="desk.joint")
    names = people.names_of([one.case.person_id for one in view.parts if one.case], actor)
    context = {
        "nav": "joint",
        "view": view,
        "matter": view.matter,
        "parts": [(one, names.get(one.case.person_id, "") if one.case else "") for one in view.parts],
        "unconfirmed": coordination.UNCONFIRMED_SHARING,
        **all_forms(view, actor, names),
        **(wrong or {}),
    }
    return render(request, "desk/family/joint.html", context, status=400 if wrong else 200)


def all_forms(
    view: coordination.MatterView,
    actor: foundation.Actor,
    names: dict[UUID, str] | None = None,
    data: Any = None,
) -> dict[str, forms.Form]:
    """The forms of the page with the choices that this member has."""
    if names is None:
        names = people.names_of([one.case.person_id for one in view.parts if one.case], actor)
    # Several forms stand on one page, so each has its own ids.
    share, part = ShareForm(data, auto_id="share_%s"), PartForm(data, auto_id="part_%s")
    meet, close = JointMeetingForm(data, auto_id="meet_%s"), CloseJointForm(data, auto_id="close_%s")
    member = MemberForm(data, auto_id="member_%s")
    parts = [(str(one.part.id), part_words(one, names)) for one in view.parts]
    own = [(str(one.part.id), part_words(one, names)) for one in view.own_parts]
    share.fields["from_part"].choices = own  # type: ignore[attr-defined]
    only_own = own[0] if len(own) == 1 else None
    share.fields["to_parts"].choices = [one for one in parts if one != only_own]  # type: ignore[attr-defined]
    meet.fields["parts"].choices = parts  # type: ignore[attr-defined]
    concerned = {one.case.person_id: names.get(one.case.person_id, "") for one in view.own_parts if one.case}
    set_choices(meet, list(concerned.items()), actor)
    in_team = [
        (one.account_id, one.account.name) for one in view.members if one.account_id != actor.account_id
    ]
    meet.fields["staff"].choices = [(str(id_), name) for id_, name in in_team]  # type: ignore[attr-defined]
    taken = {one.case.id for one in view.parts if one.case}
    part.fields["case"].choices = [  # type: ignore[attr-defined]
        (str(item.case.id), item.case.number)
        for item in casework.find_work(actor, whose="mine", limit=200).rows
        if item.case.id not in taken
    ]
    named = {one.account_id for one in view.members}
    member.fields["member"].choices = [one for one in colleagues(actor) if UUID(one[0]) not in named]  # type: ignore[attr-defined]
    return {
        "share_form": share,
        "part_form": part,
        "member_form": member,
        "meet_form": meet,
        "close_form": close,
    }


def part_words(one: coordination.PartView, names: dict[UUID, str]) -> str:
    """A part in words: with the person and the case for those who read it, else what it is and whom to turn to."""
    role = str(one.part.get_role_display())
    if one.case is None:
        return f"{role} ({one.part.contact})"
    return f"{role}: {names.get(one.case.person_id, '')} {one.case.number}".replace("  ", " ")


def colleagues(actor: foundation.Actor) -> list[tuple[str, str]]:
    """Everybody who works with cases, but oneself."""
    held = foundation.RoleGrant.objects.filter(role__in=("case_worker", "manager", "reception"))
    working = set(held.values_list("account_id", flat=True))
    return [
        (str(one.id), one.name)
        for one in foundation.staff_accounts()
        if one.id in working and one.id != actor.account_id
    ]
