"""From numbers to what stands on the wall."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handslag.analytics import public as analytics
from handslag.portal.wall.queries import AGES, DUE, KindBalance, Numbers

AGE_WORDS = {
    "week": gettext_lazy("0–7 days"), "month": gettext_lazy("8–30 days"),
    "quarter": gettext_lazy("31–90 days"), "older": gettext_lazy("Over 90 days"),
}
DUE_WORDS = {
    "overdue": gettext_lazy("Overdue"), "today": gettext_lazy("Today"),
    "week": gettext_lazy("Within 7 days"), "later": gettext_lazy("Later"),
}
STATE_WORDS = {
    "awaiting_co_applicant": gettext_lazy("Partner to sign"), "submitted": gettext_lazy("Asking registers"),
    "assessing": gettext_lazy("Being worked out"), "with_worker": gettext_lazy("With a case worker"),
}
BAR = 100.0


@dataclass(frozen=True)
class Row:
    """A label, a number, and the length of its bar in percent of the longest."""

    key: str
    label: str
    number: int
    length: str


def present(found: Numbers) -> dict[str, Any]:
    """What the fragment draws."""
    ages = {age: sum(kind.ages[age] for kind in found.kinds) for age in AGES}
    waiting = found.waiting
    return {
        "open": found.open,
        "kinds": kinds_told(found.kinds, analytics.smallest_group())[:4],
        "ages": _rows(AGE_WORDS, ages),
        "due": _rows(DUE_WORDS, {key: found.due[key] for key in DUE}),
        "standing": _rows(STATE_WORDS, {key: found.standing.get(key, 0) for key in STATE_WORDS}),
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


def kinds_told(kinds: list[KindBalance], smallest: int) -> list[tuple[str, str]]:
    """Each kind with its number of open cases, or that it is small: anybody who passes reads the wall.

    The total of all kinds stands there too, so a single small kind takes the least other with it, as in the statistics.
    """
    told = analytics.hide_parts({kind.label: kind.total for kind in kinds}, smallest)
    return [
        (kind.label, str(told[kind.label])) if told[kind.label] != analytics.HIDDEN
        else (kind.label, _("fewer than {n}").format(n=smallest) if kind.total < smallest else _("not shown"))
        for kind in kinds
    ]


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

