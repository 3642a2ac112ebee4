"""Lists that are read page by page: a place to go on from instead of a page number, so no list is counted."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from handslag.foundation import public as foundation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and where the next ones begin; `after` is None on the last page."""

    rows: list[T]
    after: str | None


def page_of(rows: Sequence[T], limit: int, place: Callable[[T], list[Any]]) -> Page[T]:
    """A page made of rows that were asked for with `limit + 1`."""
    kept = list(rows[:limit])
    more = len(rows) > limit
    return Page(kept, written_place(place(kept[-1])) if more and kept else None)


def written_place(place: list[Any]) -> str:
    """A place as a short word for an address; it holds days and ids only."""
    text = json.dumps([None if part is None else str(part) for part in place])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(word: str, *kinds: Callable[[str], Any]) -> list[Any]:
    """The place behind a word, each part read as its kind (`UUID`, `date.fromisoformat`, `moment`) or None.

    Raises BadInput for a word that was not written here.
    """
    try:
        place = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        return [None if part is None else kind(str(part)) for part, kind in zip(place, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error):
        raise foundation.BadInput(
            "The place in the list is not known.", where="after", do="Open the list from its beginning."
        ) from None


def moment(text: str) -> datetime:
    """A point in time with its zone; ValueError for any other text."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError("a time without its zone")
    return read
