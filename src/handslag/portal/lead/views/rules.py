"""The rules as the municipality has them: figures to confirm, local rules, settings. All entered as decisions, never overwritten."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import Month, Role
from handslag.income_support import public as income_support
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.forms import (
    ConfirmForm,
    SettingsForm,
    choice_words,
    put_error,
    setting_words,
)
from handslag.portal.lead.presenters import cell_words
from handslag.portal.lead.views.local_rules import in_force_review, local_values
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
        [cell_words(cell.key), cell.key, cell.value, cell.valid_from, _("Confirmed") if cell.status == "confirmed" else _("Unconfirmed"), income_support.source_in_words(cell.source)]
        for cell in income_support.cells_in(month.first)
    )
    return workbook(f"regler-{month}", str(month), headings, rows)


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
    unusual = income_support.unusual_costs_on(month.first)
    context = {
        "month": month, "month_text": str(month), "earlier": month.previous(), "later": month.next(), "form": form, "here": "rules",
        "version": income_support.rule_version_in(month),
        "unconfirmed": [(cell, cell_words(cell.key)) for cell in cells if cell.status != "confirmed"],
        "confirmed": [(cell, cell_words(cell.key)) for cell in cells if cell.status == "confirmed"],
        "local": income_support.local_rules_for(month.first), "local_words": local_values(month.first),
        "unusual": unusual, "unusual_costs": [(foundation.tell(foundation.said(f"line.cost.{kind}")), kr) for kind, kr in unusual.limits.items()],
        "local_review": in_force_review(month.first), "to_review": income_support.find_local_rules_to_review(),
        "limits_to_review": income_support.find_unusual_costs_to_review(),
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
