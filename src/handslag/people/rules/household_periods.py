"""Who may live where when: an adult in one household at a time, a child in several but once in each. Pure.

The database holds the same rule (constraint householdmember_one_home).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Stay:
    """A person's time in a household: from a day until (not including) another, or on; empty when they are equal."""

    household_id: UUID
    role: str
    valid_from: date
    valid_to: date | None

    def overlaps(self, other: Stay) -> bool:
        """Whether some day lies in both."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)


def clash(new: Stay, held: list[Stay]) -> Stay | None:
    """The first stay that the new one may not share a day with, or None."""
    for stay in held:
        both_children = new.role == stay.role == "child"
        if new.overlaps(stay) and not (both_children and new.household_id != stay.household_id):
            return stay
    return None


def _starts_before_end(one: Stay, other: Stay) -> bool:
    return (other.valid_to is None or one.valid_from < other.valid_to) and (
        one.valid_to is None or one.valid_from < one.valid_to
    )
