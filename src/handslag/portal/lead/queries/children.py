"""What the manager of a children's unit looks at: arrivals, what is late, what comes again, what will break."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor

WEEKS, DAYS_AHEAD, DAYS_BACK, MOST = 12, 7, 30, 50
# What somebody must do within the time of the law; windows that lapse by themselves are not among them.
DUTIES = ("FORH", "UTR", "AATERK", "OVERV", "VARDN", "VARDPLAN", "LVU_UND", "LVU_ANS", "UPPF_LVU")


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday: reports that came, of them with danger now, and joined as the same event."""

    monday: date
    arrived: int
    danger: int
    merged: int


@dataclass(frozen=True, slots=True)
class Unassessed:
    """A child of a report whose need of protection nobody has assessed within our own target."""

    report: children.Report
    hours: int


@dataclass(frozen=True, slots=True)
class Restart:
    """An investigation that goes on from an earlier one within a year, with the days that were used before."""

    investigation: children.Investigation
    days_used: int


@dataclass(frozen=True, slots=True)
class ChildrenOverview:
    """The page of the units for children."""

    weeks: list[Week]
    unassessed: list[Unassessed]
    late: list[casework.LegalClock]
    late_lately: int
    repeats: list[children.RepeatWarning]
    restarts: list[Restart]
    breaking: list[casework.LegalClock]

    @property
    def highest(self) -> int:
        return max((week.arrived for week in self.weeks), default=0)


def children_overview(actor: Actor, units: Sequence[UUID]) -> ChildrenOverview:
    """The figures of the units, from what the actor may read; the database leaves the others out."""
    today = foundation.today()
    with foundation.acting(actor):
        clocks = casework.LegalClock.objects.filter(
            case__unit_id__in=units, case__kind="child_protection", rule__in=DUTIES, last_day__isnull=False
        ).select_related("case__worker")
        waiting = clocks.filter(closed_on__isnull=True)
        return ChildrenOverview(
            weeks=_weeks(units, today),
            unassessed=_unassessed(units),
            late=list(waiting.filter(rule="FORH", last_day__lt=today).order_by("last_day", "id")[:MOST]),
            late_lately=clocks.filter(
                rule="FORH", state="late", closed_on__gte=today - timedelta(days=DAYS_BACK)
            ).count(),
            repeats=children.third_report_warnings(actor, unanswered=False),
            restarts=_restarts(units, today),
            breaking=list(
                waiting.filter(
                    last_day__gte=today, last_day__lte=today + timedelta(days=DAYS_AHEAD)
                ).order_by("last_day", "id")[:MOST]
            ),
        )


def _weeks(units: Sequence[UUID], today: date) -> list[Week]:
    this_monday = today - timedelta(days=today.weekday())
    first = this_monday - timedelta(weeks=WEEKS - 1)
    since = datetime.combine(first, time(), tzinfo=foundation.SWEDEN)
    rows = children.Report.objects.filter(
        Q(unit_id__in=units) | Q(day_unit_id__in=units), received_at__gte=since
    )
    found = {first + timedelta(weeks=number): [0, 0, 0] for number in range(WEEKS)}
    for received_at, danger, state in rows.values_list("received_at", "danger_now", "state"):
        day = foundation.day_of(received_at)
        numbers = found.get(day - timedelta(days=day.weekday()))
        if numbers is not None:
            numbers[0] += 1
            numbers[1] += bool(danger)
            numbers[2] += state == children.ReportState.MERGED
    return [Week(monday, *numbers) for monday, numbers in found.items()]


def _unassessed(units: Sequence[UUID]) -> list[Unassessed]:
    now = foundation.now()
    limit = now - timedelta(hours=children.reception_settings().protection_target_hours)
    rows = children.ReportedChild.objects.filter(
        report__unit_id__in=units, report__state=children.ReportState.RECEIVED, report__received_at__lt=limit,
        protection__isnull=True,
    )  # fmt: skip
    ordered = rows.select_related("report").order_by("report__received_at", "id")[:MOST]
    return [
        Unassessed(one.report, int((now - one.report.received_at).total_seconds() // 3600)) for one in ordered
    ]


def _restarts(units: Sequence[UUID], today: date) -> list[Restart]:
    rows = children.Investigation.objects.filter(case__unit_id__in=units, continues__isnull=False)
    rows = rows.filter(Q(state="open") | Q(closed_on__gte=today - timedelta(days=365))).select_related("case")
    return [
        Restart(one, one.days_before + ((one.closed_on or today) - one.opened_on).days)
        for one in rows.order_by("-opened_on", "id")[:MOST]
    ]
