"""Asking the registers for an application, keeping what they said, and raising what a person must look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import structlog
from django.db.models import QuerySet

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Month
from handslag.income_support import ports
from handslag.income_support.errors import NoSuchApplication
from handslag.income_support.events.applications import RegistersFetched, WarningHandled, WarningRaised
from handslag.income_support.models import Application, RegisterAnswer, RegisterFigure, Warning
from handslag.income_support.operations.unusual_costs import comparison_on
from handslag.income_support.ports import Agency, AgencyAnswer, AnswerState, AskedPeriod, RegisterAnswers
from handslag.income_support.queries.accounts import is_account_of_a_stranger
from handslag.income_support.queries.automation import rule_on
from handslag.income_support.queries.facts import (
    earlier_application,
    figures_of,
    home_of,
    household_known,
    states_of,
)
from handslag.income_support.rules.answered import read_answers
from handslag.income_support.rules.comparison import Finding, find_warnings
from handslag.income_support.states import OPEN_STATES
from handslag.income_support.tables import benefits_on
from handslag.people import public as people

FETCHER = foundation.system("registers")
POPULATION = "navet"
ORE = Decimal("0.01")
log = structlog.get_logger("handslag.registers")


@dataclass(frozen=True)
class _Told:
    """What the registers have just said, as it was kept."""

    answers: tuple[RegisterAnswer, ...]
    figures: tuple[RegisterFigure, ...]


@dataclass(frozen=True)
class Asked:
    """One adult of the application who is asked about."""

    of: str
    person_id: UUID
    number: str | None


def fetch_registers(application_id: UUID, *, again: bool = False) -> bool:
    """Ask about each adult and keep the answers; True when they were kept now.

    The network is asked outside every transaction. Done already, nothing happens unless `again`. A register that
    is down, not wired or answers garbage gives a missing answer, never an empty one.
    """
    with foundation.acting(FETCHER):
        application = foundation.find_row(Application, application_id)
        if application is None:
            raise NoSuchApplication
        if application.state not in OPEN_STATES or (application.registers_at is not None and not again):
            return False
        asked = _adults(application)
        period = asked_period(Month.parse(application.month))
        case_number = application.case.number
    answers = {each.of: _ask(each, period, case_number) for each in asked}
    marks = {each.of: _mark(each) for each in asked}
    keep_register_answers(
        application_id=application_id,
        asked=asked,
        answers=answers,
        marks=marks,
        by=FETCHER,
        at=foundation.now(),
    )
    return True


def asked_period(month: Month) -> AskedPeriod:
    """The control month and the month before it."""
    return AskedPeriod(month.plus(-2).first, month.previous().last)


@foundation.operation
def keep_register_answers(
    *,
    application_id: UUID,
    asked: Sequence[Asked],
    answers: Mapping[str, RegisterAnswers | None],
    marks: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Application:
    """Keep the answers in place of earlier ones, compare, and raise warnings: one transaction.

    `marks` are the population register's marks of protection; one that is new is set on the person at once.
    """
    application = foundation.find_row(Application, application_id, lock=True)
    if application is None:
        raise NoSuchApplication
    if application.registers_at is not None:  # asked before: what was answered then is kept, and no longer holds
        RegisterAnswer.objects.filter(application=application, superseded_at__isnull=True).update(superseded_at=at)
    table = benefits_on(Month.parse(application.month).first)
    kept, figures = [], []
    for each in asked:
        for said in _agencies(answers.get(each.of), at):
            row = RegisterAnswer(
                application=application,
                person_id=each.person_id,
                of=each.of,
                agency=said.agency.value,
                state=said.state.value,
                reason_code=said.reason_code[:40],
                source=said.source[:120],
                fetched_at=said.fetched_at,
                content=dict(said.content),
            )
            kept.append(row)
            for told in said.figures:
                figures.append(
                    RegisterFigure(
                        answer=row,
                        application=application,
                        person_id=each.person_id,
                        of=each.of,
                        agency=told.agency.value,
                        code=told.code,
                        label=told.label[:120],
                        amount_kr=told.amount_kr.quantize(ORE, ROUND_HALF_UP),  # as the table holds it
                        paid_on=told.paid_on,
                        month=str(Month.of(told.paid_on)),
                        payout=told.payout.value,
                        treatment=table.treatment_of(told.code).value,
                        income_kind=table.income_kind_of(told.code),
                        source=told.source[:120],
                        fetched_at=told.fetched_at,
                    )
                )
        kept.append(_told_of_mark(application, each, marks.get(each.of, ""), at))
    RegisterAnswer.objects.bulk_create(kept)
    RegisterFigure.objects.bulk_create(figures)
    _set_marks(application, asked, marks, at)
    application.registers_at = at
    application.save(update_fields=["registers_at"])
    raise_warnings(application, told=_Told(tuple(kept), tuple(figures)), by=by, at=at)
    foundation.record(
        RegistersFetched(
            application_id=application.id,
            case_id=application.case_id,
            agencies_ok=sum(1 for row in kept if row.state == "ok"),
            agencies_missing=sum(1 for row in kept if row.state != "ok"),
            figures=len(figures),
        ),
        by=by,
        at=at,
    )
    return application


def raise_warnings(
    application: Application, *, told: _Told | None = None, by: Actor, at: datetime
) -> list[Warning]:
    """Compare and bring the warnings in line: new ones open, those that are gone close, handled ones stay handled.

    `told` is what the registers have just said; without it the answers in force are read.
    """
    found = {finding.key: finding for finding in _findings(application, told)}
    known = {row.key: row for row in _warnings_in(application.case_id)}
    raised = []
    for key, finding in found.items():
        if key in known:
            continue
        row = Warning(
            case_id=application.case_id,
            application=application,
            month=application.month,
            kind=finding.kind,
            key=key,
            values=finding.values,
            raised_at=at,
        )
        row.save(force_insert=True)
        raised.append(row)
        foundation.record(
            WarningRaised(warning_id=row.id, case_id=row.case_id, warning_kind=row.kind), by=by, at=at
        )
    for row in known.values():
        if row.application_id == application.id and row.state == "open" and row.key not in found:
            row.state, row.handled_at = "closed", at
            row.because = foundation.said("warning.closed.gone")
            row.save(update_fields=["state", "handled_at", "because"])
    return raised


@foundation.ready
def _warnings_in(case_id: UUID) -> QuerySet[Warning]:
    return Warning.objects.filter(case_id=case_id)


@foundation.operation
def handle_warning(*, warning_id: UUID, state: str, because: str = "", by: Actor, at: datetime) -> Warning:
    """A worker has seen (`acknowledged`) or closed a warning. Closed is for good; it never comes back."""
    row = Warning.objects.select_for_update().filter(id=warning_id).first()
    if row is None:
        raise foundation.NotFound("There is no such warning.", do="Open the case again.")
    if by.is_resident or state not in ("acknowledged", "closed"):
        raise foundation.Refused("Only a case worker handles warnings.", do="Ask the case worker.")
    if row.state in ("closed", state):
        return row
    row.state, row.handled_at, row.handled_by_id = state, at, by.account_id
    row.because = because or None
    row.save(update_fields=["state", "handled_at", "handled_by", "because"])
    foundation.record(
        WarningHandled(warning_id=row.id, case_id=row.case_id, warning_kind=row.kind, state=state),
        by=by,
        at=at,
    )
    return row


@foundation.operation
def warn(
    *, application_id: UUID, kind: str, key: str, values: Mapping[str, str], by: Actor, at: datetime
) -> Warning:
    """Raise one warning by hand of another part, such as EXPENSE_CAPPED by the assessment. Once for a key."""
    application = Application.objects.get(id=application_id)
    known = Warning.objects.filter(case_id=application.case_id, key=key).first()
    if known is not None:
        return known
    row = Warning(
        case_id=application.case_id,
        application=application,
        month=application.month,
        kind=kind,
        key=key,
        values=dict(values),
        raised_at=at,
    )
    row.save(force_insert=True)
    foundation.record(WarningRaised(warning_id=row.id, case_id=row.case_id, warning_kind=kind), by=by, at=at)
    return row


def _findings(application: Application, told: _Told | None) -> tuple[Finding, ...]:
    month = Month.parse(application.month)
    answers = read_answers(application.answers)
    known = household_known(application, answers)
    before = earlier_application(application)
    return find_warnings(
        month=application.month,
        control_month=str(month.previous()),
        earlier_month=str(month.plus(-2)),
        figures=figures_of(application, told.figures if told else None),
        states=states_of(application, known.adults, told.answers if told else None),
        benefits=benefits_on(month.first),
        now=home_of(answers),
        before=home_of(read_answers(before.answers)) if before is not None else None,
        household_in_register=known.registered,
        special_kinds=[cost.kind for cost in answers.special if cost.kind not in _needs_of_the_board(application)],
        costs=[(cost.kind, cost.amount_kr) for cost in answers.costs or ()],
        account_of_a_stranger=answers.account.number[-4:]
        if answers.account is not None and is_account_of_a_stranger(application.id)
        else "",
        settings=comparison_on(month.first),
    )


def _needs_of_the_board(application: Application) -> list[str]:
    """Special needs that the board lets be decided without a person, so that no one is asked to look at each."""
    rule = rule_on(foundation.day_of(application.submitted_at))
    return list(rule.special_kinds) if rule is not None else []


def _adults(application: Application) -> tuple[Asked, ...]:
    ids = [("a1", application.applicant_id), ("a2", application.co_applicant_id)]
    return tuple(
        Asked(of, person_id, _number(person_id))
        for of, person_id in ids
        if person_id is not None
    )


def _number(person_id: UUID) -> str | None:
    held = people.identity_number_of(person_id, FETCHER)
    return held.number if held is not None and held.kind != "reserve" else None


def _ask(asked: Asked, period: AskedPeriod, case_number: str) -> RegisterAnswers | None:
    """None when nobody could be asked; then every agency is missing."""
    if asked.number is None:
        return None
    try:
        answers = ports.registers().fetch(asked.number, period, case_number, "handslag")
        if not isinstance(answers, RegisterAnswers) or answers.identity_number != asked.number:
            log.error("registers.answer_of_another_question", of=asked.of)
            return None
        return answers
    except Exception as fault:
        log.error("registers.fault", fault=type(fault).__name__)
        return None


def _mark(asked: Asked) -> str:
    """The population register's mark; "" when no such register is wired, `unknown` when it fails."""
    try:
        port = ports.population()
    except ports.PortNotWired:
        return ""
    if asked.number is None:
        return "unknown"
    try:
        return str(port.look_up(asked.number).protection)
    except Exception as fault:
        log.error("population.fault", fault=type(fault).__name__)
        return "unknown"


def protection_of(identity_number: str) -> str:
    """What the population register says of a number's protection; `unknown` where it is not wired or does not answer."""
    try:
        answer = ports.population().look_up(identity_number)
        return str(answer.protection) if answer.identity_number == identity_number else "unknown"
    except Exception as fault:
        log.error("population.fault", fault=type(fault).__name__)
        return "unknown"


def _told_of_mark(application: Application, asked: Asked, mark: str, at: datetime) -> RegisterAnswer:
    """Whether the population register told about protection; the mark itself stands on the person alone."""
    return RegisterAnswer(
        application=application,
        person_id=asked.person_id,
        of=asked.of,
        agency=POPULATION,
        state="ok" if mark not in ("", "unknown") else "missing",
        reason_code="" if mark else "not_wired",
        source="population register",
        fetched_at=at,
    )


def _set_marks(
    application: Application, asked: Sequence[Asked], marks: Mapping[str, str], at: datetime
) -> None:
    """A mark that the register has and we do not is set at once; none is ever taken away here.

    Named are those who are told of the case: who is responsible, else the managers, of a closed case the named among them.
    An unknown mark sets none: the application goes to a person instead.
    """
    for each in asked:
        mark = marks.get(each.of, "")
        if mark in ("", "none", "unknown") or people.get_person(each.person_id, FETCHER).is_protected:
            continue
        named = casework.those_to_tell(application.case)
        people.protect_person(person_id=each.person_id, mark=mark, named_account_ids=named, by=FETCHER, at=at)


def _agencies(answers: RegisterAnswers | None, at: datetime) -> tuple[AgencyAnswer, ...]:
    """One answer for each agency: what was said, or `missing` for one that is not there."""
    said = {answer.agency: answer for answer in answers.agencies} if answers is not None else {}
    return tuple(
        said.get(agency)
        or AgencyAnswer(
            agency,
            AnswerState.MISSING,
            at,
            "handslag",
            reason_code="not_asked" if answers is None else "no_answer",
        )
        for agency in Agency
    )
