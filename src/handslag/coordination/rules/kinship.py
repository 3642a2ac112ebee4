"""What somebody is to the person in the middle, as a code; the nearest word wins. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handslag.coordination.rules.family_tree import Tie


def kinship(focus: str, others: Sequence[str], ties: Iterable[Tie]) -> dict[str, str]:
    """For each of the others a code: parent, child, sibling, half_sibling, partner, former_partner, grandparent,
    grandchild, aunt_uncle, niece_nephew, cousin, parents_partner, partners_child, partners_parent, childs_partner,
    siblings_partner, childs_other_parent, home (lives in the same home), relative (none of these)."""
    links = _Links(ties)
    near = [
        ("parent", links.up({focus})),
        ("child", links.down({focus})),
        ("partner", links.beside({focus}, "partner")),
        ("former_partner", links.beside({focus}, "former")),
        ("sibling", links.full_siblings(focus)),
        ("half_sibling", links.down(links.up({focus}))),
        ("grandparent", links.up(links.up({focus}))),
        ("grandchild", links.down(links.down({focus}))),
        ("childs_other_parent", links.up(links.down({focus}))),
        ("aunt_uncle", links.siblings(links.up({focus}))),
        ("niece_nephew", links.down(links.siblings({focus}))),
        ("parents_partner", links.beside(links.up({focus}), "partner")),
        ("partners_child", links.down(links.beside({focus}, "partner"))),
        ("partners_parent", links.up(links.beside({focus}, "partner"))),
        ("childs_partner", links.beside(links.down({focus}), "partner")),
        ("siblings_partner", links.beside(links.siblings({focus}), "partner")),
        ("cousin", links.down(links.siblings(links.up({focus})))),
        ("home", links.home[focus]),
    ]
    return {
        other: next((code for code, found in near if other in found), "relative")
        for other in others
        if other != focus
    }


class _Links:
    """The ties by kind, followed in steps."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self.parents: dict[str, set[str]] = defaultdict(set)
        self.children: dict[str, set[str]] = defaultdict(set)
        self.home: dict[str, set[str]] = defaultdict(set)
        self.same: dict[str, dict[str, set[str]]] = {
            kind: defaultdict(set) for kind in ("partner", "former", "sibling")
        }
        for tie in ties:
            if tie.kind == "parent":
                self.parents[tie.other].add(tie.one)
                self.children[tie.one].add(tie.other)
            elif tie.kind in self.same:
                self.same[tie.kind][tie.one].add(tie.other)
                self.same[tie.kind][tie.other].add(tie.one)
            else:
                self.home[tie.one].add(tie.other)
                self.home[tie.other].add(tie.one)

    def up(self, keys: set[str]) -> set[str]:
        return {one for key in keys for one in self.parents[key]}

    def down(self, keys: set[str]) -> set[str]:
        return {one for key in keys for one in self.children[key]}

    def beside(self, keys: set[str], kind: str) -> set[str]:
        return {one for key in keys for one in self.same[kind][key]}

    def siblings(self, keys: set[str]) -> set[str]:
        return (self.down(self.up(keys)) | self.beside(keys, "sibling")) - keys

    def full_siblings(self, key: str) -> set[str]:
        own = self.parents[key]
        told = self.same["sibling"][key]
        return {
            one
            for one in self.siblings({key})
            if one in told or self.parents[one] == own or min(len(own), len(self.parents[one])) < 2
        }
