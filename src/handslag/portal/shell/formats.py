"""Days, months and times the way people here write them, in Swedish and in English."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation

NO_BREAK = "\u00a0"
MONTHS = {
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
SHORT_MONTHS = {
    "sv": ["jan.", "feb.", "mars", "april", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def day(value: date | datetime | str | None) -> str:
    """`27 november 2026`; empty for None."""
    found = _as_day(value)
    return f"{found.day}{NO_BREAK}{_months()[found.month - 1]} {found.year}" if found else ""


def short_day(value: date | datetime | str | None) -> str:
    """`27 nov.`, with the year when it is not this one."""
    found = _as_day(value)
    if found is None:
        return ""
    text = f"{found.day}{NO_BREAK}{SHORT_MONTHS[_lang()][found.month - 1]}"
    return text if found.year == foundation.today().year else f"{text} {found.year}"


def moment(value: datetime | None) -> str:
    """`27 november 2026 kl. 14.30`."""
    if value is None:
        return ""
    return _("{day} at {time}").format(day=day(value), time=clock(value))


def clock(value: datetime | None) -> str:
    """`14.30` in Swedish, `14:30` in English; Swedish time."""
    if value is None:
        return ""
    local = value.astimezone(foundation.SWEDEN)
    return f"{local.hour:02}{'.' if _lang() == 'sv' else ':'}{local.minute:02}"


def month(value: Any) -> str:
    """`november 2026`, of a day, a `Month`, `2026-11`."""
    if not value:
        return ""
    if isinstance(value, str):
        value = foundation.Month.parse(value[:7])
    found = (
        value
        if isinstance(value, foundation.Month)
        else foundation.Month.of(_as_day(value) or foundation.today())
    )
    return f"{_months()[found.first.month - 1]} {found.first.year}"


def relative(value: date | datetime | str | None) -> str:
    """How far a day is from today, in words."""
    found = _as_day(value)
    if found is None:
        return ""
    days = (found - foundation.today()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


def _as_day(value: date | datetime | str | None) -> date | None:
    if not value:
        return None
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return foundation.day_of(value) if isinstance(value, datetime) else value


def _lang() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def _months() -> list[str]:
    return MONTHS[_lang()]
