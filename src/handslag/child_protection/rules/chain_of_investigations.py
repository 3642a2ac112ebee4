"""How many days the same question of the same child has been examined, over close and reopening. Pure.

SoL 20:3: four months do not begin anew because a file was closed and opened again. Several questions are followed
one by one; what counts is the one that has gone on for longest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.casework.public import ChainedInvestigation, investigation_chains


@dataclass(frozen=True, slots=True)
class Examined:
    """One investigation of a child, as far as time goes."""

    id: UUID
    questions: tuple[str, ...]
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ChainOf:
    """An investigation with those that it goes on from or into. `days_used` counts a day once.

    `restarts` is how many times it was opened again within a year; none: it stands alone.
    """

    investigation_ids: tuple[UUID, ...]
    question: str
    days_used: int

    @property
    def restarts(self) -> int:
        return len(self.investigation_ids) - 1


def chain_through(investigation: Examined, all_of_child: Sequence[Examined], today: date) -> ChainOf:
    """The longest chain that holds the investigation, counted to `today` while it is open."""
    found = ChainOf((investigation.id,), investigation.questions[0], _days(investigation, today))
    for question in investigation.questions:
        same = [
            ChainedInvestigation(str(one.id), "", one.opened_on, question, None, one.closed_on)
            for one in all_of_child
            if question in one.questions
        ]
        for chain in investigation_chains(same, today):
            ids = tuple(UUID(one.id) for one in chain.investigations)
            if investigation.id in ids and (chain.days_used, len(ids)) > (
                found.days_used,
                found.restarts + 1,
            ):
                found = ChainOf(ids, question, chain.days_used)
    return found


def _days(investigation: Examined, today: date) -> int:
    return max(0, ((investigation.closed_on or today) - investigation.opened_on).days)
