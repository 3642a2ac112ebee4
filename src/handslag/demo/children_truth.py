"""What a plan of concern for children holds, counted: the truth that the product's statistics are checked against. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from handslag.casework.rules.calendar import add_months
from handslag.demo.children_plan import STOCKHOLM, PlannedInvestigation, PlannedReport


def count_truth(reports: Iterable[PlannedReport], *, today: date) -> dict[str, int]:
    """What the plan holds, counted. Late: done after the last day, or open after it on `today`.

    A key that ends in a year counts what came in that calendar year, or of an investigation what was opened in it;
    `opened_of_reports_<year>` counts the investigations that the year's reports led to, whenever they were opened.
    """
    truth: Counter[str] = Counter()
    for report in reports:
        day = report.at.astimezone(STOCKHOLM).date()
        truth["reports"] += 1
        truth[f"reports_{day.year}"] += 1
        truth[f"reports_by_{report.reporter}"] += 1
        truth[f"reports_by_{report.reporter}_{day.year}"] += 1
        truth["reports_of_violence"] += report.violence
        truth[f"reports_of_violence_{day.year}"] += report.violence
        for concern in report.concerns:
            truth["children_in_reports"] += 1
            truth["third_reports"] += concern.is_repeat
            truth[f"third_reports_{day.year}"] += concern.is_repeat
            truth[concern.outcome or "waiting"] += 1
            late = (concern.decided_on or today) > day + timedelta(days=14)
            truth["preliminary_late"] += late
            truth[f"preliminary_late_{day.year}"] += late
            if concern.investigation is not None:
                truth[f"opened_of_reports_{day.year}"] += 1
                _count_investigation(truth, concern.investigation, today)
    return dict(sorted(truth.items()))


def _count_investigation(truth: Counter[str], one: PlannedInvestigation, today: date) -> None:
    last_day = one.extended_until or add_months(one.opened_on, 4)
    counted = {
        "investigations": 1,
        "investigations_restarted": one.restarts,
        "investigations_extended": one.extended_until is not None,
        "investigations_open": one.closed_on is None,
        "investigation_days_closed": (one.closed_on - one.opened_on).days if one.closed_on else 0,
        "investigations_late": (one.closed_on or today) > last_day,
    }
    for name, number in counted.items():
        truth[name] += number
        truth[f"{name}_{one.opened_on.year}"] += number
