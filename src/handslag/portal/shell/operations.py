"""Every write of the frame itself."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor
from handslag.portal.shell.models import FaultReport, Visit

VISIT, GLANCE = timedelta(minutes=30), timedelta(minutes=1)
# A clock that was set back makes nothing new.
NOTED = """
INSERT INTO shell_visit AS held (account_id, seen_at) VALUES (%s, %s)
ON CONFLICT (account_id) DO UPDATE SET seen_at = greatest(held.seen_at, excluded.seen_at),
  since = CASE WHEN held.seen_at < %s THEN held.seen_at ELSE held.since END
RETURNING since
"""


def since_last_visit(*, by: Actor, at: datetime) -> datetime | None:
    """When the visit before this one ended, None for the first. Noted once a minute, however often the page is opened."""
    held = foundation.find_row(Visit, by.account_id)
    if held is not None and timedelta(0) <= at - held.seen_at < GLANCE:
        return held.since
    with foundation.in_one_piece():
        return note_visit(by=by, at=at)


@foundation.operation
def note_visit(*, by: Actor, at: datetime) -> datetime | None:
    """The account looks at its start page; gives when the visit before this one ended, None for the first."""
    if by.account_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(NOTED, [by.account_id, at, at - VISIT])
        since: datetime | None = cursor.fetchone()[0]
    return since


@foundation.operation
def report_fault(*, what: str, page: str = "", contact: str = "", by: Actor, at: datetime) -> None:
    """Keep a report that something cannot be used; the system administrator answers it (lag 2018:1937 13 §).

    Whoever reports may not read the reports, so nothing is read back.
    """
    if not what.strip():
        raise foundation.BadInput("Tell us what you could not do.", where="what")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shell_faultreport (id, page, what, contact, reported_at) VALUES (%s, %s, %s, %s, %s)",
            [foundation.new_id(), page.strip()[:200], what.strip()[:4000], contact.strip()[:200], at],
        )


@foundation.operation
def answer_fault(*, report_id: UUID, by: Actor, at: datetime) -> None:
    """Mark a report as answered; NotFound for whoever may not see it."""
    if not FaultReport.objects.filter(id=report_id, answered_at__isnull=True).update(answered_at=at):
        raise foundation.NotFound("There is no such report that waits for an answer.")
