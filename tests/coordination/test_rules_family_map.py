"""The family map: everybody once, nothing over anything else, and no crossing lines in ordinary families."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from handslag.coordination.rules.family_map import (
    BOX_WIDTH,
    FamilyMap,
    Line,
    MapPerson,
    Tie,
    draw,
    name_lines,
    text_width,
)

NAMES = (
    "Bo",
    "Ann-Charlotte Wallenståhl",
    "Wilhelmina",
    "Åke",
    "Mohammed al-Rashid",
    "Iris",
    "WWWWWWWWWWWWWWWW MMMMMMMMM",
    "李 小龍",
)


def person(key: str, born: int, name: str = "") -> MapPerson:
    return MapPerson(key, name or f"{key.title()} Test", under=str(born), born=born)


@st.composite
def ordinary(draw_: st.DrawFn) -> tuple[list[MapPerson], list[Tie]]:
    """A child of two people (together or apart), each with parents, childless siblings and a new partner with children."""
    people = [person("child", 2012)]
    ties: list[Tie] = []

    def add(key: str, born: int) -> str:
        people.append(person(key, born, draw_(st.sampled_from(NAMES))))
        return key

    def child_of(key: str, *parents: str) -> None:
        ties.extend(Tie(one, key, "parent") for one in parents)

    sides = ["mother", "father"]
    for side in sides:
        add(side, 1975)
    ties.append(Tie("mother", "father", draw_(st.sampled_from(["partner", "former"]))))
    child_of("child", *sides)
    for number in range(draw_(st.integers(0, 3))):
        child_of(add(f"sibling{number}", 2005 + number), *sides)
    for side in sides:
        if draw_(st.booleans()):
            old = [add(f"{side}_gran{number}", 1945) for number in range(draw_(st.integers(1, 2)))]
            if len(old) == 2:
                ties.append(Tie(*old, draw_(st.sampled_from(["partner", "former"]))))
            child_of(side, *old)
            for number in range(draw_(st.integers(0, 2))):
                child_of(add(f"{side}_sib{number}", 1970 + number), *old)
        if draw_(st.booleans()):
            new = add(f"{side}_new", 1980)
            ties.append(Tie(side, new, "partner"))
            for number in range(draw_(st.integers(0, 2))):
                child_of(add(f"{side}_half{number}", 2015 + number), side, new)
    return draw_(st.permutations(people)), draw_(st.permutations(ties))


@st.composite
def any_family(draw_: st.DrawFn) -> tuple[list[MapPerson], list[Tie]]:
    """People with whatever ties, also such as cannot be: circles, several partners, parents among siblings."""
    keys = [f"p{number}" for number in range(draw_(st.integers(1, 14)))]
    people = [
        MapPerson(key, draw_(st.sampled_from(NAMES)), under="1980", born=draw_(st.integers(1930, 2026)))
        for key in keys
    ]
    pair = st.tuples(st.sampled_from([*keys, "not there"]), st.sampled_from(keys))
    kinds = st.sampled_from(["parent", "partner", "former", "home", "lives", "sibling"])
    told = draw_(st.lists(st.tuples(pair, kinds), max_size=24))
    return people, [Tie(one, other, kind) for (one, other), kind in told]


def check_boxes(made: FamilyMap, people: list[MapPerson]) -> None:
    assert sorted(box.key for box in made.boxes) == sorted(one.key for one in people)
    for one, other in combinations(made.boxes, 2):
        aside = one.right <= other.left or other.right <= one.left
        assert aside or one.bottom <= other.top or other.bottom <= one.top, (one, other)
    for box in made.boxes:
        assert box.left >= 0 and box.right <= made.width and box.top >= 0 and box.bottom <= made.height
        assert all(text_width(text) * 14 <= BOX_WIDTH for _, text in box.texts)
        assert all(box.top < y <= box.bottom for y, _ in box.texts)
    assert all(0 <= x <= made.width and 0 <= y <= made.height for line in made.lines for x, y in line.points)


def meet(one: Line, other: Line) -> bool:
    """Whether two lines of upright and level pieces touch anywhere."""

    def pieces(line: Line) -> list[tuple[int, int, int, int]]:
        return [
            (min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1]))
            for a, b in zip(line.points, line.points[1:], strict=False)
        ]

    return any(
        a[0] <= b[1] and b[0] <= a[1] and a[2] <= b[3] and b[2] <= a[3]
        for a in pieces(one)
        for b in pieces(other)
    )


def crossings(made: FamilyMap) -> list[tuple[Line, Line]]:
    lines = [line for line in made.lines if line.kind != "slash"]
    return [
        (one, other)
        for one, other in combinations(lines, 2)
        if set(one.of) != set(other.of) and meet(one, other)
    ]


@settings(max_examples=150)
@given(ordinary())
def test_an_ordinary_family_is_clear(told: tuple[list[MapPerson], list[Tie]]) -> None:
    people, ties = told
    made = draw(people, ties)
    check_boxes(made, people)
    assert crossings(made) == []
    place = {box.key: box for box in made.boxes}
    for tie in ties:
        if tie.kind == "parent":
            assert place[tie.one].row == place[tie.other].row - 1
        else:
            assert place[tie.one].row == place[tie.other].row
            between = [box for box in made.boxes if box.row == place[tie.one].row and min(place[tie.one].x, place[tie.other].x) < box.x < max(place[tie.one].x, place[tie.other].x)]  # fmt: skip
            assert not between, "partners stand side by side"
    for box in made.boxes:
        through = [
            line
            for line in made.lines
            if line.kind in ("children", "lives") and box.key not in line.of and _over_text(line, box)
        ]
        assert not through, (box.key, through)


def _over_text(line: Line, box: object) -> bool:
    left, right, top, bottom = box.left, box.right, box.y + 22, box.bottom - 1  # type: ignore[attr-defined]
    return any(
        max(a[0], b[0]) > left
        and min(a[0], b[0]) < right
        and max(a[1], b[1]) > top
        and min(a[1], b[1]) < bottom
        for a, b in zip(line.points, line.points[1:], strict=False)
    )


@settings(max_examples=150)
@given(any_family())
def test_whatever_is_told_nothing_lies_over_anything(told: tuple[list[MapPerson], list[Tie]]) -> None:
    check_boxes(draw(*told), told[0])


@given(ordinary(), st.randoms())
def test_the_same_family_is_drawn_the_same_in_any_order(
    told: tuple[list[MapPerson], list[Tie]], random: object
) -> None:
    people, ties = list(told[0]), list(told[1])
    before = draw(people, ties)
    random.shuffle(people)  # type: ignore[attr-defined]
    random.shuffle(ties)  # type: ignore[attr-defined]
    assert draw(people, ties) == before


@given(ordinary())
def test_who_is_not_given_leaves_no_trace(told: tuple[list[MapPerson], list[Tie]]) -> None:
    """Ties to somebody who is not drawn change nothing: no line, no room, no other place."""
    people, ties = told
    left = [one for one in people if not one.key.startswith("mother")]
    keys = {one.key for one in left}
    own = [tie for tie in ties if {tie.one, tie.other} <= keys]
    assert draw(left, ties) == draw(left, own)


@given(st.text(max_size=80))
def test_a_name_fits_its_box_whatever_it_is(name: str) -> None:
    lines = name_lines(name)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line) * 14 <= BOX_WIDTH for line in lines)


def test_parted_parents_have_slashes_and_a_dead_person_keeps_the_place() -> None:
    made = draw(
        [person("a", 1970), MapPerson("b", "B", is_dead=True, born=1971), person("c", 2000)],
        [Tie("a", "b", "former"), Tie("a", "c", "parent"), Tie("b", "c", "parent")],
    )
    assert [line.kind for line in made.lines].count("slash") == 2
    assert {box.key: box.row for box in made.boxes} == {"a": 0, "b": 0, "c": 1}


def test_nobody_is_an_empty_drawing() -> None:
    assert draw([], []).boxes == ()


def test_an_uncle_whose_partner_is_a_generation_up_still_gets_a_row() -> None:
    people = [person("a", 1940), person("b", 1965), person("c", 1990), person("d", 2010)]
    ties = [
        Tie("a", "b", "parent"),
        Tie("b", "c", "parent"),
        Tie("c", "d", "parent"),
        Tie("a", "d", "parent"),
    ]
    made = draw(people, ties)
    check_boxes(made, people)
    assert {box.key: box.row for box in made.boxes} == {"a": 0, "b": 1, "c": 2, "d": 3}
