"""From numbers to what stands on the wall."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handslag.analytics import public as analytics
from handslag.portal.wall.queries import AGES, DUE, STATES, KindBalance, Numbers

AGE_WORDS = {
    "week": gettext_lazy("0–7 days"), "month": gettext_lazy("8–30 days"),
    "quarter": gettext_lazy("31–90 days"), "older": gettext_lazy("Over 90 days"),
}
DUE_WORDS = {
    "overdue": gettext_lazy("Overdue"), "today": gettext_lazy("Today"),
    "week": gettext_lazy("Within 7 days"), "later": gettext_lazy("Later"),
}
STATE_WORDS = {
    "new": gettext_lazy("Not begun"), "work": gettext_lazy("Being worked on"),
    "waits": gettext_lazy("Waiting for an answer"), "decided": gettext_lazy("Decided, followed"),
}
BAR = 100.0


@dataclass(frozen=True)
class Row:
    """A label, a number, and the length of its bar in percent of the longest."""

    key: str
    label: str
    number: int
    length: str


@dataclass(frozen=True)
class Cell:
    """One number of the balance as it is told. `words` where it is not told in figures; `group` is state or age."""

    key: str
    label: str
    text: str
    words: bool
    group: str


@dataclass(frozen=True)
class KindRow:
    """One kind of case: how many are open, where they stand, and how long they have been open."""

    code: str
    label: str
    total: Cell
    cells: list[Cell]


def present(found: Numbers) -> dict[str, Any]:
    """What the fragment draws."""
    waiting = found.waiting
    return {
        "open": found.open,
        "kinds": kinds_told(found.kinds, analytics.smallest_group()),
        "states": list(STATE_WORDS.values()),
        "ages": list(AGE_WORDS.values()),
        "due": _rows(DUE_WORDS, {key: found.due[key] for key in DUE}),
        "received": found.received,
        "decided": found.decided,
        "automated": found.automated,
        "median": length_of_time(waiting.median_hours),
        "p90": length_of_time(waiting.p90_hours),
        "share_automated": percent(waiting.share_automated),
        "share_in_time": percent(waiting.share_within_7_days),
        "week_decided": waiting.decided,
        "last_event_at": found.last_event_at,
    }


def kinds_told(kinds: list[KindBalance], smallest: int) -> list[KindRow]:
    """Each kind with its numbers, or that they are small: anybody who passes reads the wall.

    The total of all kinds stands there too, and each kind's states and ages sum to its own total. So a single small
    number takes the least other with it, and a total that is not told takes the least of what sums to it.
    """
    totals = analytics.hide_parts({kind.code: kind.total for kind in kinds}, smallest)
    rows = []
    for kind in kinds:
        hidden = totals[kind.code] == analytics.HIDDEN
        states = _parts_told(kind.states, smallest, total_hidden=hidden)
        ages = _parts_told(kind.ages, smallest, total_hidden=hidden)
        total = _cell("open", _("Open now"), kind.total, totals[kind.code], smallest, "open")
        cells = [_cell(key, str(STATE_WORDS[key]), kind.states[key], states[key], smallest, "state") for key in STATES]
        cells += [_cell(key, str(AGE_WORDS[key]), kind.ages[key], ages[key], smallest, "age") for key in AGES]
        rows.append(KindRow(kind.code, kind.label, total, cells))
    return rows


def _parts_told(parts: dict[str, int], smallest: int, *, total_hidden: bool) -> dict[str, int]:
    told = analytics.hide_parts(parts, smallest)
    if total_hidden and analytics.HIDDEN not in told.values():
        some = [key for key, number in parts.items() if number]
        if some:
            told[min(some, key=lambda key: parts[key])] = analytics.HIDDEN
    return told


def _cell(key: str, label: str, number: int, told: int, smallest: int, group: str) -> Cell:
    if told != analytics.HIDDEN:
        return Cell(key, label, number_format(told, use_l10n=True, force_grouping=True), False, group)
    words = _("fewer than {n}").format(n=smallest) if number < smallest else _("not shown")
    return Cell(key, label, words, True, group)


def length_of_time(hours: float | None) -> tuple[str, str]:
    """A number and its unit: minutes under an hour, hours under two days, else days with one decimal. A dash for unknown."""
    if hours is None:
        return "–", ""
    if hours < 1:
        minutes = max(1, round(hours * 60))
        return str(minutes), ngettext("minute", "minutes", minutes)
    if hours < 48:
        return str(round(hours)), ngettext("hour", "hours", round(hours))
    return number_format(hours / 24, decimal_pos=1, use_l10n=True), _("days")


def percent(share: float | None) -> str:
    """`42 %` with a no-break space; a dash where too few are counted."""
    return "–" if share is None else f"{round(share * 100)}\u00a0%"


def _rows(words: Any, numbers: dict[str, int]) -> list[Row]:
    longest = max(numbers.values(), default=0) or 1
    return [Row(key, str(words[key]), number, f"{BAR * number / longest:.1f}%") for key, number in numbers.items()]

