"""Which way an application takes, decided by stated gates in a stated order. Not law: the municipality's own
order of work, as dated settings; the law's duty to receive every application (FL 19-20) is never in question.

A gate never refuses an application. At most it sends the person to somebody who calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

RouteKind = Literal["new", "renewal", "supplement", "refer"]


@dataclass(frozen=True, slots=True)
class GateSettings:
    """Dated settings of the municipality. Days are calendar days."""

    reopen_within_days: int = 30
    months_ahead: int = 1
    months_back: int = 1


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known when somebody wants to apply. A mark of protection that could not be read is `unknown`.

    `month` and `applied_months` are first days of months. `closed_on` is the latest day that a case of the person
    was closed, None when there is none. `household_has_case`: somebody whom the person lives with has a running
    case in which the person is no party.
    """

    today: date
    month: date
    protection: str
    has_running_case: bool
    household_has_case: bool = False
    closed_on: date | None = None
    applied_months: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One gate that was asked and what it answered: `passed`, or the kind of route."""

    gate: str
    answer: str


@dataclass(frozen=True, slots=True)
class Route:
    """The way and its ground: `ground` is a code with words for the applicant, `values` fill the words."""

    kind: RouteKind
    ground: str
    values: dict[str, Any] = field(default_factory=dict)
    trail: tuple[Step, ...] = ()


def choose_route(about: Circumstances, *, settings: GateSettings) -> Route:
    """The first gate that answers decides; the month gate may still turn a renewal into a supplement.

    Order: month in question, protected identity, running case, same household, recently closed, once a month.
    """
    trail: list[Step] = []
    for gate in _GATES:
        route = gate(about, settings)
        if route is None:
            trail.append(Step(gate.__name__, "passed"))
            continue
        trail.append(Step(gate.__name__, route.kind))
        if route.kind != "refer" and about.month in about.applied_months:
            route = Route("supplement", "route.applied_this_month", {"month": _month(about.month)})
            trail.append(Step("once_a_month", route.kind))
        return Route(route.kind, route.ground, route.values, tuple(trail))
    raise AssertionError("the last gate always answers")


def month_in_question(about: Circumstances, settings: GateSettings) -> Route | None:
    """Aid is applied for this month, the next, or the last one that is still open for a late application."""
    distance = (about.month.year - about.today.year) * 12 + about.month.month - about.today.month
    if -settings.months_back <= distance <= settings.months_ahead:
        return None
    return Route("refer", "route.other_month", {"month": _month(about.month)})


def protected_identity(about: Circumstances, settings: GateSettings) -> Route | None:
    """A protected person, or one whose mark is not known, is called by a person. The words reveal no mark."""
    return None if about.protection == "none" else Route("refer", "route.we_call_you")


def running_case(about: Circumstances, settings: GateSettings) -> Route | None:
    return Route("renewal", "route.running_case") if about.has_running_case else None


def same_household(about: Circumstances, settings: GateSettings) -> Route | None:
    """The household has one assessment (SoL 12:7, SOSFS 2013:1), so a second case is sorted out by a person."""
    return Route("refer", "route.same_household") if about.household_has_case else None


def recently_closed(about: Circumstances, settings: GateSettings) -> Route | None:
    if about.closed_on is None:
        return None
    since = about.today - about.closed_on
    if timedelta(0) <= since <= timedelta(days=settings.reopen_within_days):
        return Route(
            "renewal",
            "route.recently_closed",
            {"closed_on": about.closed_on.isoformat(), "days": settings.reopen_within_days},
        )
    return None


def otherwise_new(about: Circumstances, settings: GateSettings) -> Route | None:
    return Route("new", "route.new")


def _month(first: date) -> str:
    return f"{first:%Y-%m}"


_GATES: tuple[Callable[[Circumstances, GateSettings], Route | None], ...] = (
    month_in_question,
    protected_identity,
    running_case,
    same_household,
    recently_closed,
    otherwise_new,
)
