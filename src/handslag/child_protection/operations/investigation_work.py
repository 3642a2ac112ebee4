"""What is done in an open investigation: the plan, the texts under headings, talks, obtained data (SoL 20:3, 20:6-7)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.casework import public as casework
from handslag.child_protection.investigation_access import open_investigation_locked
from handslag.child_protection.investigation_errors import NoSuchInvestigation, TextChangedMeanwhile
from handslag.child_protection.investigation_events import (
    AreaWritten,
    ChildSpokenWith,
    DataAskedFor,
    DataReceived,
    StepFinished,
    StepPlanned,
    TalkHeld,
)
from handslag.child_protection.investigation_states import (
    TALKS_WITH_CHILD,
    Area,
    Basis,
    Consent,
    DataSource,
    TalkKind,
)
from handslag.child_protection.models import AreaText, ObtainedData, PlanStep, Talk
from handslag.foundation import public as foundation

LONGEST_TEXT = 100_000


@foundation.operation
def plan_step(
    *, investigation_id: UUID, what: str, due_on: date, account_id: UUID | None = None, who: str = "",
    by: foundation.Actor, at: datetime,
) -> PlanStep:  # fmt: skip
    """Put a step into the plan: what, until when, and who: a colleague's account, somebody outside by name, or `by`."""
    investigation = open_investigation_locked(investigation_id, by)
    if due_on < foundation.day_of(at):
        raise foundation.BadInput("The day has passed.", where="due_on", do="Choose today or a later day.")
    step = PlanStep(
        investigation=investigation, case_id=investigation.case_id, what=_text(what, "what")[:300], due_on=due_on,
        account_id=account_id or (None if who.strip() else by.account_id), who=who.strip()[:120],
    )  # fmt: skip
    step.save(force_insert=True)
    planned = StepPlanned(
        case_id=step.case_id, investigation_id=investigation.id, step_id=step.id, due_on=due_on
    )
    foundation.record(planned, by=by, at=at)
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
    """The step is not needed any more, and why."""
    step = _step(step_id, by)
    if step.done_on is not None or step.dropped_because:
        return step
    step.dropped_because = _text(because, "because")
    step.save(update_fields=["dropped_because"])
    _tell_finished(step, dropped=True, by=by, at=at)
    return step


@foundation.operation
def write_area(
    *, investigation_id: UUID, area: str, body: str, version: int, by: foundation.Actor, at: datetime
) -> AreaText:
    """Save the text under a heading over the version that the writer read (0: nothing was written).

    Every version is kept. Raises TextChangedMeanwhile, with both texts, when a colleague has saved in between.
    """
    investigation = open_investigation_locked(investigation_id, by)
    if area not in Area.values:
        raise foundation.BadInput("There is no such heading.", where="area", do="Choose one of the headings.")
    if len(body) > LONGEST_TEXT:
        raise foundation.BadInput("The text is too long.", where="body", do="Shorten it.")
    held = AreaText.objects.filter(investigation=investigation, area=area).order_by("-version").first()
    if held is not None and held.body == body:  # sent twice, or the same words by two: one text
        return held
    if version != (held.version if held is not None else 0):
        raise TextChangedMeanwhile(
            yours=body, theirs=held.body if held else "", version=held.version if held else 0
        )
    written = AreaText(
        investigation=investigation, case_id=investigation.case_id, area=area, version=version + 1, body=body,
        written_by_id=by.account_id, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            written.save(force_insert=True)
    except IntegrityError:
        now = AreaText.objects.filter(investigation=investigation, area=area).order_by("-version")[0]
        raise TextChangedMeanwhile(yours=body, theirs=now.body, version=now.version) from None
    saved = AreaWritten(
        case_id=written.case_id, investigation_id=investigation.id, area=area, version=written.version
    )
    foundation.record(saved, by=by, at=at)
    return written


@foundation.operation
def note_talk(
    *, investigation_id: UUID, kind: str, with_whom: str, body: str, held_on: date | None = None,
    consent: str = Consent.NOT_NEEDED, because: str = "", subject: str = "", by: foundation.Actor, at: datetime,
) -> Talk:  # fmt: skip
    """Record a talk that was held; its words become a signed note of the case, so they are written once.

    For a talk with the child `consent` says whether the guardian agreed; without it the reason is needed (SoL 20:7).
    """
    investigation = open_investigation_locked(investigation_id, by)
    with_child = kind in TALKS_WITH_CHILD
    if kind not in TalkKind.values or consent not in Consent.values:
        raise foundation.BadInput(
            "There is no such kind of talk.", where="kind", do="Choose one of the kinds."
        )
    if with_child and consent == Consent.NOT_NEEDED:
        raise foundation.BadInput(
            "Say whether the guardian agreed to the talk.", where="consent", do="Choose one of the answers."
        )
    without = with_child and consent != Consent.GIVEN
    note = casework.write_note(
        case_id=investigation.case_id, body=body, subject=subject or str(TalkKind(kind).label), kind="meeting",
        happened_on=held_on, by=by, at=at,
    )  # fmt: skip
    talk = Talk(
        investigation=investigation, case_id=investigation.case_id, note=note, kind=kind,
        with_whom=_text(with_whom, "with_whom")[:200], held_on=note.happened_on,
        consent=consent if with_child else Consent.NOT_NEEDED.value, without_consent=without,
        because=_text(because, "because") if without else "", noted_by_id=by.account_id, at=at,
    )  # fmt: skip
    talk.save(force_insert=True)
    held = TalkHeld(
        case_id=talk.case_id,
        investigation_id=investigation.id,
        talk_id=talk.id,
        kind=kind,
        without_consent=without,
    )
    foundation.record(held, by=by, at=at)
    if with_child:
        spoken = ChildSpokenWith(case_id=talk.case_id, investigation_id=investigation.id, talk_id=talk.id)
        foundation.record(spoken, by=by, at=at)
    return talk


@foundation.operation
def ask_for_data(
    *, investigation_id: UUID, source: str, source_name: str, basis: str, by: foundation.Actor, at: datetime
) -> ObtainedData:
    """Record that a source was asked, and with what right: consent, its duty to tell (SoL 20:6), or our own files."""
    investigation = open_investigation_locked(investigation_id, by)
    if source not in DataSource.values or basis not in Basis.values:
        raise foundation.BadInput("There is no such source.", where="source", do="Choose one of the sources.")
    asked = ObtainedData(
        investigation=investigation, case_id=investigation.case_id, source=source, basis=basis,
        source_name=_text(source_name, "source_name")[:160], asked_on=foundation.day_of(at),
        noted_by_id=by.account_id,
    )  # fmt: skip
    asked.save(force_insert=True)
    told = DataAskedFor(
        case_id=asked.case_id,
        investigation_id=investigation.id,
        obtained_id=asked.id,
        source=source,
        basis=basis,
    )
    foundation.record(told, by=by, at=at)
    return asked


@foundation.operation
def receive_data(
    *, obtained_id: UUID, body: str = "", document_id: UUID | None = None, by: foundation.Actor, at: datetime
) -> ObtainedData:
    """Record what a source answered, in words or as a paper of the case; once."""
    asked = ObtainedData.objects.select_for_update().filter(id=obtained_id).first()
    if asked is None:
        raise NoSuchInvestigation
    open_investigation_locked(asked.investigation_id, by)
    if asked.received_on is not None:
        raise foundation.Refused("The answer is recorded already.", do="Ask again if there is more to tell.")
    if not body.strip() and document_id is None:
        raise foundation.BadInput("The answer is empty.", where="body", do="Write it, or attach the paper.")
    if document_id is not None and not _is_paper_of(asked.case_id, document_id):
        raise foundation.BadInput(
            "The paper is not in this case.", where="document_id", do="Add it to the case first."
        )
    asked.received_on, asked.body, asked.document_id = foundation.day_of(at), body.strip(), document_id
    asked.save(update_fields=["received_on", "body", "document"])
    got = DataReceived(
        case_id=asked.case_id,
        investigation_id=asked.investigation_id,
        obtained_id=asked.id,
        source=asked.source,
    )
    foundation.record(got, by=by, at=at)
    return asked


def _step(step_id: UUID, by: foundation.Actor) -> PlanStep:
    step = PlanStep.objects.select_for_update().filter(id=step_id).first()
    if step is None:
        raise NoSuchInvestigation
    open_investigation_locked(step.investigation_id, by)
    return step


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


def _is_paper_of(case_id: UUID, document_id: UUID) -> bool:
    return bool(casework.Document.objects.filter(id=document_id, case_id=case_id).exists())


def _text(text: str, where: str) -> str:
    if not text.strip():
        raise foundation.BadInput("The text is empty.", where=where, do="Write it.")
    return text.strip()
