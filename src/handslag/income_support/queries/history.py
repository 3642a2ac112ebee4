"""The months with aid before this one, and since when the job stimulus has applied (SoL 12:8)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from handslag.casework.public import Decision
from handslag.foundation import public as foundation
from handslag.foundation.public import BadInput, Month
from handslag.income_support.models import Application, Assessment
from handslag.income_support.operations.rules import parameters_for, settings_for
from handslag.income_support.rules.facts_from import AidHistory
from handslag.income_support.rules.months_in_a_row import job_stimulus_since, months_in_a_row

MOST_MONTHS = 60  # how far back is looked; longer than any row or period that a rule asks for


def aid_history(application: Application, month: Month) -> AidHistory:
    """Counted from the decisions themselves, by the rules and the municipality's settings of the month.

    A month counts when a decision granted money for it. A month without rules has no known start of the stimulus.
    """
    with_aid = [each.first for each in granted_months(application, before=month)]
    row = months_in_a_row(month.first, with_aid, settings_for(month.first))
    try:
        parameters = parameters_for(month)
    except BadInput:
        return AidHistory(row, None)
    paid = _months_with_salary(application) if parameters.settings.job_stimulus_start == "first_income" else []
    since = job_stimulus_since(month.first, with_aid, paid, parameters)
    return AidHistory(row, None if since is None else str(Month.of(since)))


def granted_months(application: Application, *, before: Month) -> set[Month]:
    """Months before this one for which money was granted to the applicant."""
    person_id = application.applicant_id
    earliest = before.plus(-MOST_MONTHS)
    days = _days_with_money(person_id, earliest.first, before.first)
    return {Month.of(day) for day in days if day is not None}


@foundation.ready
def _days_with_money(person_id: UUID, earliest: date, before: date) -> QuerySet[Decision, date | None]:
    return Decision.objects.filter(
        person_id=person_id,
        outcome__in=("granted", "partly_granted"),
        amount_kr__gt=0,
        period_from__gte=earliest,
        period_from__lt=before,
        type__startswith="income_support.",
    ).values_list("period_from", flat=True)


def _months_with_salary(application: Application) -> list[date]:
    """Months whose decided assessment holds a salary of the household, and the application's own month."""
    rows = Assessment.objects.filter(applicant_id=application.applicant_id, final_at__isnull=False)
    paid = [
        Month.parse(month).first
        for month, facts in rows.values_list("month", "facts")
        if any(income["kind"] == "salary" and income["amount"] for income in facts.get("incomes", ()))
    ]
    return [*paid, Month.parse(application.month).first]
