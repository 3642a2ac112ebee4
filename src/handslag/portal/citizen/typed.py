"""Between the questions of an application and a form in a browser: what is shown, and what was typed.

The questions, their words and their checks belong to income support; here they become controls with names and ids,
and the sent form becomes raw answers again. Nothing is checked here and nothing is lost: wrong answers come back as
they were typed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.public import Problem, Question

LONG_TEXT = 200
MOST_ROWS = 20
WIDTHS = {"money": 10, "number": 4, "identity": 14, "account": 14, "giro": 12}


@dataclass(frozen=True)
class Choice:
    """One answer to choose: what is sent, what is said, and whether it is chosen."""

    value: str
    words: str
    chosen: bool
    id: str


@dataclass(frozen=True)
class Control:
    """One question on the page. `control` is the kind of box: radio, tick, ticks, select, line, text, day, rows, hidden."""

    name: str
    id: str
    control: str
    label: str
    hint: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    width: int | None = None
    optional: bool = False
    numeric: bool = False
    shown_when: str = ""
    problem: str = ""
    rows: tuple["Row", ...] = ()
    one: str = ""

    @property
    def described(self) -> str:
        """The ids that explain the box: its hint and its error."""
        return " ".join([f"{self.id}_about"] * bool(self.hint) + [f"{self.id}_error"] * bool(self.problem))

    @property
    def first_id(self) -> str:
        """Where a link to the question should lead."""
        return self.choices[0].id if self.choices and self.control in ("radio", "ticks") else self.id


@dataclass(frozen=True)
class Row:
    """One child, one cost, one income of a list."""

    number: int
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Household:
    """What the members are called: `a1` is the applicant, `a2` the partner, `c1` the first child."""

    names: Mapping[str, str] = field(default_factory=dict)


def controls_of(
    step: str,
    answered: Mapping[str, Any],
    problems: Sequence[Problem] = (),
    *,
    household: Household | None = None,
    more_rows: str = "",
) -> tuple[Control, ...]:
    """The controls of a step, filled with what is answered. `more_rows` names a list that gets one more empty row."""
    told = {problem.where: words_of(problem) for problem in problems}
    names = household or Household()
    shown = [
        _control(
            question, f"{step}.{question.field.name}", question.field.name, answered, told, names, more_rows
        )
        for question in income_support.questions_of(step)
    ]
    return tuple(one for one in shown if one is not None)


def typed_answers(step: str, sent: QueryDict) -> dict[str, Any]:
    """The raw answers of a step as they were typed; empty rows of a list are left out."""
    return {
        question.field.name: value
        for question in income_support.questions_of(step)
        if (value := _typed(question, question.field.name, sent)) not in (None, "")
    }


def words_of(problem: Problem) -> str:
    """What is wrong, in the reader's language."""
    return foundation.tell(foundation.said(problem.code, **problem.values))


def household_names(answers: Mapping[str, Any], own_name: str, partner: str = "") -> Household:
    """The members by the names that the answers give them."""
    names = {"a1": _("{name} (you)").format(name=own_name) if own_name else _("You")}
    if (answers.get("household") or {}).get("living") == "partner":
        names["a2"] = partner or _("Your partner")
    children = (answers.get("children") or {}).get("children") or []
    for number, child in enumerate(children, start=1):
        names[f"c{number}"] = str(child.get("name") or _("Child {number}").format(number=number))
    return Household(names)


def _control(
    question: Question,
    place: str,
    name: str,
    answered: Mapping[str, Any],
    told: Mapping[str, str],
    household: Household,
    more_rows: str,
) -> Control | None:
    one = question.field
    value = answered.get(one.name)
    common: dict[str, Any] = {
        "name": name,
        "id": f"id_{name}",
        "label": str(question.label),
        "hint": str(question.hint),
        "optional": not one.required and one.kind not in ("rows", "yes_no"),
        "shown_when": _shown_when(one),
        "problem": told.get(place, ""),
    }
    if one.kind == "known":
        return Control(**common, control="hidden", value=str(value)) if value and "-" in name else None
    if one.kind == "rows":
        return Control(
            **common,
            control="rows",
            one=str(question.label),
            rows=_rows(question, place, name, value, told, household, more_rows == one.name),
        )
    if one.name == "of":
        options = tuple(
            Choice(key, words, str(value or "a1") == key, "") for key, words in household.names.items()
        )
        return Control(**common, control="select", choices=options)
    if one.kind in ("choice", "choices", "yes_no"):
        return _to_choose(question, common, value)
    if one.kind == "tick":
        return Control(**common, control="tick", value="yes" if value else "")
    if one.kind == "text" and one.length > LONG_TEXT:
        return Control(**common, control="text", value=_written(value))
    if one.kind == "day":
        written = _written(value)
        return Control(
            **common, control="day" if not written or _is_day(written) else "line", value=written, width=12
        )
    return Control(
        **common,
        control="line",
        value=_money(value) if one.kind == "money" else _written(value),
        unit="kr" if one.kind == "money" else "",
        width=WIDTHS.get(one.kind),
        numeric=one.kind in WIDTHS,
    )


def _to_choose(question: Question, common: dict[str, Any], value: Any) -> Control:
    one = question.field
    if one.kind == "yes_no":
        pairs: tuple[tuple[str, Any], ...] = (("yes", _("Yes")), ("no", _("No")))
        chosen = {"yes" if value is True or value == "yes" else "no"} if value is not None else set()
    else:
        pairs = question.choices
        chosen = set(value) if isinstance(value, list) else {str(value)}
    in_row = "-" in common["name"]
    options = tuple(
        Choice(key, str(words), key in chosen, f"{common['id']}_{number}")
        for number, (key, words) in enumerate(pairs)
    )
    kind = "ticks" if one.kind == "choices" else "select" if in_row and one.kind == "choice" else "radio"
    return Control(**common, control=kind, choices=options)


def _rows(
    question: Question,
    place: str,
    name: str,
    value: Any,
    told: Mapping[str, str],
    household: Household,
    one_more: bool,
) -> tuple[Row, ...]:
    filled = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    empty = 1 if one_more or not filled else 0
    rows = []
    for number, row in enumerate([*filled, *({} for _each in range(empty))][:MOST_ROWS]):
        controls = [
            _control(
                part,
                f"{place}[{number}].{part.field.name}",
                f"{name}-{number}-{part.field.name}",
                row,
                told,
                household,
                "",
            )
            for part in question.rows
            if _is_asked(part.field.name, row)
        ]
        rows.append(Row(number, tuple(one for one in controls if one is not None)))
    return tuple(rows)


def _is_asked(name: str, row: Mapping[str, Any]) -> bool:
    """Lunch at preschool is asked of a child of up to seven years, upper secondary school from seventeen: a year to spare
    on the side of the rules' own ages. Of a child whose day of birth is not known yet, both."""
    born = _written(row.get("born"))
    if name not in ("lunch_away", "pupil") or not _is_day(born):
        return True
    age = foundation.today().year - int(born[:4])
    return age <= 8 if name == "lunch_away" else age >= 17


def _typed(question: Question, name: str, sent: QueryDict) -> Any:
    kind = question.field.kind
    if kind == "rows":
        rows = [
            {
                part.field.name: value
                for part in question.rows
                if (value := _typed(part, f"{name}-{number}-{part.field.name}", sent)) not in (None, "")
            }
            for number in range(MOST_ROWS)
        ]
        return [row for row in rows if _is_filled(row, question.rows)]
    if kind == "choices":
        return sent.getlist(name) or None
    value = sent.get(name)
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(value or "")
    if kind == "tick":
        return True if value else None
    return value.strip() if isinstance(value, str) else None


def _is_filled(row: Mapping[str, Any], parts: Sequence[Question]) -> bool:
    """A row counts once something was typed in it; what stands there from the start does not make it filled."""
    return any(name not in ("of", "when", "kind") for name in row) or ("kind" in row and len(parts) <= 2)


def _shown_when(one: income_support.Field) -> str:
    if one.shown_when is None:
        return ""
    name, value = one.shown_when
    return f"{name}={'yes' if value is True else 'no' if value is False else value}"


def _written(value: Any) -> str:
    return "" if value is None else str(value)


def _money(value: Any) -> str:
    text = _written(value)
    return text.removesuffix(".00").replace(".", ",") if re.fullmatch(r"\d+\.\d\d", text) else text


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text))
