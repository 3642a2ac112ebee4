"""The delegation order, which all staff may read, and the board's decisions about it: entered by one, confirmed by another."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import DelegationRule, Role
from handslag.portal.lead import delegating
from handslag.portal.lead.delegation_order import BY_CODE, Delegable, in_force, not_delegated
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.forms import DelegationForm, EndDelegationForm, ReturnForm, put_error
from handslag.portal.lead.models import DelegationDecision
from handslag.portal.shell.doors import staff


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the order, or an entered one, in words."""

    row: DelegationRule | DelegationDecision
    decision: str
    who: str


@staff()
def delegation(request: Any) -> HttpResponse:
    """Who may decide what today, by which paragraph; what waits to be confirmed, and what the board has not decided."""
    may_enter = foundation.has_role(request.actor, Role.RULES_OFFICER)
    context = {
        "rules": _rules(), "new": _proposed(not_delegated(foundation.today())), "here": "delegation",
        "waiting": [(_told(one), delegating.may_review(request.actor, one)) for one in delegating.find_waiting()],
        "may_enter": may_enter, "persons": settings.DELEGATION_PERSONS,
    }  # fmt: skip
    return render(request, "lead/delegation.html", context)


@staff()
def delegation_list(request: Any) -> HttpResponse:
    """The delegation order as an Excel file."""
    headings = [_("Decision"), _("Who"), _("Up to kr"), _("Ground"), _("From"), _("Until, not including")]
    rows = (
        [one.decision, one.who, one.row.max_amount_kr, one.row.ground, one.row.valid_from, one.row.valid_to]
        for one in _rules()
        if isinstance(one.row, DelegationRule)
    )
    return workbook("delegationsordning", _("Delegation order"), headings, rows)


@staff(Role.RULES_OFFICER)
def enter(request: Any) -> HttpResponse:
    """Enter what the board has decided: who may make a type of decision, from a day on."""
    proposed = BY_CODE.get(request.GET.get("beslut", ""))
    initial = {"decision_type": proposed.code, "role": proposed.proposed[0]} if proposed is not None else None
    form = DelegationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            entered = delegating.enter_delegation(**form.cleaned_data, by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            return _saved(request, entered)
    context = {"form": form, "proposed": _proposed([proposed] if proposed else []), "here": "delegation"}
    return render(request, "lead/delegation_decision.html", context, status=400 if form.errors else 200)


@staff(Role.RULES_OFFICER)
def end(request: Any, rule_id: UUID) -> HttpResponse:
    """Enter that a row no longer holds from a day on."""
    rule = delegating.get_rule(rule_id)
    form = EndDelegationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = delegating.end_delegation(rule_id=rule.id, **form.cleaned_data, by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            return _saved(request, entered)
    context = {"form": form, "one": _told(rule), "here": "delegation"}
    return render(request, "lead/delegation_end.html", context, status=400 if form.errors else 200)


@staff(*delegating.REVIEWERS)
def review(request: Any, decision_id: UUID) -> HttpResponse:
    """Hold an entered decision against the minutes: confirm it, or return it with the reason."""
    entered, actor = delegating.get_entered(decision_id), request.actor
    form = ReturnForm(request.POST if "return" in request.POST else None)
    fault = ""
    if request.method == "POST" and "confirm" in request.POST:
        try:
            delegating.confirm_delegation(decision_id=entered.id, by=actor, at=foundation.now())
        except foundation.BadInput as error:
            fault = error.in_one_line
        else:
            messages.success(request, _("The board's decision is confirmed. It counts from the day that it names."))
            return redirect("lead-delegation")
    elif request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        delegating.return_delegation(decision_id=entered.id, because=because, by=actor, at=foundation.now())
        messages.success(request, _("The entered decision is returned. It never counts, and is entered anew."))
        return redirect("lead-delegation")
    context = {
        "one": _told(entered), "form": form, "fault": fault, "found": delegating.review_of(entered), "here": "delegation",
        "may_confirm": delegating.may_review(actor, entered),
    }  # fmt: skip
    return render(request, "lead/delegation_review.html", context, status=400 if fault or form.errors else 200)


def _saved(request: Any, entered: DelegationDecision) -> HttpResponse:
    messages.success(
        request,
        _("The board's decision is entered. It counts when somebody else has confirmed it.")
        if entered.persons > 1
        else _("The board's decision is entered. It counts from the day that it names."),
    )
    return redirect("lead-delegation")


def _rules() -> list[Row]:
    return [_told(rule) for rule in in_force(foundation.today())]


def _told(row: DelegationRule | DelegationDecision) -> Row:
    known = BY_CODE.get(row.decision_type)
    roles = {role.value: str(role.label) for role in Role}
    who = _("Automated decision function") if row.automated else roles.get(row.role, row.role)
    return Row(row, str(known.words) if known else row.decision_type, who)


def _proposed(decisions: list[Delegable]) -> list[tuple[Delegable, str]]:
    return [(one, ", ".join(str(role.label) for role in one.proposed)) for one in decisions]
