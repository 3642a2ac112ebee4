"""Confirming cells, entering local rules and settings, and the parameters of a month made of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, BadInput, Month, Role
from handslag.income_support import parameter_files
from handslag.income_support.events.rules import LocalRulesEntered, RuleConfirmed, SettingsEntered
from handslag.income_support.models import LocalRuleSet, MunicipalitySettings, RuleConfirmation, RuleSnapshot
from handslag.income_support.operations.local_rules import in_force, tell_reviewers
from handslag.income_support.queries.rules_entered import (
    confirmed,
    settings_begun,
    shipped_amounts,
    snapshots_of,
)
from handslag.income_support.rules.facts import SPECIAL_KINDS
from handslag.income_support.rules.parameters import (
    Cell,
    LocalRules,
    NoRules,
    Parameters,
    Settings,
    plain,
)
from handslag.income_support.rules.rule_book import Confirmation, as_plain, from_plain, local_from_plain

T = TypeVar("T")
UNITS = ("once", "month", "year")
MOST_RENTS = 30
HIGHEST_KR = Decimal(1_000_000)
MOST_KEPT = 200
_held: ContextVar[dict[tuple[str, date], Any] | None] = ContextVar("handslag_rules_held", default=None)
# Resolved parameters by everything that they are made of; the rows behind a key never change.
_resolved: dict[tuple[Any, ...], Parameters] = {}
NO_RULES_DO = "Nothing is calculated for a month until its rules are entered with their source."


@contextmanager
def rules_held() -> Iterator[None]:
    """What was entered about a month is read once within the block, so that all of it rests on the same rows."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def _once(what: str, first: date, read: Callable[[date], T]) -> T:
    held = _held.get()
    if held is None:
        return read(first)
    if (what, first) not in held:
        held[what, first] = read(first)
    found: T = held[what, first]
    return found


def parameters_for(month: Month) -> Parameters:
    """The parameters of a month: the shipped figures, what was confirmed, the municipality's settings and local rules.

    The web, the letter, automation and simulation all use these. Raises BadInput for a month without a rule set.
    """
    return _once("parameters", month.first, _parameters)


def _parameters(first: date) -> Parameters:
    (row, _waits), settings, confirmations = _local(first), settings_for(first), tuple(_confirmations())
    key = (first, settings, None if row is None else row.id, confirmations)
    if key not in _resolved:
        if len(_resolved) >= MOST_KEPT:
            _resolved.clear()
        _resolved[key] = _resolve(first, settings, row, confirmations)
    return _resolved[key]


def _resolve(
    first: date, settings: Settings, row: LocalRuleSet | None, confirmations: tuple[Confirmation, ...]
) -> Parameters:
    try:
        return parameter_files.rule_book().parameters(
            first, settings=settings, local=None if row is None else rules_of(row), confirmations=confirmations
        )
    except NoRules as fault:
        raise BadInput(fault.what, do=NO_RULES_DO, where=fault.where) from fault


def local_rules_for(first: date) -> LocalRules | None:
    """The local rules in force in the month that begins on the day, confirmed by a second person; or None."""
    row, _waits = _local(first)
    return None if row is None else rules_of(row)


def local_rules_wait(first: date) -> bool:
    """Whether newer local rules for the month that begins on the day have been entered and nobody has confirmed them."""
    return _local(first)[1]


def _local(first: date) -> tuple[LocalRuleSet | None, bool]:
    return _once("local", first, in_force)


def rules_of(row: LocalRuleSet) -> LocalRules:
    """A stored set as the rules read it."""
    board = f"{row.name}, board decision {row.paragraph}, {row.decided_on}{' (demo)' if row.demo else ''}"
    return local_from_plain(
        {
            **row.content,
            "name": row.name,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": None if row.valid_to is None else row.valid_to.isoformat(),
            "source": board,
            "status": "confirmed",
            "paragraph": row.paragraph,
            "decided_on": row.decided_on.isoformat(),
        }
    )


def settings_for(first: date) -> Settings:
    """The municipality's settings in the month that begins on the day; the stated defaults where it has none."""
    return _once("settings", first, _settings)


def _settings(first: date) -> Settings:
    row = next(iter(settings_begun(first)), None)
    return parameter_files.default_settings() if row is None else Settings(**row.choices)



def cells_in(first: date) -> tuple[Cell, ...]:
    """Every cell that holds on the day, with confirmations, for the page that shows them."""
    confirmed = {(each.key, each.valid_from): each for each in _confirmations()}
    cells = []
    for cell in parameter_files.rule_book().cells:
        if not cell.holds(first):
            continue
        known = confirmed.get((cell.key, cell.valid_from))
        if known is not None and cell.status != "confirmed":
            source = f"{known.source}{' (demo)' if known.demo else ''}"
            cell = Cell(cell.key, cell.value, cell.valid_from, cell.valid_to, source, "confirmed")
        cells.append(cell)
    return tuple(cells)


@foundation.operation
def confirm_cell(
    *, cell: str, cell_from: date, amount: Decimal | int | str, source: str, demo: bool = False, by: Actor, at: datetime
) -> RuleConfirmation:
    """An authorised person confirms an unconfirmed cell, repeating its amount as the published text has it.

    Raises Refused without the role, BadInput when there is no such cell, when the amount differs from the cell's
    (then the data must be corrected, not confirmed) or when no source is named. Confirming again changes nothing.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    found = next(
        (each for each in parameter_files.rule_book().cells if (each.key, each.valid_from) == (cell, cell_from)), None
    )
    if found is None:
        raise BadInput("There is no such figure.", where="cell", do="Choose a figure in the table.")
    if len(source.strip()) < 3:
        raise BadInput("The source is missing.", where="source", do="Name the published text, such as its SFS number.")
    if _exact(amount, "amount") != found.value:
        raise BadInput(
            "The published amount differs from the figure here, which is {amount}.",
            where="amount",
            do="Do not confirm it: report the difference, so that the figure is corrected with its source.",
            values={"amount": f"{found.value:f}"},
        )
    known = RuleConfirmation.objects.filter(cell=cell, cell_from=cell_from, amount=found.value).first()
    if known is not None:
        return known
    row = RuleConfirmation(
        cell=cell,
        cell_from=cell_from,
        amount=found.value,
        source=source.strip()[:200],
        demo=demo,
        confirmed_by_id=by.account_id,
        confirmed_name=by.name[:120],
        confirmed_at=at,
    )
    row.save(force_insert=True)
    foundation.record(RuleConfirmed(confirmation_id=row.id, cell=cell, cell_from=cell_from, demo=demo), by=by, at=at)
    return row


@foundation.operation
def enter_local_rules(
    *,
    name: str,
    valid_from: date,
    paragraph: str,
    decided_on: date,
    content: Mapping[str, Any],
    valid_to: date | None = None,
    demo: bool = False,
    by: Actor,
    at: datetime,
) -> LocalRuleSet:
    """Enter the board's local rules as a decision with its paragraph and day. Nothing earlier is overwritten.

    They are in force when a second person has confirmed them (`local_rules.confirm_local_rules`); those who may are told.

    `content`: {"rents": [{"kr", "rooms"} or {"kr", "adults", "children"}], "amounts": {kind: {"unit", and
    "share_of_price_base" or "kr", "day_kr"}}, "work_travel_kr_per_10_km"}. Raises Refused, or BadInput by field.
    """
    foundation.require_role(by, Role.RULES_OFFICER)
    checked = _checked_content(content)
    check_decision(valid_from, paragraph, decided_on, at)
    if valid_to is not None and valid_to <= valid_from:
        raise BadInput("The rules end before they begin.", where="valid_to", do="Give a later day, or leave it empty.")
    if not name.strip():
        raise BadInput("The name is missing.", where="name", do="Write the name of the municipality.")
    row = LocalRuleSet(
        name=name.strip()[:40],
        valid_from=valid_from,
        valid_to=valid_to,
        paragraph=paragraph.strip()[:40],
        decided_on=decided_on,
        content=checked,
        demo=demo,
        entered_by_id=by.account_id,
        entered_at=at,
    )
    row.save(force_insert=True)
    foundation.record(LocalRulesEntered(local_rules_id=row.id, valid_from=valid_from), by=by, at=at)
    tell_reviewers(row, at=at)
    return row


@foundation.operation
def enter_settings(
    *, valid_from: date, choices: Mapping[str, str], paragraph: str, decided_on: date, by: Actor, at: datetime
) -> MunicipalitySettings:
    """Settle what the law leaves open from a month on; choices that are left out keep their stated default."""
    foundation.require_role(by, Role.RULES_OFFICER)
    check_decision(valid_from, paragraph, decided_on, at)
    known = parameter_files.default_settings().as_plain()
    unknown = sorted(set(choices) - set(known))
    if unknown:
        raise BadInput("There is no such setting.", where=unknown[0], do="Choose one of the settings that are shown.")
    try:
        whole = Settings(**{**known, **choices}).as_plain()
    except NoRules as fault:
        raise BadInput("There is no such choice.", where=fault.where, do="Choose one of the shown choices.") from fault
    row = MunicipalitySettings(
        valid_from=valid_from,
        choices=whole,
        paragraph=paragraph.strip()[:40],
        decided_on=decided_on,
        entered_by_id=by.account_id,
        entered_at=at,
    )
    row.save(force_insert=True)
    foundation.record(SettingsEntered(settings_id=row.id, valid_from=valid_from), by=by, at=at)
    return row


def freeze(parameters: Parameters, at: datetime) -> RuleSnapshot:
    """The stored copy of these parameters; made the first time that their version is used. Call in an operation."""
    known = snapshots_of(parameters.rule_version)
    if known:
        return known[0]
    row = RuleSnapshot(version=parameters.rule_version, content=as_plain(parameters), made_at=at)
    made = RuleSnapshot.objects.bulk_create([row], ignore_conflicts=True)
    return RuleSnapshot.objects.filter(version=parameters.rule_version).first() or made[0]


def thawed(snapshot: RuleSnapshot, month: Month) -> Parameters:
    """The frozen parameters, for the month."""
    return from_plain(snapshot.content, month.first)


def shipped_content(rules: LocalRules) -> dict[str, Any]:
    """The content of shipped local rules, in the form that `enter_local_rules` takes."""
    return {
        "rents": [
            {"kr": plain(row.kr), "rooms": row.rooms, "adults": row.adults, "children": row.children}
            for row in rules.rents
        ],
        "amounts": {
            kind: {
                "unit": amount.unit,
                "share_of_price_base": plain(amount.share_of_price_base),
                "kr": plain(amount.kr),
                "day_kr": plain(amount.day_kr),
            }
            for kind, amount in rules.amounts.items()
        },
        "work_travel_kr_per_10_km": plain(rules.work_travel_kr_per_10_km),
    }


def _confirmations() -> list[Confirmation]:
    amounts = shipped_amounts()
    return [
        Confirmation(cell, cell_from, source, demo)
        for cell, cell_from, source, demo, amount in confirmed()
        if amounts.get((cell, cell_from)) == amount  # a corrected figure must be confirmed anew
    ]


def check_decision(valid_from: date, paragraph: str, decided_on: date, at: datetime) -> None:
    if valid_from.day != 1:
        raise BadInput("Rules hold from the first day of a month.", where="valid_from", do="Choose the first of a month.")
    if not paragraph.strip():
        raise BadInput("The paragraph of the decision is missing.", where="paragraph", do="Write it as in the minutes.")
    if decided_on > foundation.day_of(at):
        raise BadInput("The day of the decision is in the future.", where="decided_on", do="Check the day.")


def _checked_content(content: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(content) - {"rents", "amounts", "work_travel_kr_per_10_km"})
    if unknown:
        raise BadInput("There is no such part of local rules.", where=unknown[0], do="Leave it out.")
    rents = [_checked_rent(row, f"rents[{number}]") for number, row in enumerate(content.get("rents") or [])]
    if len(rents) > MOST_RENTS:
        raise BadInput("There are too many rows of rents.", where="rents", do="Check the table.")
    by_rooms = {row["rooms"] is not None for row in rents}
    if len(by_rooms) > 1:
        raise BadInput(
            "The table of rents mixes rooms and households.", where="rents", do="Give all rows by rooms, or all by household."
        )
    places = [(row["rooms"], row["adults"], row["children"]) for row in rents]
    if len(set(places)) < len(places):
        raise BadInput("The table of rents has the same row twice.", where="rents", do="Remove one of the rows.")
    amounts = {}
    for kind, row in (content.get("amounts") or {}).items():
        if kind not in SPECIAL_KINDS:
            raise BadInput("There is no such need.", where=f"amounts.{kind}", do="Choose one of the needs that are shown.")
        amounts[kind] = _checked_amount(row, f"amounts.{kind}")
    travel = content.get("work_travel_kr_per_10_km")
    return {
        "rents": rents,
        "amounts": amounts,
        "work_travel_kr_per_10_km": None if travel is None else _kr(travel, "work_travel_kr_per_10_km"),
    }


def _checked_rent(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    numbers = {}
    for name, highest in (("rooms", 30), ("adults", 2), ("children", 20)):
        value = row.get(name)
        is_wrong = value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest)
        if is_wrong or (name != "children" and value == 0):
            raise BadInput("The number is not possible.", where=f"{where}.{name}", do="Write a whole number.")
        numbers[name] = value
    if (numbers["rooms"] is None) == (numbers["adults"] is None and numbers["children"] is None):
        raise BadInput(
            "A row of rents is for rooms or for a household.", where=where, do="Give rooms, or adults and children."
        )
    return {"kr": _kr(row.get("kr"), f"{where}.kr"), **numbers}


def _checked_amount(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    if row.get("unit") not in UNITS:
        raise BadInput("The unit is missing.", where=f"{where}.unit", do="Choose once, month or year.")
    share, kr = row.get("share_of_price_base"), row.get("kr")
    if (share is None) == (kr is None):
        raise BadInput(
            "Give either a share of the price base amount or kronor.", where=where, do="Fill in one of the two."
        )
    if share is not None and not 0 < _exact(share, f"{where}.share_of_price_base") <= 10:
        raise BadInput(
            "The share is not possible.", where=f"{where}.share_of_price_base", do="Write 0.5 for fifty per cent."
        )
    day = row.get("day_kr")
    return {
        "unit": row["unit"],
        "share_of_price_base": None if share is None else plain(_exact(share, where)),
        "kr": None if kr is None else _kr(kr, f"{where}.kr"),
        "day_kr": None if day is None else _kr(day, f"{where}.day_kr"),
    }


def _kr(value: Any, where: str) -> str:
    amount = _exact(value, where)
    if not 0 < amount <= HIGHEST_KR:
        raise BadInput("The amount is not possible.", where=where, do="Write kronor above 0.")
    return str(plain(amount))


def _exact(value: Any, where: str) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if isinstance(value, bool) or not amount.is_finite():
        raise BadInput("That is not a number.", where=where, do="Write digits.")
    return amount
