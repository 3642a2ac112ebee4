"""Whether the office is open. Pure; Swedish wall time."""

from datetime import datetime, time

from handslag.casework import public as casework


def is_open(local: datetime, opens: time, closes: time) -> bool:
    """Whether an instant of Swedish wall time lies in the office hours of a working day: from `opens` until,
    not including, `closes`."""
    working = casework.working_day_from(local.date()) == local.date()
    return working and opens <= local.time() < closes
