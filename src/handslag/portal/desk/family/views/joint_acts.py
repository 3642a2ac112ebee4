"""What members do in a joint matter: share, meet, name, join cases, close. Each comes back to the matter's page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.family.views.joint import all_forms, shown
from handslag.portal.desk.family.views.meetings import PLACES, plan
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.shell.doors import staff


@staff(*WORKERS)
@require_POST
def share(request: Any, matter_id: UUID) -> HttpResponse:
    """Tell other parts something from one's own."""

    def act(asked: dict[str, Any]) -> Any:
        return coordination.share_note(
            part_id=UUID(asked["from_part"]),
            to_part_ids=[UUID(one) for one in asked["to_parts"]],
            body=asked["body"],
            ground=asked["ground"],
            ground_text=asked["ground_text"],
            by=request.actor,
            at=foundation.now(),
        )

    return _done(request, matter_id, "share_form", act, gettext("It is shared."))


@staff(*WORKERS)
@require_POST
def meet(request: Any, matter_id: UUID) -> HttpResponse:
    """Plan a meeting for some of the parts."""
    view = coordination.get_joint_matter(matter_id, request.actor)
    form: Any = all_forms(view, request.actor, data=request.POST)["meet_form"]

    def act(asked: dict[str, Any]) -> Any:
        parts = [UUID(one) for one in asked["parts"]]
        return plan(form, request.actor, matter_id=matter_id, part_ids=parts)

    return _done(request, matter_id, "meet_form", act, gettext("The meeting is planned."), form=form)


@staff(*WORKERS)
@require_POST
def member(request: Any, matter_id: UUID) -> HttpResponse:
    """Name a colleague for the team, or end it (`bort`)."""
    if leaving := request.POST.get("bort"):
        with_id = _id(leaving)
        coordination.remove_member(
            matter_id=matter_id, account_id=with_id, by=request.actor, at=foundation.now()
        )
        messages.success(request, gettext("The colleague is no longer in the team."))
        return redirect("desk-joint", matter_id)

    def act(asked: dict[str, Any]) -> Any:
        return coordination.name_member(
            matter_id=matter_id, account_id=UUID(asked["member"]), by=request.actor, at=foundation.now()
        )

    return _done(request, matter_id, "member_form", act, gettext("The colleague is in the team."))


@staff(*WORKERS)
@require_POST
def part(request: Any, matter_id: UUID) -> HttpResponse:
    """Let one of one's own cases take part."""

    def act(asked: dict[str, Any]) -> Any:
        return coordination.add_part(
            matter_id=matter_id,
            case_id=UUID(asked["case"]),
            role=asked["role"],
            known_to_team=asked["known_to_team"],
            by=request.actor,
            at=foundation.now(),
        )

    return _done(request, matter_id, "part_form", act, gettext("The case takes part."))


@staff(*WORKERS)
@require_POST
def change_part(request: Any, matter_id: UUID, part_id: UUID) -> HttpResponse:
    """Let the team know of one's part, hide it again, or end it."""
    at = foundation.now()
    if request.POST.get("gor") == "avsluta":
        coordination.end_part(part_id=part_id, by=request.actor, at=at)
        messages.success(request, gettext("The case takes part no more."))
    else:
        known = request.POST.get("gor") == "visa"
        coordination.let_team_know(part_id=part_id, known_to_team=known, by=request.actor, at=at)
        messages.success(
            request, gettext("The team may know of the part.") if known else gettext("The part is hidden.")
        )
    return redirect("desk-joint", matter_id)


@staff(*WORKERS)
@require_POST
def close(request: Any, matter_id: UUID) -> HttpResponse:
    """End the joint work."""

    def act(asked: dict[str, Any]) -> Any:
        return coordination.close_joint_matter(
            matter_id=matter_id, because=asked["because"], by=request.actor, at=foundation.now()
        )

    return _done(request, matter_id, "close_form", act, gettext("The joint matter is closed."))


def _done(
    request: Any,
    matter_id: UUID,
    name: str,
    act: Callable[[dict[str, Any]], Any],
    told: str,
    *,
    form: Any = None,
) -> HttpResponse:
    view = coordination.get_joint_matter(matter_id, request.actor)
    if form is None:
        form = all_forms(view, request.actor, data=request.POST)[name]
    if form.is_valid() and attempt(form, lambda: act(form.cleaned_data), places=PLACES) is not None:
        messages.success(request, told)
        return redirect("desk-joint", matter_id)
    return shown(request, view, {name: form})


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise foundation.BadInput("Choose one of the other members.") from None
