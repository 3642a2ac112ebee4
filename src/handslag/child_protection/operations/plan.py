"""The plan of an open investigation: what is to be done, by whom and until when; changed and struck out with a reason."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from handslag.child_protection.investigation_access import open_investigation_locked
from handslag.child_protection.investigation_errors import NoSuchInvestigation, StepIsSettled
from handslag.child_protection.investigation_events import StepChanged, StepFinished, StepPlanned
from handslag.child_protection.investigation_states import StepChange
from handslag.child_protection.models import PlanStep, PlanStepChange
from handslag.child_protection.queries.plan import workers_of
from handslag.child_protection.reasons import in_words
from handslag.foundation import public as foundation


@foundation.operation
def plan_step(
    *, investigation_id: UUID, what: str, due_on: date, account_id: UUID | None = None, who: str = "",
    by: foundation.Actor, at: datetime,
) -> PlanStep:  # fmt: skip
    """Put a step into the plan: what, until when, and who: a colleague's account, somebody outside by name, or `by`."""
    investigation = open_investigation_locked(investigation_id, by)
    _require_day(due_on, at)
    if not what.strip():
        raise foundation.BadInput("The text is empty.", where="what", do="Write it.")
    step = PlanStep(
        investigation=investigation, case_id=investigation.case_id, what=what.strip()[:300], due_on=due_on,
        account_id=None if who.strip() else _worker(investigation.case_id, account_id or by.account_id, by),
        who=who.strip()[:120],
    )  # fmt: skip
    step.save(force_insert=True)
    planned = StepPlanned(
        case_id=step.case_id, investigation_id=investigation.id, step_id=step.id, due_on=due_on
    )
    foundation.record(planned, by=by, at=at)
    return step


@foundation.operation
def change_step(
    *, step_id: UUID, due_on: date, because: str, account_id: UUID | None = None, who: str = "", by: foundation.Actor,
    at: datetime,
) -> PlanStep:  # fmt: skip
    """Give a step another day or other hands, with the reason; how it stood is kept beside it.

    Without `account_id` and `who` the hands stay. A change of nothing changes nothing. Raises StepIsSettled for a step
    that is done or struck out, and BadInput.
    """
    step = _open_step(step_id, by)
    before = (step.due_on, step.account_id, step.who, _name(step))
    outsider = who.strip()[:120]
    if outsider:
        step.account_id, step.who = None, outsider
    elif account_id is not None:
        step.account_id, step.who = _worker(step.case_id, account_id, by), ""
    if (due_on, step.account_id, step.who) == before[:3]:
        return step
    reason = in_words(because, "because")
    if due_on != step.due_on:
        _require_day(due_on, at)
        step.due_on = due_on
    step.save(update_fields=["due_on", "account", "who"])
    _keep(step, StepChange.CHANGED, before[0], before[3], reason, by=by, at=at)
    changed = StepChanged(
        case_id=step.case_id, investigation_id=step.investigation_id, step_id=step.id, due_before=before[0],
        due_on=step.due_on, other_hands=(step.account_id, step.who) != before[1:3],
    )  # fmt: skip
    foundation.record(changed, by=by, at=at)
    return step


@foundation.operation
def finish_step(*, step_id: UUID, result: str = "", by: foundation.Actor, at: datetime) -> PlanStep:
    """The step is done today. Finishing it again changes nothing."""
    step = _step(step_id, by)
    if step.done_on is not None or step.dropped_because:
        return step
    step.done_on, step.done_by_id, step.result = foundation.day_of(at), by.account_id, result.strip()
    step.save(update_fields=["done_on", "done_by", "result"])
    _tell_finished(step, dropped=False, by=by, at=at)
    return step


@foundation.operation
def drop_step(*, step_id: UUID, because: str, by: foundation.Actor, at: datetime) -> PlanStep:
    """Strike the step out, with the reason; it stays readable. Striking it again changes nothing."""
    step = _step(step_id, by)
    if step.done_on is not None or step.dropped_because:
        return step
    step.dropped_because = in_words(because, "because")
    step.save(update_fields=["dropped_because"])
    _keep(step, StepChange.STRUCK, step.due_on, _name(step), step.dropped_because, by=by, at=at)
    _tell_finished(step, dropped=True, by=by, at=at)
    return step


def _step(step_id: UUID, by: foundation.Actor) -> PlanStep:
    step = PlanStep.objects.select_for_update().filter(id=step_id).first()
    if step is None:
        raise NoSuchInvestigation
    open_investigation_locked(step.investigation_id, by)
    return step


def _open_step(step_id: UUID, by: foundation.Actor) -> PlanStep:
    step = _step(step_id, by)
    if step.done_on is not None or step.dropped_because:
        raise StepIsSettled
    return step


def _worker(case_id: UUID, account_id: UUID | None, by: foundation.Actor) -> UUID | None:
    """An account that may be given a step: the actor's own, or one of those who work in the file's unit."""
    if account_id in (None, by.account_id) or account_id in {one.id for one in workers_of(case_id, by)}:
        return account_id
    raise foundation.BadInput(
        "The colleague does not work in this case.", where="account_id", do="Choose one of those on the list."
    )


def _require_day(due_on: date, at: datetime) -> None:
    if due_on < foundation.day_of(at):
        raise foundation.BadInput("The day has passed.", where="due_on", do="Choose today or a later day.")


def _name(step: PlanStep) -> str:
    """Who does it, by the name of today."""
    if step.who or step.account_id is None:
        return step.who
    return str(foundation.Account.objects.get(id=step.account_id).name)[:120]


def _keep(
    step: PlanStep,
    kind: str,
    due_before: date,
    who_before: str,
    because: str,
    *,
    by: foundation.Actor,
    at: datetime,
) -> None:
    PlanStepChange(
        step=step, case_id=step.case_id, kind=kind, due_before=due_before, due_after=step.due_on,
        who_before=who_before, who_after=_name(step), because=because, changed_by_id=by.account_id, at=at,
    ).save(force_insert=True)  # fmt: skip


def _tell_finished(step: PlanStep, *, dropped: bool, by: foundation.Actor, at: datetime) -> None:
    late = max(0, (foundation.day_of(at) - step.due_on).days)
    finished = StepFinished(
        case_id=step.case_id,
        investigation_id=step.investigation_id,
        step_id=step.id,
        dropped=dropped,
        days_late=late,
    )
    foundation.record(finished, by=by, at=at)
