"""What the applicant stated of each line of the calculation, apart from what a register says of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from handslag.income_support.rules.answered import ApplicationAnswers
from handslag.income_support.rules.assessment import JOB_STIMULUS
from handslag.income_support.rules.facts import EARLIER_AID
from handslag.income_support.rules.facts_from import TOLD_BY_REGISTER

# Lines that follow from rules or from our own decisions: an application has no field for them.
NOT_ASKED = frozenset({JOB_STIMULUS, f"income.{EARLIER_AID}"})


def is_asked(code: str) -> bool:
    """Whether an application asks for the figure of the line."""
    return not code.startswith("norm.") and code not in NOT_ASKED


def stated_kr(key: str, answers: ApplicationAnswers) -> Decimal | None:
    """The figure that the application states for the line with the key, in kronor; None when it states none.

    A line of `TOLD_BY_REGISTER` is the sum of a member's payments of the kind, so what was stated is summed too.
    """
    line, _, number = key.partition("#")
    code, _, of = line.partition(":")
    group, _, kind = code.partition(".")
    if group == "income":
        amounts = [one.amount_kr for one in answers.incomes or () if one.kind == kind and one.of == of]
        if kind in TOLD_BY_REGISTER:
            return sum(amounts, Decimal(0)) if amounts else None
        return _nth(amounts, number)
    if code == "cost.rent":
        return answers.housing.rent_kr if answers.housing is not None else None
    if group == "cost":
        return _nth([one.amount_kr for one in answers.costs or () if one.kind == kind], number)
    if group == "special":
        return _nth([one.amount_kr for one in answers.special if one.kind == kind], number)
    return None


def _nth(amounts: Sequence[Decimal], number: str) -> Decimal | None:
    place = int(number or 1) - 1
    return amounts[place] if place < len(amounts) else None
