"""Which children of the demo there was concern for, by whom, and what came of it: drawn from the people's seed. Pure.

The proportions are the printed ones (handbook): Vetlanda 590 reports in 2014 and 1 122 in 2018, 262 and 442 of them
investigated, police and school most; Linköping's mean investigation fell from 149 days to 98; about ten days to the
preliminary assessment, some over fourteen. `Truth` states what the plan really holds, late ones, restarts and
repeats, so that the product's statistics can be checked against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from handslag.casework.rules.calendar import add_months
from handslag.demo.population import HouseholdOfDemo, Resident

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PER_INHABITANTS = 27_446
# Reports in a year, from the oldest to the newest of five; earlier years are as the oldest.
REPORTS_A_YEAR = (590, 723, 856, 989, 1122)
MEAN_DAYS = (149, 138, 125, 112, 98)
OPENED_SHARE = 0.394
REPORTERS = (
    ("police", 0.24), ("school", 0.21), ("health_care", 0.14), ("social_services", 0.10), ("parent", 0.08),
    ("relative", 0.06), ("anonymous", 0.07), ("preschool", 0.05), ("private", 0.05),
)  # fmt: skip
VIOLENCE_SHARE = 0.05
CONCERNS = ("neglect", "parent_addiction", "parents_conflict", "own_crime", "school")
AGAIN_SHARE = 0.34
ANOTHER_CHILD_SHARE = 0.18
LATE_SHARE = 0.08
EXTENDED_SHARE = 0.45
WITH_INTERVENTION_SHARE = 0.46
REPEAT_FROM = 3


@dataclass(frozen=True)
class PlannedInvestigation:
    """An investigation of one child. Days are the day itself; None is not yet.

    `restarts` is True when the same question of the child was closed within a year before.
    """

    opened_on: date
    question: str
    path: str
    extended_on: date | None
    extended_until: date | None
    closed_on: date | None
    outcome: str
    restarts: bool


@dataclass(frozen=True)
class PlannedConcern:
    """What became of one report for one child. `number`: which report of the child this is within six months since
    one that led to an investigation, or joined one."""

    child: Resident
    assessed_at: datetime | None
    decided_on: date | None
    outcome: str
    number: int
    investigation: PlannedInvestigation | None

    @property
    def is_repeat(self) -> bool:
        """Whether it is raised: a third report within six months, without an investigation."""
        return self.number >= REPEAT_FROM


@dataclass(frozen=True)
class PlannedReport:
    """A report of concern as it came in."""

    at: datetime
    reporter: str
    concern: str
    violence: bool
    danger: bool
    concerns: tuple[PlannedConcern, ...]


@dataclass
class _Child:
    """What has happened to one child so far."""

    resident: Resident
    siblings: tuple[Resident, ...]
    reported: list[tuple[datetime, PlannedConcern]] = field(default_factory=list)
    investigations: list[PlannedInvestigation] = field(default_factory=list)

    def number_of_report(self, day: date) -> int:
        """Which report of the child one that comes on the day is."""
        counted = [
            (at, one) for at, one in self.reported if at.astimezone(STOCKHOLM).date() >= add_months(day, -6)
        ]
        led = [
            at
            for at, one in counted
            if one.outcome in ("open", "already_open") and one.decided_on and one.decided_on <= day
        ]
        return 1 + sum(1 for at, _ in counted if not led or at > max(led))

    def is_investigated_on(self, day: date) -> bool:
        return any(
            one.opened_on <= day and (one.closed_on is None or one.closed_on > day)
            for one in self.investigations
        )


def plan_reports(
    households: Iterable[HouseholdOfDemo], *, size: int, years: int, seed: int, now: datetime
) -> Iterator[PlannedReport]:
    """The reports of `years` years up to `now` (aware), oldest first. The same arguments give the same reports."""
    return _Plan(households, size=size, years=years, seed=seed, now=now).reports()


class _Plan:
    def __init__(
        self, households: Iterable[HouseholdOfDemo], *, size: int, years: int, seed: int, now: datetime
    ) -> None:
        self.draw = Random(seed + 191)
        self.now = now
        self.today = now.astimezone(STOCKHOLM).date()
        self.size = size
        self.years = years
        self.children: dict[UUID, _Child] = {}
        for household in households:
            young = [one for one in household.residents if _is_child(one, household, self.today)]
            for one in young:
                self.children[one.id] = _Child(one, tuple(each for each in young if each.id != one.id))

    def reports(self) -> Iterator[PlannedReport]:
        pool = sorted(self.children)
        if not pool:
            return
        known: list[UUID] = []
        for year, at in self._moments():
            day = at.astimezone(STOCKHOLM).date()
            recent = [id_ for id_ in known[-400:] if self._may_be_reported(self.children[id_], day)]
            if recent and self.draw.random() < AGAIN_SHARE:
                chosen = self.draw.choice(recent)
            else:
                chosen = self.draw.choice(pool)
            child = self.children[chosen]
            if not self._may_be_reported(child, day):
                continue
            known.append(chosen)
            yield self._report(child, at, year)

    def _moments(self) -> list[tuple[int, datetime]]:
        """When reports came in, each with the number of its year from the newest (0)."""
        moments = []
        for ago in range(self.years):
            wanted = round(REPORTS_A_YEAR[max(0, 4 - ago)] * self.size / PER_INHABITANTS)
            for _ in range(wanted):
                day = self.today - timedelta(days=365 * ago + self.draw.randrange(365))
                hour = self.draw.choice((7, 8, 9, 9, 10, 11, 13, 14, 15, 16, 16, 19, 22))
                clock = time(hour, self.draw.randrange(60), self.draw.randrange(60), tzinfo=STOCKHOLM)
                at = datetime.combine(day, clock)
                if at < self.now - timedelta(minutes=5):
                    moments.append((ago, at))
        return sorted(moments, key=lambda each: each[1])

    def _may_be_reported(self, child: _Child, day: date) -> bool:
        return add_months(child.resident.born, 18 * 12) > day >= child.resident.born

    def _report(self, child: _Child, at: datetime, year: int) -> PlannedReport:
        reporter = _weighted(self.draw, REPORTERS)
        violence = self.draw.random() < VIOLENCE_SHARE
        concern = "violence" if violence else self.draw.choice(CONCERNS)
        danger = self.draw.random() < (0.5 if violence else 0.03)
        told = [child]
        if child.siblings and self.draw.random() < ANOTHER_CHILD_SHARE:
            told.append(self.children[self.draw.choice(child.siblings).id])
        day = at.astimezone(STOCKHOLM).date()
        concerns = tuple(
            self._concern(one, at, year, concern=concern, violence=violence)
            for one in told
            if self._may_be_reported(one, day)
        )
        return PlannedReport(at, reporter, concern, violence, danger, concerns)

    def _concern(
        self, child: _Child, at: datetime, year: int, *, concern: str, violence: bool
    ) -> PlannedConcern:
        day = at.astimezone(STOCKHOLM).date()
        number = 1 if child.is_investigated_on(day) else child.number_of_report(day)
        assessed = at + timedelta(minutes=self.draw.choice((12, 25, 40, 70, 110, 180, 300, 900)))
        made = PlannedConcern(child.resident, None, None, "", number, None)
        if assessed <= self.now:
            made = self._decided(child, replace(made, assessed_at=assessed), day, year, concern, violence)
        child.reported.append((at, made))
        return made

    def _decided(
        self, child: _Child, made: PlannedConcern, day: date, year: int, concern: str, violence: bool
    ) -> PlannedConcern:
        if child.is_investigated_on(day):
            return replace(made, decided_on=day, outcome="already_open")
        late = self.draw.random() < LATE_SHARE
        decided = day + timedelta(days=self.draw.randint(15, 24) if late else self.draw.randint(5, 14))
        if decided >= self.today:
            return made
        if any(one.closed_on is None or one.closed_on > decided for one in child.investigations):
            opened = max(one.opened_on for one in child.investigations)  # by another report in the meantime
            return replace(made, decided_on=max(day, min(decided, opened)), outcome="already_open")
        if not (violence or self.draw.random() < OPENED_SHARE):
            return replace(made, decided_on=decided, outcome="not_open")
        investigation = self._investigation(child, decided, year, question=concern)
        child.investigations.append(investigation)
        return replace(made, decided_on=decided, outcome="open", investigation=investigation)

    def _investigation(
        self, child: _Child, opened: date, year: int, *, question: str
    ) -> PlannedInvestigation:
        mean = MEAN_DAYS[max(0, 4 - year)]
        length = max(12, round(self.draw.gammavariate(4.0, mean / 4.0)))
        ends = opened + timedelta(days=length)
        last_day = add_months(opened, 4)
        extended_on = extended_until = None
        if ends > last_day and self.draw.random() < EXTENDED_SHARE:
            on = last_day - timedelta(days=self.draw.randint(2, 12))
            if on <= self.today:
                extended_on, extended_until = on, add_months(last_day, 2)
        if child.investigations and self.draw.random() < 0.6:
            question = child.investigations[-1].question
        restarts = any(
            one.question == question and one.closed_on is not None and add_months(one.closed_on, 12) >= opened
            for one in child.investigations
        )
        closed = ends if ends < self.today else None
        outcome = ""
        if closed is not None:
            with_one = self.draw.random() < WITH_INTERVENTION_SHARE
            outcome = "with_intervention" if with_one else "without_intervention"
        path = _weighted(self.draw, (("simplified", 0.25), ("ordinary", 0.6), ("intensive", 0.15)))
        return PlannedInvestigation(
            opened, question, path, extended_on, extended_until, closed, outcome, restarts
        )


def count_truth(reports: Iterable[PlannedReport], *, today: date) -> dict[str, int]:
    """What the plan holds, counted. Late: done after the last day, or open after it on `today`."""
    truth: Counter[str] = Counter()
    for report in reports:
        day = report.at.astimezone(STOCKHOLM).date()
        truth["reports"] += 1
        truth[f"reports_{day.year}"] += 1
        truth[f"reports_by_{report.reporter}"] += 1
        truth["reports_of_violence"] += report.violence
        for concern in report.concerns:
            truth["children_in_reports"] += 1
            truth["third_reports"] += concern.is_repeat
            truth[concern.outcome or "waiting"] += 1
            forh = concern.decided_on or today
            truth["preliminary_late"] += forh > day + timedelta(days=14)
            if concern.investigation is not None:
                _count_investigation(truth, concern.investigation, today)
    return dict(sorted(truth.items()))


def _count_investigation(truth: Counter[str], one: PlannedInvestigation, today: date) -> None:
    truth["investigations"] += 1
    truth[f"investigations_{one.opened_on.year}"] += 1
    truth["investigations_restarted"] += one.restarts
    truth["investigations_extended"] += one.extended_until is not None
    truth["investigations_open"] += one.closed_on is None
    truth["investigation_days_closed"] += (one.closed_on - one.opened_on).days if one.closed_on else 0
    last_day = one.extended_until or add_months(one.opened_on, 4)
    truth["investigations_late"] += (one.closed_on or today) > last_day


def _is_child(one: Resident, household: HouseholdOfDemo, today: date) -> bool:
    role = {member.person_id: member.role for member in household.members}.get(one.id)
    return role == "child" and one.protection == "none" and add_months(one.born, 18 * 12) > today


def _weighted(draw: Random, parts: tuple[tuple[str, float], ...]) -> str:
    return draw.choices([name for name, _ in parts], weights=[weight for _, weight in parts])[0]
