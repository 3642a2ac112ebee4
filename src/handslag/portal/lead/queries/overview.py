"""What a unit manager begins the day with: what will break, who carries how much, what stands and waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor

Case, Clock = casework.Case, casework.LegalClock
DAYS_AHEAD, DAYS_BACK, MOST = 7, 30, 20


@dataclass(frozen=True)
class Load:
    """What one case worker carries, or nobody (`name` empty).

    `overdue` and `week` are the law's days; `passed` counts the cases whose promised day has passed, as the work list does.
    """

    account_id: UUID | None
    name: str
    open: int
    overdue: int
    week: int
    passed: int


@dataclass(frozen=True)
class Broken:
    """A legal clock that was or is broken, and what stands in the way."""

    clock: casework.LegalClock
    days_late: int
    because: str


@dataclass(frozen=True)
class Overview:
    """The start page of a unit manager."""

    overdue: int
    days: list[tuple[date, int]]
    nearest: list[casework.Case]
    loads: list[Load]
    broken: list[Broken]

    @property
    def coming(self) -> int:
        return sum(number for _day, number in self.days)

    @property
    def promises_passed(self) -> int:
        return sum(load.passed for load in self.loads)

    @property
    def unassigned(self) -> int:
        return sum(load.open for load in self.loads if load.account_id is None)

    @property
    def highest(self) -> int:
        return max((load.open for load in self.loads), default=0)


def overview(actor: Actor, units: Sequence[UUID]) -> Overview:
    """The figures of the units, from cases that the actor may read; the database leaves the others out."""
    today = foundation.today()
    until = today + timedelta(days=DAYS_AHEAD)
    open_cases = Case.objects.filter(state="open", unit_id__in=units)
    by_day = dict(
        open_cases.filter(due_on__lte=until).order_by().values_list("due_on").annotate(number=Count("id"))
    )
    days = [(today + timedelta(days=n), by_day.get(today + timedelta(days=n), 0)) for n in range(DAYS_AHEAD + 1)]
    return Overview(
        overdue=sum(number for day, number in by_day.items() if day < today),
        days=days,
        nearest=nearest_cases(units, since=today, until=until, limit=10),
        loads=_loads(open_cases, today, until),
        broken=broken_clocks(units, limit=MOST),
    )


def nearest_cases(
    units: Sequence[UUID], *, until: date, limit: int, since: date | None = None
) -> list[casework.Case]:
    """Open cases by their nearest clock, up to and with a day; with `since`, without those that are late before it."""
    rows = Case.objects.filter(state="open", unit_id__in=units, due_on__lte=until)
    if since is not None:
        rows = rows.filter(due_on__gte=since)
    return list(rows.select_related("worker", "unit").order_by("due_on", "id")[:limit])


def broken_clocks(units: Sequence[UUID], *, limit: int) -> list[Broken]:
    """Clocks that are broken and open, and those of the last thirty days that were met too late."""
    today = foundation.today()
    rows = Clock.objects.filter(case__unit_id__in=units, last_day__isnull=False, counts=True)
    rows = rows.filter(
        Q(closed_on__isnull=True, last_day__lt=today)
        | Q(state="late", closed_on__gte=today - timedelta(days=DAYS_BACK))
    )
    clocks = list(rows.select_related("case__worker").order_by(F("closed_on").asc(nulls_first=True), "last_day", "id")[:limit])
    waiting = set(
        casework.CompletionRequest.objects.filter(case_id__in=[clock.case_id for clock in clocks], state="open")
        .values_list("case_id", flat=True)
    )
    return [
        Broken(clock, ((clock.closed_on or today) - clock.last_day).days, _because(clock, waiting))
        for clock in clocks if clock.last_day is not None
    ]


def _because(clock: casework.LegalClock, waiting: set[UUID]) -> str:
    if clock.extended_because:
        return "extended"
    if clock.closed_on is not None:
        return "late"
    if clock.case.worker_id is None:
        return "nobody"
    return "person" if clock.case_id in waiting else "worker"


def _loads(open_cases: object, today: date, until: date) -> list[Load]:
    rows = open_cases.order_by().values("worker_id", "worker__name").annotate(  # type: ignore[attr-defined]
        open=Count("id"), overdue=Count("id", filter=Q(due_on__lt=today)), week=Count("id", filter=Q(due_on__gte=today, due_on__lte=until)),
        passed=Count("id", filter=Q(promised_on__lt=today)),
    )
    loads = [Load(row["worker_id"], row["worker__name"] or "", row["open"], row["overdue"], row["week"], row["passed"]) for row in rows]
    return sorted(loads, key=lambda load: (load.account_id is not None, -load.open, load.name))
