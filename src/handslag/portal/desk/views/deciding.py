"""Deciding: what can be decided, what is still missing, what will happen, and then once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.decision_form import DecisionForm
from handslag.portal.desk.presenters import Side, side_of
from handslag.portal.desk.views.frame import WORKERS, frame
from handslag.portal.shell.days import DayField
from handslag.portal.shell.doors import staff
from handslag.portal.shell.forms import KrField

OUTCOMES = {
    "granted": _("Grant what was applied for"),
    "partly_granted": _("Grant a part"),
    "refused": _("Refuse"),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, where it is put right, and whether it stops the decision."""

    words: "str | Promise"
    url: str = ""
    link: "str | Promise" = ""


STATED_NOT_COUNTED = frozenset({"facts.savings", "facts.car", "facts.other_assets"})


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide, and what stands against it now; without hindrances it is offered."""

    outcome: str
    words: "str | Promise"
    hindrances: tuple[Lack, ...]


class DecideForm(DecisionForm):
    """What is decided of an application for economic aid, and what was found of an acute need."""

    reason_help = _("It stands in the letter, after what the calculation says.")

    emergency_examined = forms.CharField(
        label=_("What did you find when you looked for an acute need?"),
        help_text=_("An acute need is always looked for before a refusal. It stands in the letter."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    because_of_conduct = forms.BooleanField(
        label=_("Refused because the person turned down practice or skills activity (SoL 12:5)"),
        required=False,
    )
    field_order = ("outcome", "reason", "emergency_examined", "because_of_conduct", "version")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("outcome") == "refused" and not given.get("emergency_examined"):
            self.add_error("emergency_examined", _("Write what you found about an acute need."))
        return given


class EmergencyForm(forms.Form):
    """Aid for an acute need over some days."""

    amount = KrField(label=_("Amount"))
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), help_text=_("At most 31 days."))
    reason = forms.CharField(
        label=_("Reason, in words that the person can follow"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@staff(*WORKERS)
def decide(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """First the form, then what will happen, then the decision, once."""
    context = _context(request, case_id, application_id)
    if context["row"].final_at is not None:
        return redirect("desk-decision", case_id, context["row"].decision_id)
    actor, row = request.actor, context["row"]
    form = _form(request.POST or None, context["ways"], row.version)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if asked["version"] != row.version:
            return _stale(request, context, form)
        if "decide" in request.POST:
            try:
                done = attempt(form, lambda: _sign(row, asked, actor))
            except income_support.AssessmentChangedElsewhere:
                return _stale(request, _context(request, case_id, application_id), form)
            if done is not None:
                messages.success(
                    request, gettext("The decision is made. The letter and the payment follow by themselves.")
                )
                return redirect("desk-decision", case_id, done.id)
        elif "edit" not in request.POST:
            context |= {"form": form, "preview": _preview(row, asked, actor), "given": asked}
            context["appeal_words"] = casework.appeal_text(context["preview"].appeal)
            return render(request, "desk/case/decide_preview.html", context)
    context["form"] = form
    return render(request, "desk/case/decide.html", context, status=400 if form.errors else 200)


@staff(*WORKERS)
@require_POST
def letter(request: Any, case_id: UUID, application_id: UUID) -> HttpResponse:
    """The letter as it would be, as PDF; it says that nothing is decided."""
    context = _context(request, case_id, application_id)
    form = _form(request.POST, context["ways"], context["row"].version)
    if not form.is_valid():
        context["form"] = form
        return render(request, "desk/case/decide.html", context, status=400)
    preview = _preview(context["row"], form.cleaned_data, request.actor)
    pdf = income_support.preview_letter(context["row"], preview, request.actor, at=foundation.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="forhandsgranskning.pdf"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@staff(*WORKERS)
def emergency(request: Any, case_id: UUID) -> HttpResponse:
    """Aid for an acute need, beside the application; shown before it is decided."""
    context = frame(request, case_id, "decisions", "desk.decision")
    actor, case = request.actor, context["case"]
    if not context["works"]:
        raise casework.NotYours
    today = foundation.today()
    form = EmergencyForm(
        request.POST or None,
        initial={"first_day": today.isoformat(), "last_day": today.isoformat(), "key": uuid4()},
    )
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if "decide" in request.POST:
            done = attempt(
                form,
                lambda: income_support.give_emergency_aid(
                    case_id=case.id,
                    amount=asked["amount"],
                    first_day=asked["first_day"],
                    last_day=asked["last_day"],
                    reason=asked["reason"],
                    idempotency_key=str(asked["key"]),
                    by=actor,
                    at=foundation.now(),
                ),
            )
            if done is not None:
                messages.success(
                    request, gettext("The decision is made. The letter and the payment follow by themselves.")
                )
                return redirect("desk-decision", case_id, done.id)
        elif "edit" not in request.POST:
            context |= {"given": asked, "lacks": _payee_lacks(context, None, actor)}
            return render(request, "desk/case/emergency_preview.html", context)
    return render(request, "desk/case/emergency.html", context, status=400 if form.errors else 200)


def _context(request: Any, case_id: UUID, application_id: UUID) -> dict[str, Any]:
    context = frame(request, case_id, "decisions", "desk.decision")
    actor = request.actor
    if not context["works"]:
        raise casework.NotYours
    application = next((one for one in context["applications"] if one.id == application_id), None)
    row = income_support.get_assessment(application_id, actor) if application else None
    if application is None or row is None:
        raise income_support.NoSuchAssessment
    side = side_of(row, actor)
    return context | {
        "application": application,
        "row": row,
        "side": side,
        "ways": _ways(context, application, row, actor),
        "lacks": [*look_over(case_id, application, row), *_lacks(context, application, side, actor)],
    }


def _ways(
    context: dict[str, Any],
    application: income_support.Application,
    row: income_support.Assessment,
    actor: Any,
) -> list[Way]:
    """Each outcome with what stands against it: no delegation, nothing to grant, not communicated."""
    case_id = context["case"].id
    calculation = reverse("desk-assessment", args=[case_id, application.id])
    communication = f"{reverse('desk-communication', args=[case_id])}?ansokan={application.id}"
    told = casework.finished_communication(case_id, application.id, foundation.today()) is not None
    ways = []
    for outcome, words in OUTCOMES.items():
        preview = income_support.preview_decision(row, actor, outcome=outcome)
        against = []
        if not context["case"].is_open:
            against.append(
                Lack(_("The case is closed."), reverse("desk-reopen", args=[case_id]), _("Open it again"))
            )
        if not preview.is_delegated:
            against.append(
                Lack(_("The delegation order does not let you make this decision. Hand the case to somebody who may."),
                     reverse("desk-assign", args=[case_id]), _("Hand over"))
            )  # fmt: skip
        if outcome != "refused" and not preview.grants_something:
            against.append(
                Lack(_("The calculation leaves nothing to grant."), calculation, _("Look at the calculation"))
            )
        if outcome == "granted" and preview.has_cuts:
            against.append(
                Lack(_("Something that was applied for is not approved in full, so it is a part that is granted."),
                     calculation, _("Look at the calculation"))
            )  # fmt: skip
        if outcome != "granted" and not told:
            against.append(
                Lack(_("The person has not been told of the material before the decision (FL 25), or still has time to answer."),
                     communication, _("Communicate, or record why it is not needed"))
            )  # fmt: skip
        ways.append(Way(outcome, words, tuple(against)))
    return ways


def look_over(
    case_id: UUID, application: income_support.Application, row: income_support.Assessment
) -> list[Lack]:
    """What the calculation does not count or nobody has tried: told before a decision, on the calculation too."""
    lacks = []
    for each in row.missing:
        words = foundation.tell(each["said"])
        if each["said"]["code"] in STATED_NOT_COUNTED:
            words = gettext("{what} It is stated, but not counted in the calculation.").format(what=words)
        lacks.append(Lack(words))
    month = foundation.Month.parse(application.month)
    may_apply = any(note["code"] == "activity_requirement.may_apply" for note in row.notes)
    seeks_work = income_support.read_answers(application.answers).occupation == "job_seeking"
    is_law = any(
        cell.key.startswith("activity_requirement.") for cell in income_support.cells_in(month.first)
    )
    if is_law and (may_apply or seeks_work) and not income_support.activity_is_tried(case_id, month):
        url = reverse("desk-activity", args=[case_id, application.id])
        lacks.append(Lack(_("Nobody has tried the activity requirement for the month."), url, _("Try it")))
    return lacks


def _lacks(
    context: dict[str, Any], application: income_support.Application, side: Side, actor: foundation.Actor
) -> list[Lack]:
    """What does not stop the decision but should be looked at first."""
    case_id = context["case"].id
    calculation = reverse("desk-assessment", args=[case_id, application.id])
    lacks = []
    waiting = [section.heading for section in side.sections if not section.is_approved]
    if waiting:
        names = ", ".join(str(one) for one in waiting)
        words = gettext("Not gone through yet: {parts}.").format(parts=names)
        lacks.append(Lack(words, calculation, _("Go through them")))
    if context["open_warnings"]:
        lacks.append(
            Lack(
                _("There are warnings that nobody has handled."),
                f"{reverse('desk-case', args=[case_id])}#warnings",
                _("Handle them"),
            )
        )
    if context["completions"]:
        lacks.append(
            Lack(
                _("The person has not sent in all that was asked for."),
                reverse("desk-completions", args=[case_id]),
                _("Look at it"),
            )
        )
    if not side.is_confirmed:
        lacks.append(Lack(_("The calculation rests on a figure that nobody has confirmed.")))
    return [*lacks, *_payee_lacks(context, application, actor)]


def _payee_lacks(context: dict[str, Any], application: Any, actor: foundation.Actor) -> list[Lack]:
    case = context["case"]
    if application is not None and income_support.read_answers(application.answers).account is not None:
        return []
    if any(one.person_id == case.person_id for one in income_support.find_payees(actor, case.id)):
        return []
    url = reverse("desk-payee", args=[case.id])
    return [Lack(_("There is no account to pay to. Without it nothing is paid."), url, _("Enter an account"))]


def _form(data: Any, ways: list[Way], version: int) -> DecideForm:
    offered = [(way.outcome, way.words) for way in ways if not way.hindrances]
    first = offered[0][0] if offered else None
    return DecideForm(data, outcomes=offered, initial={"version": version, "outcome": first})


def _stale(request: Any, context: dict[str, Any], form: DecideForm) -> HttpResponse:
    """Somebody else has saved the calculation: what was typed is kept, and the calculation is shown as it is now."""
    form.data = {**form.data.dict(), "version": str(context["row"].version)}  # type: ignore[attr-defined]
    context |= {"form": form, "is_stale": True}
    return render(request, "desk/case/decide.html", context, status=409)


def _preview(
    row: income_support.Assessment, asked: dict[str, Any], actor: foundation.Actor
) -> income_support.DecisionPreview:
    return income_support.preview_decision(
        row,
        actor,
        outcome=asked["outcome"],
        reason=asked["reason"],
        emergency_examined=asked["emergency_examined"] if asked["outcome"] == "refused" else "",
        because_of_conduct=asked["because_of_conduct"],
    )


def _sign(
    row: income_support.Assessment, asked: dict[str, Any], actor: foundation.Actor
) -> casework.Decision:
    common = {
        "application_id": row.application_id, "version": asked["version"], "reason": asked["reason"],
        "by": actor, "at": foundation.now(),
    }  # fmt: skip
    if asked["outcome"] == "granted":
        return income_support.grant(**common)
    if asked["outcome"] == "partly_granted":
        return income_support.grant_partly(**common)
    return income_support.refuse(
        **common,
        emergency_examined=asked["emergency_examined"],
        because_of_conduct=asked["because_of_conduct"],
    )
