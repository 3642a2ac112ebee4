"""Statistics of the units that somebody leads, controls or governs; and the delegation order, which all staff may read."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag.analytics import public as analytics
from handslag.analytics.public import HIDDEN, OUTCOMES
from handslag.foundation import public as foundation
from handslag.foundation.public import DelegationRule, Role
from handslag.portal.lead.excel import workbook
from handslag.portal.shell import formats
from handslag.portal.shell.doors import staff

MONTHS = 13


@staff(Role.MANAGER, Role.CONTROLLER, Role.BOARD)
def balance(request: Any) -> HttpResponse:
    """Case balance and decisions month by month, as tables with bars."""
    kinds = analytics.case_statistics(months=MONTHS)
    longest = max((row.open for kind in kinds for row in kind.months), default=0) or 1
    shown = [
        (kind, [(row, f"{max(row.open, 0) * 100 / longest:.1f}%", [row.outcomes[outcome] for outcome in OUTCOMES]) for row in kind.months])
        for kind in kinds
    ]
    context = {
        "kinds": shown, "outcomes": outcome_words(), "small": f"1–{analytics.smallest_group() - 1}", "here": "statistics",
        "aid": analytics.aid_statistics(months=MONTHS), "as_of": analytics.statistics_as_of(),
    }
    return render(request, "lead/statistics.html", context)


@staff(Role.MANAGER, Role.CONTROLLER, Role.BOARD)
def balance_list(request: Any) -> HttpResponse:
    """The same as an Excel file; hidden numbers are written as they are shown."""
    words = outcome_words()
    headings = [_("Kind"), _("Month"), _("Cases opened"), _("Cases closed"), _("Open at the end"), _("Decisions made"), *words, _("Automated")]
    rows = []
    small = f"1–{analytics.smallest_group() - 1}"
    for kind in analytics.case_statistics(months=MONTHS):
        for row in kind.months:
            numbers = [row.opened, row.closed, row.open, row.decided, *(row.outcomes[outcome] for outcome in OUTCOMES), row.automated]
            rows.append([kind.label, formats.month(row.month), *(small if number == HIDDEN else number for number in numbers)])
    return workbook("statistik", _("Statistics"), headings, rows)


@staff()
def delegation(request: Any) -> HttpResponse:
    """Who may decide what today, up to which sum, by which paragraph."""
    return render(request, "lead/delegation.html", {"rules": _rules(), "here": "delegation"})


@staff()
def delegation_list(request: Any) -> HttpResponse:
    """The delegation order as an Excel file."""
    headings = [_("Decision"), _("Who"), _("Up to kr"), _("Ground"), _("From")]
    rows = ([words, who, rule.max_amount_kr, rule.ground, rule.valid_from] for rule, words, who in _rules())
    return workbook("delegationsordning", _("Delegation order"), headings, rows)


def outcome_words() -> list[str]:
    """The outcomes of decisions, in the order of OUTCOMES."""
    return [_("Granted"), _("Partly granted"), _("Refused"), _("Dismissed"), _("Neither granted nor refused")]


def _rules() -> list[tuple[DelegationRule, str, str]]:
    day = foundation.today()
    rows = DelegationRule.objects.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    words = {
        "income_support.grant": _("Economic aid: grant"), "income_support.partly_grant": _("Economic aid: grant partly"),
        "income_support.refuse": _("Economic aid: refuse"), "income_support.emergency": _("Economic aid: emergency aid"),
        "income_support.further_aid": _("Economic aid: further aid"),
        "child_protection.open": _("Children: open an investigation"),
        "child_protection.open_on_call": _("Children: open an investigation on call"),
        "child_protection.close": _("Children: close an investigation"),
        "child_protection.close_early": _("Children: close an investigation early"),
        "child_protection.extend": _("Children: extend an investigation"),
        "child_protection.preliminary_assessment": _("Children: open no investigation"),
        "child_protection.extend_preliminary": _("Children: more time for a preliminary assessment"),
        "child_protection.follow_up": _("Children: follow a child after an investigation"),
        "income_support.confirm_local_rules": _("Economic aid: confirm local rules"),
    }
    roles = {role.value: str(role.label) for role in Role}
    return [
        (rule, words.get(rule.decision_type, rule.decision_type), _("Automated decision function") if rule.automated else roles.get(rule.role, rule.role))
        for rule in rows.order_by("decision_type", "automated", "max_amount_kr")
    ]
