"""Reads the dated figures of parameters/*.yaml once: the rule book, the default settings, the shipped local rules.

Needs neither the database nor the web frame, so that the command line starts fast.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from handslag.income_support.rules.parameters import (
    Cell,
    HighestRent,
    LocalAmount,
    LocalRules,
    NoRules,
    Settings,
    month_text,
)
from handslag.income_support.rules.rule_book import Reference, RuleBook, RuleSet, refuse_overlaps

FIGURES = (
    "riksnorm",
    "price_base_amount",
    "job_stimulus",
    "child_work_income",
    "child_allowance",
    "maintenance_support",
    "activity_requirement",
)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def rule_book() -> RuleBook:
    """Every dated figure that ships. ValueError when two figures of one key overlap."""
    cells = tuple(cell for name in FIGURES for cell in _cells(name))
    sets = tuple(RuleSet(**row) for row in _read("rule_sets.yaml"))
    references = tuple(Reference(**row) for row in _read("references.yaml"))
    for rows in (cells, sets, references):
        refuse_overlaps(rows)
    return RuleBook(cells=cells, rule_sets=sets, references=references)


@cache
def default_settings() -> Settings:
    """The stated defaults for what the law leaves open."""
    return Settings(**_read("settings.yaml"))


@cache
def local_rule_sets(name: str) -> tuple[LocalRules, ...]:
    """The shipped local rules of a municipality, oldest first. NoRules for an unknown name."""
    known = known_local_rules()
    if name not in known:
        raise NoRules(
            f"There are no local rules named {name[:40]!r}.",
            f"Known names: {', '.join(known)}.",
            where="local_rules",
        )
    return tuple(_local(name, row) for row in _read("local", f"{name}.yaml"))


def local_rules_in(name: str, month: date) -> LocalRules:
    """The local rules that hold in the month (its first day). NoRules when none do."""
    found = next((each for each in local_rule_sets(name) if each.holds(month)), None)
    if found is None:
        raise NoRules(
            f"The local rules {name} do not hold in {month_text(month)}.",
            "Name local rules that hold in the month, or leave local_rules out.",
            where="local_rules",
        )
    return found


@cache
def known_local_rules() -> tuple[str, ...]:
    folder = files("handslag.income_support").joinpath("parameters", "local")
    return tuple(
        sorted(each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml"))
    )


def _cells(name: str) -> list[Cell]:
    return [
        Cell(
            key=key,
            value=_exact(cell["amount"]),
            valid_from=block["valid_from"],
            valid_to=block["valid_to"],
            source=cell.get("source", block["source"]),
            status=cell["status"],
        )
        for block in _read(f"{name}.yaml")
        for key, cell in block["cells"].items()
    ]


def _local(name: str, row: dict[str, Any]) -> LocalRules:
    return LocalRules(
        name=name,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        source=row["source"],
        status=row["status"],
        rents=tuple(
            HighestRent(_exact(rent["kr"]), rent.get("rooms"), rent.get("adults"), rent.get("children"))
            for rent in row["highest_rents"]
        ),
        amounts={
            kind: LocalAmount(
                unit=amount["unit"],
                share_of_price_base=_maybe(amount.get("share_of_price_base")),
                kr=_maybe(amount.get("kr")),
                day_kr=_maybe(amount.get("day_kr")),
            )
            for kind, amount in row["amounts"].items()
        },
        paragraph=row["paragraph"],
        decided_on=row["decided_on"],
        work_travel_kr_per_10_km=_maybe(row["work_travel_kr_per_10_km"]),
    )


def _maybe(value: float | int | None) -> Decimal | None:
    return None if value is None else _exact(value)


def _exact(value: float | int) -> Decimal:
    return Decimal(str(value))


def _read(*path: str) -> Any:
    text = files("handslag.income_support").joinpath("parameters", *path).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
