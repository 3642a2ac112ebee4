"""The registers' figures behind the lines of a calculation: what each line counts, with source and time."""

from __future__ import annotations

from handslag.foundation.public import Month
from handslag.income_support.models import Assessment, RegisterFigure
from handslag.income_support.rules.benefits import Treatment


def counted_figures(row: Assessment) -> dict[str, tuple[RegisterFigure, ...]]:
    """The figures in force that are counted in the month, by the key of their line (`income.pension:a1`)."""
    told = RegisterFigure.objects.filter(
        application_id=row.application_id,
        answer__superseded_at__isnull=True,
        month=str(Month.parse(row.month).previous()),
        treatment=Treatment.COUNT.value,
    )
    figures: dict[str, tuple[RegisterFigure, ...]] = {}
    for one in told.order_by("agency", "paid_on", "id"):
        key = f"income.{one.income_kind}:{one.of}"
        figures[key] = (*figures.get(key, ()), one)
    return figures
