"""What will break soon, and what has happened to each clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.models import LegalClock
from handslag.casework.queries.work import work_of
from handslag.foundation import public as foundation

MOST = 500


@dataclass(frozen=True, slots=True)
class ClockMoment:
    """Something that happened to a clock: started, extended, stopped, breached or corrected."""

    at: datetime
    what: str
    last_day: date | None
    state: str
    account_id: UUID | None


@dataclass(frozen=True, slots=True)
class Breaking:
    """A running clock that will break within the days asked for, if nothing is done."""

    clock: LegalClock
    days_left: int


def find_breaking_clocks(
    actor: foundation.Actor, *, unit_id: UUID | None = None, days: int = 7, limit: int = MOST
) -> list[Breaking]:
    """The duties of the actor's units whose last day is today or within `days`, the nearest first.

    A manager's view of the coming week: every clock, not only the nearest of each case. Broken ones are not here.
    """
    today = foundation.today()
    with foundation.acting(actor):
        rows = LegalClock.objects.filter(
            closed_on__isnull=True, counts=True, last_day__gte=today, last_day__lte=today + timedelta(days=days),
            case__in=work_of(actor, "unit", unit_id),
        )  # fmt: skip
        found = rows.select_related("case__worker", "case__unit").order_by("last_day", "id")
        return [
            Breaking(clock, (clock.last_day - today).days)
            for clock in found[: min(limit, MOST)]
            if clock.last_day is not None
        ]


def clock_history(case_id: UUID, actor: foundation.Actor) -> dict[UUID, list[ClockMoment]]:
    """What has happened to each clock of a case, by clock, oldest first; for staff who read the case."""
    with foundation.acting(actor):
        readable_case(case_id)
        rows = foundation.Event.objects.filter(case_id=case_id, kind__startswith="casework.clock_").order_by(
            "id"
        )
        found: dict[UUID, list[ClockMoment]] = {}
        for row in rows:
            last_day = row.data.get("last_day")
            moment = ClockMoment(
                row.at, row.kind.removeprefix("casework.clock_"),
                date.fromisoformat(last_day) if last_day else None, row.data.get("state", ""), row.account_id,
            )  # fmt: skip
            found.setdefault(UUID(row.data["clock_id"]), []).append(moment)
        return found
