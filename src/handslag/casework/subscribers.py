"""What casework does when something happens in a lower context."""

from datetime import datetime
from typing import Any

from handslag.foundation import public as foundation


def register() -> None:
    """Follow the events of people."""
    foundation.on("people.person_protected")(close_cases_around)


def close_cases_around(happened: Any, by: foundation.Actor, at: datetime) -> None:
    """A person got a protection mark: their running cases are closed to all but the same named staff."""
    from handslag.casework.operations import restriction

    restriction.restrict_cases_of(person_id=happened.person_id, by=by, at=at)
