"""What is done about an adult's matter: a report is assessed, an application is decided; both are seen first, then done once."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.portal.desk.adults.forms import AssessForm, DecideForm
from handslag.portal.desk.adults.views import frame_of_adult
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.deciding import OUTCOMES, Lack, Way
from handslag.portal.desk.views.frame import ADULT_STEPS, WORKERS
from handslag.portal.shell.doors import staff

GROUND_WORDS = {
    "SoL 11:1": _("SoL 11:1: support that the law gives a right to"),
    "SoL 11:4": _("SoL 11:4: further support, which cannot be appealed in the usual way"),
}
LONGEST_BEFOREHAND = 300


@staff(*WORKERS)
def assess(request: Any, case_id: UUID) -> HttpResponse:
    """What is done about a report of concern, and why; an application is decided instead."""
    context = frame_of_adult(request, case_id, "adult", "desk.adult_assess")
    case, actor = context["case"], request.actor
    if not context["works"]:
        raise casework.NotYours
    if not adults.handling_of(case.id, actor).may_be_assessed:
        return redirect("desk-adult", case.id)
    form = AssessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: adults.assess_report(case_id=case.id, **form.cleaned_data, by=actor, at=foundation.now()),
        )
        if done is not None:
            messages.success(request, gettext("The assessment is recorded."))
            return redirect("desk-adult", case.id)
    context |= {"form": form, "matter": adults.matter_of(case.id, actor)}
    return render(request, "desk/adults/assess.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
def decide(request: Any, case_id: UUID) -> HttpResponse:
    """First the form, then what the person will read, then the decision, once."""
    context = frame_of_adult(request, case_id, "decisions", "desk.decision")
    case, actor = context["case"], request.actor
    if not context["works"]:
        raise casework.NotYours
    handling, matter = adults.handling_of(case.id, actor), adults.matter_of(case.id, actor)
    if handling.decision is not None:
        return redirect("desk-decision", case.id, handling.decision.id)
    if matter is None or not handling.may_be_decided:
        return redirect("desk-adult", case.id)
    ways = ways_of(case, actor)
    told = matter.told if len(matter.told) <= LONGEST_BEFOREHAND else ""
    form = DecideForm(
        request.POST or None,
        outcomes=[(way.outcome, way.words) for way in ways if not way.hindrances],
        grounds=[(one.legal_ground, ground_words(one)) for one in grounds_on_offer(case)],
        initial={"version": case.version, "applied_for": told},
    )
    context |= {"form": form, "ways": ways, "matter": matter, "lacks": lacks_of(case)}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if "decide" in request.POST:
            done = attempt(
                form,
                lambda: adults.decide_application(case_id=case.id, **asked, by=actor, at=foundation.now()),
                tell_conflicts=True,
            )
            if done is not None:
                messages.success(request, gettext("The decision is made. Now tell the person."))
                return redirect("desk-tell-decision", case.id, done.id)
        elif "edit" not in request.POST:
            return render(request, "desk/adults/decide_preview.html", context | _preview(case, asked))
    return render(request, "desk/adults/decide.html", context, status=400 if form.errors else 200)


def ground_words(ground: adults.Ground) -> "str | Promise":
    """The ground in words, with the mark that nobody has read it where nobody has."""
    words = GROUND_WORDS.get(ground.legal_ground, ground.legal_ground)
    return (
        words
        if ground.is_confirmed(foundation.today())
        else format_lazy("{} ({})", words, _("not confirmed"))
    )


def grounds_on_offer(case: casework.Case) -> list[adults.Ground]:
    return adults.grounds_of(case.kind, foundation.today())


def _preview(case: casework.Case, asked: dict[str, Any]) -> dict[str, Any]:
    """What the person will read, as the letter says it."""
    reasons = adults.reasons_of(
        asked["outcome"], asked["applied_for"], asked["gets"], asked["reason"], asked["period_from"], asked["period_to"]
    )  # fmt: skip
    ground = next(one for one in grounds_on_offer(case) if one.legal_ground == asked["legal_ground"])
    today = foundation.today()
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
        "appeal_words": casework.appeal_text(casework.appeal_for(ground.legal_ground, today).code),
    }


def ways_of(case: casework.Case, actor: foundation.Actor) -> list[Way]:
    """Each outcome with what stands against it: no delegation, or the person has not been told first."""
    today = foundation.today()
    with foundation.acting(actor):
        told = casework.finished_communication(case.id, None, today) is not None
    ways = []
    for outcome, words in OUTCOMES.items():
        against = []
        if not foundation.may_decide(actor, adults.DECISION_TYPES[outcome], None, case.unit_id, today):
            against.append(
                Lack(_("The delegation order does not let you make this decision. Hand the case to somebody who may."),
                     reverse("desk-assign", args=[case.id]), _("Hand over"))
            )  # fmt: skip
        if outcome != "granted" and not told:
            against.append(
                Lack(_("The person has not been told of the material before the decision (FL 25), or still has time to answer."),
                     reverse("desk-communication", args=[case.id]), _("Communicate, or record why it is not needed"))
            )  # fmt: skip
        ways.append(Way(outcome, words, tuple(against)))
    return ways


def lacks_of(case: casework.Case) -> list[Lack]:
    """The steps before the decision that nobody has taken: told first; the case does not close without them."""
    missing = [code for code in adults.missing_steps(case.id) if code != "decided"]
    return [
        Lack(adults.MISSING[code], reverse(ADULT_STEPS[code][0], args=[case.id]), ADULT_STEPS[code][1])
        for code in missing
    ]
