"""Every way that an application changes: sent, signed by the partner, added to, taken back, handed over, decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month
from handslag.income_support.checks import checks_on
from handslag.income_support.errors import (
    AlreadyApplied,
    AnswersIncomplete,
    DraftChangedElsewhere,
    DraftGone,
    NoSuchApplication,
    NotTheCoApplicant,
    PersonCalls,
)
from handslag.income_support.events.applications import (
    ApplicationDecided,
    ApplicationHandedToWorker,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    AttachmentAdded,
    CoApplicantAsked,
    CoApplicantDeclined,
    CoApplicantSigned,
)
from handslag.income_support.models import (
    Application,
    ApplicationDraft,
    Attachment,
    CoApplicantSignature,
    DraftAttachment,
)
from handslag.income_support.operations.drafts import as_stored
from handslag.income_support.operations.partners import partner_of, refuse_strangers
from handslag.income_support.queries.applications import promise_for
from handslag.income_support.queries.circumstances import KIND, last_case_of, route_for, running_case_of
from handslag.income_support.queries.sending import draft_locked, promises_in, sent_from
from handslag.income_support.rules.application_answers import check_answers
from handslag.income_support.rules.application_form import CARRIED_OVER
from handslag.income_support.states import require_move

DOOR = foundation.system("application")


@foundation.operation
def submit_application(*, draft_id: UUID, version: int | None = None, by: Actor, at: datetime) -> Application:
    """Send a draft. Sent twice, from two tabs or by a double press, it is one application and one receipt.

    The case is opened or found; a partner is asked to sign, otherwise the registers are asked at once, by a job
    of this transaction. Raises AnswersIncomplete with every problem, PersonCalls, AlreadyApplied,
    DraftChangedElsewhere or DraftGone; nothing is kept of a refused sending, and the draft stays.
    """
    if by.person_id is None:
        raise DraftGone
    draft = next(iter(draft_locked(draft_id, by.person_id)), None)
    sent = sent_from(draft_id, by.person_id)
    if sent:
        return sent[0]
    today = foundation.day_of(at)
    if draft is None or draft.expires_on <= today:
        raise DraftGone
    if version is not None and draft.version != version:
        raise DraftChangedElsewhere(draft.version)
    month = Month.parse(draft.month)
    with foundation.acting(DOOR):  # one block: each change of who reads is a savepoint
        held = hold_case(by.person_id)
        route = route_for(by.person_id, month, today)
    if route.kind == "refer":
        raise PersonCalls(foundation.said(route.ground, **route.values))
    if route.kind == "supplement" and draft.kind != "supplement":
        raise AlreadyApplied(draft.month)
    kind: Any = draft.kind
    carried = CARRIED_OVER if kind == "renewal" else ()
    answers, problems = check_answers(kind, draft.answers, checks_on(today), carried=carried)
    if problems:
        raise AnswersIncomplete(problems)
    refuse_strangers(by.person_id, answers, today)
    partner_id = partner_of(by.person_id, answers, today)
    case = held if held is not None and held.is_open else _case_for(by.person_id, at=at)
    application = Application(
        case_id=case.id,
        kind=kind,
        month=draft.month,
        applicant_id=by.person_id,
        co_applicant_id=partner_id,
        answers=answers,
        state="awaiting_co_applicant" if partner_id else "submitted",
        state_since=at,
        route=as_stored(route),
        draft_id=draft.id,
        submitted_at=at,
        complete_at=None if partner_id else at,
        promised_on=None if partner_id else promise_for(kind, at),
    )
    insert_once(application)
    keep_promise(application.case_id, at=at)
    _take_papers(draft, application, by=by, at=at)
    draft.answers, draft.sent_at = {}, at
    draft.save(update_fields=["answers", "sent_at"])
    foundation.record(
        ApplicationSubmitted(
            application_id=application.id,
            case_id=case.id,
            person_id=by.person_id,
            application_kind=kind,
            month=draft.month,
            route=route.ground,
        ),
        by=by,
        at=at,
        unit_id=case.unit_id,
    )
    if partner_id is not None:
        ask_partner(application, partner_id, by=by, at=at)
    else:
        go_on(application)
    return application


@foundation.operation
def sign_as_co_applicant(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """The partner signs what was sent; the application goes on. Twice is the same as once."""
    application = _locked(application_id)
    if by.person_id is None or application.co_applicant_id != by.person_id:
        raise NotTheCoApplicant
    signature = CoApplicantSignature.objects.select_for_update().get(application=application)
    if signature.signed_at is not None:
        return application
    require_move(application.state, "submitted", by.kind)
    signature.signed_at, signature.digest = at, digest_of(application.answers)
    signature.save(update_fields=["signed_at", "digest"])
    application.complete_at, application.promised_on = at, promise_for(application.kind, at)
    _move(application, "submitted", at, "complete_at", "promised_on")
    keep_promise(application.case_id, at=at)
    with foundation.acting(DOOR):
        casework.add_party(
            case_id=application.case_id, person_id=by.person_id, role="co_applicant", by=DOOR, at=at
        )
    foundation.record(
        CoApplicantSigned(application_id=application.id, case_id=application.case_id, person_id=by.person_id),
        by=by,
        at=at,
    )
    go_on(application)
    return application


@foundation.operation
def decline_as_co_applicant(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """The person named as partner does not sign; a case worker takes over and asks both."""
    application = _locked(application_id)
    if by.person_id is None or application.co_applicant_id != by.person_id:
        raise NotTheCoApplicant
    if application.state != "awaiting_co_applicant":
        return application
    foundation.record(
        CoApplicantDeclined(
            application_id=application.id, case_id=application.case_id, person_id=by.person_id
        ),
        by=by,
        at=at,
    )
    hand_to_worker(
        application_id=application.id, reasons=[foundation.said("handed.partner_declined")], by=DOOR, at=at
    )
    application.refresh_from_db()
    return application


@foundation.operation
def withdraw_application(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """The applicant takes an undecided application back. Twice is the same as once."""
    application = _locked(application_id)
    if by.is_resident and application.applicant_id != by.person_id:
        raise NoSuchApplication
    if application.state == "withdrawn":
        return application
    require_move(application.state, "withdrawn", by.kind)
    application.withdrawn_at = at
    _move(application, "withdrawn", at, "withdrawn_at")
    keep_promise(application.case_id, at=at)
    foundation.record(
        ApplicationWithdrawn(
            application_id=application.id, case_id=application.case_id, person_id=application.applicant_id
        ),
        by=by,
        at=at,
    )
    return application


@foundation.operation
def attach(
    *, application_id: UUID, name: str, content: bytes, about: str, by: Actor, at: datetime
) -> Attachment:
    """Add a paper to a sent application; the paper is a document of the case. The errors are casework's."""
    application = Application.objects.filter(id=application_id).first()
    if application is None:
        raise NoSuchApplication
    document = casework.add_document(
        case_id=application.case_id, name=name, content=content, kind="attachment", by=by, at=at
    )
    return attached(application, document.id, about, by=by, at=at)


@foundation.operation
def hand_to_worker(
    *, application_id: UUID, reasons: Sequence[Mapping[str, Any]], by: Actor, at: datetime
) -> Application:
    """A person takes over, with the said reasons. Handed over already, the new reasons are added."""
    application = _locked(application_id)
    if application.state in ("decided", "withdrawn"):
        return application
    known = list(application.handed_because)
    application.handed_because = known + [dict(reason) for reason in reasons if dict(reason) not in known]
    if application.state == "with_worker":
        application.save(update_fields=["handed_because"])
        return application
    require_move(application.state, "with_worker", by.kind)
    _move(application, "with_worker", at, "handed_because")
    foundation.record(
        ApplicationHandedToWorker(
            application_id=application.id,
            case_id=application.case_id,
            person_id=application.applicant_id,
            reason=str(reasons[0]["code"]) if reasons else "",
        ),
        by=by,
        at=at,
    )
    return application


@foundation.operation
def begin_assessing(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """The machine works it out now. Already there or further, nothing changes."""
    application = _locked(application_id)
    if application.state == "submitted":
        _move(application, "assessing", at)
    return application


@foundation.operation
def record_decided(*, application_id: UUID, automated: bool, by: Actor, at: datetime) -> Application:
    """The application has its decision; called in the transaction that makes it. Twice is the same as once."""
    return decided_locked(_locked(application_id), automated=automated, by=by, at=at)


def decided_locked(application: Application, *, automated: bool, by: Actor, at: datetime) -> Application:
    """What `record_decided` does, inside an operation that has locked the application."""
    if application.state == "decided":
        return application
    require_move(application.state, "decided", by.kind)
    application.decided_at = max(at, application.submitted_at)  # a clock set back gives no negative waiting
    application.automated = automated
    _move(application, "decided", at, "decided_at", "automated")
    keep_promise(application.case_id, at=at)
    minutes = int((application.decided_at - application.submitted_at).total_seconds() // 60)
    foundation.record(
        ApplicationDecided(
            application_id=application.id,
            case_id=application.case_id,
            person_id=application.applicant_id,
            automated=automated,
            minutes=minutes,
        ),
        by=by,
        at=at,
    )
    return application


def digest_of(answers: Mapping[str, Any]) -> str:
    """The fingerprint of answers as they were shown to the one who signs."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _locked(application_id: UUID) -> Application:
    application = foundation.find_row(Application, application_id, lock=True)
    if application is None:
        raise NoSuchApplication
    return application


def _move(application: Application, state: str, at: datetime, *fields: str) -> None:
    application.state, application.state_since = state, max(at, application.state_since)
    application.version += 1
    application.save(update_fields=["state", "state_since", "version", *fields])


def hold_case(person_id: UUID) -> casework.Case | None:
    """Keep the person's running case until the end, so that partners who send at once are looked at in turn.

    Gives the case as it is now, which another may have closed while this one waited.
    """
    with foundation.acting(DOOR):
        running = running_case_of(person_id)
        return None if running is None else foundation.find_row(casework.Case, running.id, lock=True)


def keep_promise(case_id: UUID, *, at: datetime) -> None:
    """Within an operation: the case holds the nearest promise among its applications that wait for a decision."""
    with foundation.acting(DOOR):
        nearest = next(iter(promises_in(case_id)), None)
        casework.promise_day(case_id=case_id, on=nearest, by=DOOR, at=at)


def insert_once(application: Application) -> None:
    """The database has the last word on one application a month."""
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as fault:
        if "income_application_once_a_month" in str(fault):
            raise AlreadyApplied(application.month) from None
        raise


def _case_for(person_id: UUID, *, at: datetime) -> casework.Case:
    """The person's running case, the one just closed opened again, or a new one."""
    with foundation.acting(DOOR):
        running = running_case_of(person_id)
        last = last_case_of(person_id) if running is None else running
    if running is not None:
        return running
    today = foundation.day_of(at)
    route = route_for(person_id, Month.of(today), today)
    if last is not None and route.ground == "route.recently_closed":
        return casework.reopen_case(case_id=last.id, because="application", by=DOOR, at=at)
    unit = foundation.Unit.objects.filter(kind=KIND).order_by("name").first()
    if unit is None:
        raise foundation.NotFound(
            "No unit receives applications yet.", do="Ask the administrator to set up the unit."
        )
    return casework.open_case(kind=KIND, person_id=person_id, unit_id=unit.id, by=DOOR, at=at)


def ask_partner(application: Application, partner_id: UUID, *, by: Actor, at: datetime) -> None:
    """Within an operation: the partner is asked to sign what was sent."""
    CoApplicantSignature(application=application, person_id=partner_id, asked_at=at).save(force_insert=True)
    foundation.record(
        CoApplicantAsked(application_id=application.id, case_id=application.case_id, person_id=partner_id),
        by=by,
        at=at,
    )


def _take_papers(draft: ApplicationDraft, application: Application, *, by: Actor, at: datetime) -> None:
    for paper in DraftAttachment.objects.filter(draft=draft).order_by("added_at"):
        document = casework.add_document(
            case_id=application.case_id,
            name=paper.name,
            content=bytes(paper.content),
            kind="attachment",
            idempotency_key=f"draft-{paper.id}",
            by=by,
            at=at,
        )
        attached(application, document.id, paper.about, by=by, at=at)
    DraftAttachment.objects.filter(draft=draft).delete()


def attached(
    application: Application, document_id: UUID, about: str, *, by: Actor, at: datetime
) -> Attachment:
    """Within an operation: a document of the case becomes a paper of the application. Twice is the same as once."""
    known = Attachment.objects.filter(application=application, document_id=document_id).first()
    if known is not None:
        return known
    attachment = Attachment(application=application, document_id=document_id, about=about[:20], added_at=at)
    attachment.save(force_insert=True)
    foundation.record(
        AttachmentAdded(
            application_id=application.id,
            case_id=application.case_id,
            document_id=document_id,
            about=attachment.about,
        ),
        by=by,
        at=at,
    )
    return attachment


def go_on(application: Application) -> None:
    """Within an operation: ask the registers, in a job that exists exactly when this transaction does."""
    from handslag.income_support import jobs

    jobs.fetch_registers.defer(application_id=str(application.id))
