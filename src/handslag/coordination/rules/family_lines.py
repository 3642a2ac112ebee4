"""The lines of a family map: between couples, and from parents to children. Pure; whole pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from handslag.coordination.rules.family_order import Cluster
from handslag.coordination.rules.family_tree import Family, Source

Point = tuple[int, int]
MOST_PERMUTED = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points. kind: partner, former, parents (of a child), slash (parted), children, lives. `of` says whose line it is."""

    kind: str
    points: tuple[Point, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What the drawing is measured by: for each row the height of the symbols' middles and where its boxes end."""

    symbol_ys: tuple[int, ...]
    bottoms: tuple[int, ...]
    symbol: int
    box: int
    gap: int
    step: int


def lanes_of(family: Family, middles: dict[str, int], starts: dict[int, int]) -> dict[int, int]:
    """For each source (by its place in the list) how many steps below its row the bar over its children lies."""
    lanes: dict[int, int] = {}
    for row in {source.row for source in family.sources}:
        spans = {
            place: _span(source, middles, starts[place])
            for place, source in enumerate(family.sources)
            if source.row == row
        }
        for together in _overlapping(spans):
            lanes |= _best_order(together, spans, family, middles, starts)
    return lanes


def starts_of(
    family: Family, rows: Sequence[Sequence[Cluster]], middles: dict[str, int], gap: int, box: int
) -> dict[int, int]:
    """Where sideways each source's line to the children begins."""
    found = {}
    for place, source in enumerate(family.sources):
        if len(source.parents) == 1:
            found[place] = middles[source.parents[0]]
        else:
            found[place] = _between(rows, middles, source.parents, gap, box)
    return found


def draw_lines(
    family: Family, rows: Sequence[Sequence[Cluster]], middles: dict[str, int], starts: dict[int, int],
    lanes: dict[int, int], by: Measures,
) -> tuple[Line, ...]:  # fmt: skip
    """All lines, couples first."""
    lines: list[Line] = []
    arcs = 0
    for pair, kind in sorted(family.couples.items()):
        if kind == "home" or pair[0] not in middles:
            continue
        one, other = sorted(pair, key=lambda key: middles[key])
        y = by.symbol_ys[family.rows[one]]
        if _adjacent(rows, one, other):
            points: tuple[Point, ...] = ((middles[one] + by.symbol, y), (middles[other] - by.symbol, y))
            parted = (middles[one] + middles[other]) // 2
            parted -= (parted - points[0][0]) // 2
        else:
            arcs += 1
            top = y - by.symbol - 6 - 6 * (arcs % 3)
            beside = middles[other] - by.box - by.gap // 2
            points = (
                (middles[one], y - by.symbol), (middles[one], top), (beside, top), (beside, y), (middles[other] - by.symbol, y),
            )  # fmt: skip
            parted = (beside + middles[other] - by.symbol) // 2
        lines.append(Line(kind, points, pair))
        if kind == "former":
            lines += [
                Line("slash", ((parted + shift - 4, y + 8), (parted + shift + 4, y - 8)), pair)
                for shift in (-3, 3)
            ]
    for place, source in enumerate(family.sources):
        lines += _to_children(family, source, middles, starts[place], lanes[place], by)
    return tuple(lines)


def _to_children(
    family: Family, source: Source, middles: dict[str, int], start: int, lane: int, by: Measures
) -> list[Line]:
    bar = by.bottoms[source.row] + by.step * (lane + 1)
    single = len(source.parents) == 1 and source.parents[0] in family.people
    top = by.bottoms[source.row] if single else by.symbol_ys[source.row]
    xs = [middles[child] for child in source.children]
    lines = [Line(source.kind, ((start, top), (start, bar)), source.parents)]
    left, right = min([start, *xs]), max([start, *xs])
    if left < right:
        lines.append(Line(source.kind, ((left, bar), (right, bar)), source.parents))
    for child, x in zip(source.children, xs, strict=True):
        end = by.symbol_ys[source.row + 1] - (by.symbol if child in family.people else 0)
        lines.append(Line(source.kind, ((x, bar), (x, end)), source.parents))
    return lines


def _between(
    rows: Sequence[Sequence[Cluster]], middles: dict[str, int], pair: Sequence[str], gap: int, box: int
) -> int:
    one, other = sorted(pair, key=lambda key: middles[key])
    if _adjacent(rows, one, other):
        return (middles[one] + middles[other]) // 2
    return middles[other] - box - gap // 2


def _adjacent(rows: Sequence[Sequence[Cluster]], one: str, other: str) -> bool:
    return any(
        abs(cluster.members.index(one) - cluster.members.index(other)) == 1
        for row in rows
        for cluster in row
        if one in cluster.members and other in cluster.members
    )


def _span(source: Source, middles: dict[str, int], start: int) -> tuple[int, int]:
    xs = [start, *(middles[child] for child in source.children)]
    return min(xs), max(xs)


def _overlapping(spans: dict[int, tuple[int, int]]) -> list[list[int]]:
    """Sources whose bars would meet if they lay at one height, gathered."""
    gathered: list[list[int]] = []
    reach = None
    for place in sorted(spans, key=lambda one: (spans[one], one)):
        left, right = spans[place]
        if reach is not None and left <= reach:
            gathered[-1].append(place)
            reach = max(reach, right)
        else:
            gathered.append([place])
            reach = right
    return gathered


def _best_order(
    places: list[int],
    spans: dict[int, tuple[int, int]],
    family: Family,
    middles: dict[str, int],
    starts: dict[int, int],
) -> dict[int, int]:
    """The heights that give the fewest crossings among bars that reach over each other."""

    def crossings(order: Sequence[int]) -> int:
        total = 0
        for upper, one in enumerate(order):
            left, right = spans[one]
            mine = {middles[child] for child in family.sources[one].children}
            for other in order[upper + 1 :]:
                total += left <= starts[other] <= right
                other_left, other_right = spans[other]
                total += sum(other_left <= x <= other_right for x in mine)
        return total

    if len(places) <= MOST_PERMUTED:
        best = min(permutations(places), key=lambda order: (crossings(order), order))
    else:
        best = tuple(sorted(places, key=lambda one: (-spans[one][1], one)))
    return {place: lane for lane, place in enumerate(best)}
