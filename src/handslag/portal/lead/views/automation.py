"""Automation: what the board lets it decide, the switch, and the checks of what it proposed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.forms import AutomationRuleForm, put_error
from handslag.portal.lead.presenters import in_kronor
from handslag.portal.shell.doors import staff


class WhyForm(forms.Form):
    """The reason for turning the switch."""

    why = forms.CharField(label=gettext_lazy("Why?"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


@staff(Role.MANAGER, Role.RULES_OFFICER, Role.CONTROLLER, Role.BOARD)
def automation(request: Any) -> HttpResponse:
    """The rule table in words with its days and paragraph, the switch, and how often people agreed."""
    return _page(request, WhyForm())


@staff(Role.MANAGER, Role.RULES_OFFICER)
@require_POST
def turn(request: Any) -> HttpResponse:
    """Pause automation at once, or start it again."""
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    paused = request.POST.get("to") == "paused"
    income_support.turn_automation(paused=paused, why=form.cleaned_data["why"], by=request.actor, at=foundation.now())
    messages.success(request, _("Automation is paused. Nothing is decided without a person.") if paused else _("Automation is on again."))
    return redirect("lead-automation")


@staff(Role.RULES_OFFICER)
def new_rule(request: Any) -> HttpResponse:
    """Enter the board's decision on what may be automated."""
    form = AutomationRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            income_support.enter_automation_rule(**form.cleaned_data, by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(request, _("The board's decision is entered."))
            return redirect("lead-automation")
    return render(request, "lead/automation_rule.html", {"form": form, "here": "automation"}, status=400 if form.errors else 200)


@staff(Role.MANAGER, Role.CASE_WORKER)
def samples(request: Any) -> HttpResponse:
    """Proposals that were drawn for a check and wait; each is looked at before anything leaves."""
    context = {
        "samples": income_support.find_samples(request.actor), "done": income_support.find_samples(request.actor, waiting=False)[-20:][::-1],
        "agreement": income_support.agreement(request.actor), "here": "samples",
    }
    return render(request, "lead/samples.html", context)


@staff(Role.MANAGER, Role.CASE_WORKER)
@require_POST
def review(request: Any, sample_id: UUID) -> HttpResponse:
    """Say whether one agrees with a proposal."""
    agrees = request.POST.get("agrees") == "yes"
    income_support.review_sample(sample_id=sample_id, agrees=agrees, why=request.POST.get("why", ""), by=request.actor, at=foundation.now())
    messages.success(request, _("Your check is kept. The decision itself is made in the case."))
    return redirect("lead-samples")


@staff(Role.MANAGER, Role.CASE_WORKER)
def sample_list(request: Any) -> HttpResponse:
    """All checks as an Excel file: case numbers and answers, no persons."""
    found = [*income_support.find_samples(request.actor, waiting=False), *income_support.find_samples(request.actor)]
    headings = [_("Drawn"), _("Proposed kr"), _("Answer"), _("Answered"), _("Why")]
    rows = ([row.drawn_at, row.proposed_kr, row.get_state_display(), row.reviewed_at, row.why] for row in found)
    return workbook("stickprov", _("Checks"), headings, rows)


def _page(request: Any, form: WhyForm, status: int = 200) -> HttpResponse:
    rule = income_support.rule_on(foundation.today())
    held = {role for role, _unit in foundation.roles_of(request.actor)}
    context = {
        "rule": rule, "conditions": [in_kronor(condition) for condition in income_support.conditions(rule)] if rule else [], "paused": income_support.is_paused(),
        "turned": income_support.latest_turn(), "agreement": income_support.agreement(request.actor), "form": form,
        "may_turn": bool(held & {Role.MANAGER.value, Role.RULES_OFFICER.value}), "may_enter": Role.RULES_OFFICER.value in held, "here": "automation",
    }
    return render(request, "lead/automation.html", context, status=status)
