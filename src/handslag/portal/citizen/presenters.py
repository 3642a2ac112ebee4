"""What the citizen's pages show, made ready: no page asks the database for anything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from handslag.foundation.public import Actor, Month
from handslag.income_support import public as income_support
from handslag.income_support.public import Problem
from handslag.portal.citizen.typed import Control, words_of
from handslag.portal.shell import formats


@dataclass(frozen=True)
class Progress:
    """Where in the application a page stands: `number` of `total`, and the page before."""

    number: int
    total: int
    before: str

    @classmethod
    def of(cls, steps: Sequence[str], step: str) -> "Progress":
        place = steps.index(step)
        return cls(place + 1, len(steps), steps[place - 1] if place else "")


@dataclass(frozen=True)
class MonthOption:
    """A month that can be chosen, and the way that the application then takes."""

    month: Month
    kind: str
    words: str
    chosen: bool


def months_to_choose(actor: Actor, today: date) -> list[MonthOption]:
    """This month and the next; the one without an application is chosen beforehand."""
    months = [Month.of(today), Month.of(today).next()]
    assert actor.person_id is not None
    routes = [income_support.route_for(actor.person_id, month, today) for month in months]
    free = next((place for place, route in enumerate(routes) if route.kind in ("new", "renewal")), 0)
    return [
        MonthOption(month, route.kind, _kind_words(route.kind), place == free)
        for place, (month, route) in enumerate(zip(months, routes, strict=True))
    ]


def known_from(known: Mapping[str, Any] | None) -> str:
    """Where the filled-in answers of a page come from, as a sentence; empty where nothing was filled in."""
    if not known:
        return ""
    day = formats.day(known.get("on"))
    if known.get("source") == "population_register":
        return _(
            "We have filled this in from the population register on {day}. Change what is not right."
        ).format(day=day)
    return _("We have filled this in from your application on {day}. Change what is not right.").format(
        day=day
    )


def links_to(problems: Sequence[Problem], controls: Sequence[Control]) -> list[tuple[str, str]]:
    """Each problem with the place on the page that it leads to; empty where the place is on another page."""
    places = dict(_places(controls))
    found: dict[tuple[str, str], None] = {}
    for problem in problems:
        words = words_of(problem)
        place = places.get(words_key(problem.where), "")
        label = _label_of(problem.where, controls)
        found[place, f"{label}: {words}" if label else words] = None
    return list(found)


def words_key(where: str) -> str:
    """`children.children[0].born` as the name of its box: `children-0-born`."""
    _step, _, rest = where.partition(".")
    return rest.replace("[", "-").replace("].", "-").replace("]", "")


def problems_by_step(problems: Sequence[Problem]) -> dict[str, list[str]]:
    """What is wrong, by the step that it stands in."""
    found: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        words = words_of(problem)
        step = problem.where.partition(".")[0]
        if words not in found[step]:
            found[step].append(words)
    return found


def _places(controls: Sequence[Control]) -> list[tuple[str, str]]:
    found = []
    for control in controls:
        found.append((control.name, control.first_id))
        for row in control.rows:
            found += _places(row.controls)
    return found


def _label_of(where: str, controls: Sequence[Control]) -> str:
    name = words_key(where)
    for control in controls:
        if control.name == name:
            return control.label
        for row in control.rows:
            if label := _label_of(f".{name}", row.controls):
                return label
    return ""


def _kind_words(kind: str) -> str:
    if kind == "refer":
        return _("We call you first")
    return str(income_support.KINDS[kind])  # type: ignore[index] # the other kinds of route are kinds of application
