"""Answers told back in words: on the summary, on the receipt, and to the partner who signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.public import Question
from handslag.portal.citizen.typed import Household
from handslag.portal.shell import formats

OF_THE_APPLICANT_ALONE = ("account", "occupation", "changes", "why")


@dataclass(frozen=True)
class Told:
    """One question with its answer as a line."""

    label: str
    answer: str


@dataclass(frozen=True)
class Section:
    """One step of the application with what was answered in it."""

    step: str
    title: str
    lines: tuple[Told, ...]
    problems: tuple[str, ...] = ()


def sections_of(
    steps: Sequence[str],
    answers: Mapping[str, Any],
    household: Household,
    problems: Mapping[str, list[str]] | None = None,
) -> tuple[Section, ...]:
    """The answers of the steps in order; what is wrong with a step stands with it."""
    wrong = problems or {}
    return tuple(
        Section(
            step,
            str(income_support.STEP_WORDS[step].title),
            _lines(step, answers.get(step) or {}, household),
            tuple(wrong.get(step, ())),
        )
        for step in steps
        if step not in ("summary", "information")
    )


def steps_in(answers: Mapping[str, Any], *, for_partner: bool = False) -> tuple[str, ...]:
    """The steps that have answers, in the order of the questions. A partner sees what concerns the household."""
    return tuple(
        step
        for step in income_support.STEPS
        if step in answers and not (for_partner and step in OF_THE_APPLICANT_ALONE)
    )


def _lines(step: str, answered: Mapping[str, Any], household: Household) -> tuple[Told, ...]:
    lines: list[Told] = []
    for question in income_support.questions_of(step):
        one = question.field
        if not one.is_asked(answered):
            continue
        value = answered.get(one.name)
        if one.kind == "rows":
            lines += _row_lines(question, value, household)
        elif one.kind == "known":
            if value:
                lines.append(Told(str(question.label), household.names.get("a2", "")))
        elif value not in (None, "", []):
            lines.append(Told(str(question.label), _answer(question, value, household)))
    return tuple(lines)


def _row_lines(question: Question, value: Any, household: Household) -> list[Told]:
    rows = [row for row in value or [] if isinstance(row, Mapping)]
    if not rows:
        return [Told(str(question.label), _("None"))]
    lines = []
    for row in rows:
        parts = {
            part.field.name: _answer(part, row[part.field.name], household)
            for part in question.rows
            if part.field.kind != "known" and row.get(part.field.name) not in (None, "", False)
        }
        label = parts.pop("kind", "") or parts.pop("name", "") or str(question.label)
        lines.append(Told(label, _row_answer(parts, question)))
    return lines


def _row_answer(parts: Mapping[str, str], question: Question) -> str:
    bare = {"amount_kr", "of", "when", "why"}
    labels = {part.field.name: str(part.label) for part in question.rows}
    return " · ".join(told if name in bare else f"{labels[name]}: {told}" for name, told in parts.items())


def _answer(question: Question, value: Any, household: Household) -> str:
    one = question.field
    if one.kind in ("yes_no", "tick"):
        return _("Yes") if value is True else _("No")
    words = {key: str(told) for key, told in question.choices}
    if one.kind == "choices" and isinstance(value, list):
        return ", ".join(words.get(str(each), str(each)) for each in value)
    if one.kind == "choice":
        return words.get(str(value), str(value))
    if one.kind == "money":
        return _kronor(value)
    if one.kind == "day":
        return _day(value)
    if one.name == "of":
        return household.names.get(str(value), str(value))
    return str(value)


def _kronor(value: Any) -> str:
    try:
        return foundation.kr(Decimal(str(value)))
    except (InvalidOperation, foundation.BadInput):
        return str(value)


def _day(value: Any) -> str:
    try:
        return formats.day(str(value))
    except ValueError:
        return str(value)
