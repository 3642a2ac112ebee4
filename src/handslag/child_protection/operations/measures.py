"""Measures of law around a child as facts: recorded, considered, reviewed, ended; their clocks follow (law.md 2.1).

The decision or judgment itself is made elsewhere: by the board's committee or a court. What is recorded here is that
it holds, so that no time limit is forgotten.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import case_to_work_in
from handslag.child_protection.investigation_events import MeasureEnded, MeasureRecorded, MeasureStepTaken
from handslag.child_protection.models import Measure, MeasureStep
from handslag.child_protection.queries.expected_clocks import expected_of_care
from handslag.child_protection.queries.measures import care_of
from handslag.child_protection.rules.measures import FORMS, MEASURES
from handslag.foundation import public as foundation


class NoSuchMeasure(foundation.NotFound):
    """There is no such measure, or the actor may not see it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such measure, or you may not see it.", do="Go back to the case and choose again."
        )


@foundation.operation
def record_measure(
    *, case_id: UUID, kind: str, on: date, form: str = "", ends: date | None = None, continues_id: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> Measure:  # fmt: skip
    """Record that a measure holds from a day; its time limits run from then (`rules.measures.MEASURES`).

    `form` is where the child lives, for care. `continues_id`: the child was moved; the earlier measure ends the same
    day if it has not, and the time goes on.
    """
    case = case_to_work_in(case_id, "keep_clock", by)
    _require_kind(kind, form)
    today = foundation.day_of(at)
    if on > today or (ends is not None and ends < on):
        raise foundation.BadInput(
            "The day lies in the future, or the end before it.",
            where="on",
            do="Give the day that it began to hold.",
        )
    earlier = _continued(case_id, kind, continues_id, on)
    measure = Measure(
        case_id=case_id, child_id=case.person_id, kind=kind, form=form, starts_on=on, ends=ends, continues=earlier,
        recorded_by_id=by.account_id, recorded_at=at,
    )  # fmt: skip
    if earlier is not None and earlier.ended_on is None:
        earlier.ended_on, earlier.ended_because = on, "moved"
        earlier.save(update_fields=["ended_on", "ended_because"])
    measure.save(force_insert=True)
    recorded = MeasureRecorded(
        case_id=case_id, measure_id=measure.id, kind=kind, starts_on=on, care_id=care_of(measure),
        left=earlier.form if earlier is not None else "",
    )  # fmt: skip
    foundation.record(recorded, by=by, at=at)
    _settle(measure, by=by, at=at)
    return measure


@foundation.operation
def take_step(
    *, measure_id: UUID, code: str, on: date, body: str = "", decision_id: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> MeasureStep:  # fmt: skip
    """Record a step of a measure on a day: `considered`, `reviewed`, `submitted`, `confirmed`, `executed`, `applied`...

    A step that a duty asks for stops its clock; a duty that comes back begins its next round the same day. `followed`
    is taken when care under LVU has ended.
    """
    measure = _measure(measure_id, by)
    kind, afterwards = MEASURES[measure.kind], False
    if measure.ended_on is not None and code in kind.steps_afterwards:
        afterwards = True
    elif code not in kind.steps:
        raise foundation.BadInput(
            "This measure has no such step.", where="code", do="Choose one of the steps of the measure."
        )
    late_end = measure.ended_on is not None and (on < measure.ended_on if afterwards else on > measure.ended_on)
    if not measure.starts_on <= on <= foundation.day_of(at) or late_end:
        raise foundation.BadInput(
            "The day lies before the measure, after its end or in the future.",
            where="on",
            do="Give the day that it was done.",
        )
    known = MeasureStep.objects.filter(measure=measure, code=code, happened_on=on).first()
    if known is not None:
        return known
    step = MeasureStep(
        measure=measure, case_id=measure.case_id, code=code, happened_on=on, body=body.strip(), decision_id=decision_id,
        noted_by_id=by.account_id, noted_at=at,
    )  # fmt: skip
    step.save(force_insert=True)
    taken = MeasureStepTaken(
        case_id=measure.case_id, measure_id=measure.id, code=code, on=on, care_id=care_of(measure),
        step=f"{measure.kind}.{code}",
    )  # fmt: skip
    foundation.record(taken, by=by, at=at)
    _settle(measure, by=by, at=at)
    return step


@foundation.operation
def consider_measure(
    *,
    measure_id: UUID,
    on: date,
    body: str = "",
    decision_id: UUID | None = None,
    by: foundation.Actor,
    at: datetime,
) -> MeasureStep:
    """Record that it was considered, or for care under LVU 3 § and the like reviewed, whether the measure is still needed."""
    measure = _measure(measure_id, by)
    code = next((step for step in ("considered", "reviewed") if step in MEASURES[measure.kind].steps), "")
    return take_step(
        measure_id=measure_id, code=code, on=on, body=body, decision_id=decision_id, by=by, at=at
    )


@foundation.operation
def end_measure(*, measure_id: UUID, on: date, because: str, by: foundation.Actor, at: datetime) -> Measure:
    """The measure holds no more from a day: its duties cease, and the window of follow-up opens where the law gives one."""
    measure = _measure(measure_id, by)
    if measure.ended_on is not None:
        return measure
    if not measure.starts_on <= on <= foundation.day_of(at):
        raise foundation.BadInput(
            "The day lies before the measure or in the future.", where="on", do="Give the day that it ended."
        )
    if not because.strip():
        raise foundation.BadInput("The reason is missing.", where="because", do="Write why it ended.")
    measure.ended_on, measure.ended_because = on, because.strip()
    measure.save(update_fields=["ended_on", "ended_because"])
    ended = MeasureEnded(
        case_id=measure.case_id, measure_id=measure.id, kind=measure.kind, ended_on=on, care_id=care_of(measure),
        left=measure.form,
    )  # fmt: skip
    foundation.record(ended, by=by, at=at)
    _settle(measure, by=by, at=at)
    return measure


def _settle(measure: Measure, *, by: foundation.Actor, at: datetime) -> None:
    casework.settle_clocks(expected=expected_of_care(measure), by=by, at=at)


def _require_kind(kind: str, form: str) -> None:
    if kind not in MEASURES:
        raise foundation.BadInput("There is no such measure.", where="kind", do="Choose one of the measures.")
    if (form not in FORMS) if MEASURES[kind].is_care else bool(form):
        raise foundation.BadInput(
            "Say where the child lives.", where="form", do="Choose one of the forms of care."
        )


def _continued(case_id: UUID, kind: str, continues_id: UUID | None, on: date) -> Measure | None:
    if continues_id is None:
        return None
    earlier = Measure.objects.select_for_update().filter(id=continues_id, case_id=case_id).first()
    if earlier is None:
        raise NoSuchMeasure
    taken = Measure.objects.filter(continues=earlier).exists()
    if earlier.kind != kind or not MEASURES[kind].is_care or taken or on < earlier.starts_on:
        raise foundation.BadInput(
            "The care does not go on from that measure.",
            where="continues_id",
            do="Choose the latest home of the same care.",
        )
    return earlier


def _measure(measure_id: UUID, by: foundation.Actor) -> Measure:
    measure = Measure.objects.select_for_update().filter(id=measure_id).first()
    if measure is None:
        raise NoSuchMeasure
    case_to_work_in(measure.case_id, "keep_clock", by)
    return measure
