"""One message each morning instead of a stream of alarms: what is due in each worker's cases, and in each unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from handslag.casework.models import Case
from handslag.casework.states import CaseState
from handslag.foundation import public as foundation

WEEK = timedelta(days=7)
TO_WORKER, TO_MANAGER = "casework.digest", "casework.digest_of_unit"


@foundation.operation
def send_digests(*, by: foundation.Actor, at: datetime) -> int:
    """Leave one notice for each worker with something due within a week, and one for each manager of such a unit.

    Running it again the same day sends nothing more; gives how many were sent.
    """
    today = foundation.day_of(at)
    due = Case.objects.filter(state=CaseState.OPEN, due_on__lte=today + WEEK).order_by()
    numbers = {
        "overdue": Count("id", filter=Q(due_on__lt=today)),
        "today": Count("id", filter=Q(due_on=today)),
        "week": Count("id", filter=Q(due_on__gt=today)),
    }
    sent = 0
    told = _told(TO_WORKER, today)
    workers: list[dict[str, Any]] = [
        dict(row) for row in due.filter(worker__isnull=False).values("worker_id").annotate(**numbers)
    ]
    for row in workers:
        worker_id = row.pop("worker_id")
        if worker_id not in told:
            text = foundation.said(TO_WORKER, day=today.isoformat(), **row)
            foundation.notify(worker_id, text, link="/handlaggare/", at=at)
            sent += 1
    told = _told(TO_MANAGER, today)
    of_units = due.filter(restricted=False).values("unit_id", "unit__name").annotate(
        **numbers, nobody=Count("id", filter=Q(worker__isnull=True))
    )
    units: list[dict[str, Any]] = [dict(row) for row in of_units]
    for row in units:
        unit_id, name = row.pop("unit_id"), row.pop("unit__name")
        text = foundation.said(TO_MANAGER, day=today.isoformat(), unit=name, **row)
        for manager_id in foundation.managers_of(unit_id):
            if manager_id not in told:
                foundation.notify(manager_id, text, link="/ledning/", at=at)
                sent += 1
    return sent


def _told(code: str, day: date) -> set[UUID]:
    """Who has got the digest of the day already."""
    rows = foundation.Notice.objects.filter(text__code=code, text__values__day=day.isoformat())
    return set(rows.values_list("account_id", flat=True))
