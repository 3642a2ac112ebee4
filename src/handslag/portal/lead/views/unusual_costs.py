"""Limits above which a cost is unusually high: entered by one person, held against the decision and confirmed by another."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.lead.forms import UnusualCostsForm, put_error
from handslag.portal.lead.views.second_person import Acts, hold_against
from handslag.portal.shell.doors import staff

# The costs beside rent that may have a limit, in the order of the application.
COSTS = ("electricity", "home_insurance", "work_travel", "unemployment_fund", "union_fee")


@staff(Role.RULES_OFFICER)
def enter(request: Any) -> HttpResponse:
    """Enter above how much a month a cost is unusually high, from a month on; begins with what holds now."""
    held = income_support.unusual_costs_on(foundation.today().replace(day=1))
    form = UnusualCostsForm(
        request.POST or None, kinds=COSTS, initial={f"limit_{kind}": kr for kind, kr in held.limits.items()}
    )
    if request.method == "POST" and form.is_valid():
        head = {name: form.cleaned_data[name] for name in ("valid_from", "paragraph", "decided_on")}
        try:
            income_support.enter_unusual_costs(
                **head, limits=form.limits(), by=request.actor, at=foundation.now()
            )
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(
                request, _("The limits are entered. They hold when somebody else has confirmed them.")
            )
            return redirect("lead-rules")
    return render(
        request,
        "lead/unusual_costs.html",
        {"form": form, "here": "rules"},
        status=400 if form.errors else 200,
    )


@staff(Role.RULES_OFFICER, Role.MANAGER)
def review(request: Any, limits_id: UUID) -> HttpResponse:
    """Hold entered limits against the decision: confirm them, or return them with the reason."""
    entered = income_support.get_unusual_costs(limits_id)
    act = Acts(
        confirm=partial(income_support.confirm_unusual_costs, limits_id=entered.id),
        give_back=partial(income_support.return_unusual_costs, limits_id=entered.id),
        confirmed=_("The limits are confirmed. They hold from their month on."),
        returned=_("The limits are returned. They never hold, and are entered anew."),
    )
    now = income_support.unusual_costs_on(entered.valid_from).limits
    limits = _side_by_side(now, {kind: Decimal(kr) for kind, kr in entered.limits.items()})
    found = income_support.review_of_limits(entered)
    return hold_against(request, entered, found, act, "lead/unusual_costs_confirm.html", {"limits": limits})


def _side_by_side(
    now: Mapping[str, Decimal], then: Mapping[str, Decimal]
) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Each cost in words, with the limit that holds on the first day now and the one that was entered; None for no limit."""
    kinds = [kind for kind in dict.fromkeys((*COSTS, *now, *then)) if kind in now or kind in then]
    return [
        (foundation.tell(foundation.said(f"line.cost.{kind}")), now.get(kind), then.get(kind))
        for kind in kinds
    ]
