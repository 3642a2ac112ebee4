"""Reading reports of concern, narrowed to the actor: the reception's list, one report, what came before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from handslag.child_protection.models import (
    PreliminaryAssessment,
    PreliminaryExtension,
    PreliminaryProposal,
    ProtectionAssessment,
    RepeatAnswer,
    Report,
    ReportAttachment,
    ReportedChild,
    Reporter,
)
from handslag.child_protection.operations.receiving import receipt_hash
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.report_access import OWN_HAND
from handslag.child_protection.report_errors import ReportNotFound
from handslag.child_protection.states import ReportState
from handslag.foundation import public as foundation


@dataclass(frozen=True, slots=True)
class ReportedChildView:
    """A child of a report with what has been assessed; `protection_due_at` is our own target, not law."""

    child: ReportedChild
    protection: ProtectionAssessment | None
    preliminary: PreliminaryAssessment | None
    protection_due_at: datetime
    protection_late: bool
    repeat_answered: bool
    extension: PreliminaryExtension | None = None
    # The latest proposal for more time, whatever became of it.
    time_proposal: PreliminaryProposal | None = None

    @property
    def waits_for_countersign(self) -> bool:
        """Whether a manager must still read an assessment of danger."""
        made = self.protection
        return made is not None and made.danger and made.countersigned_at is None


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report with everything that the actor may see. Without the right to the reporter, `reporter` is None and
    `reporter_hidden` says so; the page then tells that there is one, and nothing else."""

    report: Report
    children: tuple[ReportedChildView, ...]
    reporter: Reporter | None
    reporter_hidden: bool
    attachments: tuple[ReportAttachment, ...]
    duplicates: tuple[Report, ...]
    may_act: bool
    # The staff who do not see the report because of a bias, by name; told to the units' managers alone.
    hidden_from: tuple[str, ...] = ()
    # Whether the actor is a manager, who may open a report that is closed to all but those named.
    may_open_again: bool = False


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """An earlier report of a child; `outcome` is a code of `PreliminaryOutcome` or empty."""

    report_id: UUID
    number: str
    received_at: datetime
    reported_child_id: UUID
    person_id: UUID
    concern_codes: tuple[str, ...]
    outcome: str
    violence: bool
    duplicate: bool


@dataclass(frozen=True, slots=True)
class RepeatWarning:
    """A child that has been reported so often without an investigation, and whether somebody has answered."""

    child: ReportedChild
    report: Report
    number: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody who holds the number and its secret may know: that the report came in, and when."""

    number: str
    received_at: datetime


def report_view(report_id: UUID, actor: foundation.Actor, *, page: str | None = None) -> ReportView:
    """One report. With `page`, the reading is entered in the log for every child known. Raises ReportNotFound."""
    with foundation.acting(actor):
        report = (
            Report.objects.filter(id=report_id)
            .select_related("unit", "day_unit", "duplicate_of", "kept_by")
            .first()
        )
        if report is None:
            raise ReportNotFound
        children = views_of([report], with_proposals=True).get(report.id, ())
        reporter = Reporter.objects.filter(report_id=report.id).first()
        duplicates = tuple(Report.objects.filter(duplicate_of_id=report.id).order_by("received_at"))
        papers = tuple(ReportAttachment.objects.filter(report_id=report.id).order_by("added_at", "id"))
        if page is not None:
            why = "protected" if report.restricted else ""
            known = [one.child for one in children if one.child.person_id is not None]
            for child in known:
                foundation.log_read(
                    actor, person_id=child.person_id, case_id=child.case_id, page=page, why=why
                )
            if not known:
                foundation.log_read(actor, page=page, why=why)
        roles = {role for role, _ in foundation.roles_of(actor)}
        hidden = _hidden_from(report.id) if foundation.Role.MANAGER in roles else ()
    acts = bool(roles & {foundation.Role.RECEPTION, foundation.Role.CASE_WORKER, foundation.Role.MANAGER})
    manages = foundation.Role.MANAGER in roles
    return ReportView(report, children, reporter, reporter is None, papers, duplicates, acts, hidden, manages)


def report_numbered(number: str, actor: foundation.Actor) -> UUID | None:
    """The report with a number such as OA-2026-00001, if the actor may read it; None as for a number that nobody has."""
    with foundation.acting(actor):
        return Report.objects.filter(number=number).values_list("id", flat=True).first()


def may_read_report(report_id: UUID, actor: foundation.Actor) -> bool:
    """Whether the actor reads the report now."""
    with foundation.acting(actor):
        return Report.objects.filter(id=report_id).exists()


def _hidden_from(report_id: UUID) -> tuple[str, ...]:
    """Who of the units' staff does not see the report, as far as the present actor may know it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_report_hidden_from(%s)", [report_id])
        accounts = cursor.fetchone()[0]
    if not accounts:
        return ()
    rows = foundation.Account.objects.filter(id__in=accounts)
    return tuple(sorted(account.name for account in rows))


def read_attachment(attachment_id: UUID, actor: foundation.Actor) -> tuple[ReportAttachment, bytes]:
    """A paper of a report with its bytes; the reading is entered in the log. Raises ReportNotFound."""
    with foundation.acting(actor):
        paper = ReportAttachment.objects.select_related("stored").filter(id=attachment_id).first()
        if paper is None:
            raise ReportNotFound
        child = ReportedChild.objects.filter(report_id=paper.report_id, person__isnull=False).first()
        foundation.log_read(
            actor, person_id=child.person_id if child else None, case_id=child.case_id if child else None,
            page="child_protection.attachment",
        )  # fmt: skip
        return paper, bytes(paper.stored.content)


def earlier_reports_of(
    person_ids: Sequence[UUID], actor: foundation.Actor, *, before: datetime | None = None, limit: int = 50
) -> list[EarlierReport]:
    """Reports of the persons, newest first, as far as the actor may read them; others leave no trace."""
    with foundation.acting(actor):
        rows = ReportedChild.objects.filter(person_id__in=list(person_ids))
        if before is not None:
            rows = rows.filter(report__received_at__lt=before)
        rows = rows.select_related("report", "preliminary").order_by("-report__received_at", "-id")[:limit]
        return [_earlier(child) for child in rows]


def waiting_report_of(case_id: UUID, actor: foundation.Actor) -> UUID | None:
    """The oldest report of a child's file that waits for the decision whether to investigate, if the actor may read it."""
    with foundation.acting(actor):
        ordered = undecided_in(case_id).order_by("report__received_at", "id")
        return ordered.values_list("report_id", flat=True).first()


def undecided_in(case_id: UUID) -> QuerySet[ReportedChild]:
    """The reports in a child's file that wait for the decision whether to investigate, as the present actor reads them."""
    return ReportedChild.objects.filter(
        case_id=case_id, preliminary__isnull=True, report__state=ReportState.RECEIVED
    )


def third_report_warnings(
    actor: foundation.Actor, *, unit_id: UUID | None = None, unanswered: bool = True, limit: int = 100
) -> list[RepeatWarning]:
    """Children of the unit's waiting reports who have been reported so often without an investigation."""
    with foundation.acting(actor):
        reports = of_units(received_in(actor, unit_id)).filter(state=ReportState.RECEIVED)
        rows = ReportedChild.objects.filter(report__in=reports, repeat_warned=True).select_related("report")
        rows = rows.filter(repeat_answers__isnull=True) if unanswered else rows.distinct()
        ordered = rows.prefetch_related("repeat_answers").order_by("-report__received_at", "-id")[:limit]
        return [
            RepeatWarning(one, one.report, one.repeat_number, bool(one.repeat_answers.all()))
            for one in ordered
        ]


def receipt_of(number: str, code: str) -> Receipt | None:
    """What the receipt shows to whoever holds the number and its secret; None for a wrong pair."""
    with foundation.acting(OWN_HAND):
        report = Report.objects.filter(number=number.strip().upper()).first()
    if report is None or report.receipt_hash != receipt_hash(report.id, code):
        return None
    return Receipt(report.number, report.received_at)


def received_in(actor: foundation.Actor, unit_id: UUID | None, *, with_workers: bool = False) -> list[UUID]:
    """Where the actor takes reports in, and `with_workers` where they are a case worker; with `unit_id` that one alone, if
    it is among them."""
    receives = {foundation.Role.RECEPTION.value, foundation.Role.MANAGER.value}
    if with_workers:
        receives.add(foundation.Role.CASE_WORKER.value)
    units = sorted({unit for role, unit in foundation.roles_of(actor) if role in receives})
    return units if unit_id is None else [one for one in units if one == unit_id]


def of_units(units: Sequence[UUID]) -> QuerySet[Report]:
    """The reports that these units have, with the unit, who handles and who keeps them, as the present actor reads them."""
    rows = Report.objects.select_related("unit", "taken_by", "kept_by")
    return rows.filter(unit_id=units[0]) if len(units) == 1 else rows.filter(unit_id__in=units)


def views_of(
    reports: Sequence[Report], *, with_proposals: bool = False
) -> dict[UUID, tuple[ReportedChildView, ...]]:
    """The children of each report with what has been assessed, as the present actor reads them; on the page of one
    report with the proposals for more time."""
    of = {report.id: report for report in reports}
    children = _told_in(list(of))
    ids = [child.id for child in children]
    # A question for each kind: for a list of children Django's prefetching costs more than the answers.
    protection: dict[UUID, list[ProtectionAssessment]] = defaultdict(list)
    for made in _protection_of(ids):
        protection[made.child_id].append(made)
    extension = {one.child_id: one for one in _extensions_of(ids)}
    proposal = {one.child_id: one for one in (_proposals_of(ids) if with_proposals else ())}
    answered = set(_answered_for(ids))
    target, now = timedelta(hours=reception_settings().protection_target_hours), foundation.now()
    found: dict[UUID, list[ReportedChildView]] = defaultdict(list)
    for child in children:
        child.report = of[child.report_id]
        assessed = protection[child.id]
        due = child.report.received_at + target
        done = assessed[0].assessed_at if assessed else now
        found[child.report_id].append(
            ReportedChildView(
                child=child, protection=assessed[-1] if assessed else None,
                preliminary=getattr(child, "preliminary", None), protection_due_at=due,
                protection_late=done > due, repeat_answered=child.id in answered,
                extension=extension.get(child.id), time_proposal=proposal.get(child.id),
            )
        )  # fmt: skip
    return {report_id: tuple(views) for report_id, views in found.items()}


@foundation.ready
def _told_in(report_ids: list[UUID]) -> QuerySet[ReportedChild]:
    rows = ReportedChild.objects.filter(report_id__among=report_ids).select_related("preliminary")
    return rows.order_by("added_at", "id")


@foundation.ready
def _protection_of(child_ids: list[UUID]) -> QuerySet[ProtectionAssessment]:
    return ProtectionAssessment.objects.filter(child_id__among=child_ids).order_by("assessed_at", "id")


@foundation.ready
def _extensions_of(child_ids: list[UUID]) -> QuerySet[PreliminaryExtension]:
    return PreliminaryExtension.objects.filter(child_id__among=child_ids).order_by("until")


@foundation.ready
def _proposals_of(child_ids: list[UUID]) -> QuerySet[PreliminaryProposal]:
    rows = PreliminaryProposal.objects.filter(child_id__among=child_ids).select_related("proposed_by")
    return rows.order_by("proposed_at", "id")


@foundation.ready
def _answered_for(child_ids: list[UUID]) -> QuerySet[RepeatAnswer, UUID]:
    return RepeatAnswer.objects.filter(child_id__among=child_ids).values_list("child_id", flat=True)


def _earlier(child: ReportedChild) -> EarlierReport:
    decided: PreliminaryAssessment | None = getattr(child, "preliminary", None)
    assert child.person_id is not None
    return EarlierReport(
        report_id=child.report_id, number=child.report.number, received_at=child.report.received_at,
        reported_child_id=child.id, person_id=child.person_id,
        concern_codes=tuple(child.report.concern_codes), outcome=decided.outcome if decided else "",
        violence=decided.violence if decided else False, duplicate=child.report.state == ReportState.MERGED,
    )  # fmt: skip
