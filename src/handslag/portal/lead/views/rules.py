"""The rules as the municipality has them: figures to confirm, local rules, settings. All entered as decisions, never overwritten."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Month, Role
from handslag.income_support import public as income_support
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.forms import (
    NEEDS,
    ConfirmForm,
    LocalRulesForm,
    SettingsForm,
    choice_words,
    household_words,
    put_error,
    setting_words,
)
from handslag.portal.lead.presenters import cell_words
from handslag.portal.shell.doors import staff

READERS = (Role.RULES_OFFICER, Role.MANAGER, Role.CONTROLLER, Role.BOARD)


@staff(*READERS)
def rules(request: Any) -> HttpResponse:
    """The figures of a month with source and status, the local rules and the settings in force."""
    return _page(request, ConfirmForm())


@staff(Role.RULES_OFFICER)
def confirm(request: Any) -> HttpResponse:
    """Confirm a figure: its amount repeated from the published text, and the text named."""
    if request.method != "POST":
        return redirect("lead-rules")
    form = ConfirmForm(request.POST)
    if form.is_valid():
        try:
            income_support.confirm_cell(**form.cleaned_data, demo=False, by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(request, _("The figure is confirmed."))
            return redirect(f"/ledning/regler/?manad={_month(request)}")
    return _page(request, form, 400)


@staff(*READERS)
def cell_list(request: Any) -> HttpResponse:
    """The figures of a month as an Excel file."""
    month = _month(request)
    headings = [_("Figure"), _("Key"), _("Amount"), _("From"), _("Status"), _("Source")]
    rows = (
        [cell_words(cell.key), cell.key, cell.value, cell.valid_from, _("Confirmed") if cell.status == "confirmed" else _("Unconfirmed"), cell.source]
        for cell in income_support.cells_in(month.first)
    )
    return workbook(f"regler-{month}", str(month), headings, rows)


@staff(Role.RULES_OFFICER)
def local_rules(request: Any) -> HttpResponse:
    """Enter the board's guideline values from a month on; begins with those in force, and is looked through first."""
    form = LocalRulesForm(request.POST or None, initial=_local_now())
    if request.method == "POST" and form.is_valid() and "enter" not in request.POST and "edit" not in request.POST:
        return render(request, "lead/local_rules_review.html", {"form": form, "review": _review(form), "here": "rules"})
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        head = {name: form.cleaned_data[name] for name in ("name", "valid_from", "paragraph", "decided_on")}
        try:
            income_support.enter_local_rules(**head, content=form.content(), by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(request, _("The local rules are entered. They govern from the month that you gave."))
            return redirect("lead-rules")
    return render(request, "lead/local_rules.html", {"form": form, "here": "rules"}, status=400 if form.errors else 200)


@staff(Role.RULES_OFFICER)
def settings(request: Any) -> HttpResponse:
    """Settle what the law leaves open, from a month on."""
    now = income_support.settings_for(foundation.today().replace(day=1)).as_plain()
    form = SettingsForm(request.POST or None, initial={f"setting_{name}": value for name, value in now.items()})
    if request.method == "POST" and form.is_valid():
        head = {name: form.cleaned_data[name] for name in ("valid_from", "paragraph", "decided_on")}
        try:
            income_support.enter_settings(**head, choices=form.chosen(), by=request.actor, at=foundation.now())
        except foundation.BadInput as error:
            put_error(form, error)
        else:
            messages.success(request, _("The settings are entered. They govern from the month that you gave."))
            return redirect("lead-rules")
    return render(request, "lead/settings.html", {"form": form, "here": "rules"}, status=400 if form.errors else 200)


def _page(request: Any, form: ConfirmForm, status: int = 200) -> HttpResponse:
    month = _month(request)
    cells = income_support.cells_in(month.first)
    words, choices = setting_words(), choice_words()
    chosen = income_support.settings_for(month.first).as_plain()
    context = {
        "month": month, "month_text": str(month), "earlier": month.previous(), "later": month.next(), "form": form, "here": "rules",
        "unconfirmed": [(cell, cell_words(cell.key)) for cell in cells if cell.status != "confirmed"],
        "confirmed": [(cell, cell_words(cell.key)) for cell in cells if cell.status == "confirmed"],
        "local": income_support.local_rules_for(month.first),
        "settings": [(words.get(name, name), choices.get(value, value)) for name, value in chosen.items()],
        "may_enter": foundation.has_role(request.actor, Role.RULES_OFFICER),
    }
    return render(request, "lead/rules.html", context, status=status)


def _month(request: Any) -> Month:
    text = request.POST.get("manad") or request.GET.get("manad") or ""
    try:
        return Month.parse(text)
    except (ValueError, foundation.HandslagError):
        return Month.of(foundation.today())


def _review(form: LocalRulesForm) -> list[tuple[str, str, str]]:
    """Every value that is new, changed or gone: its name, what holds on the first day now, and what will hold."""
    local = income_support.local_rules_for(form.cleaned_data["valid_from"])
    now = _values_of(local) if local is not None else {}
    then = _values_in(form.content())
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
