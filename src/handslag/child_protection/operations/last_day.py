"""The nearest last day of the preliminary assessments of a report that wait, which the reception's list is ordered by."""

from datetime import date

from handslag.casework import public as casework
from handslag.child_protection.models import Report, ReportedChild
from handslag.child_protection.report_access import OWN_HAND
from handslag.foundation import public as foundation


def day_of_law(report: Report) -> date | None:
    """The last day that the law gives from the day that the report came, for a child who is not known yet too (SoL 20:2)."""
    return casework.last_day_within("FORH", foundation.day_of(report.received_at))


def settle_last_day(report: Report) -> None:
    """Within an operation: the report has the nearest last day of its children who are not decided; none, where all are
    or where an investigation runs for each."""
    with foundation.acting(OWN_HAND):
        waiting = ReportedChild.objects.filter(report_id=report.id, preliminary__isnull=True)
        rows = list(waiting.values_list("person_id", "due_on"))
        days = [due_on if person_id else day_of_law(report) for person_id, due_on in rows]
        nearest = min((day for day in days if day is not None), default=None)
        if nearest != report.decide_by:
            report.decide_by = nearest
            report.save(update_fields=["decide_by"])
