"""The norm of a household: personal costs by age and the common household costs (SoF 2025:468 12:2-3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handslag.income_support.rules.assessment import Line, Note, Part
from handslag.income_support.rules.facts import BadFacts, Child, Facts, Household
from handslag.income_support.rules.parameters import Parameters, Settings, both, rounded_lodger_part, to_ore
from handslag.income_support.rules.rule_book import LARGEST_HOUSEHOLD

BAND_STARTS = (
    (0, "0"),
    (1, "1-2"),
    (3, "3"),
    (4, "4-6"),
    (7, "7-10"),
    (11, "11-14"),
    (15, "15-18"),
    (19, "19-20"),
)
OF_AGE = 18
LUNCH_AWAY_TO = 6
SUPPORTED_TO = 20  # föräldrabalken 7:1: while in school, at most until 21


def norm_part(facts: Facts, parameters: Parameters) -> Part:
    """All norm lines of the household."""
    parts = [_adults(facts.household, parameters)]
    parts += [
        _child(child, f"household.children[{number}]", facts.month, parameters)
        for number, child in enumerate(facts.household.children)
    ]
    parts.append(_common(facts.household, parameters))
    return Part(
        lines=tuple(line for part in parts for line in part.lines),
        notes=tuple(note for part in parts for note in part.notes),
        missing=tuple(lack for part in parts for lack in part.missing),
    )


def age_in(month: date, born: date, settings: Settings) -> int:
    """The age that counts in the month: from the month of the birthday, or from the month after (setting)."""
    is_before = born.month > month.month or (
        settings.age_band_changes == "month_after" and born.month == month.month
    )
    return month.year - born.year - is_before


def band_of(age: int) -> str:
    """The age band of the norm."""
    return next(band for start, band in reversed(BAND_STARTS) if age >= start)


def check_ages(facts: Facts, settings: Settings) -> None:
    """BadFacts for somebody who cannot be in the household that month."""
    for number, adult in enumerate(facts.household.adults):
        if age_in(facts.month, adult.born, settings) < OF_AGE:
            raise BadFacts(
                f"household.adults[{number}].born",
                "The adult is under 18 in the month.",
                "Check the date; a child belongs to the household of a parent.",
            )
    for number, child in enumerate(facts.household.children):
        _check_child(child, f"household.children[{number}]", facts.month, settings)


def _check_child(child: Child, where: str, month: date, settings: Settings) -> None:
    if (child.born.year, child.born.month) > (month.year, month.month):
        raise BadFacts(
            f"{where}.born",
            "The child is not yet born in the month.",
            "Leave the child out, or check the date.",
        )
    age = age_in(month, child.born, settings)
    if age > SUPPORTED_TO:
        raise BadFacts(
            f"{where}.born",
            f"The child is {age} years in the month; parents support children until 21 at most.",
            "Leave the child out; an adult child applies with a case of their own.",
        )
    if age >= OF_AGE and child.pupil is False:
        raise BadFacts(
            f"{where}.pupil",
            f"The child is {age} years and does not go to school, and so is a household of their own.",
            "Leave the child out, or write pupil: true for grundskola, gymnasieskola or similar.",
        )


def _adults(household: Household, parameters: Parameters) -> Part:
    is_couple = len(household.adults) == 2
    code = "norm.adult.cohabiting" if is_couple else "norm.adult.single"
    cell = parameters.cell(code)
    of = None if is_couple else household.adults[0].id
    return Part(lines=(Line(code, of, None, cell.value, cell.source, cell.status),))


def _child(child: Child, where: str, month: date, parameters: Parameters) -> Part:
    age = max(0, age_in(month, child.born, parameters.settings))
    if age >= OF_AGE and child.pupil is None:
        return Part(missing=(f"{where}.pupil",))
    notes = []
    code = f"norm.child.{band_of(age)}"
    if child.lunch == "away" and age <= LUNCH_AWAY_TO:
        code += ".away"
    elif child.lunch == "away":
        notes.append(Note("lunch.not_applicable", {"of": child.id, "age": str(age)}))
    if child.share < 1:
        notes.append(Note("child.part_time", {"of": child.id, "share": f"{child.share:f}"}))
    cell = parameters.cell(code)
    amount = cell.value if child.share == 1 else to_ore(cell.value * child.share)
    return Part(lines=(Line(code, child.id, None, amount, cell.source, cell.status),), notes=tuple(notes))


def _common(household: Household, parameters: Parameters) -> Part:
    if household.lodger_in_household_of is not None:
        return _lodger(household, household.lodger_in_household_of, parameters)
    has_part_time = any(child.share < 1 for child in household.children)
    if not has_part_time:
        return Part(lines=_of_size(household.size, parameters))
    if parameters.settings.part_time_child_in_common_costs == "whole":
        return Part(lines=_of_size(household.size, parameters), notes=(Note("child.counted_whole"),))
    return _by_share(household, parameters)


def _of_size(size: int, parameters: Parameters) -> tuple[Line, ...]:
    cell = parameters.cell(f"norm.common.{min(size, LARGEST_HOUSEHOLD)}")
    first = Line(cell.key, None, None, cell.value, cell.source, cell.status)
    if size <= LARGEST_HOUSEHOLD:
        return (first,)
    six = parameters.cell(f"norm.common.{LARGEST_HOUSEHOLD - 1}")
    above = (size - LARGEST_HOUSEHOLD) * (cell.value - six.value)
    source = parameters.references["norm.over_seven"]
    return (first, Line("norm.common.over_7", None, None, above, source, both(cell.status, six.status)))


def _lodger(household: Household, persons: int, parameters: Parameters) -> Part:
    """The household's part, by persons, of the common costs of everybody who shares the home."""
    whole = _of_size(persons, parameters)
    total = sum((line.amount for line in whole), Decimal(0))
    own = household.size
    amount = rounded_lodger_part(total * own / persons, parameters.settings)
    status = both(*(line.status for line in whole))
    source = parameters.references["norm.lodger"]
    if own == 1:
        return Part(lines=(Line("norm.common.lodger", household.adults[0].id, None, amount, source, status),))
    line = Line("norm.common.lodger", None, None, amount, source, "unconfirmed")
    return Part(lines=(line,), notes=(Note("lodger.several", {"own": str(own), "all": str(persons)}),))


def _by_share(household: Household, parameters: Parameters) -> Part:
    """Common costs for a size that is not whole: in proportion between the two sizes beside it."""
    size = len(household.adults) + sum((child.share for child in household.children), Decimal(0))
    below = int(size)
    lower, upper = _of_size(below, parameters), _of_size(below + 1, parameters)
    low, high = (sum((line.amount for line in lines), Decimal(0)) for lines in (lower, upper))
    amount = to_ore(low + (high - low) * (size - below))
    status = both(*(line.status for line in (*lower, *upper)))
    line = Line("norm.common.by_share", None, None, amount, upper[0].source, status)
    return Part(lines=(line,), notes=(Note("child.counted_by_share"),))
