"""The board's guideline values: entered by one person, held against the decision and confirmed by another."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Role
from handslag.income_support import public as income_support
from handslag.portal.lead.forms import NEEDS, LocalRulesForm, household_words, put_error
from handslag.portal.lead.views.second_person import Acts, hold_against
from handslag.portal.shell.doors import staff


@staff(Role.RULES_OFFICER)
def local_rules(request: Any) -> HttpResponse:
    """Enter the board's guideline values from a month on; begins with those in force, and is looked through first."""
    form = LocalRulesForm(request.POST or None, initial=_local_now())
    if request.method == "POST" and form.is_valid() and "enter" not in request.POST and "edit" not in request.POST:
        return render(request, "lead/local_rules_review.html", {"form": form, "review": _changes(form.cleaned_data["valid_from"], form.content()), "here": "rules"})
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        head = {name: form.cleaned_data[name] for name in ("name", "valid_from", "paragraph", "decided_on")}
        try:
            income_support.enter_local_rules(**head, content=form.content(), by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(request, _("The local rules are entered. They are in force when somebody else has confirmed them."))
            return redirect("lead-rules")
    return render(request, "lead/local_rules.html", {"form": form, "here": "rules"}, status=400 if form.errors else 200)


@staff(Role.RULES_OFFICER, Role.MANAGER)
def review(request: Any, local_rules_id: UUID) -> HttpResponse:
    """Hold entered local rules against the board's decision: confirm them, or return them with the reason."""
    entered = income_support.get_local_rules(local_rules_id)
    act = Acts(
        confirm=partial(income_support.confirm_local_rules, local_rules_id=entered.id),
        give_back=partial(income_support.return_local_rules, local_rules_id=entered.id),
        confirmed=_("The local rules are confirmed. They govern from their month on."),
        returned=_("The local rules are returned. They are never in force, and are entered anew."),
    )
    values = {"review": _changes(entered.valid_from, entered.content), "values": list(_values_in(entered.content).items())}
    return hold_against(request, entered, getattr(entered, "review", None), act, "lead/local_rules_confirm.html", values)


def in_force_review(first: date) -> Any:
    """Who confirmed the local rules that govern the month which begins on the day, and when; None without rules."""
    row, _waits = income_support.local_rules_in_force(first)
    return None if row is None else row.review


def local_values(first: date) -> list[tuple[str, str]]:
    """Every value of the local rules that govern the month which begins on the day, in words."""
    local = income_support.local_rules_for(first)
    return list(_values_of(local).items()) if local is not None else []


def _changes(valid_from: date, content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every value that is new, changed or gone: its name, what holds on the first day now, and what will hold."""
    local = income_support.local_rules_for(valid_from)
    now = _values_of(local) if local is not None else {}
    then = _values_in(content)
    return [(name, now.get(name, "–"), then.get(name, "–")) for name in dict.fromkeys((*now, *then)) if now.get(name) != then.get(name)]


def _values_of(local: Any) -> dict[str, str]:
    rents = [{"rooms": rent.rooms, "adults": rent.adults, "children": rent.children, "kr": rent.kr} for rent in local.rents]
    amounts = {
        need: {"unit": amount.unit, "kr": amount.kr, "share_of_price_base": amount.share_of_price_base, "day_kr": amount.day_kr}
        for need, amount in local.amounts.items()
    }
    return _values_in({"rents": rents, "amounts": amounts, "work_travel_kr_per_10_km": local.work_travel_kr_per_10_km})


def _values_in(content: dict[str, Any]) -> dict[str, str]:
    """The values of local rules in words, by their names."""
    found = {}
    for rent in content["rents"]:
        name = _("%(rooms)d rooms") % {"rooms": rent["rooms"]} if rent.get("rooms") else household_words(rent.get("adults"), rent.get("children") or 0)
        found[_("Highest rent: {what}").format(what=name)] = foundation.kr(Decimal(str(rent["kr"])))
    units = {"once": _("each time"), "month": _("a month"), "year": _("a year")}
    for need, amount in content["amounts"].items():
        kr, share, day = amount.get("kr"), amount.get("share_of_price_base"), amount.get("day_kr")
        told = foundation.kr(Decimal(str(kr))) if kr is not None else _("{percent} % of the price base amount").format(
            percent=localize((Decimal(str(share)) * 100).normalize() + Decimal(0))
        )
        told = f"{told}, {units[amount['unit']]}"
        if day is not None:
            told += f", {foundation.kr(Decimal(str(day)))} {_('a day')}"
        found[foundation.tell(foundation.said(f"line.special.{need}"))] = told
    if (travel := content.get("work_travel_kr_per_10_km")) is not None:
        found[_("Travel to work by car, for 10 km")] = foundation.kr(Decimal(str(travel)))
    return found


def _local_now() -> dict[str, Any]:
    today: date = foundation.today()
    local = income_support.local_rules_for(today.replace(day=1))
    if local is None:
        return {}
    initial: dict[str, Any] = {"name": local.name, "travel": local.work_travel_kr_per_10_km}
    initial |= {f"rent_{rent.rooms}": rent.kr for rent in local.rents if rent.rooms}
    homes = {f"home_{rent.adults or 'any'}_{rent.children or 0}": rent.kr for rent in local.rents if not rent.rooms}
    initial |= {**homes, "rents_by": "household" if homes else "rooms"}
    for need in NEEDS:
        amount = local.amounts.get(need)
        if amount is not None:
            share = amount.share_of_price_base
            initial |= {f"kr_{need}": amount.kr, f"share_{need}": None if share is None else (share * 100).normalize() + Decimal(0), f"unit_{need}": amount.unit, f"day_{need}": amount.day_kr}
    return initial
