"""The months with aid before this one, and since when the job stimulus has applied (SoL 12:8)."""

from __future__ import annotations

from handslag.casework.public import Decision
from handslag.foundation.public import Month
from handslag.income_support.models import Application
from handslag.income_support.rules.facts_from import AidHistory

MOST_MONTHS = 60
TWO_YEARS = 24
QUALIFYING = 6


def aid_history(application: Application, month: Month) -> AidHistory:
    """Counted from the decisions themselves, month by month backwards, whoever of the two was the applicant.

    A month counts when a decision granted money for it. The stimulus starts in the first month after six in a
    row and holds for two years from then (which month starts the two years is unsettled in law: handbook 1.5).
    """
    months = granted_months(application, before=month)
    row = _row_before(month, months)
    start: str | None = None
    for each in sorted(months):
        if start is not None and Month.parse(start).plus(TWO_YEARS) > each:
            continue
        if _row_before(each.next(), months) >= QUALIFYING and each.next() <= month:
            start = str(each.next())
    if start is not None and Month.parse(start).plus(TWO_YEARS) <= month:
        start = None
    return AidHistory(row, start)


def granted_months(application: Application, *, before: Month) -> set[Month]:
    """Months before this one for which money was granted to the applicant."""
    person_id = application.applicant_id
    earliest = before.plus(-MOST_MONTHS)
    rows = Decision.objects.filter(
        person_id=person_id,
        outcome__in=("granted", "partly_granted"),
        amount_kr__gt=0,
        period_from__gte=earliest.first,
        period_from__lt=before.first,
        type__startswith="income_support.",
    ).values_list("period_from", flat=True)
    return {Month.of(day) for day in rows}


def _row_before(month: Month, months: set[Month]) -> int:
    count = 0
    while month.plus(-1 - count) in months:
        count += 1
    return count
