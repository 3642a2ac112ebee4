"""The numbers of the wall. Each comes from a database function that tells counts and nothing else."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.wall.models import Screen

WALL = foundation.system("wall")
AGES = ("week", "month", "quarter", "older")
DUE = ("overdue", "today", "week", "later")


@dataclass(frozen=True)
class KindBalance:
    """The open cases of a kind, by how long they have been open."""

    label: str
    total: int
    ages: dict[str, int]


@dataclass(frozen=True)
class Numbers:
    """Everything that the wall shows, at one instant."""

    kinds: list[KindBalance]
    due: dict[str, int]
    received: int
    decided: int
    automated: int
    standing: dict[str, int]
    waiting: Any
    last_event_at: datetime | None

    @property
    def open(self) -> int:
        return sum(kind.total for kind in self.kinds)


def last_event() -> tuple[int, datetime | None]:
    """The number and the time of the latest event; the wall is drawn anew when they change."""
    with foundation.acting(WALL), connection.cursor() as cursor:
        cursor.execute("SELECT id, recorded_at FROM foundation_event ORDER BY id DESC LIMIT 1")
        return cursor.fetchone() or (0, None)


def numbers(last_event_at: datetime | None) -> Numbers:
    """The wall's numbers as they stand after an event. Counts and quantiles alone; no actor's rights are needed and none are used."""
    ages: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(AGES, 0))
    due = dict.fromkeys(DUE, 0)
    for row in casework.case_balance():
        if row.measure == "open":
            ages[row.kind][row.bucket] += row.number
        elif row.measure == "due" and row.bucket in due:
            due[row.bucket] += row.number
    labels = {kind.code: str(kind.label) for kind in casework.case_kinds()}
    kinds = [KindBalance(labels.get(code, code), sum(found.values()), dict(found)) for code, found in ages.items()]
    today = income_support.applications_today()
    standing: dict[str, int] = defaultdict(int)
    for (_kind, state), number in today.standing.items():
        standing[state] += number
    return Numbers(
        kinds=sorted(kinds, key=lambda kind: -kind.total), due=due, received=today.received, decided=today.decided,
        automated=today.automated, standing=dict(standing), waiting=income_support.waiting_times(),
        last_event_at=last_event_at,
    )


def screen_is_open(screen_id: UUID) -> bool:
    """Whether a device may still show the wall."""
    with foundation.acting(WALL):
        return Screen.objects.filter(id=screen_id, closed_at=None).exists()


def open_screens() -> list[Screen]:
    """The devices that show the wall on their own, latest first; only those who may close them see any."""
    return list(Screen.objects.filter(closed_at=None).select_related("opened_by").order_by("-opened_at"))
