"""How far back reports are counted together. Pure."""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

_SWEDEN = ZoneInfo("Europe/Stockholm")


def window_start(day: date, months: int) -> date:
    """The day `months` months before; the last day of that month where it has no such day."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of_day(day: date) -> datetime:
    """The first instant of a Swedish day."""
    return datetime.combine(day, time(), tzinfo=_SWEDEN)
