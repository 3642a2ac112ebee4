"""The case: its overview, warnings, who answers for it, and closing and opening it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.desk.application_told import sections_of
from handslag.portal.desk.attempt import attempt
from handslag.portal.desk.views.frame import READERS, UNDECIDED, WORKERS, frame
from handslag.portal.shell.doors import staff

CLOSED_BECAUSE = {
    "self_supporting": _("The person supports themselves"),
    "no_application": _("No application for some time"),
    "moved": _("The person has moved to another municipality"),
    "other_unit": _("Another unit has taken over"),
    "died": _("The person has died"),
    "other": _("Another reason"),
}
CHILD_CLOSED_BECAUSE = {
    "not_investigated": _("No investigation was opened"),
    "investigated": _("The investigation has ended, and nothing more is done"),
    "intervention_ended": _("The intervention has ended"),
    "of_age": _("The young person is an adult"),
    **{code: CLOSED_BECAUSE[code] for code in ("moved", "other_unit", "died", "other")},
}
CLOSED_BECAUSE_OF_KIND = {"child_protection": CHILD_CLOSED_BECAUSE}


class AssignForm(forms.Form):
    """Who answers for the case, and why it changes."""

    worker = forms.ChoiceField(label=_("Who answers for the case?"))
    because = forms.CharField(label=_("Why?"), required=False, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


NEWEST_SHOWN = 4


class MoveForm(forms.Form):
    """Another unit, and why."""

    unit = forms.ChoiceField(label=_("Unit"))
    because = forms.CharField(label=_("Why is the case handed over?"), max_length=200)


class CloseForm(forms.Form):
    """Why the case ends, in the words of its kind."""

    because = forms.ChoiceField(label=_("Why is the case closed?"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = CLOSED_BECAUSE_OF_KIND.get(kind, CLOSED_BECAUSE)
        self.fields["because"].choices = [("", _("Choose")), *reasons.items()]  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """Why the case is taken up again."""

    because = forms.CharField(label=_("Why is the case opened again?"), max_length=200)


class WarningForm(forms.Form):
    """What the case worker has found about a warning."""

    state = forms.ChoiceField(choices=[("acknowledged", _("Seen")), ("closed", _("Closed"))])
    because = forms.CharField(required=False, max_length=500)


@staff(*READERS)
def overview(request: Any, case_id: UUID) -> HttpResponse:
    """What the case is about now: the warnings, the applications, and what the person has told."""
    try:
        context = frame(request, case_id, "overview", "desk.case")
    except casework.CaseNotFound:
        hidden = {"nav": "work", "case_id": case_id}
        return render(request, "desk/case/hidden.html", hidden, status=404)
    latest = context["applications"][0] if context["applications"] else None
    shown, folded = _apart(context["applications"])
    context |= {
        "latest": latest,
        "shown_applications": shown,
        "folded_applications": folded,
        "latest_notes": []
        if context["applications"]
        else casework.find_notes(case_id, request.actor, limit=3).rows,
        "close_url": reverse("desk-adult-close" if context["is_adult"] else "desk-close", args=[case_id]),
        "told_warnings": [
            (one, income_support.tell_warning(one), _cases_behind(one, request.actor))
            for one in context["warnings"]
        ],
        "sections": sections_of(latest) if latest else (),
        "named": casework.find_named_staff(case_id, request.actor) if context["case"].restricted else [],
        "kept_from": casework.find_kept_from(case_id, request.actor)
        if context["case"].kind == "child_protection"
        else [],
    }
    return render(request, "desk/case/overview.html", context)


def _apart(
    applications: list[income_support.Application],
) -> tuple[list[income_support.Application], list[income_support.Application]]:
    """Those that wait for a decision with the newest, and the earlier ones, which are folded: years of them come with renewals."""
    is_shown = [one.state in UNDECIDED or place < NEWEST_SHOWN for place, one in enumerate(applications)]
    if is_shown.count(False) == 1:  # a line to unfold takes as much room as the one row
        return applications, []
    return (
        [one for one, shown in zip(applications, is_shown, strict=True) if shown],
        [one for one, shown in zip(applications, is_shown, strict=True) if not shown],
    )


def _cases_behind(warning: income_support.Warning, actor: foundation.Actor) -> list[casework.Case]:
    """Whose account it is as well, for who may read that case; nothing, and no sign of it, for anybody else."""
    if warning.kind != "ACCOUNT_SHARED":
        return []
    return income_support.cases_with_the_account(warning.application_id, actor)


@staff(*WORKERS)
@require_POST
def warning(request: Any, case_id: UUID, warning_id: UUID) -> HttpResponse:
    """A warning has been seen, or is closed for good."""
    context = frame(request, case_id, "overview", "desk.warning")
    form = WarningForm(request.POST)
    if not context["works"] or warning_id not in {one.id for one in context["warnings"]}:
        raise casework.NotYours
    if form.is_valid():
        income_support.handle_warning(
            warning_id=warning_id, **form.cleaned_data, by=request.actor, at=foundation.now()
        )
        messages.success(request, gettext("The warning is handled."))
    return redirect("desk-case", case_id)


@staff(*WORKERS)
def assign(request: Any, case_id: UUID) -> HttpResponse:
    """Give the case to oneself, to a colleague, or to the unit's queue; who takes it while deciding goes on deciding."""
    context = frame(request, case_id, "overview", "desk.assign")
    case, actor = context["case"], request.actor
    form = AssignForm(
        request.POST or None,
        initial={"worker": str(case.worker_id or actor.account_id), "version": case.version},
    )
    form.fields["worker"].choices = _workers(case, actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        worker_id = UUID(asked["worker"]) if asked["worker"] != "nobody" else None
        done = attempt(
            form,
            lambda: casework.assign_case(
                case_id=case.id,
                worker_id=worker_id,
                because=asked["because"],
                version=asked["version"],
                by=actor,
                at=foundation.now(),
            ),
            places={"worker_id": "worker"},
        )
        if done is not None:
            messages.success(request, gettext("The case has been given."))
            asked_from = request.POST.get("application")
            if any(str(one.id) == asked_from for one in context["applications"]):
                return redirect("desk-decide", case.id, asked_from)
            return redirect("desk-case", case.id)
    may_move = foundation.has_role(actor, Role.MANAGER, case.unit_id)
    context |= {
        "form": form,
        "title": gettext("Who answers for the case"),
        "save": gettext("Save"),
        "may_move": may_move,
    }
    return _shown(request, context, form)


@staff(Role.MANAGER)
def move(request: Any, case_id: UUID) -> HttpResponse:
    """Hand the case over to another unit's queue."""
    context = frame(request, case_id, "overview", "desk.assign")
    case = context["case"]
    form = MoveForm(request.POST or None)
    units = foundation.Unit.objects.exclude(id=case.unit_id).order_by("name")
    form.fields["unit"].choices = [(str(one.id), one.name) for one in units]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: casework.move_case(
                case_id=case.id,
                unit_id=UUID(form.cleaned_data["unit"]),
                because=form.cleaned_data["because"],
                by=request.actor,
                at=foundation.now(),
            ),
        )
        if done is not None:
            messages.success(request, gettext("The case has been handed over."))
            return redirect("desk-work")
    context |= {
        "form": form,
        "title": gettext("Hand over to another unit"),
        "save": gettext("Hand over the case"),
    }
    return _shown(request, context, form)


@staff(*WORKERS)
def close(request: Any, case_id: UUID) -> HttpResponse:
    """Close the case; what is not finished is told, and then it stays open."""
    context = frame(request, case_id, "overview", "desk.close")
    case = context["case"]
    if context["is_adult"]:
        return redirect("desk-adult-close", case.id)
    form = CloseForm(request.POST or None, kind=case.kind, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        done = attempt(
            form, lambda: casework.close_case(case_id=case.id, **asked, by=request.actor, at=foundation.now())
        )
        if done is not None:
            messages.success(request, gettext("The case is closed."))
            return redirect("desk-case", case.id)
    left = casework.hindrances(case)
    context |= {
        "form": form,
        "title": gettext("Close the case"),
        "save": gettext("Close the case"),
        "left": left,
    }
    return _shown(request, context, form)


@staff(*WORKERS)
def reopen(request: Any, case_id: UUID) -> HttpResponse:
    """Open a closed case again; its clocks go on."""
    context = frame(request, case_id, "overview", "desk.close")
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: casework.reopen_case(
                case_id=case_id, because=form.cleaned_data["because"], by=request.actor, at=foundation.now()
            ),
        )
        if done is not None:
            messages.success(request, gettext("The case is open again."))
            return redirect("desk-case", case_id)
    context |= {"form": form, "title": gettext("Open the case again"), "save": gettext("Open the case again")}
    return _shown(request, context, form)


def _workers(case: casework.Case, actor: foundation.Actor) -> list[tuple[str, Any]]:
    """Oneself first, then those who work in the unit; in a restricted case only the named."""
    if case.restricted:
        accounts = [one.account for one in casework.find_named_staff(case.id, actor)]
    else:
        accounts = foundation.staff_accounts(case.unit_id)
    rows = sorted(accounts, key=lambda account: (account.id != actor.account_id, account.name))
    named = [
        (str(one.id), _("{name} (you)").format(name=one.name) if one.id == actor.account_id else one.name)
        for one in rows
    ]
    return [*named, ("nobody", _("Nobody: the unit's queue"))]


def _shown(request: Any, context: dict[str, Any], form: forms.Form) -> HttpResponse:
    return render(request, "desk/case/form.html", context, status=400 if form.errors else 200)
