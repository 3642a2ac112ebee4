"""The case balance month by month. Groups of fewer than five are not told, and neither is what would give them away."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from handslag.casework import public as casework

SMALLEST = 5
OUTCOMES = ("granted", "partly_granted", "refused", "dismissed")
HIDDEN = -1


@dataclass(frozen=True)
class MonthRow:
    """One month. A number of HIDDEN is one to four, or one that would give such a number away."""

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


def statistics(*, months: int = 13) -> list[KindStatistics]:
    """Kinds by name with their months; the database counts the units that the present actor leads, controls or governs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT month, measure, kind, number FROM handslag_lead_statistics(%s)", [months])
        counts: dict[str, dict[date, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for month, measure, kind, number in cursor.fetchall():
            counts[kind][month][measure] += number
    labels = {kind.code: str(kind.label) for kind in casework.case_kinds()}
    return [
        KindStatistics(kind, labels.get(kind, kind), [_row(month, found) for month, found in sorted(by_month.items(), reverse=True)])
        for kind, by_month in sorted(counts.items(), key=lambda item: labels.get(item[0], item[0]))
    ]


def _row(month: date, found: dict[str, int]) -> MonthRow:
    outcomes = hide_small({outcome: found[f"decided_{outcome}"] for outcome in OUTCOMES})
    decided = sum(found[f"decided_{outcome}"] for outcome in OUTCOMES)
    automated = found["automated"]
    by_hand = decided - automated
    shown = HIDDEN if 0 < automated < SMALLEST or 0 < by_hand < SMALLEST else automated
    return MonthRow(
        month=month, opened=hide(found["opened"]), closed=hide(found["closed"]), open=hide(found["open"]),
        outcomes=outcomes, decided=hide(decided), automated=shown,
    )


def hide(number: int) -> int:
    """The number, or HIDDEN when it is one to four."""
    return HIDDEN if 0 < number < SMALLEST else number


def hide_small(parts: dict[str, int]) -> dict[str, int]:
    """Parts of a told total: a single hidden part could be had by subtraction, so the smallest other is hidden with it."""
    hidden = {key: hide(number) for key, number in parts.items()}
    if sum(number == HIDDEN for number in hidden.values()) == 1:
        others = [key for key, number in parts.items() if hidden[key] != HIDDEN and number > 0]
        if others:
            hidden[min(others, key=lambda key: parts[key])] = HIDDEN
    return hidden
