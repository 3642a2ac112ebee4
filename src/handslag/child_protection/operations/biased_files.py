"""A child's file is kept from staff who are biased (jäv, FL 16-18): by what they have said, and by relations that are known."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from handslag.casework import public as casework
from handslag.child_protection.models import Report
from handslag.child_protection.report_access import KIND, OWN_HAND
from handslag.foundation import public as foundation


@foundation.operation
def keep_files_from(*, account_ids: Iterable[UUID], by: foundation.Actor, at: datetime) -> int:
    """Bring what is kept from each member of staff to what is known now: an event for each file that is kept, and for each
    that is kept no more. What a manager has decided stands. Gives how many files changed. As the system."""
    if not by.is_system:
        raise foundation.Refused("The system alone keeps a case from somebody.")
    changed = 0
    with foundation.acting(OWN_HAND):
        for account_id in sorted(set(account_ids)):
            wanted = set(_files(account_id))
            rows = casework.CaseKeptFrom.objects.filter(
                account_id=account_id, ended_at__isnull=True, case__kind=KIND
            )
            held = {row.case_id: row.id for row in rows}
            for case_id in sorted(wanted - held.keys()):
                casework.keep_case_from(case_id=case_id, account_id=account_id, by=OWN_HAND, at=at)
            for case_id in held.keys() - wanted:
                casework.end_keeping(kept_id=held[case_id], by=OWN_HAND, at=at)
            changed += len(wanted ^ held.keys())
    return changed


def ask_again(
    *,
    persons: Iterable[UUID | None] = (),
    report_ids: Iterable[UUID] = (),
    also: Iterable[UUID] = (),
    at: datetime,
) -> None:
    """Within an operation: something has happened to persons or reports, so the staff near them are asked about again."""
    with foundation.acting(OWN_HAND):
        told = set(report_ids)
        mains = set(
            Report.objects.filter(id__in=told, duplicate_of__isnull=False).values_list(
                "duplicate_of_id", flat=True
            )
        )
        joined = set(Report.objects.filter(duplicate_of__in=told | mains).values_list("id", flat=True))
        known = [one for one in persons if one is not None]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT handslag_staff_near(%s::uuid[], %s::uuid[])", [known, sorted(told | mains | joined)]
            )
            near = cursor.fetchone()[0]
    keep_files_from(account_ids={*near, *also}, by=OWN_HAND, at=at)


def _files(account_id: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_files_kept_from(%s)", [account_id])
        found: list[UUID] = cursor.fetchone()[0]
    return found
