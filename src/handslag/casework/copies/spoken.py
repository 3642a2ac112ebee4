"""What a page says for who listens instead of looking: proposed from the text of the page, written by a person, held to the
same rules as the picture. A text layer is never taken as it is: it may say what nobody sees."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handslag.casework.copies.drawing import Box
from handslag.casework.copies.pages import Line

LONGEST = 20_000
# Shorter pieces stand in any text; they tell nothing by themselves.
_TELLING = 4


def proposed(lines: Sequence[Line], areas: Sequence[Box]) -> str:
    """The lines of a page that no area touches, in their order, for a person to read through."""
    return "\n".join(line.text for line in lines if not any(_touch(area, line.box) for area in areas))


def says_what_is_black(spoken: str, lines: Sequence[Line], areas: Sequence[Box]) -> bool:
    """Whether the words hold a line of the page that lies under an area, also where lines or spaces are broken otherwise."""
    told = _plain(spoken)
    black = [line for line in lines if any(_touch(area, line.box) for area in areas)]
    seen = {_plain(line.text) for line in lines if line not in black}
    words = {_plain(line.text) for line in black} - seen
    return any(len(one) >= _TELLING and one in told for one in words)


def pieces_of(spoken: str) -> list[str]:
    """What the rules are asked of: each line, and each with the next, for what is broken between them."""
    lines = [line.strip() for line in spoken.splitlines() if line.strip()]
    return [*lines, *(f"{one} {other}" for one, other in pairwise(lines))]


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _touch(area: Box, line: Box) -> bool:
    return area[0] < line[2] and area[2] > line[0] and area[1] < line[3] and area[3] > line[1]
