"""What the person has told in an application, as lines for the case worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.public import Application, Question
from handslag.portal.shell import formats

LEFT_OUT = ("information", "summary")
WITH_LABEL = ("gross_kr", "days_a_month", "lunch_away", "pupil")


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the application with its answers: (question, answer)."""

    title: str
    lines: tuple[tuple[str, str], ...]


def sections_of(application: Application) -> tuple[Section, ...]:
    """The steps that were answered, in the order that they were asked."""
    answered = [step for step in income_support.STEPS if step in application.answers and step not in LEFT_OUT]
    return tuple(
        Section(str(income_support.STEP_WORDS[step].title), lines)
        for step in answered
        if (lines := _lines(step, application.answers[step] or {}))
    )


def _lines(step: str, answered: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    lines: list[tuple[str, str]] = []
    for question in income_support.questions_of(step):
        value = answered.get(question.field.name)
        if question.field.kind == "known" or not question.field.is_asked(answered):
            continue
        if question.field.kind == "rows":
            rows = [row for row in value or [] if isinstance(row, Mapping)]
            lines += [(str(question.label), _row(question, row)) for row in rows]
        elif value not in (None, "", []):
            lines.append((str(question.label), _answer(question, value)))
    return tuple(lines)


def _row(question: Question, row: Mapping[str, Any]) -> str:
    return " · ".join(
        f"{part.label}: {_answer(part, row[part.field.name])}"
        if part.field.name in WITH_LABEL
        else _answer(part, row[part.field.name])
        for part in question.rows
        if part.field.kind != "known" and row.get(part.field.name) not in (None, "", False)
    )


def _answer(question: Question, value: Any) -> str:
    kind = question.field.kind
    words = {key: str(told) for key, told in question.choices}
    if kind in ("yes_no", "tick"):
        return _("Yes") if value in (True, "yes", "on") else _("No")
    if isinstance(value, list):
        return ", ".join(words.get(str(each), str(each)) for each in value)
    try:
        if kind == "money":
            return foundation.kr(Decimal(str(value)))
        if kind == "day":
            return formats.day(str(value))
    except (InvalidOperation, ValueError, foundation.BadInput):
        return str(value)
    return words.get(str(value), str(value))
