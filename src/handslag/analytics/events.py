"""What happens in analytics."""

from dataclasses import dataclass

from handslag.foundation import public as foundation


@foundation.event("analytics.statistics_refreshed")
@dataclass(frozen=True)
class StatisticsRefreshed:
    """The statistics followed the casework up to an event of the log."""

    last_event: int
    cases: int
    erased_cases: int


@foundation.event("analytics.children_counted")
@dataclass(frozen=True)
class ChildrenCounted:
    """Reports of concern and investigations were counted anew, by unit and year; `sums` is how many numbers that gave."""

    sums: int
