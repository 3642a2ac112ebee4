"""Every dated figure of the law and the rule sets, and how a month's parameters are resolved from them.

A month outside the data is an error; the nearest figure is never used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from handslag.income_support.rules.parameters import (
    Cell,
    HighestRent,
    LocalAmount,
    LocalRules,
    NoRules,
    Parameters,
    Settings,
    Status,
    month_text,
    plain,
)

BANDS = ("0", "1-2", "3", "4-6", "7-10", "11-14", "15-18", "19-20")
BANDS_WITH_LUNCH_AWAY = ("0", "1-2", "3", "4-6")
LARGEST_HOUSEHOLD = 7
NORM_CELLS = (
    "norm.adult.single",
    "norm.adult.cohabiting",
    *(f"norm.child.{band}" for band in BANDS),
    *(f"norm.child.{band}.away" for band in BANDS_WITH_LUNCH_AWAY),
    *(f"norm.common.{size}" for size in range(1, LARGEST_HOUSEHOLD + 1)),
)
HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the law by the period that the aid concerns. `changes` says what is new in it."""

    name: str
    valid_from: date
    valid_to: date | None
    source: str
    status: Status
    changes: str

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal reference that holds for a period."""

    key: str
    text: str
    valid_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That an authorised person has confirmed a cell. A demo confirmation says so in the source."""

    key: str
    valid_from: date
    source: str
    demo: bool = False


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All of it. Periods of one key never overlap; `refuse_overlaps` holds that when a book is read."""

    cells: tuple[Cell, ...]
    rule_sets: tuple[RuleSet, ...]
    references: tuple[Reference, ...]

    def parameters(
        self,
        month: date,
        *,
        settings: Settings,
        local: LocalRules | None = None,
        confirmations: Iterable[Confirmation] = (),
    ) -> Parameters:
        """The parameters of a month (its first day). NoRules when the month has no norm or no rule set."""
        confirmed = {(each.key, each.valid_from): each for each in confirmations}
        rule_set = self.require(month)
        cells = {cell.key: _confirmed(cell, confirmed) for cell in self.cells if cell.holds(month)}
        if local is not None and not local.holds(month):
            raise NoRules(
                f"The local rules {local.name} do not hold in {month_text(month)}.",
                "Name local rules that hold in the month, or leave local_rules out.",
                where="local_rules",
            )
        references = {each.key: each.text for each in self.references if each.holds(month)}
        return with_version(
            Parameters(
                month=month,
                rule_set=rule_set.name,
                rule_set_status=rule_set.status,
                cells=cells,
                references=references,
                settings=settings,
                local=local,
                rule_version="",
            )
        )

    def require(self, month: date) -> RuleSet:
        """The rule set of a month that has a whole norm, or NoRules."""
        rule_set = next((each for each in self.rule_sets if each.holds(month)), None)
        held = {cell.key for cell in self.cells if cell.holds(month)}
        if rule_set is None or not held.issuperset(NORM_CELLS):
            raise NoRules(
                f"There is no complete rule set for {month_text(month)}.",
                f"The norm is known for {self.first_month()} to {self.last_month()}. "
                "Nothing is calculated for another month until its norm has been entered with a source.",
            )
        return rule_set

    def first_month(self) -> str:
        return month_text(min(cell.valid_from for cell in self.cells if cell.key == NORM_CELLS[0]))

    def last_month(self) -> str:
        """The last month with a norm."""
        end = max(cell.valid_to or date.max for cell in self.cells if cell.key == NORM_CELLS[0])
        return month_text(
            end.replace(year=end.year - 1, month=12) if end.month == 1 else end.replace(month=end.month - 1)
        )


def refuse_overlaps(rows: Iterable[Cell | RuleSet | Reference]) -> None:
    """ValueError when two rows of one key hold on the same day."""
    by_key: dict[str, list[Cell | RuleSet | Reference]] = {}
    for row in rows:
        by_key.setdefault("rule set" if isinstance(row, RuleSet) else row.key, []).append(row)
    for key, same in by_key.items():
        same.sort(key=lambda row: row.valid_from)
        for earlier, later in pairwise(same):
            if earlier.valid_to is None or earlier.valid_to > later.valid_from:
                raise ValueError(f"{key}: two rows hold on {later.valid_from}")


def with_version(parameters: Parameters) -> Parameters:
    """The same parameters under the name that their content gives them."""
    content = as_plain(parameters)
    del content["month"], content["rule_version"]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:HASH_LENGTH]
    named = [parameters.rule_set, f"norm.{parameters.cells[NORM_CELLS[0]].valid_from}"]
    if parameters.local is not None:
        named.append(f"{parameters.local.name}.{parameters.local.valid_from}")
    return replace(parameters, rule_version="+".join(named) + "@" + digest)


def as_plain(parameters: Parameters) -> dict[str, Any]:
    """The parameters for JSON; `from_plain` gives them back whole, so a decision can be computed again."""
    local = parameters.local
    return {
        "month": parameters.month.isoformat(),
        "rule_set": parameters.rule_set,
        "rule_set_status": parameters.rule_set_status,
        "cells": {key: plain(asdict(cell)) for key, cell in parameters.cells.items()},
        "references": dict(parameters.references),
        "settings": parameters.settings.as_plain(),
        "local": None if local is None else plain(asdict(local)),
        "rule_version": parameters.rule_version,
    }


def from_plain(content: Mapping[str, Any], month: date | None = None) -> Parameters:
    """Parameters from their JSON form. `month` replaces the month: the same rules hold in many months."""
    local = content["local"]
    return Parameters(
        month=month or date.fromisoformat(content["month"]),
        rule_set=content["rule_set"],
        rule_set_status=content["rule_set_status"],
        cells={key: _cell(row) for key, row in content["cells"].items()},
        references=dict(content["references"]),
        settings=Settings(**content["settings"]),
        local=None if local is None else local_from_plain(local),
        rule_version=content["rule_version"],
    )


def local_from_plain(row: Mapping[str, Any]) -> LocalRules:
    """Local rules from their JSON form."""
    return LocalRules(
        name=row["name"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row.get("valid_to")),
        source=row["source"],
        status=row["status"],
        rents=tuple(
            HighestRent(Decimal(rent["kr"]), rent.get("rooms"), rent.get("adults"), rent.get("children"))
            for rent in row["rents"]
        ),
        amounts={
            kind: LocalAmount(
                amount["unit"],
                _decimal(amount.get("share_of_price_base")),
                _decimal(amount.get("kr")),
                _decimal(amount.get("day_kr")),
            )
            for kind, amount in row["amounts"].items()
        },
        paragraph=row.get("paragraph"),
        decided_on=_day(row.get("decided_on")),
        work_travel_kr_per_10_km=_decimal(row.get("work_travel_kr_per_10_km")),
    )


def _confirmed(cell: Cell, confirmed: Mapping[tuple[str, date], Confirmation]) -> Cell:
    found = confirmed.get((cell.key, cell.valid_from))
    if found is None or cell.status == "confirmed":
        return cell
    return replace(cell, status="confirmed", source=f"{found.source}{' (demo)' if found.demo else ''}")


def _cell(row: Mapping[str, Any]) -> Cell:
    return Cell(
        key=row["key"],
        value=Decimal(row["value"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        source=row["source"],
        status=row["status"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _decimal(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))
