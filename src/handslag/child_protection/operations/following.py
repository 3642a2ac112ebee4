"""What follows for reports when a person is protected, a file is closed or opened again, two records turn out to be one
child, or a relation becomes known."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection.models import Bias, Report, ReportedChild, Reporter
from handslag.child_protection.operations import biased_files, identification
from handslag.child_protection.report_access import OWN_HAND, Role, report_for
from handslag.foundation import public as foundation
from handslag.people import public as people

# Open, or closed but kept by the one who registered a child of it without a number: a mark that comes ends that.
_NOT_CLOSED_TO_ALL = Q(restricted=False) | Q(kept_by__isnull=False)


@foundation.operation
def restrict_reports_of(*, person_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """Close the reports that a person is a child in, or has made, to all but those named."""
    with foundation.acting(OWN_HAND):
        told = ReportedChild.objects.filter(person_id=person_id).values("report_id")
        made = Reporter.objects.filter(person_id=person_id).values("report_id")
        reports = Report.objects.filter(_NOT_CLOSED_TO_ALL, id__in=told.union(made))
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
        for report in list(Report.objects.filter(_NOT_CLOSED_TO_ALL, there).order_by("id")):
            identification.restrict(report, by=by, at=at, is_told=is_told)


@foundation.operation
def lift_reports_in(*, case_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """A child's file is open to its unit again: its reports are opened with it, each with its event, but those that
    something else keeps closed (another child's file, a protected identity, a child who is not known)."""
    with foundation.acting(OWN_HAND):
        person_id = casework.get_case(case_id, OWN_HAND).person_id
        told = ReportedChild.objects.filter(Q(case_id=case_id) | Q(person_id=person_id)).values("report_id")
        there = Q(id__in=told) | Q(duplicate_of__in=told)
        for report in list(Report.objects.filter(there, restricted=True).order_by("id")):
            if not identification.why_closed(report):
                identification.unrestrict(report, by=by, at=at)


@foundation.operation
def lift_report(*, report_id: UUID, because: str, by: foundation.Actor, at: datetime) -> Report:
    """A manager opens a closed report to the reception again, with the reason.

    Refused while a child in it, or who made it, has protected identity, and while a child's file is closed.
    """
    report = report_for(report_id, by)
    foundation.require_role(by, Role.MANAGER)
    if not report.restricted:
        return report
    if not because.strip():
        raise foundation.BadInput("Say why the report is opened.", where="because", do="Write the reason.")
    why = identification.why_closed(report)
    if why == "protected":
        raise foundation.Refused(
            "Somebody in the report has protected identity.",
            do="The report stays closed as long as the protection holds.",
        )
    if why == "file":
        raise foundation.Refused("The file of a child in the report is closed.", do="Open the file first.")
    identification.unrestrict(report, by=by, at=at, because=because.strip()[:1000])
    return report


@foundation.operation
def move_reports(*, keep_id: UUID, duplicate_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """What was told of the duplicate is told of the kept one; who made reports stays as it was written."""
    with foundation.acting(OWN_HAND):
        for child in ReportedChild.objects.filter(person_id=duplicate_id):
            child.person_id = keep_id
            child.save(update_fields=["person"])
        Bias.objects.filter(person_id=duplicate_id).update(person_id=keep_id)
        biased_files.ask_again(persons=[keep_id, duplicate_id], at=at)


@foundation.operation
def follow_relation(*, relation_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """A relation has become known or has ended: staff who are near the two are asked about again."""
    with foundation.acting(OWN_HAND):
        relation = people.Relation.objects.filter(id=relation_id).first()
        if relation is not None:
            biased_files.ask_again(persons=[relation.person_id, relation.other_id], at=at)
