"""The family map as the page draws it: shapes with classes and whole numbers, no style in the page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext

from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.family.words import KINSHIP, SECRET_WHAT

HALF = 20
BADGE_ASIDE, BADGE_ABOVE = 25, 8


@dataclass(frozen=True, slots=True)
class Drawn:
    """A person of the map with the points of the symbol."""

    box: coordination.Box
    person: coordination.FamilyPerson
    left: int
    top: int
    right: int
    bottom: int
    badge: str
    badge_x: int
    badge_y: int
    label: str

    @property
    def is_focus(self) -> bool:
        return self.box.person.is_focus

    @property
    def diamond(self) -> str:
        """The points of a square on its corner, for a person whose sex is not known."""
        x, y = self.box.x, self.box.y
        return f"{x},{self.top} {self.right},{y} {x},{self.bottom} {self.left},{y}"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as SVG's points."""

    kind: str
    points: str


@dataclass(frozen=True, slots=True)
class MapOnPage:
    """The whole drawing."""

    width: int
    height: int
    drawn: tuple[Drawn, ...]
    strokes: tuple[Stroke, ...]


def map_of(view: coordination.FamilyView) -> MapOnPage:
    """The map of a family view."""
    persons = {str(one.id): one for one in view.persons}
    made = coordination.draw(
        [
            coordination.MapPerson(
                key=key,
                name=one.name,
                under=years_of(one),
                sex=one.sex,
                is_dead=one.death_year is not None,
                is_focus=one.id == view.focus,
                homes=one.homes,
                born=one.birth_year,
            )
            for key, one in persons.items()
        ],
        view.ties,
    )
    strokes = tuple(Stroke(line.kind, " ".join(f"{x},{y}" for x, y in line.points)) for line in made.lines)
    return MapOnPage(
        made.width, made.height, tuple(_drawn(box, persons[box.key]) for box in made.boxes), strokes
    )


def years_of(person: coordination.FamilyPerson) -> str:
    """`b. 1974`, or both years of somebody who has died."""
    born = str(person.birth_year) if person.birth_year else ""
    if person.death_year is not None:
        return f"{born or '?'}–{person.death_year}"
    return gettext("b. {year}").format(year=born) if born else ""


def told_kinship(person: coordination.FamilyPerson) -> "str | Promise":
    """What the person is to the one in the middle."""
    return KINSHIP[person.kinship]


def told_homes(person: coordination.FamilyPerson) -> str:
    """`home A`, or `homes A and B` for somebody with two."""
    if not person.homes:
        return ""
    if len(person.homes) == 1:
        return gettext("home {letter}").format(letter=person.homes[0])
    return gettext("homes {letters}").format(letters=gettext(" and ").join(person.homes))


def told_secrets(person: coordination.FamilyPerson, names: dict[UUID, str]) -> list[str]:
    """The strong marks: what is secret, and toward whom."""
    return [
        gettext("Secret toward {name}: {what}").format(what=what_of(row), name=names.get(row.toward_id, ""))
        for row in person.secrets
    ]


def secret_marks(person_id: UUID, actor: foundation.Actor) -> list[str]:
    """The strong marks of one person, for the person's own page; names that the reader may not see are left out."""
    rows = coordination.secrets_of(person_id, actor)
    names = people.names_of([row.toward_id for row in rows], actor) if rows else {}
    return [
        gettext("Secret toward {name}: {what}").format(
            what=what_of(row), name=names.get(row.toward_id) or gettext("another person")
        )
        for row in rows
    ]


def what_of(row: coordination.SecretToward) -> str:
    """What a secret covers, in words."""
    covered = [str(words) for what, words in SECRET_WHAT.items() if getattr(row, what)]
    return ", ".join(covered)


def _drawn(box: coordination.Box, person: coordination.FamilyPerson) -> Drawn:
    # What is heard begins with what is seen, so that it can also be said to a computer that listens.
    visible = " ".join([*(text for _, text in box.texts), *(["+".join(person.homes)] if person.homes else [])])
    parts: list[Any] = [visible, told_kinship(person), told_homes(person)]
    if person.death_year is not None:
        parts.append(gettext("has died"))
    return Drawn(
        box=box,
        person=person,
        left=box.x - HALF,
        top=box.y - HALF,
        right=box.x + HALF,
        bottom=box.y + HALF,
        badge="+".join(person.homes),
        badge_x=box.x + BADGE_ASIDE,
        badge_y=box.y - BADGE_ABOVE,
        label=", ".join(str(part) for part in parts if part),
    )
