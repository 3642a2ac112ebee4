"""A calculation as people see it: the citizen's page, the desk and the letter all show exactly these lines.

The only source is the stored answer of an assessment (the format of `handslag assess`), so what is shown is what
was computed. Every amount of the answer is checked against its lines before it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handslag.foundation.public import HandslagError, Month, kr, money, said, tell
from handslag.income_support import shown_words
from handslag.income_support.rules.facts_from import TOLD_BY_REGISTER
from handslag.income_support.said import HAS_NAME
from handslag.income_support.source_words import source_in_words

GROUPS = ("norm", "cost", "income", "special")
# A reason of a decision that belongs to one line of its calculation.
CUT_LINE = "decision.cut"
CHANGED_LINE = "decision.changed_line"
AMOUNTS_OF_NOTES = frozenset({"applied", "highest", "surplus"})


class CalculationDoesNotAddUp(HandslagError):
    """The stored answer's sums are not those of its lines; it is not shown, and nothing is paid on it."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One row. `amount_kr` counts in its group's sum; `key` names the row across recomputations. `why`: what the case
    worker wrote for the person about a value that differs from the system's; empty for all other lines."""

    key: str
    code: str
    label: str
    amount_kr: Decimal
    explanation: str
    applied_kr: Decimal | None
    source: str
    is_confirmed: bool
    why: str = ""

    @property
    def amount(self) -> str:
        return kr(self.amount_kr)

    @property
    def is_reduced(self) -> bool:
        """Less counts than was stated."""
        return self.applied_kr is not None and self.applied_kr != self.amount_kr


@dataclass(frozen=True, slots=True)
class ShownGroup:
    code: str
    heading: str
    lines: tuple[ShownLine, ...]
    total_label: str
    total_kr: Decimal

    @property
    def total(self) -> str:
        return kr(self.total_kr)


@dataclass(frozen=True, slots=True)
class ShownSum:
    """One row of the summary: sign "", "+" or "−" (U+2212), or "=" for a result."""

    sign: str
    label: str
    amount_kr: Decimal

    @property
    def amount(self) -> str:
        return kr(self.amount_kr)


@dataclass(frozen=True, slots=True)
class ShownCalculation:
    month: Month
    groups: tuple[ShownGroup, ...]
    sums: tuple[ShownSum, ...]
    notes: tuple[str, ...]
    granted_kr: Decimal
    is_confirmed: bool
    rule_version: str

    @property
    def granted(self) -> str:
        return kr(self.granted_kr)

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        return tuple(line for group in self.groups for line in group.lines)


def show_calculation(
    result: Mapping[str, Any],
    *,
    names: Mapping[str, str] | None = None,
    reasons: Sequence[Any] = (),
) -> ShownCalculation:
    """The stored answer in the language of the reader. `names`: what to call the members ("a1" -> "Elin"). `reasons`:
    the decision's; those that belong to a line stand with it.

    Raises CalculationDoesNotAddUp.
    """
    names = names or {}
    whys = {one["values"]["line"]: one["values"]["why"] for one in reasons if _is_of_line(one)}
    keys = _keys(result["lines"])
    rows = [_line(key, row, names, whys.get(key, "")) for key, row in zip(keys, result["lines"], strict=True)]
    totals = {
        "norm": _amount(result["norm"]),
        "cost": _amount(result["costs_approved"]),
        "income": _amount(result["incomes_counted"]),
        "special": _amount(result["special_approved"]),
    }
    balance, granted = _amount(result["balance"]), _amount(result["granted"])
    for group, total in totals.items():
        if sum((row.amount_kr for row in rows if _group(row.code) == group), Decimal(0)) != total:
            _refuse(group)
    if balance != totals["income"] - totals["norm"] - totals["cost"]:
        _refuse("balance")
    if granted != max(Decimal(0), totals["special"] - balance):
        _refuse("granted")
    return ShownCalculation(
        month=Month.parse(result["month"]),
        groups=tuple(
            ShownGroup(
                code=group,
                heading=str(shown_words.HEADINGS[group]),
                lines=tuple(row for row in rows if _group(row.code) == group),
                total_label=str(shown_words.TOTALS[group]),
                total_kr=totals[group],
            )
            for group in GROUPS
            if group != "special" or totals[group] or any(_group(row.code) == group for row in rows)
        ),
        sums=_sums(totals, balance, granted),
        notes=tuple(_note(note, names) for note in result["notes"]),
        granted_kr=granted,
        is_confirmed=result["rules_status"] == "confirmed",
        rule_version=str(result["rule_version"]),
    )


def reasons_beside(calculation: ShownCalculation | None, reasons: Sequence[Any]) -> list[Any]:
    """The reasons of a decision that are not told with a line of the calculation; all of them without one."""
    told = {line.key for line in calculation.lines if line.why} if calculation is not None else set()
    return [one for one in reasons if not (_is_of_line(one) and one["values"]["line"] in told)]


def reasons_of_lines(reasons: Sequence[Any]) -> list[Any]:
    """The reasons that tell of single lines: what was cut, and why a line was changed."""
    return [one for one in reasons if isinstance(one, dict) and one.get("code") in (CUT_LINE, CHANGED_LINE)]


def _is_of_line(reason: Any) -> bool:
    return isinstance(reason, dict) and reason.get("code") == CHANGED_LINE


def _sums(totals: Mapping[str, Decimal], balance: Decimal, granted: Decimal) -> tuple[ShownSum, ...]:
    rows = [
        ShownSum("", str(shown_words.TOTALS["norm"]), totals["norm"]),
        ShownSum("+", str(shown_words.TOTALS["cost"]), totals["cost"]),
        ShownSum("−", str(shown_words.TOTALS["income"]), totals["income"]),
        ShownSum("=", str(shown_words.DEFICIT if balance <= 0 else shown_words.SURPLUS), abs(balance)),
    ]
    if totals["special"]:
        rows.append(ShownSum("+", str(shown_words.TOTALS["special"]), totals["special"]))
    rows.append(ShownSum("=", str(shown_words.GRANTED), granted))
    return tuple(rows)


def _line(key: str, row: Mapping[str, Any], names: Mapping[str, str], why: str) -> ShownLine:
    code, amount = str(row["code"]), _amount(row["amount"])
    applied = None if row["applied"] is None else _amount(row["applied"])
    label = label_of(code)
    who = names.get(row["of"] or "", "")
    explanation = explanation_of(code)
    if applied is not None and applied != amount and _group(code) != "norm":
        of_register = code.startswith("income.") and code.partition(".")[2] in TOLD_BY_REGISTER
        words = shown_words.REGISTER_AND_COUNTED if of_register else shown_words.STATED_AND_APPROVED
        stated = str(words).format(applied=kr(applied), amount=kr(amount))
        explanation = f"{explanation} {stated}".strip()
    return ShownLine(
        key=key,
        code=code,
        label=f"{label} ({who})" if who else label,
        amount_kr=amount,
        explanation=explanation,
        applied_kr=applied,
        source=source_in_words(str(row["source"])),
        is_confirmed=row["status"] == "confirmed",
        why=why,
    )


def label_of(code: str) -> str:
    """The label of a line in the reader's language; the code itself where no words are known."""
    if code in shown_words.LABELS:
        return shown_words.dashed(shown_words.LABELS[code])
    kind, _, rest = code.rpartition(".")
    general = shown_words.LABELS.get(f"{kind}.*")
    return code if general is None else shown_words.dashed(str(general).format(rest=rest))


def explanation_of(code: str) -> str:
    """One or two plain sentences about the line, in the reader's language."""
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        words = shown_words.EXPLANATIONS.get(".".join(parts[:length]))
        if words is not None:
            return str(words)
    return ""


def _note(note: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """In the reader's language when the note keeps its values; else as it was written down, in English."""
    words = shown_words.NOTES.get(str(note["code"]))
    values = note.get("values")
    if words is None or (values is None and "{" in str(words)):
        return str(note.get("text", ""))
    told = {name: _value(name, value, names) for name, value in (values or {}).items()}
    if "kind" in told and not str(words).startswith("{kind}"):
        told["kind"] = told["kind"][:1].lower() + told["kind"][1:]
    return str(words).format(**told)


def _value(name: str, value: Any, names: Mapping[str, str]) -> str:
    """A value of a note as people read it: an amount in kronor, a need by its name, a member by theirs."""
    if name in AMOUNTS_OF_NOTES:
        return kr(money(str(value)))
    if name == "kind":
        return label_of(f"special.{value}")
    if name == "register":
        return tell(said(f"agency.{value}")) if f"agency.{value}" in HAS_NAME else str(value).upper()
    return names.get(str(value), str(value)) if name == "of" else str(value)


def _keys(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """As `rules.assessment.line_keys`, over stored lines."""
    seen: dict[str, int] = {}
    keys = []
    for line in lines:
        key = f"{line['code']}:{line['of']}" if line["of"] else str(line["code"])
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


def _group(code: str) -> str:
    return code.partition(".")[0]


def _amount(value: Any) -> Decimal:
    return Decimal(str(value))


def _refuse(where: str) -> None:
    raise CalculationDoesNotAddUp(
        "The calculation does not add up and is not shown.", where=where, do="Compute the assessment again."
    )
