"""Reports that may tell of the same event as another: of the same child, within some days."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from handslag.child_protection.models import Report, ReportedChild
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.report_errors import ReportNotFound
from handslag.child_protection.states import ReportState
from handslag.foundation import public as foundation

MOST = 50


@dataclass(frozen=True, slots=True)
class SameEvent:
    """A report that may tell of the same event: `known` when a child of both is the same person, else the name and the
    year of birth agree as they were told."""

    report: Report
    children: tuple[ReportedChild, ...]
    known: bool


def likely_same_event(report_id: UUID, actor: foundation.Actor) -> list[SameEvent]:
    """Reports that wait and may be joined with this one, the earliest first, as far as the actor reads them.

    Those that came within `same_event_days` (our own setting) of it, to the same unit, and tell of a child of it: the
    same person, or the same name where the years of birth that were told do not differ. Nothing is joined by it.
    Raises ReportNotFound.
    """
    with foundation.acting(actor):
        report = Report.objects.filter(id=report_id).first()
        if report is None:
            raise ReportNotFound
        days = timedelta(days=reception_settings().same_event_days)
        near = Report.objects.filter(
            unit_id__in={report.unit_id, report.day_unit_id}, state=ReportState.RECEIVED,
            received_at__range=(report.received_at - days, report.received_at + days),
        ).exclude(id=report_id)  # fmt: skip
        told = list(ReportedChild.objects.filter(report_id=report_id))
        others = ReportedChild.objects.filter(report__in=near).select_related("report")
        found: dict[UUID, SameEvent] = {}
        for other in others.order_by("report__received_at", "report_id", "added_at"):
            alike = [one for one in told if _alike(one, other)]
            if not alike:
                continue
            before = found.get(other.report_id)
            is_known = any(one.person_id is not None and one.person_id == other.person_id for one in alike)
            found[other.report_id] = SameEvent(
                other.report,
                (*(before.children if before else ()), other),
                is_known or (before is not None and before.known),
            )
        return list(found.values())[:MOST]


def _alike(one: ReportedChild, other: ReportedChild) -> bool:
    if one.person_id is not None and other.person_id is not None:
        return one.person_id == other.person_id
    if one.number_told and one.number_told == other.number_told:
        return True
    if not one.name_told or one.name_told.casefold() != other.name_told.casefold():
        return False
    return one.born is None or other.born is None or one.born.year == other.born.year
