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
WHOLE = Decimal(1)


def band_of(age: int) -> str:
    """The age band of the norm."""
    return next(band for start, band in reversed(BAND_STARTS) if age >= start)


# Looked up for each line of each household, so the codes are put together once.
CHILD_CODES = tuple(f"norm.child.{band_of(age)}" for age in range(SUPPORTED_TO + 1))
COMMON_CODES = tuple(f"norm.common.{size}" for size in range(1, LARGEST_HOUSEHOLD + 1))


def norm_part(facts: Facts, parameters: Parameters) -> Part:
    """All norm lines of the household."""
    lines, notes, missing = [_adults(facts.household, parameters)], [], []
    for number, child in enumerate(facts.household.children):
        line, told = _child(child, facts.month, parameters)
        notes += told
        if line is None:
            missing.append(f"household.children[{number}].pupil")
        else:
            lines.append(line)
    common = _common(facts.household, parameters)
    lines += common.lines
    notes += common.notes
    return Part(tuple(lines), tuple(notes), tuple(missing))


def age_in(month: date, born: date, settings: Settings) -> int:
    """The age that counts in the month: from the month of the birthday, or from the month after (setting)."""
    is_before = born.month > month.month or (
        settings.age_band_changes == "month_after" and born.month == month.month
    )
    return month.year - born.year - is_before


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
        _check_child(child, number, facts.month, settings)


def _check_child(child: Child, number: int, month: date, settings: Settings) -> None:
    where = "household.children[{number}].{key}"
    if (child.born.year, child.born.month) > (month.year, month.month):
        raise BadFacts(
            where.format(number=number, key="born"),
            "The child is not yet born in the month.",
            "Leave the child out, or check the date.",
        )
    age = age_in(month, child.born, settings)
    if age > SUPPORTED_TO:
        raise BadFacts(
            where.format(number=number, key="born"),
            f"The child is {age} years in the month; parents support children until 21 at most.",
            "Leave the child out; an adult child applies with a case of their own.",
        )
    if age >= OF_AGE and child.pupil is False:
        raise BadFacts(
            where.format(number=number, key="pupil"),
            f"The child is {age} years and does not go to school, and so is a household of their own.",
            "Leave the child out, or write pupil: true for grundskola, gymnasieskola or similar.",
        )


def _adults(household: Household, parameters: Parameters) -> Line:
    is_couple = len(household.adults) == 2
    code = "norm.adult.cohabiting" if is_couple else "norm.adult.single"
    cell = parameters.cell(code)
    of = None if is_couple else household.adults[0].id
    return Line(code, of, None, cell.value, cell.source, cell.status)


def _child(child: Child, month: date, parameters: Parameters) -> tuple[Line | None, list[Note]]:
    """The line of a child and what to tell; no line where it must be known whether the child goes to school."""
    age = max(0, age_in(month, child.born, parameters.settings))
    if age >= OF_AGE and child.pupil is None:
        return None, []
    notes = []
    code = CHILD_CODES[age]
    if child.lunch == "away" and age <= LUNCH_AWAY_TO:
        code += ".away"
    elif child.lunch == "away":
        notes.append(Note("lunch.not_applicable", {"of": child.id, "age": str(age)}))
    is_whole = child.share == WHOLE
    if not is_whole:
        notes.append(Note("child.part_time", {"of": child.id, "share": f"{child.share:f}"}))
    cell = parameters.cell(code)
    amount = cell.value if is_whole else to_ore(cell.value * child.share)
    return Line(code, child.id, None, amount, cell.source, cell.status), notes


def _common(household: Household, parameters: Parameters) -> Part:
    if household.lodger_in_household_of is not None:
        return _lodger(household, household.lodger_in_household_of, parameters)
    if all(child.share == WHOLE for child in household.children):
        return Part(lines=common_of_size(household.size, parameters))
    if parameters.settings.part_time_child_in_common_costs == "whole":
        return Part(lines=common_of_size(household.size, parameters), notes=(Note("child.counted_whole"),))
    return _by_share(household, parameters)


def common_of_size(size: int, parameters: Parameters) -> tuple[Line, ...]:
    """The lines of common household costs for so many persons; two lines above seven."""
    cell = parameters.cell(COMMON_CODES[min(size, LARGEST_HOUSEHOLD) - 1])
    first = Line(cell.key, None, None, cell.value, cell.source, cell.status)
    if size <= LARGEST_HOUSEHOLD:
        return (first,)
    six = parameters.cell(COMMON_CODES[LARGEST_HOUSEHOLD - 2])
    above = (size - LARGEST_HOUSEHOLD) * (cell.value - six.value)
    source = parameters.references["norm.over_seven"]
    return (first, Line("norm.common.over_7", None, None, above, source, both(cell.status, six.status)))


def _lodger(household: Household, persons: int, parameters: Parameters) -> Part:
    """The household's part, by persons, of the common costs of everybody who shares the home."""
    whole = common_of_size(persons, parameters)
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
    lower, upper = common_of_size(below, parameters), common_of_size(below + 1, parameters)
    low, high = (sum((line.amount for line in lines), Decimal(0)) for lines in (lower, upper))
    amount = to_ore(low + (high - low) * (size - below))
    status = both(*(line.status for line in (*lower, *upper)))
    line = Line("norm.common.by_share", None, None, amount, upper[0].source, status)
    return Part(lines=(line,), notes=(Note("child.counted_by_share"),))
