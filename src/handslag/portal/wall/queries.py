"""The numbers of the wall. Each comes from a database function that tells counts and nothing else."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from handslag.adult_support import public as adult_support
from handslag.casework import public as casework
from handslag.child_protection import public as child_protection
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.portal.wall.models import Screen

WALL = foundation.system("wall")
# Where a case stands, in the order of the columns; what the contexts do not count is decided or followed.
STATES = ("new", "work", "waits", "decided")
AGES = ("week", "month", "quarter", "older")
DUE = ("overdue", "today", "week", "later")


@dataclass(frozen=True)
class KindBalance:
    """The open cases of a kind, by where they stand and by how long they have been open; each sums to the total."""

    code: str
    label: str
    states: dict[str, int]
    ages: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.ages.values())


@dataclass(frozen=True)
class Numbers:
    """Everything that the wall shows, at one instant."""

    kinds: list[KindBalance]
    due: dict[str, int]
    received: int
    decided: int
    automated: int
    waiting: Any
    last_event_at: datetime | None


def last_event() -> tuple[int, datetime | None]:
    """The number and the time of the latest event; the wall is drawn anew when they change."""
    with foundation.acting(WALL), connection.cursor() as cursor:
        cursor.execute("SELECT id, recorded_at FROM foundation_event ORDER BY id DESC LIMIT 1")
        return cursor.fetchone() or (0, None)


def numbers(last_event_at: datetime | None) -> Numbers:
    """The wall's numbers as they stand after an event. Counts and quantiles alone; no actor's rights are needed and none are used."""
    cases = casework.case_balance()
    due = dict.fromkeys(DUE, 0)
    for row in cases:
        if row.measure == "due" and row.bucket in due:
            due[row.bucket] += row.number
    above = (*income_support.aid_balance(), *child_protection.children_balance(), *adult_support.adults_balance())
    today = income_support.applications_today()
    return Numbers(
        kinds=_kinds([*cases, *above]), due=due, received=today.received, decided=today.decided,
        automated=today.automated, waiting=income_support.waiting_times(), last_event_at=last_event_at,
    )


def _kinds(rows: list[casework.Balance]) -> list[KindBalance]:
    """Every kind of case that there is, also where none is open, and the reports of concern; the most first."""
    labels = {child_protection.REPORTS: _("Reports of concern for children")}
    labels |= {kind.code: str(kind.label) for kind in casework.case_kinds()}
    ages: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(AGES, 0))
    states: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(STATES, 0))
    for row in rows:
        if row.measure == "open":
            ages[row.kind][row.bucket] += row.number
        elif row.measure == "state":
            states[row.kind][row.bucket] += row.number
    found = []
    for code in dict.fromkeys((*labels, *ages)):
        open_now, stands = dict(ages[code]), dict(states[code])
        # A case may close between the two questions; it is then counted in neither.
        stands["decided"] = max(0, sum(open_now.values()) - sum(stands.values()))
        found.append(KindBalance(code, labels.get(code, code), stands, open_now))
    return sorted(found, key=lambda kind: (-kind.total, kind.label))


def screen_is_open(screen_id: UUID) -> bool:
    """Whether a device may still show the wall."""
    with foundation.acting(WALL):
        return Screen.objects.filter(id=screen_id, closed_at=None).exists()


def open_screens() -> list[Screen]:
    """The devices that show the wall on their own, latest first; only those who may close them see any."""
    return list(Screen.objects.filter(closed_at=None).select_related("opened_by").order_by("-opened_at"))
