"""What follows for reports when a person is protected, a file is closed, or two records turn out to be one child."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection.models import Bias, Report, ReportedChild, Reporter
from handslag.child_protection.operations import identification
from handslag.child_protection.report_access import OWN_HAND
from handslag.foundation import public as foundation


@foundation.operation
def restrict_reports_of(*, person_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """Close the reports that a person is a child in, or has made, to all but those named."""
    with foundation.acting(OWN_HAND):
        told = ReportedChild.objects.filter(person_id=person_id).values("report_id")
        made = Reporter.objects.filter(person_id=person_id).values("report_id")
        reports = Report.objects.filter(id__in=told.union(made), restricted=False)
        for report in list(reports.order_by("id")):
            identification.restrict(report, by=by, at=at)


@foundation.operation
def restrict_reports_in(*, case_id: UUID, is_told: bool, by: foundation.Actor, at: datetime) -> None:
    """Close the reports that stand in a file, or tell of its child, as the file itself is closed. The managers are told
    unless one of them decided it (`is_told`)."""
    with foundation.acting(OWN_HAND):
        person_id = casework.get_case(case_id, OWN_HAND).person_id
        told = ReportedChild.objects.filter(Q(case_id=case_id) | Q(person_id=person_id)).values("report_id")
        there = Q(id__in=told) | Q(duplicate_of__in=told)
        for report in list(Report.objects.filter(there, restricted=False).order_by("id")):
            identification.restrict(report, by=by, at=at, is_told=is_told)


@foundation.operation
def move_reports(*, keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """What was told of the duplicate is told of the kept one; who made reports stays as it was written."""
    with foundation.acting(OWN_HAND):
        for child in ReportedChild.objects.filter(person_id=duplicate_id):
            child.person_id = keep_id
            child.save(update_fields=["person"])
        Bias.objects.filter(person_id=duplicate_id).update(person_id=keep_id)
