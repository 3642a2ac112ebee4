"""How a family is drawn: generations in rows, partners side by side, children under their parents. Pure.

`draw` takes only those who may be shown, so nothing in the drawing can tell of anybody else: no gap, no number, no
loose line. The same people and ties always give the same drawing, whatever their order. No two names overlap; in
ordinary families (couples, parents apart, new partners, siblings, the parents of both) no two lines cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
TURNS = 12
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


Places = tuple[tuple[int, float], ...]


class _Spread(NamedTuple):
    """Parents and children by where they stand; `mine` is how far into their cluster those of one cluster stand."""

    parents: Places
    children: Places
    mine: tuple[float, ...]


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
    home = {key: id(cluster) for row in rows for cluster in row for key in cluster.members}
    # Where somebody stands: the place of the cluster, and how far into it.
    stands = {key: (home[key], offsets[key]) for key in home}

    def middle_of(keys: Sequence[tuple[int, float]]) -> float:
        return sum([left[cluster] + offset for cluster, offset in keys]) / len(keys)

    wishes_down: dict[int, list[_Spread]] = {id(cluster): [] for row in rows for cluster in row}
    wishes_up: dict[int, list[tuple[Places, float]]] = {one: [] for one in wishes_down}
    for source in family.sources:
        parents = tuple(stands[key] for key in source.parents)
        children = tuple(stands[key] for key in source.children)
        for one in {cluster for cluster, _ in children}:
            mine = tuple(offset for cluster, offset in children if cluster == one)
            wishes_down[one].append(_Spread(parents, children, mine))
        one = parents[0][0]
        if all(cluster == one for cluster, _ in parents):
            wishes_up[one].append((children, sum(offset for _, offset in parents) / len(parents)))
    ids = [[id(cluster) for cluster in row] for row in rows]
    spans = [[lengths[one] + CLUSTER_GAP for one in row] for row in ids]
    for turn in range(2 * TURNS):
        down = turn % 2 == 0
        if down:
            before = dict(left)
        for number in range(len(ids)) if down else range(len(ids) - 1, -1, -1):
            wanted: list[float] = []
            for one in ids[number]:
                wishes: list[float] = []
                if down:
                    for parents, children, mine in wishes_down[one]:
                        if len(children) == 1:
                            wishes.append(middle_of(parents) - mine[0])
                        else:
                            spread = middle_of(parents) - middle_of(children)
                            wishes += [left[one] + offset + spread - offset for offset in mine]
                else:
                    wishes = [middle_of(children) - own for children, own in wishes_up[one]]
                wanted.append(sum(wishes) / len(wishes) if wishes else left[one])
            for one, at in zip(ids[number], apart(wanted, spans[number]), strict=True):
                left[one] = at
        if not down and left == before:  # nobody moves any more
            break
    place = {key: left[cluster] + offset for key, (cluster, offset) in stands.items()}
    least = min(place[key] - BOX_WIDTH / 2 for key in family.people)
    return {key: round(place[key] - least) + MARGIN for key in home}


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
