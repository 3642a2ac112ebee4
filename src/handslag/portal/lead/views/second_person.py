"""What one person has entered of the rules, held against the decision by another: confirmed, or returned with the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.lead.forms import ReturnForm


@dataclass(frozen=True, slots=True)
class Acts:
    """The two things that the second person may do with an entry, and what is told when it is done."""

    confirm: Callable[..., Any]
    give_back: Callable[..., Any]
    confirmed: str
    returned: str


def hold_against(
    request: Any, entered: Any, found: Any, act: Acts, template: str, shown: dict[str, Any]
) -> HttpResponse:
    """The page of an entry (`lead/entered.html` made its own), with what was `found`; a press confirms or returns it."""
    actor = request.actor
    form = ReturnForm(request.POST if "return" in request.POST else None)
    if request.method == "POST" and "confirm" in request.POST:
        act.confirm(by=actor, at=foundation.now())
        messages.success(request, act.confirmed)
        return redirect("lead-rules")
    if request.method == "POST" and form.is_valid():
        act.give_back(because=form.cleaned_data["because"], by=actor, at=foundation.now())
        messages.success(request, act.returned)
        return redirect("lead-rules")
    context = {
        "entered": entered, "found": found, "form": form, "here": "rules", **shown,
        "is_mine": entered.entered_by_id == actor.account_id,
        "may_review": income_support.may_review(actor, foundation.today()),
    }  # fmt: skip
    return render(request, template, context, status=400 if form.errors else 200)
