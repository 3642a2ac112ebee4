"""What the statistics tell: counts of the units that the present actor leads, controls or governs, small groups hidden."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import connection

from handslag.analytics.rules.small_groups import HIDDEN, hide, hide_parts, hide_share
from handslag.casework import public as casework

# `decided` last: to open, extend or close an investigation grants and refuses nothing, so it is no part of what was
# examined, of which the shares are told.
NEUTRAL = "decided"
OUTCOMES = ("granted", "partly_granted", "refused", "dismissed", NEUTRAL)


@dataclass(frozen=True)
class MonthRow:
    """One month. A number of HIDDEN is that of a small group, or one that would give such a number away.

    `decided`: every decision; `automated`: those of them that a machine made, all of which grant or refuse.
    """

    month: date
    opened: int
    closed: int
    open: int
    outcomes: dict[str, int]
    decided: int
    automated: int


@dataclass(frozen=True)
class KindStatistics:
    """The months of a kind of case, latest first."""

    kind: str
    label: str
    months: list[MonthRow]


@dataclass(frozen=True)
class AidMonth:
    """Economic aid in one month. Days and kronor are None where the group behind them is small."""

    month: date
    received: int
    decided: int
    median_days: float | None
    p90_days: float | None
    households: int
    granted_kr: Decimal | None


def smallest_group() -> int:
    """The smallest group that is told (`HANDSLAG_SMALLEST_GROUP`)."""
    return int(settings.HANDSLAG_SMALLEST_GROUP)


def statistics_as_of() -> datetime | None:
    """When the statistics last followed the casework; None before the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_stats_as_of()")
        found: datetime | None = cursor.fetchone()[0]
    return found


def case_statistics(*, months: int = 13) -> list[KindStatistics]:
    """Kinds by name with their months; the database counts the units of the present actor alone."""
    smallest = smallest_group()
    with connection.cursor() as cursor:
        cursor.execute("SELECT month, measure, kind, number FROM handslag_stats_balance(%s)", [months])
        counts: dict[str, dict[date, dict[str, int]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(int))
        )
        for month, measure, kind, number in cursor.fetchall():
            counts[kind][month][measure] += number
    labels = {kind.code: str(kind.label) for kind in casework.case_kinds()}
    return [
        KindStatistics(
            kind,
            labels.get(kind, kind),
            [_row(month, found, smallest) for month, found in sorted(by_month.items(), reverse=True)],
        )
        for kind, by_month in sorted(counts.items(), key=lambda item: labels.get(item[0], item[0]))
    ]


def aid_statistics(*, months: int = 13) -> list[AidMonth]:
    """Economic aid month by month, latest first; months without anything are left out."""
    smallest = smallest_group()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, received, decided, waited, median_days, p90_days, households, granted_kr FROM handslag_stats_aid(%s)",
            [months],
        )
        rows = cursor.fetchall()
    return [
        AidMonth(
            month,
            hide(received, smallest),
            hide(decided, smallest),
            median if waited >= smallest else None,
            p90 if waited >= smallest else None,
            hide(households, smallest),
            kr if households >= smallest or not households else None,
        )
        for month, received, decided, waited, median, p90, households, kr in sorted(rows, reverse=True)
        if received or decided or households
    ]


def _row(month: date, found: dict[str, int], smallest: int) -> MonthRow:
    parts = {outcome: found[f"decided_{outcome}"] for outcome in OUTCOMES}
    decided = sum(parts.values())
    return MonthRow(
        month=month,
        opened=hide(found["opened"], smallest),
        closed=hide(found["closed"], smallest),
        open=hide(found["open"], smallest),
        outcomes=hide_parts(parts, smallest),
        decided=hide(decided, smallest),
        automated=hide_share(found["automated"], decided - parts[NEUTRAL], smallest),
    )


__all__ = [
    "HIDDEN",
    "OUTCOMES",
    "AidMonth",
    "KindStatistics",
    "MonthRow",
    "aid_statistics",
    "case_statistics",
    "smallest_group",
    "statistics_as_of",
]
