"""How a family is drawn: generations in rows, partners side by side, children under their parents. Pure.

`draw` takes only those who may be shown, so nothing in the drawing can tell of anybody else: no gap, no number, no
loose line. The same people and ties always give the same drawing, whatever their order. No two names overlap; in
ordinary families (couples, parents apart, new partners, siblings, the parents of both) no two lines cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handslag.coordination.rules.family_lines import Line, Measures, draw_lines, lanes_of, starts_of
from handslag.coordination.rules.family_order import Cluster, order_rows
from handslag.coordination.rules.family_tree import (
    Family,
    MapPerson,
    Tie,
    family_of,
)

__all__ = ["Box", "FamilyMap", "Line", "MapPerson", "Tie", "draw"]

BOX_WIDTH = 148
SYMBOL = 40
ROW_TOP = 30
TEXT_LINE = 17
MARGIN = 16
COUPLE_GAP = 32
CLUSTER_GAP = 24
BAR_STEP = 12
LONGEST_LINE = 19.0
#: Letters as shares of an em at the most, so that a name never reaches out of its box in any common typeface.
WIDE, NARROW, OTHER = "MWmw@%ŒÆÅ", "iljIt.,:;'|!()[] ", 0.62


@dataclass(frozen=True, slots=True)
class Box:
    """A person in the drawing. x and y are the middle of the symbol; `lines` are the name in one or two lines."""

    key: str
    x: int
    y: int
    left: int
    top: int
    right: int
    bottom: int
    row: int
    lines: tuple[str, ...]
    under: str
    person: MapPerson

    @property
    def text_y(self) -> int:
        """The base line of the first line of the name."""
        return self.y + SYMBOL // 2 + TEXT_LINE

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """Each line of text with its base line."""
        every = (*self.lines, self.under) if self.under else self.lines
        return tuple((self.text_y + place * TEXT_LINE, text) for place, text in enumerate(every))


@dataclass(frozen=True, slots=True)
class FamilyMap:
    """The whole drawing in pixels."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(people: Sequence[MapPerson], ties: Sequence[Tie]) -> FamilyMap:
    """The drawing of a family; an empty family gives an empty drawing."""
    if not people:
        return FamilyMap(2 * MARGIN, 2 * MARGIN, (), ())
    family = family_of(people, ties)
    rows = order_rows(family)
    middles = _middles(family, rows)
    tall = ROW_TOP + SYMBOL + 4 * TEXT_LINE
    starts = starts_of(family, rows, middles, COUPLE_GAP, BOX_WIDTH // 2)
    lanes = lanes_of(family, middles, starts)
    tops, top = [], MARGIN
    for number in range(len(rows)):
        tops.append(top)
        below = [lanes[place] + 1 for place, source in enumerate(family.sources) if source.row == number]
        top += tall + BAR_STEP * (1 + max(below, default=0))
    boxes = tuple(
        _box(family.people[key], middles[key], tops[number], number)
        for number, row in enumerate(rows)
        for cluster in row
        for key in cluster.members
        if key in family.people
    )
    by = Measures(
        tuple(one + ROW_TOP + SYMBOL // 2 for one in tops), tuple(one + tall for one in tops),
        SYMBOL // 2, BOX_WIDTH // 2, COUPLE_GAP, BAR_STEP,
    )  # fmt: skip
    lines = draw_lines(family, rows, middles, starts, lanes, by)
    reach = max(*(box.right for box in boxes), *(x for line in lines for x, _ in line.points), 0)
    return FamilyMap(reach + MARGIN, max(box.bottom for box in boxes) + MARGIN, boxes, lines)


def name_lines(name: str) -> tuple[str, ...]:
    """A name in at most two lines that fit the box; what does not fit is cut with a mark (the list has the whole)."""
    lines: list[str] = []
    rest = name.split()
    while rest and len(lines) < 2:
        line = rest.pop(0)
        while rest and len(lines) == 0 and text_width(f"{line} {rest[0]}") <= LONGEST_LINE / 2:
            line = f"{line} {rest.pop(0)}"
        if len(lines) == 1 and rest:
            line = " ".join([line, *rest])
        lines.append(_cut(line))
    return tuple(lines) or ("–",)


def text_width(text: str) -> float:
    """The width of a text in ems, at the most."""
    return sum(_letter(sign) for sign in text)


def _letter(sign: str) -> float:
    if ord(sign) > 0x2E7F:
        return 1.1
    if sign in WIDE:
        return 0.95
    return 0.4 if sign in NARROW else OTHER + (0.1 if sign.isupper() else 0.0)


def _cut(line: str) -> str:
    most = (BOX_WIDTH - 4) / 14
    if text_width(line) <= most:
        return line
    kept = line
    while kept and text_width(f"{kept}…") > most:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _box(person: MapPerson, middle: int, top: int, row: int) -> Box:
    lines = name_lines(person.name)
    return Box(
        key=person.key, x=middle, y=top + ROW_TOP + SYMBOL // 2, left=middle - BOX_WIDTH // 2, top=top,
        right=middle + BOX_WIDTH // 2, bottom=top + ROW_TOP + SYMBOL + 4 * TEXT_LINE, row=row, lines=lines,
        under=person.under, person=person,
    )  # fmt: skip


def _widths(cluster: Cluster, family: Family) -> list[int]:
    return [BOX_WIDTH if key in family.people else BAR_STEP for key in cluster.members]


def _middles(family: Family, rows: Sequence[Sequence[Cluster]]) -> dict[str, int]:
    """Where each person stands sideways: couples together, parents over their children as far as there is room."""
    offsets: dict[str, float] = {}
    lengths: dict[int, float] = {}
    for row in rows:
        for cluster in row:
            at = 0.0
            for key, width in zip(cluster.members, _widths(cluster, family), strict=True):
                offsets[key] = at + width / 2
                at += width + COUPLE_GAP
            lengths[id(cluster)] = at - COUPLE_GAP
    left = {id(cluster): 0.0 for row in rows for cluster in row}
    for row in rows:
        at = 0.0
        for cluster in row:
            left[id(cluster)] = at
            at += lengths[id(cluster)] + CLUSTER_GAP
    home = {key: cluster for row in rows for cluster in row for key in cluster.members}

    def place(key: str) -> float:
        return left[id(home[key])] + offsets[key]

    def middle_of(keys: Sequence[str]) -> float:
        return sum(place(key) for key in keys) / len(keys)

    turns = 12
    for turn in range(2 * turns):
        down = turn % 2 == 0
        order = range(len(rows)) if down else range(len(rows) - 1, -1, -1)
        for number in order:
            wanted: list[float] = []
            for cluster in rows[number]:
                wishes = []
                for source in family.sources:
                    if not down and any(key in cluster.members for key in source.parents):
                        own = sum(offsets[key] for key in source.parents if home[key] is cluster) / len(
                            source.parents
                        )
                        if all(home[key] is cluster for key in source.parents):
                            wishes.append(middle_of(source.children) - own)
                    if down:
                        wishes += [
                            middle_of(source.parents) - offsets[child]
                            for child in source.children
                            if home[child] is cluster and len(source.children) == 1
                        ]
                        mine = [child for child in source.children if home[child] is cluster]
                        if mine and len(source.children) > 1:
                            spread = middle_of(source.parents) - middle_of(source.children)
                            wishes += [place(child) + spread - offsets[child] for child in mine]
                wanted.append(sum(wishes) / len(wishes) if wishes else left[id(cluster)])
            spans = [lengths[id(cluster)] + CLUSTER_GAP for cluster in rows[number]]
            for cluster, at in zip(rows[number], apart(wanted, spans), strict=True):
                left[id(cluster)] = at
    least = min(place(key) - BOX_WIDTH / 2 for key in family.people)
    return {key: round(place(key) - least) + MARGIN for key in home}


def apart(wanted: Sequence[float], spans: Sequence[float]) -> list[float]:
    """The places nearest to the wanted ones that keep the order and leave each its span (least squares)."""
    before, blocks = 0.0, []
    for wish, span in zip(wanted, spans, strict=True):
        blocks.append([wish - before, 1.0])
        before += span
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            value, weight = blocks.pop()
            held = blocks[-1]
            blocks[-1] = [(held[0] * held[1] + value * weight) / (held[1] + weight), held[1] + weight]
    shifted = [value for value, weight in blocks for _ in range(round(weight))]
    placed, before = [], 0.0
    for value, span in zip(shifted, spans, strict=True):
        placed.append(value + before)
        before += span
    return placed
