"""Telling a decision to each whom it concerns: seen first, then sent; and who was told, when, and who not and why."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.telling.forms import WAY_WORDS, TellForm
from handslag.portal.desk.telling.presenters import Reading, told_who
from handslag.portal.desk.views.frame import READERS, frame
from handslag.portal.shell.doors import staff


@staff(*READERS)
def tell(request: Any, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """What each will read, how each is told, and who is not. A reason to show what a rule hides is looked through first."""
    context = frame(request, case_id, "decisions", "desk.decision")
    actor = request.actor
    decision = casework.get_decision(decision_id, actor)
    # A decision on economic aid is delivered with its own letter.
    if decision.case_id != case_id or context["case"].kind == "income_support":
        raise casework.PartNotFound("There is no such decision, or you may not see it.")
    show_because = request.POST.get("show_because", "").strip()
    planned = casework.plan_notices(decision_id, actor, show_because=show_because)
    told = told_who([one.receiver for one in planned], actor)
    left = [
        (one, each)
        for one, each in zip(planned, told, strict=True)
        if one.receiver.is_told and (one.notice is None or one.notice.told_at is None)
    ]
    unwritten = any(one.receiver.kept is not None and one.notice is None for one in planned)
    usual = {each.person_id: "my_page" if each.logs_in else "post" for _one, each in left}
    form = TellForm(request.POST or None, receivers=usual)
    writes = context["works"] and bool(left or unwritten)
    if (
        request.method == "POST"
        and writes
        and form.is_valid()
        and request.POST.get("seen", "") == show_because
    ):
        done = attempt(
            form,
            lambda: casework.tell_decision(
                decision_id=decision_id, tellings=form.tellings(), show_because=show_because, by=actor,
                at=foundation.now(),
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(request, gettext("It is recorded who has been told."))
            return redirect("desk-tell-decision", case_id, decision_id)
    context |= {
        "decision": decision,
        "form": form if writes else None,
        "seen": show_because,
        "readings": [
            Reading(
                each, one.text.texts if one.text else (), one.text.hidden if one.text else (), one.notice,
                form.rows(each.person_id) if each.person_id in usual else (),
            )
            for one, each in zip(planned, told, strict=True)
        ],
        "ways": WAY_WORDS,
        "is_restricted": context["case"].restricted,
        "appeal_words": casework.appeal_text(decision.appeal),
        "appeal_confirmed": casework.is_appeal_confirmed(decision.legal_ground, foundation.day_of(decision.decided_at)),
    }  # fmt: skip
    return render(request, "desk/telling/decision.html", context, status=400 if form.errors else 200)
