"""Events joined into what they tell of: reports, investigations, placements, decisions. Pure.

The order of the events is free. References that lead nowhere, ids that repeat and ends before their start
raise EventsRefused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from handslag.casework.rules.clock_events import EventsRefused, LegalEvent

Thing = TypeVar("Thing")

# What events call the same thing. A form or an act that is not here is refused or told of, never guessed.
FAMILY_HOME = frozenset(
    {"family_home", "familjehem", "foster_home", "foster_care", "network_home", "nätverkshem"}
)
EMERGENCY_HOME = frozenset({"jourhem", "emergency_home", "emergency_family_home"})
OTHER_FORMS = frozenset(
    {"hvb", "residential_care", "residential_home", "institution", "sis", "special_home", "own_home",
     "särskilt_ungdomshem", "stödboende", "stodboende", "supported_housing", "skyddat_boende",
     "sheltered_housing"}
)  # fmt: skip
_LAWS = {
    "sol": "SoL",
    "sol2001": "SoL",
    "lvu2": "LVU2",
    "2lvu": "LVU2",
    "lvu3": "LVU3",
    "3lvu": "LVU3",
    "lvu": "LVU",
    "lvu6": "LVU6",
    "skb": "SKB",
    "2024:79": "SKB",
    "lag2024:79": "SKB",
}


@dataclass(slots=True)
class Report:
    id: str
    child: str
    on: date
    suspected_violence: bool
    assessed_on: date | None = None
    not_investigated_on: date | None = None


@dataclass(slots=True)
class Investigation:
    id: str
    child: str
    on: date
    question: str
    report: str | None
    closed_on: date | None = None
    intervention: bool = False
    # The decisions to extend, by day: when decided, until when, and where it was written.
    extensions: list[tuple[date, date, LegalEvent]] = field(default_factory=list)

    def is_open_on(self, day: date) -> bool:
        """Whether it is under way on the day; not on the day that it is closed."""
        return self.on <= day and (self.closed_on is None or day < self.closed_on)


@dataclass(slots=True)
class Consideration:
    on: date
    custody: bool
    plan: bool


@dataclass(slots=True)
class Placement:
    id: str
    child: str
    on: date
    form: str
    law: str
    ended_on: date | None = None
    considered: list[Consideration] = field(default_factory=list)

    @property
    def is_family_home(self) -> bool:
        return self.form in FAMILY_HOME

    @property
    def is_emergency_home(self) -> bool:
        return self.form in EMERGENCY_HOME

    @property
    def form_is_known(self) -> bool:
        return self.form in FAMILY_HOME | EMERGENCY_HOME | OTHER_FORMS


@dataclass(slots=True)
class Taking:
    """An immediate taking into care (LVU 6 §)."""

    id: str
    child: str
    on: date
    submitted_on: date | None = None


@dataclass(slots=True)
class Decision:
    """A decision. `granted_on` is None when only its communication is told of, so it may be of any kind."""

    id: str
    person: str | None
    granted_on: date | None = None
    executed_on: list[date] = field(default_factory=list)
    interrupted_on: list[date] = field(default_factory=list)
    communicated_on: date | None = None


@dataclass(slots=True)
class Application:
    id: str
    person: str
    on: date
    decided_on: date | None = None


@dataclass(slots=True)
class Matters:
    """Everything that the events tell of, each by its id and in the order of days."""

    reports: dict[str, Report] = field(default_factory=dict)
    investigations: dict[str, Investigation] = field(default_factory=dict)
    placements: dict[str, Placement] = field(default_factory=dict)
    takings: dict[str, Taking] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)


def gather(events: Iterable[LegalEvent]) -> Matters:
    """Join the events. What begins is taken first, so an end may be written before it."""
    ordered = sorted(events, key=lambda event: (event.on, event.place))
    matters = Matters()
    for event in ordered:
        _begin(matters, event)
    for event in ordered:
        _go_on(matters, event)
    return matters


def _begin(matters: Matters, event: LegalEvent) -> None:
    match event.kind:
        case "concern_report_received":
            _add(
                matters.reports,
                event,
                Report(event.id or "", event.person or "", event.on, event.suspected_violence),
            )
        case "investigation_opened":
            question = " ".join(event.question.lower().split())
            opened = Investigation(event.id or "", event.person or "", event.on, question, event.report)
            _add(matters.investigations, event, opened)
        case "placement_started":
            form = "_".join(event.form.lower().replace("-", " ").split())
            law = _LAWS.get("".join(event.law.lower().replace("§", "").replace("_", "").split()))
            if law is None:
                raise EventsRefused(
                    event.at("law"),
                    f"There is no act {event.law!r} here.",
                    "Write SoL, LVU2, LVU3, LVU6 or 2024:79.",
                )
            _add(
                matters.placements, event, Placement(event.id or "", event.person or "", event.on, form, law)
            )
        case "lvu_immediate":
            _add(matters.takings, event, Taking(event.id or "", event.person or "", event.on))
        case "decision_granted":
            _add(matters.decisions, event, Decision(event.id or "", event.person, event.on))
        case "application_received":
            _add(matters.applications, event, Application(event.id or "", event.person or "", event.on))


def _go_on(matters: Matters, event: LegalEvent) -> None:
    match event.kind:
        case "investigation_opened":
            if event.report is not None:
                report = _found(matters.reports, event, event.report, "report")
                _not_before(event, report.on)
                _same_child(event, report.child, "report")
        case "protection_assessed":
            report = _found(matters.reports, event, event.about, "report")
            _not_before(event, report.on)
            report.assessed_on = report.assessed_on or event.on
        case "not_investigated":
            report = _found(matters.reports, event, event.about, "report")
            report.not_investigated_on = _once(event, report.not_investigated_on, report.on)
        case "investigation_extended":
            investigation = _found(matters.investigations, event, event.about, "investigation")
            _not_before(event, investigation.on)
            if event.until is not None:
                investigation.extensions.append((event.on, event.until, event))
        case "investigation_closed":
            investigation = _found(matters.investigations, event, event.about, "investigation")
            investigation.closed_on = _once(event, investigation.closed_on, investigation.on)
            investigation.intervention = event.intervention
        case "placement_considered":
            placement = _found(matters.placements, event, event.about, "placement")
            _not_before(event, placement.on)
            placement.considered.append(Consideration(event.on, event.custody, event.plan))
        case "placement_ended":
            placement = _found(matters.placements, event, event.about, "placement")
            _same_child(event, placement.child, "child")
            placement.ended_on = _once(event, placement.ended_on, placement.on)
        case "lvu_submitted":
            taking = _taking(matters, event)
            taking.submitted_on = _once(event, taking.submitted_on, taking.on)
        case "decision_granted":
            if event.application is not None:
                application = _found(matters.applications, event, event.application, "application")
                _not_before(event, application.on)
                application.decided_on = min(application.decided_on or event.on, event.on)
        case "application_decided":
            application = _found(matters.applications, event, event.about, "application")
            application.decided_on = _once(event, application.decided_on, application.on)
            matters.decisions.setdefault(
                event.decision or application.id,
                Decision(event.decision or application.id, application.person),
            )
        case "decision_executed" | "decision_interrupted" | "decision_communicated":
            _go_on_with_decision(matters, event)
    _check_ends(matters, event)


def _go_on_with_decision(matters: Matters, event: LegalEvent) -> None:
    about = event.about or ""
    if event.kind == "decision_communicated":
        # A refusal has no event of its own, so the decision may be told of here for the first time.
        decision = matters.decisions.setdefault(about, Decision(about, event.person))
        if decision.granted_on is not None:
            _not_before(event, decision.granted_on)
        decision.person = decision.person or event.person
        decision.communicated_on = decision.communicated_on or event.on
        return
    granted = {key: one for key, one in matters.decisions.items() if one.granted_on is not None}
    decision = _found(granted, event, about, "decision")
    _not_before(event, decision.granted_on or event.on)
    (decision.executed_on if event.kind == "decision_executed" else decision.interrupted_on).append(event.on)


def _check_ends(matters: Matters, event: LegalEvent) -> None:
    """An event in the life of something that has ended already is a mistake in the file."""
    if event.kind == "investigation_extended":
        closed_on = matters.investigations[event.about or ""].closed_on
        if closed_on is not None and closed_on < event.on:
            raise EventsRefused(
                event.at("on"), "The investigation was closed before that.", "Check the days."
            )
    if event.kind == "placement_considered":
        ended_on = matters.placements[event.about or ""].ended_on
        if ended_on is not None and ended_on < event.on:
            raise EventsRefused(event.at("on"), "The placement ended before that.", "Check the days.")


def _taking(matters: Matters, event: LegalEvent) -> Taking:
    if event.about is not None:
        taking = _found(matters.takings, event, event.about, "lvu_immediate")
        _same_child(event, taking.child, "child")
        return taking
    waiting = [
        one for one in matters.takings.values() if one.child == event.person and one.submitted_on is None
    ]
    if not waiting:
        raise EventsRefused(
            event.at("child"), "No immediate taking of this child waits.", "Check the child's id."
        )
    return waiting[0]


def _add(known: dict[str, Thing], event: LegalEvent, thing: Thing) -> None:
    if known.setdefault(event.id or "", thing) is not thing:
        raise EventsRefused(event.at("id"), f"The id {event.id!r} stands twice.", "Give each its own id.")


def _found(known: dict[str, Thing], event: LegalEvent, id_: str | None, key: str) -> Thing:
    if id_ is None or id_ not in known:
        where = event.at(event.about_key if id_ == event.about and event.about_key else key)
        raise EventsRefused(where, f"There is no {key} {id_!r} among the events.", "Check the id.")
    return known[id_]


def _not_before(event: LegalEvent, start: date) -> None:
    if event.on < start:
        raise EventsRefused(
            event.at("on"), f"This lies before what it belongs to, {start.isoformat()}.", "Check the days."
        )


def _once(event: LegalEvent, earlier: date | None, start: date) -> date:
    _not_before(event, start)
    if earlier is not None:
        raise EventsRefused(
            event.at("kind"), f"This has happened already, on {earlier.isoformat()}.", "Keep one of the two."
        )
    return event.on


def _same_child(event: LegalEvent, child: str, key: str) -> None:
    if event.person is not None and event.person != child:
        raise EventsRefused(event.at(key), "This belongs to another child.", "Check the ids of the children.")
