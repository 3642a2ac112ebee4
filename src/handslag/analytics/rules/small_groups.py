"""Small groups are not told, and neither is what would give them away by subtraction (promise 7)."""

from collections.abc import Mapping
from datetime import date

HIDDEN = -1
UNKNOWN = "unknown"
BANDS = ((18, "0-17"), (25, "18-24"), (30, "25-29"), (40, "30-39"), (50, "40-49"), (65, "50-64"))


def hide(number: int, smallest: int) -> int:
    """The number, or HIDDEN when it is one or more but fewer than `smallest`."""
    return HIDDEN if 0 < number < smallest else number


def hide_parts(parts: Mapping[str, int], smallest: int) -> dict[str, int]:
    """Parts of a told total. What is hidden is had by subtraction as one sum, so the least others are hidden with it
    until it is at least two parts that together are no small group; all are then hidden where nothing else helps."""
    told = {key: hide(number, smallest) for key, number in parts.items()}
    others = sorted((key for key in parts if told[key] > 0), key=lambda key: parts[key])
    while others and (hidden := [parts[key] for key, number in told.items() if number == HIDDEN]):
        if len(hidden) > 1 and sum(hidden) >= smallest:
            break
        told[others.pop(0)] = HIDDEN
    return told


def hide_share(part: int, whole: int, smallest: int) -> int:
    """A part of a told whole, or HIDDEN when it or what is left of the whole is a small group."""
    small = any(0 < number < smallest for number in (part, whole - part))
    return HIDDEN if small else part


def age_band(born: date | None, on: date) -> str:
    """The band of ages that somebody belongs to on a day; never the age itself."""
    if born is None:
        return UNKNOWN
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((band for upper, band in BANDS if age < upper), "65-")
