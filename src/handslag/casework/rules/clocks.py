"""Legal time: from what happened to the clocks that run, and what to be warned of. Pure.

The law in force on the day that sets a clock off governs it (`parameters/clocks.yaml`: SoL, LVU, FL).
Clocks cannot be reset. What goes on is listed once: an investigation that is opened anew goes on in the
newest one, a recurring duty in its present round. Earlier ones are listed only when they were late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, TypeVar

from handslag.casework.rules.clock_events import EventsRefused, LegalEvent
from handslag.casework.rules.clock_matters import (
    Consideration,
    Decision,
    Investigation,
    Matters,
    Placement,
    Report,
    gather,
)
from handslag.casework.rules.clock_rules import ClockRules, NoClockRule, Status
from handslag.casework.rules.investigation_chains import Chain, chains

Owned = TypeVar("Owned", Investigation, Placement)
State = Literal["running", "met", "late", "breached", "extended"]

# Which recurring consideration of care each act sets off. LVU without a section is taken as 2 §: the limit is
# the same, and a consideration never says more than a review.
_CARE_RULES = {"SoL": "OVERV", "LVU2": "LVU_2", "LVU": "LVU_2", "LVU3": "LVU_3", "SKB": "SKB_OVERV"}
_FOLLOW_UP_RULES = {
    "SoL": "UPPF_P",
    "SKB": "UPPF_P",
    "LVU2": "UPPF_LVU",
    "LVU3": "UPPF_LVU",
    "LVU": "UPPF_LVU",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One time limit at work. `days_left` is negative after the last day and None once closed.

    `state`: running, extended, met, late (done after the last day), breached (open after it). A window, such
    as a follow-up or the time to appeal, is met when it has lapsed. `source` is the section of the act.
    """

    rule: str
    about: str
    person: str | None
    start: date
    last_day: date
    state: State
    closed_on: date | None
    days_left: int | None
    source: str
    status: Status


@dataclass(slots=True)
class Timing:
    """What the clocks say on a day.

    `no_rule` names (rule, about, person, day) where no version of the law is known here and nothing is
    counted. `too_late` holds the extensions that were decided after the last day and so did not count.
    """

    matters: Matters
    today: date
    clocks: list[Clock] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    no_rule: list[tuple[str, str, str | None, date]] = field(default_factory=list)
    too_late: list[tuple[Investigation, date]] = field(default_factory=list)

    @property
    def unconfirmed(self) -> list[str]:
        """The rules used whose words have not been read in the act."""
        return sorted({clock.rule for clock in self.clocks if clock.status == "unconfirmed"})


def clocks_of(events: Iterable[LegalEvent], rules: ClockRules, today: date) -> Timing:
    """Every clock that the events have set off, in the order of start, rule and what it is about.

    The events may be of one person or many, in any order, none after today. Raises EventsRefused.
    """
    keeper = _Keeper(gather(events), rules, today)
    keeper.keep()
    timing = keeper.timing
    timing.clocks.sort(key=lambda clock: (clock.start, clock.rule, clock.about))
    return timing


class _Keeper:
    def __init__(self, matters: Matters, rules: ClockRules, today: date) -> None:
        self.rules = rules
        self.today = today
        self.matters = matters
        self.timing = Timing(matters, today)
        self.investigations_of = _by_child(matters.investigations.values())
        self.placements_of = _by_child(matters.placements.values())
        self.timing.chains = [
            chain
            for child in self.investigations_of
            for chain in chains(self.investigations_of[child], today)
        ]
        self.reopened = {
            one.id for chain in self.timing.chains for one in chain.investigations[:-1] if one.closed_on
        }

    def keep(self) -> None:
        for report in self.matters.reports.values():
            self._set_off("FORH", report.id, report.child, report.on, closed_on=self._assessed_on(report))
        for investigation in self.matters.investigations.values():
            self._investigation(investigation)
            if investigation.closed_on is not None and investigation.id not in self.reopened:
                self._follow_up_of_investigation(investigation, investigation.closed_on)
        for child, placements in self.placements_of.items():
            self._placements(child, placements)
        for taking in self.matters.takings.values():
            self._set_off("LVU_UND", taking.id, taking.child, taking.on, closed_on=taking.submitted_on)
        for decision in self.matters.decisions.values():
            self._decision(decision)
        for application in self.matters.applications.values():
            self._set_off(
                "FL12", application.id, application.person, application.on, closed_on=application.decided_on
            )

    # -- reports and investigations

    def _assessed_on(self, report: Report) -> date | None:
        """The day of the choice: not to investigate, or that an investigation of the child is open."""
        days = [report.not_investigated_on] if report.not_investigated_on else []
        for investigation in self.investigations_of.get(report.child, ()):
            if investigation.on >= report.on or investigation.is_open_on(report.on):
                days.append(max(investigation.on, report.on))
        return min(days, default=None)

    def _investigation(self, investigation: Investigation) -> None:
        last_day = self._last_day("UTR", investigation.id, investigation.child, investigation.on)
        if last_day is None:
            return
        extended = False
        for decided_on, until, event in sorted(investigation.extensions, key=lambda one: one[:2]):
            if decided_on > last_day:
                self.timing.too_late.append((investigation, decided_on))
                continue
            if until <= last_day:
                raise EventsRefused(
                    event.at("until"),
                    f"The time already runs to {last_day.isoformat()}.",
                    "Give a later day.",
                )
            last_day, extended = until, True
        clock = self._clock(
            "UTR",
            investigation.id,
            investigation.child,
            start=investigation.on,
            last_day=last_day,
            closed_on=investigation.closed_on,
            extended=extended,
        )
        if investigation.id not in self.reopened or clock.state != "met":
            self.timing.clocks.append(clock)

    def _follow_up_of_investigation(self, investigation: Investigation, closed_on: date) -> None:
        placed = any(
            one.on <= closed_on and (one.ended_on is None or one.ended_on > closed_on)
            for one in self.placements_of.get(investigation.child, ())
        )
        others = [one for one in self.investigations_of[investigation.child] if one is not investigation]
        if not (investigation.intervention or placed or any(one.is_open_on(closed_on) for one in others)):
            ends = min((one.on for one in others if one.on >= closed_on), default=None)
            self._set_off("UPPF_U", investigation.id, investigation.child, closed_on, closed_on=ends)

    # -- placements

    def _placements(self, child: str, placements: Sequence[Placement]) -> None:
        for episode in episodes(placements):
            first, last = episode[0], episode[-1]
            considered = [one for part in episode for one in part.considered]
            rule = _CARE_RULES.get(first.law)
            if rule is not None:
                self._rounds(rule, last, start=first.on, considered=considered, counts=lambda one, due: True)
            self._rounds(
                "VARDPLAN",
                last,
                start=first.on,
                considered=considered,
                # One that says so, or one that comes when it is due.
                counts=lambda one, due: one.plan or one.on >= due,
                recurs=False,
            )
            follow_up = _FOLLOW_UP_RULES.get(first.law)
            if follow_up is not None and last.ended_on is not None:
                self._follow_up_of_care(follow_up, child, last, last.ended_on)
        for placement in placements:
            if placement.is_family_home:
                self._rounds(
                    "VARDN",
                    placement,
                    start=placement.on,
                    considered=placement.considered,
                    counts=lambda one, due: one.custody or one.on >= due,
                )
            if placement.is_emergency_home:
                self._emergency_home(placement)

    def _follow_up_of_care(self, rule: str, child: str, placement: Placement, ended_on: date) -> None:
        others = [one for one in self.placements_of[child] if one is not placement]
        if any(one.on <= ended_on and (one.ended_on is None or one.ended_on > ended_on) for one in others):
            return  # the care goes on in another form
        investigations = self.investigations_of.get(child, [])
        ends = [
            max(one.on, ended_on) for one in investigations if one.on >= ended_on or one.is_open_on(ended_on)
        ]
        ends += [one.on for one in others if one.on >= ended_on]
        self._set_off(rule, placement.id, child, ended_on, closed_on=min(ends, default=None))

    def _emergency_home(self, placement: Placement) -> None:
        closings = [
            one.closed_on
            for one in self.investigations_of.get(placement.child, ())
            if one.closed_on is not None
            and one.closed_on >= placement.on
            and (placement.ended_on is None or one.closed_on < placement.ended_on)
        ]
        if closings:
            self._set_off("JOUR", placement.id, placement.child, min(closings), closed_on=placement.ended_on)

    def _rounds(
        self,
        rule: str,
        placement: Placement,
        *,
        start: date,
        considered: Iterable[Consideration],
        counts: Callable[[Consideration, date], bool],
        recurs: bool = True,
    ) -> None:
        """A duty that comes back: each round runs from the consideration before. Late rounds stay listed."""
        number, waiting = 0, sorted(considered, key=lambda one: one.on)
        about, child, ended_on = placement.id, placement.child, placement.ended_on
        while True:
            last_day = self._last_day(rule, about, child, start, round_number=number)
            if last_day is None:
                return
            done = next((one for one in waiting if one.on >= start and counts(one, last_day)), None)
            present = done is None or not recurs
            closed_on = done.on if done is not None else ended_on
            clock = self._clock(rule, about, child, start=start, last_day=last_day, closed_on=closed_on)
            if present or clock.state == "late":
                self.timing.clocks.append(clock)
            if done is None or not recurs:
                return
            waiting = [one for one in waiting if one.on > done.on]
            start, number = done.on, number + 1

    # -- decisions

    def _decision(self, decision: Decision) -> None:
        if decision.granted_on is not None:
            rounds = list(_executions(decision))
            for start, executed_on in rounds[:-1]:
                last_day = self._last_day("EJV", decision.id, decision.person, start)
                if last_day is not None and executed_on is not None and executed_on > last_day:
                    self._set_off("EJV", decision.id, decision.person, start, closed_on=executed_on)
            self._set_off("EJV", decision.id, decision.person, rounds[-1][0], closed_on=rounds[-1][1])
        if decision.communicated_on is not None:
            self._set_off("OVERK", decision.id, decision.person, decision.communicated_on, closed_on=None)

    # -- one clock

    def _set_off(
        self, rule: str, about: str, person: str | None, start: date, *, closed_on: date | None
    ) -> None:
        last_day = self._last_day(rule, about, person, start)
        if last_day is not None:
            clock = self._clock(rule, about, person, start=start, last_day=last_day, closed_on=closed_on)
            self.timing.clocks.append(clock)

    def _last_day(
        self, rule: str, about: str, person: str | None, start: date, *, round_number: int = 0
    ) -> date | None:
        try:
            return self.rules[rule].last_day(start, round_number=round_number)
        except NoClockRule:
            self.timing.no_rule.append((rule, about, person, start))
            return None

    def _clock(
        self,
        rule: str,
        about: str,
        person: str | None,
        *,
        start: date,
        last_day: date,
        closed_on: date | None,
        extended: bool = False,
    ) -> Clock:
        version = self.rules[rule].in_force(start)
        if self.rules[rule].window and min(closed_on or self.today, self.today) > last_day:
            closed_on = last_day
        state: State
        if closed_on is not None:
            state = "met" if closed_on <= last_day else "late"
        elif self.today > last_day:
            state = "breached"
        else:
            state = "extended" if extended else "running"
        days_left = None if closed_on is not None else (last_day - self.today).days
        return Clock(
            rule, about, person, start, last_day, state, closed_on, days_left, version.source, version.status
        )


def episodes(placements: Sequence[Placement]) -> Iterator[list[Placement]]:
    """Care under the same act without a break: moving the child to another home does not begin it anew."""
    by_law: dict[str, list[Placement]] = {}
    for one in sorted(placements, key=lambda one: (one.on, one.ended_on or date.max, one.id)):
        by_law.setdefault(one.law, []).append(one)
    for row in by_law.values():
        episode: list[Placement] = []
        for one in row:
            if episode and not _follows(one, episode[-1]):
                yield episode
                episode = []
            episode.append(one)
        yield episode


def _follows(later: Placement, earlier: Placement) -> bool:
    return earlier.ended_on is not None and later.on <= earlier.ended_on + timedelta(days=1)


def _executions(decision: Decision) -> Iterator[tuple[date, date | None]]:
    """Each time that the decision waited to be executed, and the day that it was.

    An interruption tells that it was being executed until then, also where no day of that was given.
    """
    start = decision.granted_on
    happened = sorted(
        [(day, 0) for day in decision.executed_on] + [(day, 1) for day in decision.interrupted_on]
    )
    executed_on: date | None = None
    for day, interrupted in happened:
        if start is not None and executed_on is None:
            executed_on = day
        if interrupted and start is not None:
            yield start, executed_on
            start, executed_on = day, None
    if start is not None:
        yield start, executed_on


def _by_child(things: Iterable[Owned]) -> dict[str, list[Owned]]:
    grouped: dict[str, list[Owned]] = {}
    for one in things:
        grouped.setdefault(one.child, []).append(one)
    return grouped
