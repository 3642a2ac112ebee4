"""The delegation order, which all staff may read, and the board's decisions about it as the rules officer enters them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import DelegationRule, Role
from handslag.portal.lead import operations
from handslag.portal.lead.delegation_order import BY_CODE, Delegable, in_force, not_delegated
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.forms import DelegationForm, put_error
from handslag.portal.shell.doors import staff


@staff()
def delegation(request: Any) -> HttpResponse:
    """Who may decide what today, up to which sum, by which paragraph; and what the board has not decided about yet."""
    context = {
        "rules": _rules(), "new": _proposed(not_delegated(foundation.today())), "here": "delegation",
        "may_enter": foundation.has_role(request.actor, Role.RULES_OFFICER),
    }  # fmt: skip
    return render(request, "lead/delegation.html", context)


@staff()
def delegation_list(request: Any) -> HttpResponse:
    """The delegation order as an Excel file."""
    headings = [_("Decision"), _("Who"), _("Up to kr"), _("Ground"), _("From")]
    rows = ([words, who, rule.max_amount_kr, rule.ground, rule.valid_from] for rule, words, who in _rules())
    return workbook("delegationsordning", _("Delegation order"), headings, rows)


@staff(Role.RULES_OFFICER)
def enter(request: Any) -> HttpResponse:
    """Enter what the board has decided: who may make a type of decision, from a day on."""
    proposed = BY_CODE.get(request.GET.get("beslut", ""))
    initial = {"decision_type": proposed.code, "role": proposed.proposed[0]} if proposed is not None else None
    form = DelegationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.enter_delegation(**form.cleaned_data, by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(request, _("The delegation is entered. It holds from the day that you gave."))
            return redirect("lead-delegation")
    context = {"form": form, "proposed": _proposed([proposed] if proposed else []), "here": "delegation"}
    return render(request, "lead/delegation_decision.html", context, status=400 if form.errors else 200)


def _rules() -> list[tuple[DelegationRule, str, str]]:
    roles = {role.value: str(role.label) for role in Role}
    words = {code: str(decision.words) for code, decision in BY_CODE.items()}
    return [
        (rule, words.get(rule.decision_type, rule.decision_type), _("Automated decision function") if rule.automated else roles.get(rule.role, rule.role))
        for rule in in_force(foundation.today())
    ]


def _proposed(decisions: list[Delegable]) -> list[tuple[Delegable, str]]:
    return [(one, ", ".join(str(role.label) for role in one.proposed)) for one in decisions]
