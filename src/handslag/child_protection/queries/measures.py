"""Reading measures of law around a child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.models import Measure, MeasureStep
from handslag.child_protection.rules.measures import MEASURES
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its steps, the clocks that run now, those that have closed, and the steps that may be taken."""

    measure: Measure
    steps: Sequence[MeasureStep]
    running: Sequence[casework.LegalClock]
    closed: Sequence[casework.LegalClock]
    may_take: tuple[str, ...]


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
    views = []
    for measure in sorted(measures, key=lambda one: one.ended_on is not None):
        own = [step for step in steps if step.measure_id == measure.id]
        abouts = {measure.id, *(step.id for step in own)}
        mine = [clock for clock in clocks if clock.about in abouts]
        views.append(
            MeasureView(
                measure, own, [one for one in mine if one.closed_on is None],
                [one for one in mine if one.closed_on is not None], MEASURES[measure.kind].steps,
            )
        )  # fmt: skip
    return views
