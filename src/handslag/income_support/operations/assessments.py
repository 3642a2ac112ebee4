"""Every way that an assessment changes: made, refreshed, a line changed or taken back, a section approved, final."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Month
from handslag.income_support.errors_assessment import (
    AssessmentChangedElsewhere,
    AssessmentIsFinal,
    FactsCannotBeAssessed,
    NoSuchAssessment,
    NotYourAssessment,
)
from handslag.income_support.events.assessments import (
    AssessmentFinal,
    AssessmentMade,
    LineChanged,
    SectionApproved,
)
from handslag.income_support.models import (
    Application,
    Assessment,
    AssessmentChange,
    Section,
    SectionApproval,
)
from handslag.income_support.operations.rules import freeze, parameters_for, thawed
from handslag.income_support.rules import assessment as computed
from handslag.income_support.rules.assess_month import assess_month
from handslag.income_support.rules.assessment import as_stored, line_keys
from handslag.income_support.rules.changes import ENGINE, Change, is_line, lay_over, section_digest
from handslag.income_support.rules.facts import BadFacts
from handslag.income_support.rules.facts_from import Missing
from handslag.income_support.rules.parameters import NoRules
from handslag.income_support.rules.read_facts import read_facts

LONGEST_WHY = 2000


@foundation.operation
def make_assessment(
    *,
    application_id: UUID,
    facts: Mapping[str, Any],
    missing: Iterable[Missing] = (),
    by: Actor,
    at: datetime,
) -> Assessment:
    """Calculate the month with these facts, or calculate again: a case worker's changes are kept beside the new values.

    `facts` is a case in the format of `handslag assess`; local rules are the municipality's own, never the case's.
    Raises FactsCannotBeAssessed for facts that contradict each other, BadInput for a month without rules.
    """
    application = foundation.find_row(Application, application_id, lock=True)
    if application is None:
        raise NoSuchAssessment
    _require_worker(application.case_id, by)
    return assess_locked(application, facts, missing, by=by, at=at)[0]


def assess_locked(
    application: Application, facts: Mapping[str, Any], missing: Iterable[Missing], *, by: Actor, at: datetime
) -> tuple[Assessment, computed.Assessment]:
    """What `make_assessment` does, inside an operation that has locked the application; also the calculation itself.

    The calculation is the one with the case worker's values, as the row's `result` holds it.
    """
    month = Month.parse(application.month)
    parameters = parameters_for(month)
    try:
        system = assess_month(read_facts(facts), parameters=parameters)
    except BadFacts as fault:
        raise FactsCannotBeAssessed(fault.where, fault.what) from fault
    except NoRules as fault:
        raise FactsCannotBeAssessed(fault.where, fault.what) from fault
    row = next(iter(_open_locked(application.id)), None)
    is_new = row is None
    if row is None:
        row = Assessment(
            application=application,
            case_id=application.case_id,
            applicant_id=application.applicant_id,
            co_applicant_id=application.co_applicant_id,
            month=application.month,
            made_at=at,
        )
    else:
        row.version += 1
    row.facts = dict(facts)
    row.missing = [
        {"said": foundation.said(each.code, **dict(each.values)), "where": each.where} for each in missing
    ]
    row.snapshot = freeze(parameters, at)
    row.rule_version = parameters.rule_version
    row.system = as_stored(system)
    row.refreshed_at = at
    result = _set_result(row, system)
    if is_new:
        row.save(force_insert=True)
    else:
        row.save()
    foundation.record(
        AssessmentMade(
            assessment_id=row.id,
            application_id=application.id,
            case_id=row.case_id,
            person_id=row.applicant_id,
            answer=system.answer,
            refreshed=not is_new,
        ),
        by=by,
        at=at,
    )
    return row, result


@foundation.ready
def _open_locked(application_id: UUID) -> QuerySet[Assessment]:
    rows = Assessment.objects.select_for_update().filter(application_id=application_id, final_at__isnull=True)
    return rows.order_by("id")[:1]


@foundation.operation
def refresh_assessment(*, application_id: UUID, by: Actor, at: datetime) -> Assessment:
    """Calculate again with what the registers and the population register say now."""
    from handslag.income_support.queries.facts import facts_of

    application = Application.objects.filter(id=application_id).first()
    if application is None:
        raise NoSuchAssessment
    made = facts_of(application)
    return make_assessment(application_id=application_id, facts=made.case, missing=made.missing, by=by, at=at)


@foundation.operation
def change_line(
    *, assessment_id: UUID, version: int, line: str, amount: Decimal | int | str, why: str, by: Actor, at: datetime
) -> Assessment:
    """Put the case worker's own value of a line beside the system's, with the reason; kronor, two decimals.

    `line` is a key of the calculation (`cost.rent`) or of a line to add (`income.other:a1`). Raises
    AssessmentChangedElsewhere when the version is stale, and BadInput by field.
    """
    row = _locked(assessment_id, version, by)
    worker_id = _worker_id(by)
    value, reason = foundation.money(amount), why.strip()
    if not reason:
        raise BadInput("The reason is missing.", where="why", do="Write why your value differs.")
    if len(reason) > LONGEST_WHY:
        raise BadInput("The reason is too long.", where="why", do="Write it shorter; put the rest in a note.")
    system = system_of(row)
    values = dict(zip(line_keys(system.lines), system.lines, strict=True))
    if line not in values and not is_line(line):
        raise BadInput("There is no such line.", where="line", do="Choose a line of the calculation.")
    if value < 0 and not line.startswith(computed.JOB_STIMULUS):
        raise BadInput("The amount is below zero.", where="amount", do="Write zero or more.")
    AssessmentChange.objects.filter(assessment=row, line=line, withdrawn_at__isnull=True).update(withdrawn_at=at)
    AssessmentChange(
        assessment=row,
        case_id=row.case_id,
        line=line,
        system_kr=values[line].amount if line in values else None,
        worker_kr=value,
        why=reason,
        changed_by_id=worker_id,
        changed_at=at,
    ).save(force_insert=True)
    return _saved_change(row, system, line, withdrawn=False, by=by, at=at)


@foundation.operation
def withdraw_change(*, assessment_id: UUID, version: int, line: str, by: Actor, at: datetime) -> Assessment:
    """Take a changed value back: the system's value counts again. Nothing changed is the same as taken back."""
    row = _locked(assessment_id, version, by)
    gone = AssessmentChange.objects.filter(assessment=row, line=line, withdrawn_at__isnull=True).update(withdrawn_at=at)
    if not gone:
        return row
    return _saved_change(row, system_of(row), line, withdrawn=True, by=by, at=at)


@foundation.operation
def approve_section(
    *, assessment_id: UUID, version: int, section: str, by: Actor, at: datetime
) -> SectionApproval:
    """A case worker has gone through a section; it holds while its lines stay as they are."""
    row = _locked(assessment_id, version, by)
    if section not in Section.values:
        raise BadInput("There is no such section.", where="section", do="Choose a section of the calculation.")
    worker_id = _worker_id(by)
    digest = section_digest(result_of(row), section)
    known = SectionApproval.objects.filter(assessment=row, section=section, digest=digest).first()
    if known is not None:
        return known
    approval = SectionApproval(
        assessment=row,
        case_id=row.case_id,
        section=section,
        digest=digest,
        approved_by_id=worker_id,
        approved_at=at,
    )
    approval.save(force_insert=True)
    foundation.record(
        SectionApproved(assessment_id=row.id, case_id=row.case_id, section=section), by=by, at=at
    )
    return approval


def settle(row: Assessment, decision_id: UUID, *, by: Actor, at: datetime) -> None:
    """The decision rests on the assessment, which never changes again. Called inside the deciding operation."""
    row.decision_id, row.final_at = decision_id, at
    row.save(update_fields=["decision", "final_at"])
    foundation.record(
        AssessmentFinal(
            assessment_id=row.id,
            application_id=row.application_id,
            case_id=row.case_id,
            person_id=row.applicant_id,
            decision_id=decision_id,
        ),
        by=by,
        at=at,
    )


def system_of(row: Assessment) -> computed.Assessment:
    """The system's calculation, computed again from the frozen facts and parameters."""
    return assess_month(read_facts(row.facts), parameters=thawed(row.snapshot, Month.parse(row.month)))


def result_of(row: Assessment, *, engine: int | None = None) -> computed.Assessment:
    """The calculation with the case worker's values, by the engine that it was made by, or by another to compare with."""
    return _laid_over(row, system_of(row), row.engine if engine is None else engine)


def changes_of(row: Assessment) -> list[Change]:
    """The changes in force."""
    held = AssessmentChange.objects.filter(assessment=row, withdrawn_at__isnull=True)
    return [Change(each.line, each.worker_kr) for each in held.order_by("changed_at", "id")]


def open_assessment(application_id: UUID) -> Assessment | None:
    """The assessment of an application that no decision rests on yet, as the actor may see it."""
    return Assessment.objects.filter(application_id=application_id, final_at__isnull=True).first()


def lock(assessment_id: UUID, version: int | None, by: Actor) -> Assessment:
    """The open assessment locked for a decision; the errors are those of `change_line`."""
    return _locked(assessment_id, version, by)


def _locked(assessment_id: UUID, version: int | None, by: Actor) -> Assessment:
    row = foundation.find_row(Assessment, assessment_id, lock=True)
    if row is None:
        if Assessment.objects.filter(id=assessment_id).exists():
            raise NotYourAssessment
        raise NoSuchAssessment
    _require_worker(row.case_id, by)
    if row.final_at is not None:
        raise AssessmentIsFinal
    if version is not None and row.version != version:
        raise AssessmentChangedElsewhere(row.version)
    return row


def _require_worker(case_id: UUID, by: Actor) -> None:
    from handslag.casework import public as casework

    if by.is_system:
        return
    case = foundation.find_row(casework.Case, case_id)
    if case is None:
        raise NoSuchAssessment
    if not by.is_staff or not casework.may("decide", case, by):
        raise NotYourAssessment


def _worker_id(by: Actor) -> UUID:
    """A person's own values and approvals are never the system's."""
    if by.account_id is None:
        raise NotYourAssessment
    return by.account_id


def _laid_over(row: Assessment, system: computed.Assessment, engine: int) -> computed.Assessment:
    """The system's calculation with the changes in force, and what follows from them by rule."""
    changes = changes_of(row)
    if not changes:
        return system
    parameters = thawed(row.snapshot, Month.parse(row.month))
    return lay_over(engine, read_facts(row.facts), system, changes, parameters=parameters)


def _set_result(row: Assessment, system: computed.Assessment) -> computed.Assessment:
    row.engine = ENGINE
    result = system if row._state.adding else _laid_over(row, system, ENGINE)
    row.result = as_stored(result)
    return result


def _saved_change(
    row: Assessment, system: computed.Assessment, line: str, *, withdrawn: bool, by: Actor, at: datetime
) -> Assessment:
    row.version += 1
    _set_result(row, system)
    row.save(update_fields=["version", "result", "engine"])
    foundation.record(
        LineChanged(assessment_id=row.id, case_id=row.case_id, line=line, withdrawn=withdrawn), by=by, at=at
    )
    return row
