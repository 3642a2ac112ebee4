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
    smallest = analytics.smallest_group()
    told = [kind.total for kind in found.kinds if analytics.hide(kind.total, smallest) != analytics.HIDDEN]
    return {
        "open": sum(told),  # without the kinds that are not told, which could be had by subtraction
        "is_whole": len(told) == len(found.kinds),
        "kinds": kinds_told(found.kinds, smallest),
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

    Of a kind with few cases nothing is told, not even where there are none; of the others the states and ages sum to
    the total, so a single small number takes the least other with it.
    """
    rows = []
    for kind in kinds:
        total = analytics.hide(kind.total, smallest)
        is_small = total == analytics.HIDDEN
        states, ages = (
            dict.fromkeys(parts, analytics.HIDDEN) if is_small else analytics.hide_parts(parts, smallest)
            for parts in (kind.states, kind.ages)
        )
        cells = [_cell(key, str(STATE_WORDS[key]), states[key], "state") for key in STATES]
        cells += [_cell(key, str(AGE_WORDS[key]), ages[key], "age") for key in AGES]
        rows.append(KindRow(kind.code, kind.label, _cell("open", _("Open now"), total, "open"), cells))
    return rows


def _cell(key: str, label: str, told: int, group: str) -> Cell:
    if told != analytics.HIDDEN:
        return Cell(key, label, number_format(told, use_l10n=True, force_grouping=True), False, group)
    # One word for all of them: which was small, and which went with it, is not told either.
    return Cell(key, label, _("not shown"), True, group)


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

