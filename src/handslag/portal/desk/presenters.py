"""The calculation as the desk shows it: the lines of the letter, with the two values and the reason beside each."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from handslag.foundation import public as foundation
from handslag.income_support import public as income_support

# What a case worker may add by hand; the norm follows from the household and is never added.
ADDABLE = (
    "cost.rent", "cost.electricity", "cost.home_insurance", "cost.work_travel", "cost.unemployment_fund",
    "cost.union_fee", "special.spectacle_frames", "special.medical_care", "special.medicine", "special.dental_care",
    "special.child_care_fee", "special.home_equipment", "special.infant_equipment", "special.moving",
    "special.funeral", "special.other", "income.salary", "income.child_allowance", "income.housing_allowance",
    "income.maintenance_support", "income.sickness_benefit", "income.parental_benefit",
    "income.unemployment_benefit", "income.activity_grant", "income.pension", "income.student_aid",
    "income.tax_refund", "income.other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SideLine:
    """One line: what the applicant stated, what a register says with its source and time, the system's value, the case
    worker's, and what counts. `is_asked`: an application has a field for it."""

    key: str
    label: str
    explanation: str
    stated_kr: Decimal | None
    is_asked: bool
    register_kr: Decimal | None
    register_names: str
    register_at: datetime | None
    system_kr: Decimal | None
    worker_kr: Decimal | None
    counted_kr: Decimal
    why: str
    who: str
    source: str
    is_confirmed: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class SideSection:
    """A part of the calculation that is gone through by itself."""

    code: str
    heading: "str | Promise"
    lines: tuple[SideLine, ...]
    system_kr: Decimal
    counted_kr: Decimal
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Everything that the calculation's page shows of an assessment."""

    version: int
    sections: tuple[SideSection, ...]
    sums: tuple[Any, ...]
    notes: tuple[str, ...]
    system_kr: Decimal
    counted_kr: Decimal
    is_confirmed: bool
    rules_mark: str
    all_approved: bool

    @property
    def lines(self) -> tuple[SideLine, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def difference_kr(self) -> Decimal:
        """What the case worker's values add to what the system would grant; below zero when they take away."""
        return self.counted_kr - self.system_kr


def side_of(row: income_support.Assessment, actor: foundation.Actor) -> Side:
    """The assessment side by side, with the words of the letter."""
    view = income_support.side_by_side(row)
    shown = income_support.shown_assessment(row)
    words = {line.key: line for line in shown.lines}
    names = _names({line.changed_by_id for line in view.lines if line.changed_by_id})
    sections = []
    for code, heading in view.sections:
        lines = tuple(_line(line, words.get(line.key), names) for line in view.lines if line.section == code)
        if lines:
            sections.append(_section(code, heading, lines, code in view.approved))
    return Side(
        version=row.version,
        sections=tuple(sections),
        sums=shown.sums,
        notes=shown.notes,
        system_kr=view.system.granted,
        counted_kr=view.result.granted,
        is_confirmed=shown.is_confirmed,
        rules_mark=shown.rule_version.rpartition("@")[2],
        all_approved=view.all_approved,
    )


def addable_lines() -> list[tuple[str, str]]:
    """The lines that can be added, by their names."""
    return [(code, label_of(code)) for code in ADDABLE]


def label_of(code: str) -> str:
    """The name of a line of the calculation."""
    return foundation.tell(foundation.said(f"line.{code}"))


def _section(
    code: str, heading: "str | Promise", lines: tuple[SideLine, ...], is_approved: bool
) -> SideSection:
    return SideSection(
        code=code,
        heading=heading,
        lines=lines,
        system_kr=sum((line.system_kr or Decimal(0) for line in lines), Decimal(0)),
        counted_kr=sum((line.counted_kr for line in lines), Decimal(0)),
        is_approved=is_approved,
    )


def _line(line: income_support.LineSideBySide, words: Any, names: dict[Any, str]) -> SideLine:
    return SideLine(
        key=line.key,
        label=words.label if words else label_of(line.code),
        explanation=words.explanation if words else "",
        stated_kr=line.stated_kr,
        is_asked=line.is_asked,
        register_kr=sum((one.amount_kr for one in line.figures), Decimal(0)) if line.figures else None,
        register_names=", ".join(
            dict.fromkeys(income_support.figure_in_words(one)[0] for one in line.figures)
        ),
        register_at=max((one.fetched_at for one in line.figures), default=None),
        system_kr=line.system_kr,
        worker_kr=line.worker_kr,
        counted_kr=line.counted_kr,
        why=line.why,
        who=names.get(line.changed_by_id, ""),
        source=line.source,
        is_confirmed=line.is_confirmed,
        is_changed=line.is_changed,
    )


def _names(accounts: set[Any]) -> dict[Any, str]:
    if not accounts:
        return {}
    return dict(foundation.Account.objects.filter(id__in=accounts).values_list("id", "name"))
