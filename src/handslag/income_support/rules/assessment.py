"""The result of an assessment: its lines, its sums, and the answer in the format of cases/README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from handslag.income_support.rules.parameters import Status, month_text
from handslag.income_support.rules.wording import LABELS, NOTES

Answer = Literal["granted", "refused", "cannot_tell"]

NOTHING = Decimal(0)
GROUPS = ("norm", "cost", "special", "income")
JOB_STIMULUS = "income.job_stimulus"


@lru_cache(maxsize=512)
def _group_of(code: str) -> str:
    """The codes are few and the lines are many."""
    return code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the calculation. `applied`: what was asked for or stated; `amount`: what counts. Kronor.

    Every code begins with its group (norm, cost, special, income); the sums of the groups are the totals.
    """

    code: str
    of: str | None
    applied: Decimal | None
    amount: Decimal
    source: str
    status: Status = "confirmed"

    @property
    def group(self) -> str:
        return _group_of(self.code)

    @property
    def label(self) -> str:
        return label_of(self.code)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader of the calculation should know; `values` fill its text."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return NOTES[self.code].format(**self.values)


@dataclass(frozen=True, slots=True)
class Part:
    """What one group of lines gives to the whole."""

    lines: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    missing: tuple[str, ...] = ()


NO_PART = Part()


class Sums(NamedTuple):
    """The sums of the groups, the job stimulus as a positive amount, and whether every line is confirmed."""

    norm: Decimal
    cost: Decimal
    special: Decimal
    income: Decimal
    stimulus: Decimal
    status: Status

    @property
    def balance(self) -> Decimal:
        return self.income - self.norm - self.cost


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole calculation of one month. Built by `from_lines`, so that sums always follow from lines."""

    month: date
    answer: Answer
    norm: Decimal
    costs_approved: Decimal
    special_approved: Decimal
    incomes_counted: Decimal
    job_stimulus_disregarded: Decimal
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    notes: tuple[Note, ...]
    rule_version: str
    rules_status: Status

    @property
    def balance(self) -> Decimal:
        """Incomes less norm and approved costs; negative is a deficit. Special needs stand outside."""
        return self.incomes_counted - self.norm - self.costs_approved

    @property
    def deficit(self) -> Decimal:
        return max(NOTHING, -self.balance)

    @property
    def surplus(self) -> Decimal:
        return max(NOTHING, self.balance)

    @property
    def granted(self) -> Decimal:
        """The deficit and the special needs; a surplus reduces what is granted for them."""
        return max(NOTHING, self.special_approved - self.balance)

    @property
    def cut_lines(self) -> tuple[Line, ...]:
        """Costs and needs that are approved with less than was applied for."""
        asked = (line for line in self.lines if line.group in ("cost", "special"))
        return tuple(line for line in asked if line.applied is not None and line.amount < line.applied)

    def as_answer(self) -> dict[str, Any]:
        """The answer of `handslag assess`: plain values, amounts as numbers with at most two decimals."""
        return {
            "month": month_text(self.month),
            "answer": self.answer,
            "norm": number(self.norm),
            "costs_approved": number(self.costs_approved),
            "special_approved": number(self.special_approved),
            "incomes_counted": number(self.incomes_counted),
            "job_stimulus_disregarded": number(self.job_stimulus_disregarded),
            "balance": number(self.balance),
            "deficit": number(self.deficit),
            "surplus": number(self.surplus),
            "granted": number(self.granted),
            "lines": [
                {
                    "code": line.code,
                    "of": line.of,
                    "label": line.label,
                    "applied": None if line.applied is None else number(line.applied),
                    "amount": number(line.amount),
                    "source": line.source,
                    "status": line.status,
                }
                for line in self.lines
            ],
            "missing": list(self.missing),
            "notes": [{"code": note.code, "text": note.text} for note in self.notes],
            "rule_version": self.rule_version,
            "rules_status": self.rules_status,
        }


def as_stored(result: Assessment) -> dict[str, Any]:
    """The answer whose notes keep their values too, so that they can be told in the reader's language."""
    notes = [{"code": note.code, "text": note.text, "values": dict(note.values)} for note in result.notes]
    return {**result.as_answer(), "notes": notes}


def from_lines(
    *,
    month: date,
    lines: Iterable[Line],
    missing: Iterable[str],
    notes: Iterable[Note],
    rule_version: str,
    rules_status: Status = "confirmed",
    last_notes: Callable[[Sums], Iterable[Note]] | None = None,
) -> Assessment:
    """Sums the lines and answers. Anything missing is `cannot_tell`; an unconfirmed line makes the rules so.

    `last_notes` gives the notes that need the sums; they come after the others.
    """
    rows = tuple(lines)
    lacking = tuple(missing)
    sums = sum_lines(rows, rules_status)
    answer: Answer = "granted" if sums.special > sums.balance else "refused"
    return Assessment(
        month=month,
        answer="cannot_tell" if lacking else answer,
        norm=sums.norm,
        costs_approved=sums.cost,
        special_approved=sums.special,
        incomes_counted=sums.income,
        job_stimulus_disregarded=sums.stimulus,
        lines=rows,
        missing=lacking,
        notes=(*notes, *last_notes(sums)) if last_notes else tuple(notes),
        rule_version=rule_version,
        rules_status=sums.status,
    )


def sum_lines(lines: Iterable[Line], rules_status: Status = "confirmed") -> Sums:
    """The sums of the lines, each in the group that its code begins with."""
    by_group = dict.fromkeys(GROUPS, NOTHING)
    stimulus, status = NOTHING, rules_status
    for line in lines:
        code, amount = line.code, line.amount
        by_group[_group_of(code)] += amount
        if code == JOB_STIMULUS:
            stimulus -= amount
        if line.status != "confirmed":
            status = "unconfirmed"
    norm, cost, special, income = by_group.values()
    return Sums(norm, cost, special, income, stimulus, status)


def line_keys(lines: Iterable[Line]) -> tuple[str, ...]:
    """A name for each line that is the same when the same facts are assessed again: `cost.rent`, `cost.rent#2`."""
    seen: dict[str, int] = {}
    keys = []
    for line in lines:
        key = f"{line.code}:{line.of}" if line.of else line.code
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return tuple(keys)


def label_of(code: str) -> str:
    """The label of a line in English, by its code; the web translates by the same words."""
    if code in LABELS:
        return LABELS[code]
    kind, _, rest = code.rpartition(".")
    return LABELS[f"{kind}.*"].format(rest=rest)


def number(amount: Decimal) -> int | float:
    """A JSON number: whole kronor without decimals, else at most two."""
    return int(amount) if amount == amount.to_integral_value() else float(round(amount, 2))
