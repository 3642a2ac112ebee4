"""The assessment side by side: the system's value, the case worker's value, and why; and what is approved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from handslag.foundation.public import Actor
from handslag.income_support.models import (
    Assessment,
    AssessmentChange,
    RegisterFigure,
    Section,
    SectionApproval,
)
from handslag.income_support.operations.assessments import result_of, system_of
from handslag.income_support.queries.stated import counted_figures
from handslag.income_support.rules.answered import ApplicationAnswers, read_answers
from handslag.income_support.rules.assessment import Assessment as Computed
from handslag.income_support.rules.assessment import Line, line_keys
from handslag.income_support.rules.changes import section_digest
from handslag.income_support.rules.stated import is_asked, stated_kr


@dataclass(frozen=True, slots=True)
class LineSideBySide:
    """`system_kr` is None for a line that the case worker added or that is gone from the system's calculation.

    `stated_kr` is what the application says, None when it says nothing; `is_asked` is False for what nobody is asked to
    state, such as the norm. `figures` are the payments that a register tells of and the line counts.
    """

    key: str
    code: str
    of: str | None
    section: str
    applied_kr: Decimal | None
    stated_kr: Decimal | None
    is_asked: bool
    figures: tuple[RegisterFigure, ...]
    system_kr: Decimal | None
    worker_kr: Decimal | None
    counted_kr: Decimal
    why: str
    changed_by_id: UUID | None
    source: str
    is_confirmed: bool

    @property
    def is_changed(self) -> bool:
        return self.worker_kr is not None and self.worker_kr != self.system_kr


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Everything that the desk shows of an assessment. `approved` holds the sections whose approval still holds."""

    row: Assessment
    lines: tuple[LineSideBySide, ...]
    system: Computed
    result: Computed
    approved: frozenset[str]

    @property
    def sections(self) -> tuple[tuple[str, Any], ...]:
        return tuple(Section.choices)

    @property
    def all_approved(self) -> bool:
        used = {line.section for line in self.lines}
        return used <= self.approved


def get_assessment(application_id: UUID, actor: Actor) -> Assessment | None:
    """The latest assessment of an application that the actor may read: staff always, the household when final."""
    rows = Assessment.objects.filter(application_id=application_id).order_by("-made_at", "-id")
    if actor.is_resident:
        rows = rows.filter(final_at__isnull=False)
    return rows.select_related("snapshot").first()


def assessment_of_decision(decision_id: UUID, actor: Actor) -> Assessment | None:
    """The assessment that a decision rests on, as the actor may read it."""
    return Assessment.objects.filter(decision_id=decision_id).select_related("snapshot").first()


def side_by_side(row: Assessment) -> SideBySide:
    """The three columns, computed from the frozen facts and rules. For staff: changes are read within their rights."""
    system, result = system_of(row), result_of(row)
    of_system = dict(zip(line_keys(system.lines), system.lines, strict=True))
    changes = {
        each.line: each for each in AssessmentChange.objects.filter(assessment=row, withdrawn_at__isnull=True)
    }
    answers = read_answers(row.application.answers)
    figures = counted_figures(row)
    lines = tuple(
        _line(key, line, of_system.get(key), changes.get(key), answers, figures)
        for key, line in zip(_keys(result, changes), result.lines, strict=True)
    )
    approvals = SectionApproval.objects.filter(assessment=row).values_list("section", "digest")
    approved = frozenset(
        section for section, digest in approvals if digest == section_digest(result, section)
    )
    return SideBySide(row=row, lines=lines, system=system, result=result, approved=approved)


def _keys(result: Computed, changes: dict[str, AssessmentChange]) -> tuple[str, ...]:
    """The keys of the result's lines. An added line keeps the key that the case worker gave it."""
    keys = line_keys(result.lines)
    spare = [key for key in changes if key not in keys]
    return tuple(
        next((each for each in spare if _same(each, line)), key)
        if line.source == "case worker" and key not in changes
        else key
        for key, line in zip(keys, result.lines, strict=True)
    )


def _same(key: str, line: Line) -> bool:
    code, _, of = key.partition("#")[0].partition(":")
    return code == line.code and (of or None) == line.of


def _line(
    key: str,
    line: Line,
    system: Line | None,
    change: AssessmentChange | None,
    answers: ApplicationAnswers,
    figures: dict[str, tuple[RegisterFigure, ...]],
) -> LineSideBySide:
    return LineSideBySide(
        key=key,
        code=line.code,
        of=line.of,
        section=line.group,
        applied_kr=line.applied,
        stated_kr=stated_kr(key, answers),
        is_asked=is_asked(line.code),
        figures=figures.get(key, ()),
        system_kr=None if system is None else system.amount,
        worker_kr=None if change is None else change.worker_kr,
        counted_kr=line.amount,
        why="" if change is None else change.why,
        changed_by_id=None if change is None else change.changed_by_id,
        source=line.source if system is None else system.source,
        is_confirmed=line.status == "confirmed",
    )
