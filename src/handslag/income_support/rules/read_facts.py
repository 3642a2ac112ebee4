"""Reads the facts of a case (cases/README.md, `handslag assess`) from plain values, and refuses what is not facts.

Every refusal is a `BadFacts` that names the exact path. Nothing is guessed: an unknown key is an error.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from handslag.income_support.rules.facts import (
    COST_KINDS,
    INCOME_KINDS,
    REGISTERS,
    SPECIAL_KINDS,
    Adult,
    BadFacts,
    Child,
    Cost,
    Facts,
    History,
    Household,
    Income,
    Special,
)
from handslag.income_support.rules.parameters import months_between

HIGHEST_KR = Decimal(10_000_000)
MOST_PERSONS = 40
MOST_ROWS = 200
SMALLEST_EXPONENT, LARGEST_EXPONENT = -12, 15
OLDEST_BORN = date(1900, 1, 1)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_facts(case: Any) -> Facts:
    """The facts of the case, or BadFacts. Whether the month has rules is not looked at here."""
    _mapping(
        case,
        "",
        "month",
        "household",
        optional=("local_rules", "costs", "special", "incomes", "registers", "history"),
    )
    month = read_month(case["month"], "month")
    household = _household(case["household"])
    return Facts(
        month=month,
        household=household,
        costs=tuple(_cost(row, where) for row, where in _rows(case, "costs")),
        special=tuple(_special(row, where) for row, where in _rows(case, "special")),
        incomes=tuple(_income(row, where, household) for row, where in _rows(case, "incomes")),
        registers=_registers(case.get("registers")),
        history=_history(case.get("history"), month),
        local_rules=_text(case["local_rules"], "local_rules")
        if case.get("local_rules") is not None
        else None,
    )


def _household(value: Any) -> Household:
    _mapping(value, "household", "adults", optional=("cohabiting", "children", "lodger_in_household_of"))
    adults = tuple(_adult(row, where) for row, where in _rows(value, "adults", "household."))
    children = tuple(_child(row, where) for row, where in _rows(value, "children", "household."))
    if not adults:
        _wrong(
            "household.adults",
            "There is no adult.",
            "Give the adult who applies, or the two who live together.",
        )
    if len(adults) > 2:
        _wrong(
            "household.adults[2]",
            "There are more than two adults.",
            "Give one adult, or two who are married or sambor; every other adult is a household of their own.",
        )
    if len(adults) + len(children) > MOST_PERSONS:
        _wrong("household.children", f"There are more than {MOST_PERSONS} persons.", "Check the household.")
    _refuse_same_ids(adults, children)
    _cohabiting(value.get("cohabiting"), len(adults))
    lodger = _lodger(value.get("lodger_in_household_of"), len(adults) + len(children))
    return Household(adults=adults, children=children, lodger_in_household_of=lodger)


def _cohabiting(value: Any, adults: int) -> None:
    where = "household.cohabiting"
    if value is not None and not isinstance(value, bool):
        _wrong(where, f"{_shown(value)} is not true or false.", "Write true or false.")
    if adults == 2 and value is None:
        _wrong(where, "It is not said whether the two adults live as a couple.", "Write true or false.")
    if adults == 2 and value is False:
        _wrong(
            where,
            "Two adults who are not married, registered partners or sambor are two households.",
            "Make one case for each, with lodger_in_household_of: 2 or how many share the home; "
            "or write true if they live as a couple.",
        )
    if adults == 1 and value is True:
        _wrong(where, "Only one of the two adults is given.", "Give the other adult too, or write false.")


def _lodger(value: Any, own: int) -> int | None:
    where = "household.lodger_in_household_of"
    if value is None:
        return None
    number = _whole(value, where, lowest=2, highest=MOST_PERSONS)
    if number <= own:
        _wrong(
            where,
            f"The home is said to hold {number} persons, and {own} of them are this household.",
            "Count everybody who shares the home, or write null when nobody else does.",
        )
    return number


def _adult(row: Any, where: str) -> Adult:
    _mapping(row, where, "id", "born")
    return Adult(id=_id(row["id"], f"{where}.id"), born=read_day(row["born"], f"{where}.born"))


def _child(row: Any, where: str) -> Child:
    _mapping(row, where, "id", "born", optional=("lunch", "share", "pupil"))
    lunch = row.get("lunch", "home")
    pupil = row.get("pupil")
    share = _number(row["share"], f"{where}.share") if row.get("share") is not None else Decimal(1)
    if not Decimal(0) < share <= Decimal(1):
        _wrong(f"{where}.share", f"{share} is not a part of the month.", "Write more than 0 and at most 1.")
    if pupil is not None and not isinstance(pupil, bool):
        _wrong(f"{where}.pupil", f"{_shown(pupil)} is not true or false.", "Write true or false.")
    return Child(
        id=_id(row["id"], f"{where}.id"),
        born=read_day(row["born"], f"{where}.born"),
        lunch="away" if _one_of(lunch, ("home", "away"), f"{where}.lunch") == "away" else "home",
        share=share,
        pupil=pupil,
    )


def _cost(row: Any, where: str) -> Cost:
    _mapping(row, where, "kind", "amount", optional=("rooms",))
    kind = _one_of(row["kind"], COST_KINDS, f"{where}.kind")
    rooms = None
    if row.get("rooms") is not None:
        if kind != "rent":
            _wrong(f"{where}.rooms", f"{kind} has no rooms.", "Give rooms for rent only.")
        rooms = _whole(row["rooms"], f"{where}.rooms", lowest=1, highest=30)
    return Cost(kind=kind, amount=_amount(row["amount"], f"{where}.amount"), rooms=rooms)


def _special(row: Any, where: str) -> Special:
    _mapping(row, where, "kind", "amount")
    return Special(
        kind=_one_of(row["kind"], SPECIAL_KINDS, f"{where}.kind"),
        amount=_amount(row["amount"], f"{where}.amount"),
    )


def _income(row: Any, where: str, household: Household) -> Income:
    _mapping(row, where, "kind", "amount", optional=("of", "earned_earlier_this_year"))
    kind = _one_of(row["kind"], INCOME_KINDS, f"{where}.kind")
    of = _id(row["of"], f"{where}.of") if row.get("of") is not None else None
    adults, children = {each.id for each in household.adults}, {each.id for each in household.children}
    if of is not None and of not in adults | children:
        _wrong(
            f"{where}.of", f"Nobody in the household has the id {of}.", "Write the id of an adult or a child."
        )
    if kind == "salary" and of not in adults:
        _wrong(
            f"{where}.of",
            "A salary belongs to an adult of the household.",
            "Write the id of the adult; a child's own work is the kind child_work.",
        )
    if kind == "child_work" and of not in children:
        _wrong(
            f"{where}.of",
            "Work income of a child belongs to a child of the household.",
            "Write the id of the child; an adult's work is the kind salary.",
        )
    earlier = row.get("earned_earlier_this_year")
    if earlier is not None and kind != "child_work":
        _wrong(
            f"{where}.earned_earlier_this_year",
            f"{kind} has no limit per year.",
            "Give earned_earlier_this_year for child_work only.",
        )
    return Income(
        kind=kind,
        of=of,
        amount=_amount(row["amount"], f"{where}.amount"),
        earned_earlier_this_year=None
        if earlier is None
        else _amount(earlier, f"{where}.earned_earlier_this_year"),
    )


def _registers(value: Any) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    _mapping(value, "registers", optional=REGISTERS)
    return tuple(
        (name, _one_of(state, ("ok", "missing"), f"registers.{name}")) for name, state in value.items()
    )


def _history(value: Any, month: date) -> History:
    if value is None:
        return History()
    _mapping(value, "history", optional=("months_with_aid_in_a_row", "job_stimulus_since"))
    row = value.get("months_with_aid_in_a_row")
    since = value.get("job_stimulus_since")
    first = None if since is None else read_month(since, "history.job_stimulus_since")
    if first is not None and months_between(first, month) < 0:
        _wrong(
            "history.job_stimulus_since",
            "The special rule of calculation starts after the month of the case.",
            "Write the first month that the rule applied, this month or earlier, or null.",
        )
    return History(
        months_with_aid_in_a_row=None
        if row is None
        else _whole(row, "history.months_with_aid_in_a_row", lowest=0, highest=1200),
        job_stimulus_since=first,
    )


def _mapping(value: Any, where: str, *required: str, optional: Collection[str] = ()) -> None:
    if not isinstance(value, Mapping):
        _wrong(
            where, "Here must stand keys with values.", f"Write the keys {', '.join([*required, *optional])}."
        )
    for key in value:
        if key not in required and key not in optional:
            path = f"{where}.{key}" if where else str(key)
            _wrong(
                path,
                f"The key {_shown(key)} is not known.",
                f"Known keys: {', '.join([*required, *optional])}.",
            )
    for key in required:
        if value.get(key) is None:
            _wrong(f"{where}.{key}" if where else key, "The value is missing.", "Write it.")


def _rows(holder: Mapping[str, Any], key: str, before: str = "") -> list[tuple[Any, str]]:
    value, where = holder.get(key), f"{before}{key}"
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        _wrong(where, "Here must stand a list.", "Write each row after a dash, or [] for none.")
    if len(value) > MOST_ROWS:
        _wrong(where, f"There are more than {MOST_ROWS} rows.", "Check the case.")
    return [(row, f"{where}[{number}]") for number, row in enumerate(value)]


def _refuse_same_ids(adults: tuple[Adult, ...], children: tuple[Child, ...]) -> None:
    seen: set[str] = set()
    placed = [(f"household.adults[{n}].id", each.id) for n, each in enumerate(adults)]
    placed += [(f"household.children[{n}].id", each.id) for n, each in enumerate(children)]
    for where, name in placed:
        if name in seen:
            _wrong(where, f"The id {name} is used twice.", "Give every person an id of their own.")
        seen.add(name)


def _id(value: Any, where: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(value, where)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 60:
        _wrong(where, f"{_shown(value)} is not a short text.", "Write a text of at most 60 characters.")
    return value


def _one_of(value: Any, choices: Collection[str], where: str) -> str:
    if not isinstance(value, str) or value not in choices:
        _wrong(where, f"{_shown(value)} is not one of the choices.", f"Write one of: {', '.join(choices)}.")
    return value


def _number(value: Any, where: str) -> Decimal:
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        _wrong(where, f"{_shown(value)} is not a number.", "Write digits, with a point before decimals.")
    try:
        number = Decimal(value)
    except InvalidOperation:
        _wrong(where, f"{_shown(value)} is not a number.", "Write digits, with a point before decimals.")
    if not number.is_finite() or (number and not SMALLEST_EXPONENT <= number.adjusted() <= LARGEST_EXPONENT):
        _wrong(
            where,
            f"{_shown(value)} is not a number that can be used.",
            "Write digits, with a point before decimals.",
        )
    return number


def _amount(value: Any, where: str) -> Decimal:
    amount = _number(value, where)
    if amount < 0:
        _wrong(
            where, "The amount is negative.", "Write zero or more; leave the row out when there is nothing."
        )
    if amount > HIGHEST_KR:
        _wrong(where, f"The amount is above {HIGHEST_KR} kronor.", "Check the number of digits.")
    if amount != round(amount, 2):
        _wrong(where, "The amount has more than two decimals.", "Write whole öre.")
    return amount


def _whole(value: Any, where: str, *, lowest: int, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        _wrong(
            where,
            f"{_shown(value)} is not a whole number from {lowest} to {highest}.",
            "Write such a number.",
        )
    return value


def read_day(value: Any, where: str) -> date:
    """A day written year-month-day, or BadFacts naming the path."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            _wrong(
                where, f"{value} is not a day of the calendar.", "Write year-month-day, such as 2018-01-15."
            )
    if type(value) is not date:
        _wrong(where, f"{_shown(value)} is not a day.", "Write year-month-day, such as 2018-01-15.")
    if value < OLDEST_BORN:
        _wrong(where, f"{value} is too long ago.", "Check the year.")
    return value


def read_month(value: Any, where: str) -> date:
    """The first day of a month written year-month, or BadFacts naming the path."""
    found = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[1] == "0000":
        _wrong(where, f"{_shown(value)} is not a month.", "Write year-month, such as 2021-03.")
    return date(int(found[1]), int(found[2]), 1)


def _shown(value: Any) -> str:
    return repr(str(value)[:40]) if isinstance(value, str) else str(value)[:40]


def _wrong(where: str, what: str, do: str) -> NoReturn:
    raise BadFacts(where, what, do)
