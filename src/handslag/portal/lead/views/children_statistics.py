"""Reports of concern and investigations year by year, for who leads, controls or governs a unit for children."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag.analytics import public as analytics
from handslag.analytics.public import HIDDEN, ChildrenYear
from handslag.child_protection import public as child_protection
from handslag.foundation.public import Role
from handslag.portal.lead.excel import workbook
from handslag.portal.lead.presenters import hidden_word
from handslag.portal.shell.doors import staff

Row = tuple[str, list[int]]


@staff(Role.MANAGER, Role.CONTROLLER, Role.BOARD)
def years(request: Any) -> HttpResponse:
    """The years beside each other, latest first: no names, no numbers of files, small groups hidden."""
    found = analytics.children_statistics()
    context = {
        "here": "statistics",
        "years": [one.year for one in found],
        "groups": _groups(found),
        "mean_days": [one.mean_days for one in found],
        "smallest": analytics.smallest_group(),
        "as_of": analytics.statistics_as_of(),
    }
    return render(request, "lead/children_statistics.html", context)


@staff(Role.MANAGER, Role.CONTROLLER, Role.BOARD)
def year_list(request: Any) -> HttpResponse:
    """The same as an Excel file; hidden numbers are written as they are shown."""
    found = analytics.children_statistics()
    small = hidden_word()
    rows: list[list[Any]] = [
        [words, *(small if number == HIDDEN else number for number in numbers)]
        for _heading, group in _groups(found)
        for words, numbers in group
    ]
    rows.append([_("Mean days of those closed"), *(one.mean_days for one in found)])
    return workbook(
        "statistik-barn", _("Children year by year"), ["", *(str(one.year) for one in found)], rows
    )


def _groups(found: list[ChildrenYear]) -> list[tuple[str, list[Row]]]:
    def row(words: str, number: Callable[[ChildrenYear], int]) -> Row:
        return words, [number(one) for one in found]

    def by(who: str) -> Callable[[ChildrenYear], int]:
        return lambda one: one.reported_by[who]

    reporters = [row(words, by(who)) for who, words in _reporter_words().items()]
    return [
        (
            _("Reports of concern"),
            [
                row(_("Reports received"), lambda one: one.reports),
                row(_("Of them of violence"), lambda one: one.violence),
                row(_("Children told of"), lambda one: one.children),
                row(
                    _("Third report within six months without an investigation"),
                    lambda one: one.third_reports,
                ),
                row(_("Decided after the last day, or waiting after it"), lambda one: one.preliminary_late),
            ],
        ),
        (_("Who made the reports"), [one for one in reporters if any(one[1])]),
        (
            _("Investigations"),
            [
                row(_("Investigations opened"), lambda one: one.investigations),
                row(_("Going on from an earlier one, days and all"), lambda one: one.restarted),
                row(_("Given more time"), lambda one: one.extended),
                row(_("Done after the last day, or open after it"), lambda one: one.late),
                row(_("Closed in the year"), lambda one: one.closed),
            ],
        ),
    ]


def _reporter_words() -> dict[str, str]:
    """Professions first; `other` is another profession."""
    words = {str(code): str(label) for code, label in child_protection.Profession.choices}
    kinds = {str(code): str(label) for code, label in child_protection.ReporterKind.choices}
    return {who: words.get(who) or kinds[who] for who in analytics.BY}
