"""Checks what a person has answered, and reads it as typed answers.

A problem names its place (`children.children[0].born`), a code and values; the words stand in `said.py`.
Money is exact (`Decimal`, kronor); in the stored answers it is text with two decimals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from handslag.income_support.rules.application_form import STEPS, Field, Kind, steps_of

MAX_ROWS = 20
OLDEST_CHILD_YEARS = 21  # Children Code 7:1: maintenance to 21 at most while still at school
_NO_DIGITS = str.maketrans("", "", " \u00a0\u202f\u2009-")


@dataclass(frozen=True, slots=True)
class Limits:
    """The highest accepted figures; above them a person has most likely typed wrongly. Kronor and counts."""

    rent_kr: Decimal = Decimal(40_000)
    cost_kr: Decimal = Decimal(10_000)
    special_kr: Decimal = Decimal(100_000)
    income_kr: Decimal = Decimal(200_000)
    savings_kr: Decimal = Decimal(10_000_000)
    rooms: Decimal = Decimal(15)
    persons_in_home: Decimal = Decimal(30)
    days_a_month: Decimal = Decimal(31)

    def of(self, name: str) -> Decimal:
        """The limit by the name that a `Field` carries."""
        return Decimal(getattr(self, name))


def any_identity(text: str) -> str:
    """Accepts twelve or ten digits; the people context's own reader is given in its place."""
    digits = text.translate(_NO_DIGITS)
    if not re.fullmatch(r"\d{10}|\d{12}", digits, re.ASCII):
        raise ValueError(text)
    return digits


def any_giro(text: str) -> str:
    """Accepts digits with dash; the payment rules' own reader is given in its place."""
    digits = text.translate(_NO_DIGITS)
    if not re.fullmatch(r"\d{2,10}", digits, re.ASCII):
        raise ValueError(text)
    return digits


@dataclass(frozen=True, slots=True)
class Checks:
    """What the answers are judged by. `identity` and `giro` give the number back or raise ValueError."""

    today: date
    limits: Limits = field(default_factory=Limits)
    identity: Callable[[str], str] = any_identity
    giro: Callable[[str], str] = any_giro
    account: Callable[[str, str], None] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be put right before the application can go on. `code` has words in `said.py`."""

    where: str
    code: str
    values: dict[str, str] = field(default_factory=dict)


class _Wrong(Exception):
    def __init__(self, code: str, **values: str) -> None:
        self.code, self.values = code, values


def check_step(
    step: str, raw: Mapping[str, Any], checks: Checks
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The step's answers in stored form, and what is wrong with them. Unknown fields are problems too."""
    clean, problems = _check_fields(STEPS[step], raw, checks, step)
    problems += [
        Problem(f"{step}.{name}", "answers.unknown_field") for name in raw if name not in _names(STEPS[step])
    ]
    if not problems:
        problems += list(_within_step(step, clean, checks))
    return clean, tuple(problems)


def check_answers(
    kind: Kind, raw: Mapping[str, Any], checks: Checks, *, carried: tuple[str, ...] = ()
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """All steps that this application holds, and what does not fit between them.

    `carried` are steps filled from last month; they are checked like the others.
    """
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for step in dict.fromkeys((*carried, *steps_of(kind, raw))):
        answered = raw.get(step)
        if answered is None and step in carried:
            continue
        clean[step], found = check_step(step, answered or {}, checks)
        problems.extend(found)
    problems += [Problem(step, "answers.unknown_step") for step in raw if step not in STEPS]
    if not problems:
        problems.extend(_between_steps(clean))
    return clean, tuple(problems)


def _names(fields: tuple[Field, ...]) -> set[str]:
    return {one.name for one in fields}


def _check_fields(
    fields: tuple[Field, ...], raw: Mapping[str, Any], checks: Checks, where: str
) -> tuple[dict[str, Any], list[Problem]]:
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for one in fields:
        if not one.is_asked(clean):
            continue
        place = f"{where}.{one.name}"
        value = raw.get(one.name)
        if one.kind == "rows":
            clean[one.name], found = _check_rows(one, value, checks, place)
            problems.extend(found)
            continue
        if value is None or value in ("", []):
            if one.required:
                problems.append(Problem(place, "answers.missing"))
            continue
        try:
            clean[one.name] = _READERS[one.kind](one, value, checks)
        except _Wrong as wrong:
            problems.append(Problem(place, wrong.code, wrong.values))
    return clean, problems


def _check_rows(
    one: Field, value: Any, checks: Checks, place: str
) -> tuple[list[dict[str, Any]], list[Problem]]:
    if value is None:
        value = []
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return [], [Problem(place, "answers.not_rows")]
    if len(value) > MAX_ROWS:
        return [], [Problem(place, "answers.too_many", {"limit": str(MAX_ROWS)})]
    if one.required and not value:
        return [], [Problem(place, "answers.missing")]
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, raw in enumerate(value):
        row, found = _check_fields(one.rows, raw, checks, f"{place}[{number}]")
        problems.extend(found)
        problems += [
            Problem(f"{place}[{number}].{name}", "answers.unknown_field")
            for name in raw
            if name not in _names(one.rows)
        ]
        rows.append(row)
    return rows, problems


def _tick(one: Field, value: Any, checks: Checks) -> bool:
    if value is True or value in ("on", "true", "yes"):
        return True
    raise _Wrong("answers.not_ticked")


def _yes_no(one: Field, value: Any, checks: Checks) -> bool:
    if value is True or value in ("yes", "true", "on"):
        return True
    if value is False or value in ("no", "false"):
        return False
    raise _Wrong("answers.not_yes_or_no")


def _choice(one: Field, value: Any, checks: Checks) -> str:
    if value not in one.choices:
        raise _Wrong("answers.not_a_choice")
    return str(value)


def _choices(one: Field, value: Any, checks: Checks) -> list[str]:
    chosen = value if isinstance(value, list) else [value]
    return [_choice(one, each, checks) for each in dict.fromkeys(map(str, chosen))]


def _money(one: Field, value: Any, checks: Checks) -> str:
    if isinstance(value, bool):
        raise _Wrong("answers.not_money")
    text = (
        str(value)
        .strip()
        .lower()
        .removesuffix("kr")
        .strip()
        .translate({ord(c): None for c in " \u00a0\u202f\u2009"})
    )
    text = text.replace("\u2212", "-").replace("\u2013", "-")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+([.,]\d{1,2})?", text, re.ASCII):
        raise _Wrong("answers.pointed_thousands", **_meant_as_thousands(text))
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d+)?", text, re.ASCII):
        raise _Wrong("answers.not_money")
    amount = Decimal(text.replace(",", "."))
    if amount < 0:
        raise _Wrong("answers.negative")
    if amount != amount.quantize(Decimal("0.01")):
        raise _Wrong("answers.too_many_decimals")
    if amount > (highest := checks.limits.of(one.limit)):
        raise _Wrong("answers.absurd_amount", limit=f"{highest:,.0f}".replace(",", "\u00a0"))
    return f"{amount:.2f}"


def _meant_as_thousands(text: str) -> dict[str, str]:
    """How `6.200` is written so that nobody takes it for 6,20: `plain` 6200 and `meant` 6 200."""
    parts = re.split("[.,]", text.lstrip("+-"))
    decimals = f",{parts.pop()}" if len(parts[-1]) < 3 else ""
    return {"plain": "".join(parts) + decimals, "meant": "\u00a0".join(parts) + decimals}


def _number(one: Field, value: Any, checks: Checks) -> int:
    try:
        number = int(str(value).strip())
    except ValueError:
        raise _Wrong("answers.not_a_number") from None
    if number < 0:
        raise _Wrong("answers.negative")
    highest = checks.limits.of(one.limit)
    if not 1 <= number <= highest:
        raise _Wrong("answers.number_out_of_range", limit=f"{highest:.0f}")
    return number


def _text(one: Field, value: Any, checks: Checks) -> str:
    text = str(value).replace("\x00", "").strip()
    if len(text) > one.length:
        raise _Wrong("answers.too_long", limit=str(one.length))
    return text


def _day(one: Field, value: Any, checks: Checks) -> str:
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise _Wrong("answers.not_a_day") from None


def _identity(one: Field, value: Any, checks: Checks) -> str:
    try:
        return checks.identity(str(value))
    except ValueError:
        raise _Wrong("answers.wrong_identity_number") from None


def _giro(one: Field, value: Any, checks: Checks) -> str:
    try:
        return checks.giro(str(value))
    except ValueError:
        raise _Wrong("answers.wrong_giro") from None


def _account(one: Field, value: Any, checks: Checks) -> str:
    digits = str(value).translate(_NO_DIGITS).replace(",", "")
    if not re.fullmatch(rf"\d{{2,{one.length}}}", digits, re.ASCII):
        raise _Wrong("answers.wrong_account")
    return digits


def _known(one: Field, value: Any, checks: Checks) -> str:
    text = str(value)
    if not re.fullmatch(r"[0-9a-f-]{36}", text):
        raise _Wrong("answers.unknown_field")
    return text


_READERS: dict[str, Callable[[Field, Any, Checks], Any]] = {
    "tick": _tick, "yes_no": _yes_no, "choice": _choice, "choices": _choices, "money": _money, "number": _number,
    "text": _text, "day": _day, "identity": _identity, "giro": _giro, "account": _account, "known": _known,
}  # fmt: skip


def _within_step(step: str, clean: Mapping[str, Any], checks: Checks) -> Iterator[Problem]:
    has_partner = clean.get("partner_person_id") or clean.get("partner_identity_number")
    if step == "household" and clean["living"] == "partner" and not has_partner:
        yield Problem("household.partner_identity_number", "answers.missing")
    if step == "children":
        yield from _children_fit(clean.get("children", []), checks)
    if step == "account" and checks.account is not None:
        try:
            checks.account(clean["clearing"], clean["number"])
        except ValueError:
            yield Problem("account.number", "answers.wrong_account")


def _children_fit(children: list[dict[str, Any]], checks: Checks) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, child in enumerate(children):
        place = f"children.children[{number}]"
        born = date.fromisoformat(child["born"])
        if born > checks.today:
            yield Problem(f"{place}.born", "answers.born_in_future")
        elif years_old(born, checks.today) >= OLDEST_CHILD_YEARS:
            yield Problem(f"{place}.born", "answers.too_old_for_a_child", {"limit": str(OLDEST_CHILD_YEARS)})
        who = (str(child.get("person_id") or child["name"].casefold()), child["born"])
        if who in seen:
            yield Problem(place, "answers.child_twice")
        seen.add(who)


def _between_steps(clean: Mapping[str, Any]) -> Iterator[Problem]:
    living = clean.get("household", {}).get("living")
    adults = {"a1", "a2"} if living == "partner" else {"a1"}
    children = {
        f"c{number}" for number, _ in enumerate(clean.get("children", {}).get("children", []), start=1)
    }
    if "household" not in clean:  # a supplement
        return
    sharing = clean["household"].get("persons_in_home")
    if sharing is not None and sharing <= 1 + len(children):
        yield Problem("household.persons_in_home", "answers.nobody_else_in_home")
    for number, income in enumerate(clean.get("incomes", {}).get("incomes", [])):
        place = f"incomes.incomes[{number}].of"
        if income["of"] not in adults | children:
            yield Problem(place, "answers.not_in_household")
        elif income["kind"] == "child_work" and income["of"] not in children:
            yield Problem(place, "answers.child_work_of_adult")
        elif income["kind"] == "salary" and income["of"] in children:
            yield Problem(place, "answers.salary_of_child")


def years_old(born: date, on: date) -> int:
    """Whole years on the day; a child born on 29 February has the birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
