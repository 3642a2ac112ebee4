"""Reading measures of law around a child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.measure_processes import ENDED, MEASURE_PROCESSES
from handslag.child_protection.models import Measure, MeasureStep
from handslag.child_protection.rules.measures import MEASURES
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class MeasureNext:
    """The next step of a measure, by its process: who takes it and until when (None where no time limit runs)."""

    measure: Measure
    step: casework.Step
    until: date | None


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its steps, the clocks that run now, those that have closed, the steps that may be taken, and what is
    next (None where nothing is)."""

    measure: Measure
    steps: Sequence[MeasureStep]
    running: Sequence[casework.LegalClock]
    closed: Sequence[casework.LegalClock]
    may_take: tuple[str, ...]
    next: MeasureNext | None

    @property
    def process_code(self) -> str:
        """The process of its kind, as it is declared."""
        return MEASURE_PROCESSES[self.measure.kind].code


@dataclass(frozen=True, slots=True)
class RunningMeasure:
    """A measure that holds today, with the nearest time limit that runs in it (None where none does)."""

    measure: Measure
    clock: casework.LegalClock | None


def measures_beside(
    person_ids: Sequence[UUID], actor: foundation.Actor
) -> dict[UUID, tuple[RunningMeasure, ...]]:
    """The measures that hold today around several children, as far as the actor may read their files; a child about
    whom nothing may be read is not there. Three statements, however many children."""
    if not person_ids:
        return {}
    with foundation.acting(actor):
        rows = list(
            Measure.objects.filter(
                child_id__in=list(person_ids), starts_on__lte=foundation.today(), ended_on__isnull=True
            ).order_by("-starts_on", "id")
        )
        if not rows:
            return {}
        of = {measure.id: measure.id for measure in rows}
        steps = MeasureStep.objects.filter(measure_id__in=list(of))
        of |= dict(steps.order_by().values_list("id", "measure_id"))
        nearest: dict[UUID, casework.LegalClock] = {}
        running = casework.LegalClock.objects.filter(
            about__in=list(of), closed_on__isnull=True, last_day__isnull=False
        )
        for clock in running.order_by("last_day", "id"):
            nearest.setdefault(of[clock.about], clock)
    found: dict[UUID, list[RunningMeasure]] = {}
    for measure in rows:
        found.setdefault(measure.child_id, []).append(RunningMeasure(measure, nearest.get(measure.id)))
    return {child_id: tuple(held) for child_id, held in found.items()}


def measures_of(case_id: UUID, actor: foundation.Actor) -> list[MeasureView]:
    """The measures of a child's file, those that hold first, as far as the actor may read them."""
    with foundation.acting(actor):
        measures = list(Measure.objects.filter(case_id=case_id).order_by("ended_on", "-starts_on", "id"))
        steps = list(
            MeasureStep.objects.filter(case_id=case_id)
            .select_related("noted_by")
            .order_by("happened_on", "id")
        )
        clocks = casework.find_clocks(case_id, actor, open_only=False)
    following = {one.measure.id: one for one in _next_of(measures, clocks, actor)}
    views = []
    for measure in sorted(measures, key=lambda one: one.ended_on is not None):
        own = [step for step in steps if step.measure_id == measure.id]
        abouts = {measure.id, *(step.id for step in own)}
        mine = [clock for clock in clocks if clock.about in abouts]
        views.append(
            MeasureView(
                measure, own, [one for one in mine if one.closed_on is None],
                [one for one in mine if one.closed_on is not None],
                MEASURES[measure.kind].steps_afterwards if measure.ended_on else MEASURES[measure.kind].steps,
                following.get(measure.id),
            )
        )  # fmt: skip
    return views


def care_of(measure: Measure) -> UUID:
    """The first measure of the care that goes on in this one: the round of its process."""
    first = measure
    while first.continues is not None:
        first = first.continues
    return first.id


def next_in_measures(case_id: UUID, actor: foundation.Actor) -> MeasureNext | None:
    """What is next in the measures of a child's file: what has the nearest last day, then what has none."""
    with foundation.acting(actor):
        measures = list(Measure.objects.filter(case_id=case_id).order_by("starts_on", "id"))
    if not measures:
        return None
    found = _next_of(measures, casework.find_clocks(case_id, actor), actor)
    return min(found, key=lambda one: one.until or date.max, default=None)


def _next_of(
    measures: Sequence[Measure], clocks: Sequence[casework.LegalClock], actor: foundation.Actor
) -> list[MeasureNext]:
    """The next step of each measure, of care that went on in another home at the last home alone."""
    moved = {measure.continues_id for measure in measures}
    by_id = {measure.id: measure for measure in measures}
    found = []
    for measure in measures:
        process = MEASURE_PROCESSES[measure.kind]
        if measure.id in moved or (measure.ended_on and not MEASURES[measure.kind].steps_afterwards):
            continue
        first = measure
        while first.continues_id in by_id:
            first = by_id[first.continues_id]
        stands = casework.steps_in_case(process, measure.case_id, actor, about=first.id)
        until = {
            clock.rule: clock.last_day for clock in reversed(clocks) if clock.closed_on is None and clock.last_day
        }
        following = _next(stands, until, has_ended=measure.ended_on is not None)
        if following is not None:
            found.append(MeasureNext(measure, following, until.get(following.clock)))
    return found


def _next(
    stands: Sequence[casework.StepStand], until: Mapping[str, date], *, has_ended: bool
) -> casework.Step | None:
    """The step with the nearest last day, also one that was done and whose duty has come back; then the first, in the
    order of the process, that waits for no other."""
    afterwards = {one.step.code for one in stands if ENDED in one.step.after}
    waits = [
        one
        for one in stands
        if one.step.code != ENDED
        and (one.step.code in afterwards) == has_ended
        and not (has_ended and (one.stand == "done" or one.step.clock not in until))
        and (one.step.clock in until or (one.stand == "next" and not one.step.optional))
    ]
    first = min(waits, key=lambda one: until.get(one.step.clock, date.max), default=None)
    return first.step if first is not None else None
