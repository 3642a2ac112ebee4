"""Telling those who manage a unit of a report that cannot wait."""

from datetime import datetime
from uuid import UUID

from handslag.child_protection.models import Report
from handslag.child_protection.report_access import OWN_HAND, Role
from handslag.foundation import public as foundation


def tell_managers(
    report: Report, code: str, *, at: datetime, link: str = "", **values: object
) -> None:
    """Leave a notice for those who manage the unit that has the report and may read it; it leads to the report, or to
    `link`."""
    with foundation.acting(OWN_HAND):
        unit_id = report.unit_id
        told_to = who_see_protected(unit_id) if report.restricted else foundation.managers_of(unit_id)
        if not told_to and report.restricted and report.day_unit_id is not None:
            # Kept on call, where nobody may see protected persons: those of the unit that keeps the file are told.
            told_to = who_see_protected(report.day_unit_id)
        for account_id in told_to:
            told = foundation.said(code, number=report.number, **values)
            foundation.notify(account_id, told, link=link or f"/handlaggare/mottagning/{report.id}/", at=at)


def who_see_protected(unit_id: UUID) -> list[UUID]:
    """The managers of a unit who may see protected persons."""
    with foundation.acting(OWN_HAND):
        held = foundation.RoleGrant.objects.filter(
            unit_id=unit_id, role=Role.PROTECTED, valid_to__isnull=True
        )
        seeing = set(held.values_list("account_id", flat=True))
        return [one for one in foundation.managers_of(unit_id) if one in seeing]
