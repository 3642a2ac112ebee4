"""In which order people stand in each row, so that lines cross as little as can be. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from handslag.coordination.rules.family_tree import Family

SWEEPS = 8
MOST_TRIES = 3000


@dataclass(slots=True, eq=False)
class Cluster:
    """People who stand side by side: a couple, or a person with a former and a new partner."""

    members: list[str]


def order_rows(family: Family) -> list[list[Cluster]]:
    """The rows from above, each in order from the left."""
    rows = _clusters(family)
    ways = _ways(family, len(rows))
    best, fewest = _kept(rows), _crossings(ways, _places(rows))
    for down_first in (True, False):
        for sweep in range(SWEEPS if fewest else 0):
            _sweep(family, rows, down=(sweep % 2 == 0) == down_first)
            crossings = _crossings(ways, _places(rows))
            if crossings < fewest:
                best, fewest = _kept(rows), crossings
        _restore(rows, best)
    if fewest:
        _improve(ways, rows, fewest)
    return rows


def _clusters(family: Family) -> list[list[Cluster]]:
    """Who stand together: a way through those who are tied as couples, from an end of it."""
    beside: dict[str, list[str]] = defaultdict(list)
    for (one, other), kind in family.couples.items():
        if kind != "home" or not (family.couples.keys() & _others(family, one, other)):
            beside[one].append(other)
            beside[other].append(one)
    rows: list[list[Cluster]] = [[] for _ in range(max(family.rows.values()) + 1)]
    keys = [*family.people, *(key for key in family.rows if key not in family.people)]
    left = set(keys)
    for key in keys:
        if key not in left:
            continue
        company = _company(key, beside)
        start = min(company, key=lambda one: (len(set(beside[one])), keys.index(one)))
        line = _walk(start, beside, keys)
        left -= set(line)
        rows[family.rows[key]].append(Cluster(line))
    return rows


def _others(family: Family, one: str, other: str) -> set[tuple[str, str]]:
    """The real couples that either is in: then sharing a home alone does not place them."""
    return {
        pair for pair, kind in family.couples.items() if kind != "home" and (one in pair or other in pair)
    }


def _company(key: str, beside: dict[str, list[str]]) -> list[str]:
    found, waiting = [key], [key]
    while waiting:
        for other in sorted(beside[waiting.pop()]):
            if other not in found:
                found.append(other)
                waiting.append(other)
    return found


def _walk(start: str, beside: dict[str, list[str]], keys: Sequence[str]) -> list[str]:
    """Everybody reached from the start, each as near as can be to a partner; ends first, so that the middle stays whole."""
    line, waiting = [], [start]
    while waiting:
        here = waiting.pop()
        if here in line:
            continue
        line.append(here)
        following = sorted(
            {one for one in beside[here] if one not in line},
            key=lambda one: (-len(set(beside[one])), -keys.index(one)),
        )
        waiting += (
            following[::1]
            if len(following) < 2
            else sorted(following, key=lambda one: (len(set(beside[one])) > 1, keys.index(one)), reverse=True)
        )
    return line


def _places(rows: Sequence[Sequence[Cluster]]) -> dict[str, float]:
    return {
        key: float(place)
        for row in rows
        for place, key in enumerate(key for cluster in row for key in cluster.members)
    }


def _sweep(family: Family, rows: list[list[Cluster]], *, down: bool) -> None:
    """Order each row by where its people's parents (or children) stand, and turn couples the same way."""
    for number in range(len(rows)) if down else range(len(rows) - 1, -1, -1):
        places = _places(rows)
        pull: dict[str, list[float]] = defaultdict(list)
        for source in family.sources:
            if down and source.row == number - 1:
                middle = sum(places[key] for key in source.parents) / len(source.parents)
                for child in source.children:
                    pull[child].append(middle)
            if not down and source.row == number:
                middle = sum(places[key] for key in source.children) / len(source.children)
                for parent in source.parents:
                    pull[parent].append(middle)
        wish: dict[int, float] = {}
        for cluster in rows[number]:
            felt = [
                (place, sum(pull[key]) / len(pull[key]))
                for place, key in enumerate(cluster.members)
                if pull[key]
            ]
            if len(felt) > 1 and _leans_left(felt):
                cluster.members.reverse()
            pulls = [value for _, value in felt]
            wish[id(cluster)] = sum(pulls) / len(pulls) if pulls else places[cluster.members[0]]
        rows[number].sort(key=lambda cluster: wish[id(cluster)])


def _leans_left(felt: Sequence[tuple[int, float]]) -> bool:
    middle = sum(place for place, _ in felt) / len(felt)
    mean = sum(value for _, value in felt) / len(felt)
    return sum((place - middle) * (value - mean) for place, value in felt) < 0


class _Way(NamedTuple):
    """From the middle of these parents to this child, who stands a row below; `source` tells whose child it is."""

    parents: tuple[str, ...]
    child: str
    source: int


def _ways(family: Family, rows: int) -> list[list[_Way]]:
    """The ways from each row to the next."""
    ways: list[list[_Way]] = [[] for _ in range(rows)]
    for place, source in enumerate(family.sources):
        ways[source.row] += [_Way(source.parents, child, place) for child in source.children]
    return ways


def _crossings(ways: Sequence[Sequence[_Way]], places: dict[str, float]) -> int:
    """How many pairs of ways from parents to children change sides."""
    return sum(_crossed(between, places) for between in ways)


def _crossed(ways: Sequence[_Way], places: dict[str, float], enough: float = inf) -> int:
    """The same between two rows; it may stop counting when there are enough."""
    total = 0
    counted: list[tuple[float, float, int]] = []
    for parents, child, source in ways:
        up, down = sum([places[key] for key in parents]) / len(parents), places[child]
        for other_up, other_down, other in counted:
            if source != other and (up - other_up) * (down - other_down) <= 0:
                total += 1
        if total >= enough:
            break
        counted.append((up, down, source))
    return total


def _improve(ways: Sequence[Sequence[_Way]], rows: list[list[Cluster]], fewest: int) -> None:
    """Try to turn each couple and to move each cluster; keep what helps. Stops after a set number of tries."""
    tries, better = 0, True
    places = _places(rows)
    while better and fewest and tries < MOST_TRIES:
        better = False
        for number, row in enumerate(rows):
            # A change in a row alters the ways to it and from it alone.
            near = ways[max(0, number - 1) : number + 1]
            for place in range(len(row)):
                changes = _changes(row, place)
                now = _crossings(near, places)
                if not now:  # nothing here can be made better
                    tries += len(changes)
                    changes = []
                for change in changes:
                    tries += 1
                    undo = change()
                    places.update(_places([row]))
                    total = 0
                    for between in near:
                        if total < now:
                            total += _crossed(between, places, now - total)
                    if total < now:
                        fewest, better = fewest - now + total, True
                        break
                    undo()
                    places.update(_places([row]))
                    if tries >= MOST_TRIES:
                        return


def _changes(row: list[Cluster], place: int) -> list[Change]:
    moves: list[Change] = []
    if len(row[place].members) > 1:
        moves.append(Change(row, place, None))
    reach = range(len(row)) if len(row) <= 8 else range(max(0, place - 2), min(len(row), place + 3))
    for target in reach:
        if target != place:
            moves.append(Change(row, place, target))
            if len(row[place].members) > 1:
                moves.append(Change(row, place, target, turn=True))
    return moves


@dataclass(slots=True)
class Change:
    """A try: turn a cluster round, or move it (and turn it). Called, it gives what undoes it."""

    row: list[Cluster]
    place: int
    target: int | None
    turn: bool = False

    def __call__(self) -> Undo:
        before = [(cluster, list(cluster.members)) for cluster in self.row]
        cluster = self.row[self.place]
        if self.target is None or self.turn:
            cluster.members.reverse()
        if self.target is not None:
            self.row.insert(self.target, self.row.pop(self.place))
        return Undo(self.row, before)


@dataclass(slots=True)
class Undo:
    """Puts a row back as it was."""

    row: list[Cluster]
    before: list[tuple[Cluster, list[str]]]

    def __call__(self) -> None:
        for cluster, members in self.before:
            cluster.members[:] = members
        self.row[:] = [cluster for cluster, _ in self.before]


def _kept(rows: Sequence[Sequence[Cluster]]) -> list[list[tuple[Cluster, list[str]]]]:
    return [[(cluster, list(cluster.members)) for cluster in row] for row in rows]


def _restore(rows: list[list[Cluster]], kept: Sequence[Sequence[tuple[Cluster, list[str]]]]) -> None:
    for row, before in zip(rows, kept, strict=True):
        Undo(row, list(before))()
