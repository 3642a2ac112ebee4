"""What the manager of a children's unit looks at: arrivals, what is late, what comes again, what will break."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from handslag.casework import public as casework
from handslag.child_protection import public as children
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.people import public as people
from handslag.portal.lead.child_rules import RULES, Standing

WEEKS, DAYS_AHEAD, DAYS_BACK, MOST = 12, 7, 30, 50
# So many time limits are listed; there may be more, and then the page says so.
MOST_LIMITS = 200
PAGE = "lead.children"
ORDERS = ("day", "child", "worker", "duty")
# The newest restarts stand first; the others of the page are folded.
NEWEST_RESTARTS = 10


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
class Limit:
    """A time limit of a child's case. `name` is empty where the manager may not read it; `days` is negative when late."""

    clock: casework.LegalClock
    name: str
    worker: str
    days: int
    restarted: bool


@dataclass(frozen=True, slots=True)
class Restart:
    """An investigation that goes on from an earlier one within a year, with the days that were used before.

    `name` is empty where the manager may not read it.
    """

    investigation: children.Investigation
    days_used: int
    name: str
    worker: str


@dataclass(frozen=True, slots=True)
class ChildrenOverview:
    """The page of the units for children."""

    weeks: list[Week]
    unassessed: list[Unassessed]
    late: list[Limit]
    stands: dict[str, Standing]
    late_lately: int
    repeats: list[children.RepeatWarning]
    restarts: list[Restart]
    restarts_in_all: int
    breaking: list[Limit]

    @property
    def late_preliminary(self) -> int:
        return self.stands.get("FORH", Standing()).late

    @property
    def late_investigations(self) -> int:
        return self.stands.get("UTR", Standing()).late

    @property
    def late_in_all(self) -> int:
        return sum(stand.late for stand in self.stands.values())

    @property
    def breaking_in_all(self) -> int:
        return sum(stand.week for stand in self.stands.values())

    @property
    def newest_restarts(self) -> list[Restart]:
        return self.restarts[:NEWEST_RESTARTS]

    @property
    def other_restarts(self) -> list[Restart]:
        return self.restarts[NEWEST_RESTARTS:]

    @property
    def highest(self) -> int:
        return max((week.arrived for week in self.weeks), default=0)


def children_overview(actor: Actor, units: Sequence[UUID], *, order: str = "day") -> ChildrenOverview:
    """The figures of the units, from what the actor may read; the database leaves the others out.

    `order` is one of ORDERS. Each child whose name is given is entered in the log of reads.
    """
    today = foundation.today()
    with foundation.acting(actor):
        clocks = casework.LegalClock.objects.filter(
            case__unit_id__in=units, case__kind="child_protection", rule__in=RULES
        ).select_related("case__worker")
        waiting = clocks.filter(closed_on__isnull=True).order_by("last_day", "id")
        late = waiting.filter(last_day__lt=today)
        coming = waiting.filter(last_day__gte=today, last_day__lte=today + timedelta(days=DAYS_AHEAD))
        shown_late, shown_coming = list(late[:MOST_LIMITS]), list(coming[:MOST_LIMITS])
        restarted = _restarts(units, today)
        again = {one.case_id for one in restarted if one.state == "open"}
        cases = [one.case for one in (*shown_late, *shown_coming)] + [one.case for one in restarted[:MOST]]
        persons = {case.person_id for case in cases}
        names = people.names_of(persons, actor)
        foundation.log_reads(actor, dict.fromkeys(names, ""), page=PAGE)

        def limits(clocks: list[casework.LegalClock]) -> list[Limit]:
            found = [
                Limit(
                    clock,
                    names.get(clock.case.person_id, ""),
                    clock.case.worker.name if clock.case.worker else "",
                    ((clock.last_day or today) - today).days,
                    clock.case_id in again,
                )
                for clock in clocks
            ]
            return sorted(found, key=_ORDER.get(order, _ORDER["day"]))

        return ChildrenOverview(
            weeks=_weeks(units, today),
            unassessed=_unassessed(units),
            late=limits(shown_late),
            stands=_stands(waiting, today),
            late_lately=clocks.filter(
                rule="FORH", state="late", closed_on__gte=today - timedelta(days=DAYS_BACK)
            ).count(),
            repeats=children.third_report_warnings(actor, unanswered=False),
            restarts=[
                Restart(
                    one,
                    one.days_before + ((one.closed_on or today) - one.opened_on).days,
                    names.get(one.case.person_id, ""),
                    one.case.worker.name if one.case.worker else "",
                )
                for one in restarted[:MOST]
            ],
            restarts_in_all=len(restarted),
            breaking=limits(shown_coming),
        )


# What nobody may read or has taken comes last; the nearest day first among the same.
_ORDER: dict[str, Callable[[Limit], tuple[Any, ...]]] = {
    "day": lambda one: (one.days,),
    "child": lambda one: (not one.name, one.name.casefold(), one.days),
    "worker": lambda one: (not one.worker, one.worker.casefold(), one.days),
    "duty": lambda one: (one.clock.rule, one.days),
}


def _stands(waiting: QuerySet[casework.LegalClock], today: date) -> dict[str, Standing]:
    """How the open time limits of each rule stand: one question for all rules."""
    to_come, until = Q(last_day__gte=today), today + timedelta(days=DAYS_AHEAD)
    rows = waiting.order_by().values_list("rule").annotate(
        running=Count("id"), late=Count("id", filter=Q(last_day__lt=today)),
        week=Count("id", filter=to_come & Q(last_day__lte=until)), nearest=Min("last_day", filter=to_come),
    )  # fmt: skip
    return {rule: Standing(*stand) for rule, *stand in rows}


def arrivals_by_week(actor: Actor, units: Sequence[UUID]) -> list[Week]:
    """What came in, week by week, the oldest first."""
    with foundation.acting(actor):
        return _weeks(units, foundation.today())


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


def _restarts(units: Sequence[UUID], today: date) -> list[children.Investigation]:
    rows = children.Investigation.objects.filter(case__unit_id__in=units, continues__isnull=False)
    rows = rows.filter(Q(state="open") | Q(closed_on__gte=today - timedelta(days=365))).select_related(
        "case__worker"
    )
    return list(rows.order_by("-opened_on", "id")[:MOST_LIMITS])
