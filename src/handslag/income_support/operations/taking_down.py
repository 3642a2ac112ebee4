"""What staff do for a person who cannot or will not use the e-service: open a case, and write an application down.

The law's duty to receive every application (FL 19-20, SoL 14:2) is the same on paper and by telephone. The answers are
checked like the person's own; what was written down always goes to a case worker, never to automation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month, Role
from handslag.income_support.checks import checks_on
from handslag.income_support.errors import AnswersIncomplete
from handslag.income_support.events.applications import ApplicationSubmitted, CoApplicantSigned
from handslag.income_support.models import Application, CoApplicantSignature, TakenDownWay
from handslag.income_support.operations.applications import (
    DOOR,
    ask_partner,
    attached,
    digest_of,
    go_on,
    hold_case,
    insert_once,
    keep_promise,
)
from handslag.income_support.operations.drafts import MOST_PAPERS
from handslag.income_support.operations.partners import may_read, partner_of, refuse_strangers
from handslag.income_support.queries.applications import promise_for
from handslag.income_support.queries.circumstances import (
    KIND,
    circumstances_of,
    last_case_of,
    running_case_of,
)
from handslag.income_support.rules.application_answers import check_answers
from handslag.income_support.rules.application_form import Kind
from handslag.income_support.tables import settings_on
from handslag.people import public as people

WHO = (Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION)
LATEST_MONTHS = 2
OLDEST_DAYS = 92  # what came earlier than three months ago is a matter for the manager, not for a form
SWEDEN = ZoneInfo("Europe/Stockholm")


@foundation.operation
def open_case_by_hand(*, person_id: UUID, by: Actor, at: datetime) -> casework.Case:
    """Open the person's case of economic aid, or give the one that runs or was just closed. Twice is the same as once.

    Raises PersonNotFound for a protected person whom the actor is not named for, exactly as if there were none.
    """
    foundation.require_role(by, *WHO)
    _require_reachable(person_id, by)
    with foundation.acting(DOOR):
        running = running_case_of(person_id)
        last = running or last_case_of(person_id)
    if running is not None:
        return casework.get_case(running.id, by)
    today = foundation.day_of(at)
    closed_on = circumstances_of(person_id, Month.of(today), today).closed_on
    if last is not None and closed_on is not None and today - closed_on <= _reopen_within(today):
        return casework.reopen_case(case_id=last.id, because="application", by=by, at=at)
    units = [unit_id for role, unit_id in foundation.roles_of(by) if role in {one.value for one in WHO}]
    unit = foundation.Unit.objects.filter(kind=KIND, id__in=units).order_by("name").first()
    if unit is None:
        raise foundation.Refused(
            "Your unit does not work with economic aid.", do="Ask the unit for economic aid to open the case."
        )
    worker_id = by.account_id if foundation.has_role(by, Role.CASE_WORKER, unit.id) else None
    return casework.open_case(
        kind=KIND, person_id=person_id, unit_id=unit.id, worker_id=worker_id, by=by, at=at
    )


@foundation.operation
def take_down_application(
    *, person_id: UUID, month: Month, answers: Mapping[str, Any], way: str, came_in_on: date, key: UUID,
    partner_agrees: bool = False, papers: Sequence[tuple[str, bytes]] = (), by: Actor, at: datetime,
) -> Application:  # fmt: skip
    """Write an application down for a person. `key` is the form's own: sent twice it is one application.

    The case is opened or found, in the name of `by`. A partner who agrees (signed the paper, or said so) is noted as
    having signed; otherwise the partner is asked. The law's time runs from `came_in_on`. `papers` (name, content) become
    the applicant's own documents of the case. Raises AnswersIncomplete with every problem, AlreadyApplied,
    UnknownPartner, PersonNotFound, or casework's errors of files; nothing is kept of a refused one.
    """
    sent = Application.objects.filter(draft_id=key, applicant_id=person_id).first()
    if sent is not None:
        return sent
    today = foundation.day_of(at)
    _require_possible(month, way, came_in_on, today)
    if len(papers) > MOST_PAPERS:
        raise foundation.BadInput(
            "There are more than {most} papers.",
            where="papers",
            do="Take in the first ones here, and the rest under the documents of the case.",
            values={"most": MOST_PAPERS},
        )
    case = open_case_by_hand(person_id=person_id, by=by, at=at)
    if not casework.may("add_document", case, by):
        raise casework.NotYours
    hold_case(person_id)
    kind = kind_for(person_id, month, today)
    if kind == "renewal":  # everything is asked again, so it is checked as a whole
        clean, problems = check_answers("new", answers, checks_on(today))
    else:
        clean, problems = check_answers(kind, answers, checks_on(today))
    if problems:
        raise AnswersIncomplete(problems)
    refuse_strangers(person_id, clean, today)
    partner_id = partner_of(person_id, clean, today, taken_down_by=by)
    waits = partner_id is not None and not partner_agrees
    came_in = min(at, datetime.combine(came_in_on, time(12), SWEDEN)) if came_in_on < today else at
    application = Application(
        case_id=case.id,
        kind=kind,
        month=str(month),
        applicant_id=person_id,
        co_applicant_id=partner_id,
        answers=clean,
        state="awaiting_co_applicant" if waits else "submitted",
        state_since=at,
        route={"kind": kind, "ground": foundation.said("route.taken_down"), "trail": []},
        draft_id=key,
        submitted_at=came_in,
        complete_at=None if waits else came_in,
        promised_on=None if waits else promise_for(kind, came_in),
        taken_down_by_id=by.account_id,
        taken_down_way=way,
    )
    insert_once(application)
    keep_promise(case.id, at=at)
    foundation.record(
        ApplicationSubmitted(
            application_id=application.id,
            case_id=case.id,
            person_id=person_id,
            application_kind=kind,
            month=str(month),
            route="route.taken_down",
            came_in_on=came_in_on,
        ),
        by=by,
        at=at,
        unit_id=case.unit_id,
    )
    _take_papers(application, papers, by=by, at=at)
    if partner_id is not None:
        _partner(application, partner_id, agrees=partner_agrees, by=by, at=at)
    if not waits:
        go_on(application)
    return application


def kind_for(person_id: UUID, month: Month, on: date) -> Kind:
    """What an application for the month is: a person who takes it down needs no gate, only the right kind."""
    about = circumstances_of(person_id, month, on)
    if about.month in about.applied_months:
        return "supplement"
    is_recent = about.closed_on is not None and on - about.closed_on <= _reopen_within(on)
    return "renewal" if (about.has_running_case and about.applied_months) or is_recent else "new"


def _reopen_within(on: date) -> timedelta:
    return timedelta(days=settings_on(on).gates.reopen_within_days)


def _require_reachable(person_id: UUID, by: Actor) -> None:
    """A protected person, or one whose mark is not known, is there for the named alone."""
    with foundation.acting(DOOR):
        person = people.get_person(person_id, DOOR)
        is_open = str(person.protection) == "none"
    if not is_open and not may_read(person_id, by):
        raise people.PersonNotFound


def _require_possible(month: Month, way: str, came_in_on: date, today: date) -> None:
    if way not in TakenDownWay.values:
        raise foundation.BadInput("Say how the application came.", where="way", do="Choose one of the ways.")
    if came_in_on > today or (today - came_in_on).days > OLDEST_DAYS:
        raise foundation.BadInput(
            "The day that it came is not possible.",
            where="came_in_on",
            do="Write a day of the last three months.",
        )
    if abs(Month.of(today).until(month)) > LATEST_MONTHS:
        raise foundation.BadInput(
            "The month is too far away.", where="month", do="Choose a month near to this one."
        )


def _take_papers(
    application: Application, papers: Sequence[tuple[str, bytes]], *, by: Actor, at: datetime
) -> None:
    for number, (name, content) in enumerate(papers):
        document = casework.add_document(
            case_id=application.case_id,
            name=name,
            content=content,
            kind="attachment",
            person_id=application.applicant_id,
            idempotency_key=f"taken-down-{application.draft_id}-{number}",
            by=by,
            at=at,
        )
        attached(application, document.id, "", by=by, at=at)


def _partner(application: Application, partner_id: UUID, *, agrees: bool, by: Actor, at: datetime) -> None:
    with foundation.acting(DOOR):
        if not agrees:
            ask_partner(application, partner_id, by=DOOR, at=at)
            return
        CoApplicantSignature(
            application=application, person_id=partner_id, asked_at=at, signed_at=at,
            digest=digest_of(application.answers),
        ).save(force_insert=True)  # fmt: skip
        casework.add_party(
            case_id=application.case_id, person_id=partner_id, role="co_applicant", by=DOOR, at=at
        )
    signed = CoApplicantSigned(
        application_id=application.id, case_id=application.case_id, person_id=partner_id
    )
    foundation.record(signed, by=by, at=at)
