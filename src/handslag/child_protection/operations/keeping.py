"""Who goes on with a report that is closed only because a child of it has no number: given on, or ended when it leaves."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from handslag.casework import public as casework
from handslag.child_protection import report_events as events
from handslag.child_protection.models import Report, ReportedChild, Reporter
from handslag.child_protection.operations.bias import is_biased
from handslag.child_protection.operations.notices import who_see_protected
from handslag.child_protection.report_access import OWN_HAND, Role, report_for
from handslag.child_protection.report_errors import Biased, NotOfTheReception, ReportIsNotKept
from handslag.foundation import public as foundation
from handslag.people import public as people

# Whose list the unit's reports stand in (`queries.reports.received_in`).
_RECEIVE = (Role.RECEPTION, Role.MANAGER)


@foundation.operation
def give_kept_report(*, report_id: UUID, account_id: UUID, by: foundation.Actor, at: datetime) -> Report:
    """Whoever keeps a report gives it to a named colleague of the same reception, or to the case worker who answers for a
    running file of a child in it, who goes on with it; a manager of the unit who reads it may do it for them. With it go
    those of the same event, and the sight of the children without a number and of their files: one keeps it at a time, so
    nobody reads it who did not but the one it is given to. A case worker outside the reception is not shown a reporter who
    asked not to be known.

    Raises ReportNotFound, ReportIsNotKept also where a protected person made it, Refused for who neither keeps it nor manages the unit, NotOfTheReception,
    and Biased (it is not told to whom).
    """
    report = report_for(report_id, by)
    keeper = report.kept_by_id
    if keeper is None:
        raise ReportIsNotKept
    if keeper != by.account_id:
        foundation.require_role(by, Role.MANAGER, unit_id=report.unit_id)
    if account_id == keeper:
        return report
    with foundation.acting(OWN_HAND):
        together = _kept_together(report, keeper)
        if _made_by_protected(together):
            raise ReportIsNotKept
        children = list(ReportedChild.objects.filter(report__in=together))
        if account_id not in {one.id for one in _who_may_go_on(report.unit_id, children, at)}:
            raise NotOfTheReception
        if is_biased(account_id, children, *(one.id for one in together)):
            raise Biased
        for child in children:
            _show(child, keeper, account_id, at=at)
        for one in together:
            one.kept_by_id = one.taken_by_id = account_id
            one.version += 1
            one.save(update_fields=["kept_by", "taken_by", "version"])
        for child in children:
            _hide(child, keeper, report.unit_id, at=at)
        told = foundation.said("child_protection.report_given", number=report.number)
        foundation.notify(account_id, told, link=f"/handlaggare/mottagning/{report.id}/", at=at)
    for one in together:
        given = events.KeptReportGiven(
            report_id=one.id, unit_id=one.unit_id, from_account_id=keeper, kept_by_id=account_id
        )
        events.tell(given, by=by, at=at)
    return together[0]


def may_be_given_to(report_id: UUID, actor: foundation.Actor) -> list[foundation.Account]:
    """The colleagues whom the actor may give a kept report to, by name: of the reception, and the case workers of running
    files of children in it; none where the actor may not. Nobody who is too close to somebody in it is there."""
    with foundation.acting(actor):
        report = Report.objects.filter(id=report_id).first()
        if report is None or report.kept_by_id is None:
            return []
        if report.kept_by_id != actor.account_id and not _manages(actor, report.unit_id):
            return []
    with foundation.acting(OWN_HAND):
        together = _kept_together(report, report.kept_by_id)
        if _made_by_protected(together):
            return []
        children = list(ReportedChild.objects.filter(report__in=together))
        ids = [one.id for one in together]
        return [
            one
            for one in _who_may_go_on(report.unit_id, children, foundation.now())
            if one.id != report.kept_by_id and not is_biased(one.id, children, *ids)
        ]


def end_keeping(report: Report, *, at: datetime) -> None:
    """Within an operation: who kept a report while its child had no number reads neither the child nor its file when the
    report leaves them."""
    keeper, report.kept_by_id = report.kept_by_id, None
    if keeper is None:
        return
    # A manager who sees protected persons goes on reading what was given to them, as the unit's other managers do.
    whose = Q(identified_by_id=keeper) if keeper in who_see_protected(report.unit_id) else Q()
    for child in ReportedChild.objects.filter(whose, report=report, person__protection="unknown"):
        _end_sight(child, keeper, at=at)


def _kept_together(report: Report, keeper: UUID) -> list[Report]:
    """The report, and those of the same event that the same one keeps in the same unit."""
    main = report.duplicate_of_id or report.id
    of_event = Q(id=main) | Q(duplicate_of_id=main)
    rows = Report.objects.select_for_update().filter(of_event, kept_by_id=keeper, unit_id=report.unit_id)
    return sorted(rows, key=lambda one: (one.id != report.id, one.id))


def _made_by_protected(together: list[Report]) -> bool:
    """Whether somebody whose identity is protected made one of the reports: whoever went on would read of them too."""
    made = Reporter.objects.filter(report__in=together, person__isnull=False)
    return any(
        people.get_person(one, OWN_HAND).is_protected for one in made.values_list("person_id", flat=True)
    )


def _who_may_go_on(unit_id: UUID, children: list[ReportedChild], at: datetime) -> list[foundation.Account]:
    """Those who take reports in, in a unit on the day, and those who answer for a running file of one of the children and
    are case workers of its unit, by name. A file that is closed to all but those named makes nobody one of them."""
    day = foundation.day_of(at)
    held = foundation.RoleGrant.objects.filter(valid_from__lte=day, account__is_active=True)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    may = Q(unit_id=unit_id, role__in=_RECEIVE)
    files = casework.Case.objects.filter(id__in=[one.case_id for one in children if one.case_id is not None])
    running = files.filter(state=casework.CaseState.OPEN, worker__isnull=False, restricted=False)
    for worker_id, of_unit in running.values_list("worker_id", "unit_id"):
        may |= Q(account_id=worker_id, unit_id=of_unit, role=Role.CASE_WORKER)
    found = foundation.Account.objects.filter(id__in=held.filter(may).values("account_id"))
    return list(found.order_by("name", "id"))


def _manages(actor: foundation.Actor, unit_id: UUID) -> bool:
    return (Role.MANAGER, unit_id) in foundation.roles_of(actor)


def _show(child: ReportedChild, keeper: UUID, account_id: UUID, *, at: datetime) -> None:
    """Let a colleague read of a child without a number what the keeper reads of it, and no more."""
    if child.person_id is not None and _grants(child.person_id, keeper):
        people.grant_reading(
            person_id=child.person_id, account_id=account_id, because="named", by=OWN_HAND, at=at
        )
    if (
        child.case_id is not None
        and _is_named(child.case_id, keeper)
        and not _is_named(child.case_id, account_id)
    ):
        casework.name_staff(
            case_id=child.case_id, account_id=account_id, because="casework.named.protected_person",
            by=OWN_HAND, at=at,
        )  # fmt: skip


def _hide(child: ReportedChild, keeper: UUID, unit_id: UUID, *, at: datetime) -> None:
    """Who has given a report away reads of the child no more, but a manager who sees protected persons in any case, and
    whoever keeps another report of the child."""
    if child.person_id is None or people.get_person(child.person_id, OWN_HAND).protection != "unknown":
        return
    others = Report.objects.filter(kept_by_id=keeper, children__person_id=child.person_id)
    if keeper not in who_see_protected(unit_id) and not others.exists():
        _end_sight(child, keeper, at=at)


def _end_sight(child: ReportedChild, account_id: UUID, *, at: datetime) -> None:
    assert child.case_id is not None and child.person_id is not None
    if _is_named(child.case_id, account_id):
        casework.unname_staff(case_id=child.case_id, account_id=account_id, by=OWN_HAND, at=at)
    for grant_id in _grants(child.person_id, account_id):
        people.end_grant(grant_id=grant_id, by=OWN_HAND, at=at)


def _is_named(case_id: UUID, account_id: UUID) -> bool:
    named = casework.CaseStaff.objects.filter(case_id=case_id, account_id=account_id, valid_to__isnull=True)
    return bool(named.exists())


def _grants(person_id: UUID, account_id: UUID) -> list[UUID]:
    held = people.PersonGrant.objects.filter(
        person_id=person_id, account_id=account_id, because="named", valid_to__isnull=True
    )
    return list(held.values_list("id", flat=True))
