"""Statistics of the units that somebody leads, controls or governs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag.analytics import public as analytics
from handslag.analytics.public import HIDDEN, OUTCOMES
from handslag.foundation.public import Role
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.presenters import hidden_word
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
        "kinds": shown, "outcomes": outcome_words(), "smallest": analytics.smallest_group(), "here": "statistics",
        "aid": analytics.aid_statistics(months=MONTHS), "as_of": analytics.statistics_as_of(),
    }
    return render(request, "lead/statistics.html", context)


@staff(Role.MANAGER, Role.CONTROLLER, Role.BOARD)
def balance_list(request: Any) -> HttpResponse:
    """The same as an Excel file; hidden numbers are written as they are shown."""
    words = outcome_words()
    headings = [_("Kind"), _("Month"), _("Cases opened"), _("Cases closed"), _("Open at the end"), _("Decisions made"), *words, _("Automated")]
    rows = []
    small = hidden_word()
    for kind in analytics.case_statistics(months=MONTHS):
        for row in kind.months:
            numbers = [row.opened, row.closed, row.open, row.decided, *(row.outcomes[outcome] for outcome in OUTCOMES), row.automated]
            rows.append([kind.label, formats.month(row.month), *(small if number == HIDDEN else number for number in numbers)])
    return workbook("statistik", _("Statistics"), headings, rows)


def outcome_words() -> list[str]:
    """The outcomes of decisions, in the order of OUTCOMES."""
    return [_("Granted"), _("Partly granted"), _("Refused"), _("Dismissed"), _("Neither granted nor refused")]
