"""Recording the steps of care under LVM; each starts and meets its legal clocks."""

from datetime import date, datetime
from uuid import UUID

from handslag.adult_support import events
from handslag.adult_support.errors import NoSuchKind, StepRefused
from handslag.adult_support.kinds import ADDICTION
from handslag.adult_support.models import CareRecord
from handslag.adult_support.rules.care_steps import CLOCKS, STEPS, begins_anew, fault_of
from handslag.casework import public as casework
from handslag.foundation import public as foundation


@foundation.operation
def record_care_step(*, case_id: UUID, step: str, on: date, by: foundation.Actor, at: datetime) -> CareRecord:
    """Record that a step of care under LVM was taken on a day; the legal clocks follow (LVM 12, 15, 17, 18, 20).

    Raises StepRefused when the step does not follow the last one or the day does not fit.
    """
    case = casework.get_case(case_id, by)
    if case.kind != ADDICTION:
        raise NoSuchKind
    casework.Case.objects.select_for_update().filter(id=case_id).first()  # one step at a time in a case
    taken = list(CareRecord.objects.filter(case_id=case_id).order_by("recorded_at", "id"))
    fault = fault_of(step, on, [(one.step, one.on) for one in taken], foundation.day_of(at))
    if fault:
        raise StepRefused(fault)
    last = taken[-1] if taken else None
    anew = last is None or begins_anew(step, last.step)
    care = foundation.new_id() if anew or last is None else last.care
    row = CareRecord(
        case_id=case_id, care=care, step=step, on=on, recorded_at=at, recorded_by_id=by.account_id
    )
    row.save(force_insert=True)
    for rule in STEPS[step].meets:
        casework.stop_clock(case_id=case_id, rule=rule, about=care, on=on, by=by, at=at)
    if STEPS[step].ends_all:
        for rule in CLOCKS:
            casework.lapse_clock(case_id=case_id, rule=rule, about=care, on=on, by=by, at=at)
    for rule in STEPS[step].starts:
        casework.start_clock(case_id=case_id, rule=rule, about=care, starts_on=on, by=by, at=at)
    recorded = events.CareStepRecorded(
        case_id=case_id, person_id=case.person_id, care_id=care, step=step, on=on
    )
    foundation.record(recorded, by=by, at=at)
    return row
