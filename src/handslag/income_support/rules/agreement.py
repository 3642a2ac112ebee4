"""How often a person agreed with the machine, with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

NINETY_FIVE = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1. With no checks there is no share, only the whole interval."""

    checked: int
    agreed: int
    share: float | None
    low: float
    high: float


def agreement_of(checked: int, agreed: int) -> Agreement:
    """The share with its Wilson interval at 95 %. ValueError when more agreed than were checked."""
    if not 0 <= agreed <= checked:
        raise ValueError("more agreed than were checked")
    if checked == 0:
        return Agreement(0, 0, None, 0.0, 1.0)
    share, z2 = agreed / checked, NINETY_FIVE**2
    middle = (share + z2 / (2 * checked)) / (1 + z2 / checked)
    half = NINETY_FIVE / (1 + z2 / checked) * sqrt(share * (1 - share) / checked + z2 / (4 * checked**2))
    return Agreement(checked, agreed, share, max(0.0, middle - half), min(1.0, middle + half))
