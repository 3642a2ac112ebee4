"""The family map as the page draws it: shapes with classes and whole numbers, no style in the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from handslag.coordination import public as coordination
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.desk.family.words import KINSHIP, SECRET_WHAT

HALF = 20
# Stands in an address in the place of somebody's id.
NOBODY = UUID(int=0)
FOCUS = mark_safe(" data-focus")
BADGE_ASIDE, BADGE_ABOVE = 25, 8
BELOW_NAME = 6


@dataclass(frozen=True, slots=True)
class MapOnPage:
    """The whole drawing: the lines, the symbols and the names as SVG, which costs a template too much piece by piece."""

    width: int
    height: int
    strokes: SafeString
    symbols: SafeString
    names: SafeString
    generations: int


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
    leads_to = reverse("desk-family", args=[NOBODY])
    # A parent alone: the line to the children begins right under the name, not at the bottom of the row.
    under = {(box.x, box.bottom): box.texts[-1][0] + BELOW_NAME for box in made.boxes}
    return MapOnPage(
        width=made.width,
        height=made.height,
        strokes=_joined(_stroke(line, under) for line in made.lines),
        symbols=_joined(_symbol(box, persons[box.key]) for box in made.boxes),
        names=_joined(_name(box, persons[box.key], leads_to) for box in made.boxes),
        generations=len({box.row for box in made.boxes}),
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


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((piece,) for piece in pieces))


def _stroke(line: coordination.Line, under: dict[tuple[int, int], int]) -> SafeString:
    points = " ".join(f"{x},{under.get((x, y), y)}" for x, y in line.points)
    return format_html('<polyline class="tie" data-kind="{}" points="{}"/>', line.kind, points)


def _symbol(box: coordination.Box, person: coordination.FamilyPerson) -> SafeString:
    x, y = box.x, box.y
    left, right, top, bottom = x - HALF, x + HALF, y - HALF, y + HALF
    if person.sex == "woman":
        shape = format_html('<circle cx="{}" cy="{}" r="{}"/>', x, y, HALF)
    elif person.sex == "man":
        shape = format_html('<rect x="{}" y="{}" width="{}" height="{}"/>', left, top, 2 * HALF, 2 * HALF)
    else:
        shape = format_html('<polygon points="{}"/>', f"{x},{top} {right},{y} {x},{bottom} {left},{y}")
    if person.death_year is not None:
        cross = f"M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}"
        shape = format_html('{}<path d="{}"/>', shape, cross)
    return format_html('<g class="symbol"{}>{}</g>', FOCUS if box.person.is_focus else "", shape)


def _name(box: coordination.Box, person: coordination.FamilyPerson, leads_to: str) -> SafeString:
    badge = "+".join(person.homes)
    # What is heard begins with what is seen, so that it can also be said to a computer that listens.
    visible = " ".join([*(text for _, text in box.texts), *([badge] if badge else [])])
    parts: list[Any] = [visible, told_kinship(person), told_homes(person)]
    if person.death_year is not None:
        parts.append(gettext("has died"))
    label = ", ".join(str(part) for part in parts if part)
    pieces = [format_html("<title>{}</title>", label)]
    for y, text in box.texts[:-1] if box.under else box.texts:
        pieces.append(format_html('<text x="{}" y="{}">{}</text> ', box.x, y, text))
    if box.under:
        y, text = box.texts[-1]
        pieces.append(format_html('<text class="under" x="{}" y="{}">{}</text> ', box.x, y, text))
    if badge:
        x, y = box.x + BADGE_ASIDE, box.y - BADGE_ABOVE
        pieces.append(format_html('<text class="home" x="{}" y="{}">{}</text>', x, y, badge))
    inside = _joined(pieces)
    if person.is_readable and not box.person.is_focus:
        url = leads_to.replace(str(NOBODY), str(person.id))
        return format_html('<a class="who" href="{}" aria-label="{}">{}</a>', url, label, inside)
    return format_html('<g class="who"{}>{}</g>', FOCUS if box.person.is_focus else "", inside)
