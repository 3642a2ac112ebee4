"""A decision on an adult's application that turns out to be wrong: what was wrong, what counts instead, seen first (FL 36-39)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.adults.forms import CHANGE_GROUNDS, ChangeForm
from handslag.portal.desk.adults.handling import ground_words, grounds_on_offer, ways_of
from handslag.portal.desk.adults.views import frame_of_adult
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import WORKERS
from handslag.portal.shell.doors import staff


@staff(*WORKERS)
def change(request: Any, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """First the form, filled in from the earlier decision, then what the person will read, then the new decision, once."""
    context = frame_of_adult(request, case_id, "decisions", "desk.decision")
    case, actor = context["case"], request.actor
    if not context["works"]:
        raise casework.NotYours
    earlier = casework.get_decision(decision_id, actor)
    if earlier.case_id != case_id or earlier.type not in adults.DECISION_TYPES.values():
        raise casework.PartNotFound("There is no such decision, or you may not see it.")
    later = getattr(earlier, "replaced_by", None)
    if later is not None or not case.is_open:
        return redirect("desk-decision", case_id, later.id if later else earlier.id)
    ways, grounds = ways_of(case, actor), grounds_on_offer(case)
    form = ChangeForm(
        request.POST or None,
        outcomes=[(way.outcome, way.words) for way in ways if not way.hindrances],
        grounds=[(one.legal_ground, ground_words(one)) for one in grounds],
        initial={**_told_before(earlier), "version": case.version},
    )
    context |= {"form": form, "ways": ways, "earlier": earlier, "unread": _unread()}
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        version = asked.pop("version")
        planned = adults.PlannedChange(**asked)
        if "decide" in request.POST:
            done = attempt(
                form,
                lambda: adults.change_decision(
                    decision_id=earlier.id, change=planned, version=version, by=actor, at=foundation.now()
                ),
                tell_conflicts=True,
            )
            if done is not None:
                messages.success(request, gettext("The decision is changed. Now tell the person."))
                return redirect("desk-tell-decision", case.id, done.id)
        elif "edit" not in request.POST:
            reasons = attempt(form, lambda: adults.plan_change(earlier, planned, actor, foundation.today()))
            if reasons is not None:
                context |= _preview(reasons, form.cleaned_data, grounds)
                return render(request, "desk/adults/decide_preview.html", context)
    return render(request, "desk/adults/change.html", context, status=400 if form.errors else 200)


def _told_before(earlier: casework.Decision) -> dict[str, Any]:
    """The words and days of the earlier decision, for who changes only a part of them."""
    said = {one["code"]: one["values"] for one in earlier.reasons if isinstance(one, dict)}
    written = [one for one in earlier.reasons if isinstance(one, str)]
    return {
        "applied_for": said.get("adult_support.decided.applied_for", {}).get("what", ""),
        "gets": said.get("adult_support.decided.gets", {}).get("what", ""),
        "reason": written[-1] if written else "",
        "outcome": earlier.outcome,
        "legal_ground": earlier.legal_ground,
        "period_from": earlier.period_from,
        "period_to": earlier.period_to,
    }


def _unread() -> list[str]:
    """The grounds whose limits nobody has held against the act."""
    rules = casework.change_rules(foundation.today())
    return [rule.law for rule in rules if rule.status != "confirmed" and rule.code in CHANGE_GROUNDS]


def _preview(reasons: list[Any], asked: dict[str, Any], grounds: list[adults.Ground]) -> dict[str, Any]:
    ground = next(one for one in grounds if one.legal_ground == asked["legal_ground"])
    kept = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asked.items()
        if value is not None
    }
    return {
        "result": reasons[0],
        "reasons": reasons[1:],
        "ground": ground_words(ground),
        "source": ground.source,
        "kept": kept.items(),
        "lacks": [],
        "appeal_words": casework.appeal_text(
            casework.appeal_for(ground.legal_ground, foundation.today()).code
        ),
    }
