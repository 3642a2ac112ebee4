"""Incomes of the household: job stimulus (SoL 12:8) and children's own work (SoL 12:9)."""

from __future__ import annotations

from decimal import Decimal

from handslag.income_support.rules.assessment import JOB_STIMULUS, NO_PART, NOTHING, Line, Note, Part
from handslag.income_support.rules.facts import INCOME_KINDS, Facts, Income
from handslag.income_support.rules.parameters import Parameters, both, months_between, to_ore

JANUARY = 1
INCOME_CODES = {kind: f"income.{kind}" for kind in INCOME_KINDS}


def income_part(facts: Facts, parameters: Parameters) -> Part:
    """Every income with what counts of it, and the part of salaries that the job stimulus leaves out."""
    if not facts.incomes:
        return NO_PART
    source = parameters.references["incomes"]
    lines: list[Line] = []
    missing: list[str] = []
    earned: dict[str | None, Decimal] = {}
    for number, income in enumerate(facts.incomes):
        if income.kind == "child_work":
            line, lacking = _child_work(income, earned.get(income.of, NOTHING), facts, parameters)
            earned[income.of] = earned.get(income.of, NOTHING) + income.amount
            lines.append(line)
            if lacking:
                missing.append(f"incomes[{number}].earned_earlier_this_year")
        else:
            lines.append(Line(INCOME_CODES[income.kind], income.of, income.amount, income.amount, source))
    stimulus = _job_stimulus(facts, parameters)
    if stimulus is NO_PART:
        return Part(tuple(lines), (), tuple(missing))
    return Part((*lines, *stimulus.lines), stimulus.notes, (*missing, *stimulus.missing))


def _child_work(
    income: Income, this_month: Decimal, facts: Facts, parameters: Parameters
) -> tuple[Line, bool]:
    """Only what is above one price base amount in the calendar year counts; an unknown year counts nothing yet."""
    share, price_base = parameters.cell("child_work.limit_share"), parameters.cell("price_base_amount")
    earlier = income.earned_earlier_this_year
    is_unknown = earlier is None and facts.month.month != JANUARY and income.amount > 0
    above = (earlier or NOTHING) + this_month + income.amount - share.value * price_base.value
    counted = NOTHING if is_unknown else to_ore(min(income.amount, max(NOTHING, above)))
    status = both(share.status, price_base.status)
    return Line("income.child_work", income.of, income.amount, counted, share.source, status), is_unknown


def _job_stimulus(facts: Facts, parameters: Parameters) -> Part:
    salaries = [income for income in facts.incomes if income.kind == "salary" and income.amount > 0]
    if not salaries or "job_stimulus.share" not in parameters.cells:
        return NO_PART
    applies, starts = job_stimulus_applies(facts, parameters)
    if applies is None:
        return Part(missing=("history.months_with_aid_in_a_row",))
    if not applies:
        return NO_PART
    share = parameters.cell("job_stimulus.share")
    lines = tuple(
        Line(JOB_STIMULUS, income.of, None, -to_ore(income.amount * share.value), share.source, share.status)
        for income in salaries
    )
    needed = parameters.cell("job_stimulus.months_in_a_row")
    notes = (Note("job_stimulus.starts", {"months": f"{needed.value:f}"}),) if starts else ()
    return Part(lines, notes)


def job_stimulus_applies(facts: Facts, parameters: Parameters) -> tuple[bool | None, bool]:
    """Whether the special rule of calculation applies this month (None: cannot be told), and whether it starts now.

    It applies for two years from its first month. Otherwise it starts when support has been given for six months
    in a row immediately before; after two years, for six months in a row that all lie after them.
    """
    needed = int(parameters.cell("job_stimulus.months_in_a_row").value)
    length = int(parameters.cell("job_stimulus.length_months").value)
    since, row = facts.history.job_stimulus_since, facts.history.months_with_aid_in_a_row
    if since is not None:
        used = months_between(since, facts.month)
        if used < length:
            return True, False
        if used - length < needed:
            return False, False
    if row is None:
        return None, False
    return row >= needed, row >= needed
