"""Who is too close to somebody in a matter to handle it (jäv, FL 16-18)."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from handslag.casework import public as casework
from handslag.child_protection import report_events as events
from handslag.child_protection.models import Bias, Report, ReportedChild, Reporter
from handslag.child_protection.operations.biased_files import keep_files_from
from handslag.child_protection.report_access import OWN_HAND, Role, report_for
from handslag.child_protection.report_errors import Biased
from handslag.child_protection.states import BiasKind
from handslag.foundation import public as foundation
from handslag.people import public as people


@foundation.operation
def declare_bias(
    *, kind: str, person_id: UUID | None = None, report_id: UUID | None = None, account_id: UUID | None = None,
    by: foundation.Actor, at: datetime,
) -> Bias:  # fmt: skip
    """Say that a member of staff is, or is close to, a person, or somebody in a report: oneself without `account_id`.

    A manager may say it of another. From now the one concerned is not assigned to the child's file, and neither the
    report nor the file is there for them: in the lists, the pages and the database itself; the units' managers see from
    whom. A file that they answered for goes back to the unit. The same said twice is one.
    """
    foundation.require_role(by, *Role)
    about = account_id or by.account_id
    if about != by.account_id:
        foundation.require_role(by, Role.MANAGER)
    if kind not in BiasKind.values or (person_id is None and report_id is None) or about is None:
        raise foundation.BadInput(
            "Say how you are close to somebody, and to whom.", where="kind", do="Choose one of the kinds."
        )
    held = _held(about, person_id, report_id)
    if held is not None and about == by.account_id:  # the report is hidden from them by now
        return held
    if report_id is not None:
        report_for(report_id, by)
    if person_id is not None:
        people.get_person(person_id, by)
    if held is not None:
        return held
    with foundation.acting(OWN_HAND):
        bias = Bias(
            account_id=about, person_id=person_id, report_id=report_id, kind=kind,
            declared_by_id=by.account_id, declared_at=at,
        )  # fmt: skip
        bias.save(force_insert=True)
        if report_id is not None:
            Report.objects.filter(id=report_id, taken_by_id=about).update(taken_by=None)
    events.tell(events.BiasDeclared(bias_id=bias.id, biased_account_id=about, kind=kind), by=by, at=at)
    for one in _reports_of(bias):
        hidden = events.ReportHidden(report_id=one.id, unit_id=one.unit_id, hidden_account_id=about)
        events.tell(hidden, by=OWN_HAND, at=at)
    keep_files_from(account_ids=[about], by=OWN_HAND, at=at)
    return bias


def _held(account_id: UUID, person_id: UUID | None, report_id: UUID | None) -> Bias | None:
    """The same bias, said before and not ended."""
    with foundation.acting(OWN_HAND):
        known = Bias.objects.filter(account_id=account_id, ended_at__isnull=True)
        known = known.filter(person__isnull=True) if person_id is None else known.filter(person_id=person_id)
        known = known.filter(report__isnull=True) if report_id is None else known.filter(report_id=report_id)
        return known.first()


def _reports_of(bias: Bias) -> list[Report]:
    """The reports that a bias hides from the one it concerns."""
    with foundation.acting(OWN_HAND):
        told = Q(id=bias.report_id) | Q(duplicate_of_id=bias.report_id) if bias.report_id else Q(pk__in=[])
        if bias.person_id is not None:
            told |= Q(children__person_id=bias.person_id) | Q(reporter__person_id=bias.person_id)
        return list(Report.objects.filter(told).distinct().order_by("id"))


@foundation.operation
def end_bias(*, bias_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """A declared bias holds no more, or was a mistake; a manager says so, never the one it concerns."""
    foundation.require_role(by, Role.MANAGER)
    with foundation.acting(OWN_HAND):
        bias = Bias.objects.select_for_update().filter(id=bias_id, ended_at__isnull=True).first()
        if bias is None:
            raise foundation.NotFound("There is no such bias.", do="Go back and choose again.")
        if bias.account_id == by.account_id:
            raise foundation.Refused("You cannot end this yourself.", do="Ask another manager.")
        bias.ended_at = at
        bias.save(update_fields=["ended_at"])
    events.tell(events.BiasEnded(bias_id=bias.id, biased_account_id=bias.account_id), by=by, at=at)
    keep_files_from(account_ids=[bias.account_id], by=OWN_HAND, at=at)


def require_no_bias(child: ReportedChild, by: foundation.Actor) -> None:
    """Raise `Biased` when the one who acts is too close. It is not told to whom, for that could tell who reported."""
    if by.account_id is not None and by.is_staff and is_biased(by.account_id, [child]):
        raise Biased


def check_assignment(case_id: UUID, worker_id: UUID) -> None:
    """For casework: refuse a case worker who is too close to the child or to somebody in a report in its file, unless a
    manager has decided otherwise."""
    with foundation.acting(OWN_HAND):
        children = list(ReportedChild.objects.filter(case_id=case_id))
        kept = casework.CaseKeptFrom.objects.filter(
            case_id=case_id, account_id=worker_id, ended_at__isnull=True
        ).exists()
    if (kept or is_biased(worker_id, children)) and not casework.is_allowed(case_id, worker_id):
        raise Biased


def is_biased(account_id: UUID, children: list[ReportedChild], *report_ids_too: UUID) -> bool:
    """Whether a member of staff made one of the reports, is or is close to the one who did, or to a child in them:
    by what they have said themselves, or by the relations that we know."""
    with foundation.acting(OWN_HAND):
        told = {*report_ids_too, *(child.report_id for child in children)}
        joined = Report.objects.filter(Q(id__in=told) | Q(duplicate_of_id__in=told))
        report_ids = {*told, *joined.values_list("id", flat=True)}
        reporters = list(Reporter.objects.filter(report_id__in=report_ids))
        if any(reporter.account_id == account_id for reporter in reporters):
            return True
        told_of = [*(one.person_id for one in children), *(one.person_id for one in reporters)]
        persons = {one for one in told_of if one is not None}
        said = Bias.objects.filter(account_id=account_id, ended_at__isnull=True)
        if said.filter(Q(report_id__in=report_ids) | Q(person_id__in=persons)).exists():
            return True
        selves = _persons_of(account_id)
        return bool(selves & persons) or _are_related(selves, persons)


def _persons_of(account_id: UUID) -> set[UUID]:
    account = foundation.Account.objects.filter(id=account_id).only("person_id").first()
    said = Bias.objects.filter(account_id=account_id, kind=BiasKind.SELF, ended_at__isnull=True)
    selves = set(said.filter(person__isnull=False).values_list("person_id", flat=True))
    return {one for one in (*selves, account.person_id if account else None) if one is not None}


def _are_related(selves: set[UUID], persons: set[UUID]) -> bool:
    if not selves or not persons:
        return False
    either = Q(person_id__in=selves, other_id__in=persons) | Q(person_id__in=persons, other_id__in=selves)
    # One that has ended still binds; one whose first day is its last was a mistake that has been undone.
    known = people.Relation.objects.filter(either).exclude(kind="contact").exclude(valid_to=F("valid_from"))
    return known.exists()
