"""Which children of the demo there was concern for, by whom, and what came of it: drawn from the people's seed. Pure.

The proportions of each calendar year are the printed ones (`printed`): how many reports, from school and of violence, how many
of them are investigated and for how long; police and school report most. `children_truth` states what the plan really holds, late
ones, restarts and repeats among it, so that the product's statistics can be checked against it.
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
from handslag.demo.children_words import concerns_of, may_be_told_of, may_report
from handslag.demo.population import HouseholdOfDemo, Resident
from handslag.demo.printed import year_of_concern

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Who reports, beside school, whose share of each year is printed. Only that police and school are most is printed of these.
OTHER_REPORTERS = (
    ("police", 0.31), ("health_care", 0.15), ("social_services", 0.13), ("parent", 0.11), ("relative", 0.08),
    ("anonymous", 0.09), ("preschool", 0.07), ("private", 0.06),
)  # fmt: skip
CONCERNS = ("neglect", "parent_addiction", "parents_conflict", "own_crime", "school")
AGAIN_SHARE = 0.34
ANOTHER_CHILD_SHARE = 0.18
LATE_SHARE = 0.08
EXTENDED_SHARE = 0.45
WITH_INTERVENTION_SHARE = 0.46
# Of those that are neither open already nor about violence; what the year is behind its printed share corrects it.
OPENED_SHARE = 0.45
REPEAT_FROM = 3
TRIED_AT_MOST = 60
DECIDED_WITHIN = timedelta(days=15)


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


@dataclass(frozen=True)
class _Coming:
    """A report that is to come: when, in the year how many years ago, from whom."""

    at: datetime
    ago: int
    reporter: str
    violence: bool


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
    """The reports of `years` whole calendar years and of this one up to `now` (aware), oldest first.

    The same arguments give the same reports.
    """
    return _Plan(households, size=size, years=years, seed=seed, now=now).reports()


class _Plan:
    def __init__(
        self, households: Iterable[HouseholdOfDemo], *, size: int, years: int, seed: int, now: datetime
    ) -> None:
        self.decided: Counter[int] = Counter()
        self.opened: Counter[int] = Counter()
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
        for coming in self._coming():
            day = coming.at.astimezone(STOCKHOLM).date()
            chosen = self._chosen(pool, known[-400:], day, coming.reporter)
            if chosen is None:
                continue
            known.append(chosen)
            yield self._report(self.children[chosen], coming)

    def _chosen(self, pool: list[UUID], recent: list[UUID], day: date, reporter: str) -> UUID | None:
        """A child of the day whom the reporter meets: one of the recently reported in a known share of draws. None if the
        town has none."""
        again = bool(recent) and self.draw.random() < AGAIN_SHARE
        for tried in range(TRIED_AT_MOST):
            one = self.draw.choice(recent if again and tried < TRIED_AT_MOST // 2 else pool)
            if self._may_be_reported(self.children[one], day, reporter):
                return one
        fitting = (one for one in pool if self._may_be_reported(self.children[one], day, reporter))
        return next(fitting, None)

    def _coming(self) -> list[_Coming]:
        """The reports of the whole years before this one, and of this year as far as it has come, oldest first."""
        coming: list[_Coming] = []
        for ago in range(self.years, -1, -1):
            of_year = year_of_concern(size=self.size, years_ago=ago)
            begins = date(self.today.year - ago, 1, 1)
            whole = (date(begins.year + 1, 1, 1) - begins).days
            days = whole if ago else (self.today - begins).days
            gone = days / whole
            reporters = self._reporters(round(of_year.reports * gone), round(of_year.from_school * gone))
            violent = round(of_year.of_violence * gone)
            violence = [n < violent for n in range(len(reporters))]
            self.draw.shuffle(violence)
            for reporter, is_violence in zip(reporters, violence, strict=True):
                coming.append(
                    _Coming(
                        self._moment(begins + timedelta(days=self.draw.randrange(days))),
                        ago,
                        reporter,
                        is_violence,
                    )
                )
        return sorted(coming, key=lambda each: each.at)

    def _reporters(self, many: int, from_school: int) -> list[str]:
        """Who sends so many reports: school in its number, the others by their shares."""
        names = ["school"] * from_school
        begun = 0.0
        for name, share in OTHER_REPORTERS:
            begun += share
            names += [name] * (from_school + round((many - from_school) * begun) - len(names))
        self.draw.shuffle(names)
        return names

    def _moment(self, day: date) -> datetime:
        hour = self.draw.choice((7, 8, 9, 9, 10, 11, 13, 14, 15, 16, 16, 19, 22))
        clock = time(hour, self.draw.randrange(60), self.draw.randrange(60), tzinfo=STOCKHOLM)
        return min(datetime.combine(day, clock), self.now - timedelta(minutes=6))

    def _may_be_reported(self, child: _Child, day: date, reporter: str) -> bool:
        return day >= child.resident.born and may_report(reporter, age_on(child.resident.born, day))

    def _report(self, child: _Child, coming: _Coming) -> PlannedReport:
        at, violence = coming.at, coming.violence
        day = at.astimezone(STOCKHOLM).date()
        age = age_on(child.resident.born, day)
        fitting = concerns_of(coming.reporter, age, CONCERNS)
        concern = "violence" if violence else self.draw.choice(fitting)
        danger = self.draw.random() < (0.5 if violence else 0.03)
        told = [child]
        siblings = [
            one
            for one in child.siblings
            if day >= one.born and may_be_told_of(concern, coming.reporter, age_on(one.born, day))
        ]
        if siblings and self.draw.random() < ANOTHER_CHILD_SHARE:
            told.append(self.children[self.draw.choice(siblings).id])
        self.decided[coming.ago] += at + DECIDED_WITHIN <= self.now
        concerns = tuple(
            self._concern(one, at, coming.ago, concern=concern, violence=violence) for one in told
        )
        return PlannedReport(at, coming.reporter, concern, violence, danger, concerns)

    def _concern(
        self, child: _Child, at: datetime, ago: int, *, concern: str, violence: bool
    ) -> PlannedConcern:
        day = at.astimezone(STOCKHOLM).date()
        number = 1 if child.is_investigated_on(day) else child.number_of_report(day)
        assessed = at + timedelta(minutes=self.draw.choice((12, 25, 40, 70, 110, 180, 300, 900)))
        made = PlannedConcern(child.resident, None, None, "", number, None)
        if assessed <= self.now:
            made = self._decided(child, replace(made, assessed_at=assessed), day, ago, concern, violence)
        child.reported.append((at, made))
        return made

    def _decided(
        self, child: _Child, made: PlannedConcern, day: date, ago: int, concern: str, violence: bool
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
        if not (violence or self._is_opened(ago)):
            return replace(made, decided_on=decided, outcome="not_open")
        investigation = self._investigation(child, decided, ago, question=concern)
        child.investigations.append(investigation)
        self.opened[ago] += 1
        return replace(made, decided_on=decided, outcome="open", investigation=investigation)

    def _is_opened(self, ago: int) -> bool:
        """Whether one more is investigated: by chance, but so that the year comes to its printed share."""
        of_year = year_of_concern(size=self.size, years_ago=ago)
        behind = self.decided[ago] * of_year.investigations / max(1, of_year.reports) - self.opened[ago]
        return self.draw.random() < OPENED_SHARE + behind / 8

    def _investigation(self, child: _Child, opened: date, ago: int, *, question: str) -> PlannedInvestigation:
        mean = year_of_concern(size=self.size, years_ago=ago).mean_days
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


def age_on(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _is_child(one: Resident, household: HouseholdOfDemo, today: date) -> bool:
    role = {member.person_id: member.role for member in household.members}.get(one.id)
    return role == "child" and one.protection == "none" and add_months(one.born, 18 * 12) > today


def _weighted(draw: Random, parts: tuple[tuple[str, float], ...]) -> str:
    return draw.choices([name for name, _ in parts], weights=[weight for _, weight in parts])[0]
