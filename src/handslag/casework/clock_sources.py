"""Where clocks come from: the contexts above tell which clocks their rows set off, so that a night can work them out anew."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ExpectedClock:
    """A clock as the rows of a context say that it should be. `round_number` above 0: a later round."""

    case_id: UUID
    rule: str
    about: UUID
    starts_on: date
    round_number: int = 0
    extended_until: date | None = None
    done_on: date | None = None
    ceased_on: date | None = None


Source = Callable[[Sequence[UUID]], Iterable[ExpectedClock]]
_sources: dict[str, Source] = {}


def register_clock_source(name: str, ask: Source) -> None:
    """Say which clocks the rows of open matters set off: `ask(case_ids)` gives those of the cases."""
    _sources[name] = ask


def expected_clocks(case_ids: Sequence[UUID]) -> list[ExpectedClock]:
    """What all sources say of the cases."""
    return [expected for ask in _sources.values() for expected in ask(case_ids)]
