"""Months in a row with aid, and the months that the job stimulus covers (SoL 12:8). Months are their first days.

Two rules of the law count the same row: the job stimulus and the activity requirement. What breaks a row and what starts
the two years is left open by the law and settled by the municipality (rules.parameters.Settings).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from handslag.income_support.rules.parameters import MONTHS_A_YEAR, Parameters, Settings


def months_in_a_row(month: date, with_aid: Collection[date], settings: Settings) -> int:
    """How many months with aid lie in a row immediately before the month.

    A gap shorter than the setting does not break the row; its months are not counted.
    """
    aided = {_number(each) for each in with_aid}
    return _row_before(_number(month), aided, int(settings.row_broken_after_months), after=None)


def job_stimulus_since(
    month: date, with_aid: Collection[date], with_salary: Collection[date], parameters: Parameters
) -> date | None:
    """The first month of the two years that cover the month, or that were the last to run out before it; None: never yet.

    The months of a new row must all lie after the two years before. With the setting `first_income` the two years start
    in the first month of salary after the qualification; `with_salary` is then needed, otherwise it is not looked at.
    """
    if "job_stimulus.share" not in parameters.cells:
        return None
    needed = int(parameters.cell("job_stimulus.months_in_a_row").value)
    length = int(parameters.cell("job_stimulus.length_months").value)
    broken_after = int(parameters.settings.row_broken_after_months)
    starts_by_income = parameters.settings.job_stimulus_start == "first_income"
    aided, paid, this = {_number(each) for each in with_aid}, {_number(each) for each in with_salary}, _number(month)
    since: int | None = None
    is_qualified = False
    for each in range(min(aided, default=this), this + 1):
        ended = None if since is None else since + length
        if ended is not None and each < ended:
            continue
        is_qualified = is_qualified or _row_before(each, aided, broken_after, after=ended) >= needed
        if is_qualified and (not starts_by_income or each in paid):
            since, is_qualified = each, False
    return None if since is None else _month(since)


def _row_before(month: int, aided: Collection[int], broken_after: int, *, after: int | None) -> int:
    """Months with aid before the month until a gap that breaks the row; none earlier than `after`."""
    count = gap = 0
    each = month - 1
    while gap < broken_after and (after is None or each >= after):
        if each in aided:
            count, gap = count + 1, 0
        else:
            gap += 1
        each -= 1
    return count


def _number(month: date) -> int:
    return month.year * MONTHS_A_YEAR + month.month - 1


def _month(number: int) -> date:
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)
