"""Who stands in which generation, who belongs together, and from whom children come. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MapPerson:
    """Somebody to draw. `under` is a short line beneath the name; `homes` are letters of homes, two for two homes."""

    key: str
    name: str
    under: str = ""
    sex: str = "unknown"
    is_dead: bool = False
    is_focus: bool = False
    homes: tuple[str, ...] = ()
    born: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """`one` is parent of `other`; or they are partners, former partners, siblings, or grown-ups of one home (`home`);
    `lives` says that the child lives with the grown-up without being known as theirs."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Source:
    """One or two people from whom children come; `kind` is children or lives. Children stand one row below."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    row: int
    kind: str = "children"


@dataclass(slots=True)
class Family:
    """People with their rows, the couples, and the sources of children. Long ways go over stand-ins without a name."""

    people: dict[str, MapPerson]
    rows: dict[str, int]
    couples: dict[tuple[str, str], str]
    sources: list[Source] = field(default_factory=list)

    def sources_below(self, row: int) -> list[Source]:
        """Those whose children hang between a row and the next."""
        return [source for source in self.sources if source.row == row]


def family_of(people: Sequence[MapPerson], ties: Sequence[Tie]) -> Family:
    """Sort out rows and couples. Ties to somebody who is not drawn are left aside; so is what makes a circle."""
    known = {one.key: one for one in sorted(people, key=lambda one: (one.born or 9999, one.name, one.key))}
    clean = [tie for tie in ties if tie.one in known and tie.other in known and tie.one != tie.other]
    couples: dict[tuple[str, str], str] = {}
    for wanted in ("partner", "former", "home"):
        for tie in clean:
            pair = _pair(tie.one, tie.other)
            if tie.kind == wanted and pair not in couples:
                couples[pair] = wanted
    parents, sure = _parents(known, clean, couples)
    groups = _generations(known, couples, parents, [tie for tie in clean if tie.kind == "sibling"])
    rows, kept = _rows(known, groups, parents)
    couples = {pair: kind for pair, kind in couples.items() if rows[pair[0]] == rows[pair[1]]}
    family = Family(dict(known), rows, couples)
    _add_sources(family, kept, sure)
    for source in family.sources:
        if len(source.parents) == 2 and source.parents[0] in known:
            pair = _pair(*source.parents)
            held = family.couples.get(pair, "parents")
            family.couples[pair] = "partner" if held == "home" else held
    return family


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _parents(
    known: dict[str, MapPerson], ties: Iterable[Tie], couples: dict[tuple[str, str], str]
) -> tuple[dict[str, list[str]], set[str]]:
    """Each child's one or two parents, and which children are known as theirs (not only living with them)."""
    told: dict[str, dict[str, list[str]]] = {"parent": defaultdict(list), "lives": defaultdict(list)}
    for tie in ties:
        if tie.kind in told and tie.one not in told[tie.kind][tie.other]:
            told[tie.kind][tie.other].append(tie.one)
    found: dict[str, list[str]] = {}
    for child in known:
        ones = sorted(told["parent"][child] or told["lives"][child], key=list(known).index)
        if len(ones) > 2:
            pairs = [
                (a, b) for place, a in enumerate(ones) for b in ones[place + 1 :] if _pair(a, b) in couples
            ]
            ones = list(pairs[0]) if pairs else ones[:2]
        if ones:
            found[child] = ones
    return found, {child for child in found if told["parent"][child]}


def _generations(
    known: dict[str, MapPerson], couples: Iterable[tuple[str, str]], parents: dict[str, list[str]],
    siblings: Sequence[Tie],
) -> dict[str, str]:  # fmt: skip
    """Who stand in one row: each person's group by its first member. No one is grouped with an own ancestor."""
    group = {key: key for key in known}
    members = {key: [key] for key in known}

    def leader(key: str) -> str:
        while group[key] != key:
            key = group[key]
        return key

    def is_above(one: str, other: str) -> bool:
        waiting, seen = [leader(other)], set()
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            up = {leader(p) for child in members[here] for p in parents.get(child, ())}
            if leader(one) in up:
                return True
            waiting += up
        return False

    def join(one: str, other: str) -> None:
        first, second = leader(one), leader(other)
        if first != second and not is_above(one, other) and not is_above(other, one):
            group[second] = first
            members[first] += members.pop(second)

    for one, other in sorted(couples):
        join(one, other)
    for child in sorted(parents):
        if len(parents[child]) == 2:
            join(*parents[child])
    for tie in siblings:
        join(tie.one, tie.other)
    return {key: leader(key) for key in known}


def _rows(
    known: dict[str, MapPerson], groups: dict[str, str], parents: dict[str, list[str]]
) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Each person's row from above, and the parents that stand above their child."""
    above: dict[str, set[str]] = defaultdict(set)
    for child, ones in parents.items():
        above[groups[child]] |= {groups[one] for one in ones} - {groups[child]}
    level: dict[str, int] = {}

    def settle(group: str, way: tuple[str, ...]) -> int:
        if group in level:
            return level[group]
        ups = [settle(up, (*way, group)) + 1 for up in sorted(above[group]) if up not in (*way, group)]
        level[group] = max(ups, default=0)
        return level[group]

    for key in known:
        settle(groups[key], ())
    below: dict[str, set[str]] = defaultdict(set)
    for group, ups in above.items():
        for up in ups:
            below[up].add(group)
    for group in sorted(level, key=lambda one: (-level[one], one)):
        if not above[group] and below[group]:
            level[group] = max(level[group], min(level[down] for down in below[group]) - 1)
    start = min(level.values())
    rows = {key: level[groups[key]] - start for key in known}
    kept = {child: [one for one in ones if rows[one] < rows[child]] for child, ones in parents.items()}
    for child, ones in kept.items():
        if len(ones) == 2 and rows[ones[0]] != rows[ones[1]]:
            kept[child] = [max(ones, key=lambda one: rows[one])]
    return rows, {child: ones for child, ones in kept.items() if ones}


def _add_sources(family: Family, parents: dict[str, list[str]], sure: set[str]) -> None:
    """The couples and single parents with their children; where rows lie between, stand-ins carry the line."""
    brood: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for child in family.people:
        if child in parents:
            kind = "children" if child in sure else "lives"
            brood[tuple(sorted(parents[child])), kind].append(child)
    for (ones, kind), children in sorted(brood.items()):
        row = family.rows[ones[0]]
        near = [child for child in children if family.rows[child] == row + 1]
        for far in [child for child in children if family.rows[child] > row + 1]:
            here: str | None = None
            for number in range(row + 1, family.rows[far]):
                stand_in = f"~{number}:{far}"
                family.rows[stand_in] = number
                if here is None:
                    near.append(stand_in)
                else:
                    family.sources.append(Source((here,), (stand_in,), number - 1, kind))
                here = stand_in
            if here is not None:
                family.sources.append(Source((here,), (far,), family.rows[far] - 1, kind))
        if near:
            family.sources.append(Source(ones, tuple(near), row, kind))
