"""How far back reports are counted together. Pure."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

_SWEDEN = ZoneInfo("Europe/Stockholm")


def start_of_day(day: date) -> datetime:
    """The first instant of a Swedish day."""
    return datetime.combine(day, time(), tzinfo=_SWEDEN)
