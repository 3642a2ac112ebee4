"""What time it is, asked in one place so that a test, a demo or a replay may set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")

_set_to: ContextVar[datetime | None] = ContextVar("handslag_clock", default=None)


def now() -> datetime:
    """The present instant in UTC, or the instant that `clock_at` has set."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in Sweden; its twin in the database is `handslag_today()`."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The Swedish day that holds an instant."""
    return instant.astimezone(SWEDEN).date()


@contextmanager
def clock_at(instant: datetime) -> Iterator[datetime]:
    """Let `now()` answer a set instant inside the block; the instant must carry its time zone."""
    if instant.tzinfo is None:
        raise ValueError("clock_at needs an instant with a time zone")
    token = _set_to.set(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _set_to.reset(token)
