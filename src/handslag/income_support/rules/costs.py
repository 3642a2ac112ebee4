"""Costs beside the norm, at reasonable cost (SoL 12:7), and other needs (levnadskostnader i övrigt, SoL 12:1)."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter

from handslag.income_support.rules.assessment import NO_PART, NOTHING, Line, Note, Part
from handslag.income_support.rules.facts import COST_KINDS, SPECIAL_KINDS, Cost, Facts, Household
from handslag.income_support.rules.parameters import HighestRent, LocalRules, Parameters, Status

# Needs that local rules usually hold to a highest amount; without one the reader is told.
USUALLY_CAPPED = frozenset(
    {"spectacle_frames", "funeral", "infant_equipment", "home_equipment", "eating_out", "pocket_money"}
)
COST_CODES = {kind: f"cost.{kind}" for kind in COST_KINDS}
SPECIAL_CODES = {kind: f"special.{kind}" for kind in SPECIAL_KINDS}
NO_LOCAL_RULES = (Note("rent.no_local_rules"),)


def cost_part(facts: Facts, parameters: Parameters) -> Part:
    """Every cost with what is approved of it. Rents together are held to the highest accepted rent."""
    lines: list[Line] = []
    notes: list[Note] = []
    missing: list[str] = []
    rents_approved, rents = NOTHING, 0
    usual = parameters.references["costs"]
    status: Status
    for number, cost in enumerate(facts.costs):
        approved, source, status = cost.amount, usual, "confirmed"
        if cost.kind == "rent":
            rents += 1
            highest, told, lacking = highest_rent(cost, facts.household, parameters.local)
            if highest is not None:
                approved = min(cost.amount, max(NOTHING, highest - rents_approved))
            rents_approved += approved
            notes += [note for note in told if note not in notes]
            if lacking:
                missing.append(f"costs[{number}].rooms")
            if parameters.local is not None and approved < cost.amount:
                source, status = parameters.local.source, parameters.local.status
                notes.append(
                    Note(
                        "rent.capped", {"applied": kronor(cost.amount), "highest": kronor(highest or NOTHING)}
                    )
                )
        lines.append(Line(COST_CODES[cost.kind], None, cost.amount, approved, source, status))
    if rents > 1:
        notes.append(Note("rent.several"))
    return Part(tuple(lines), tuple(notes), tuple(missing))


def special_part(facts: Facts, parameters: Parameters) -> Part:
    """Every other need with what is approved of it, at most the local highest amount."""
    if not facts.special:
        return NO_PART
    lines: list[Line] = []
    notes: list[Note] = []
    status: Status
    for need in facts.special:
        approved, source, status = need.amount, parameters.references["special"], "confirmed"
        rule = parameters.local.amounts.get(need.kind) if parameters.local else None
        if rule is not None and parameters.local is not None:
            price_base = parameters.cell("price_base_amount") if rule.kr is None else None
            highest = rule.highest(price_base.value if price_base else None)
            if need.amount > highest:
                approved, source, status = highest, parameters.local.source, parameters.local.status
                if price_base is not None and price_base.status != "confirmed":
                    status = price_base.status
                values = {"kind": need.kind, "applied": kronor(need.amount), "highest": kronor(highest)}
                notes.append(Note("special.capped", values))
        elif need.kind in USUALLY_CAPPED:
            notes.append(Note("special.no_local_rules", {"kind": need.kind}))
        lines.append(Line(SPECIAL_CODES[need.kind], None, need.amount, approved, source, status))
    return Part(tuple(lines), tuple(notes))


def highest_rent(
    cost: Cost, household: Household, local: LocalRules | None
) -> tuple[Decimal | None, tuple[Note, ...], bool]:
    """The highest accepted rent (None: none is stated), what to tell, and whether the rooms must be known."""
    if local is None:
        return None, NO_LOCAL_RULES, False
    by_rooms = [row for row in local.rents if row.rooms is not None]
    if by_rooms:
        by_rooms.sort(key=attrgetter("rooms"))
        return _by_rooms(cost, by_rooms)
    row = _for_household(local.rents, household)
    return (row.kr, (), False) if row else (None, (Note("rent.no_highest"),), False)


def _by_rooms(cost: Cost, rows: list[HighestRent]) -> tuple[Decimal | None, tuple[Note, ...], bool]:
    if cost.rooms is None:
        is_needed = cost.amount > rows[0].kr
        return rows[0].kr, (Note("rent.rooms_missing"),) if is_needed else (), is_needed
    if cost.rooms > (rows[-1].rooms or 0):
        return rows[-1].kr, (Note("rent.rooms_above_table", {"rooms": str(rows[-1].rooms)}),), False
    return next(row.kr for row in rows if (row.rooms or 0) >= cost.rooms), (), False


def _for_household(rows: tuple[HighestRent, ...], household: Household) -> HighestRent | None:
    """The row for as many adults, with most children that are not more than there are."""
    fitting = [
        row
        for row in rows
        if row.adults in (None, len(household.adults)) and (row.children or 0) <= len(household.children)
    ]
    return max(fitting, key=lambda row: row.children or 0, default=None)


def kronor(amount: Decimal) -> str:
    """Digits with at most two decimals, for notes."""
    return f"{amount.normalize():f}"
