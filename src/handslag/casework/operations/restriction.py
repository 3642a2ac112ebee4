"""Cases that only named staff read: for a protected person, or by a decision; and broken glass."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from handslag.casework import events
from handslag.casework.access import locked_case
from handslag.casework.models import Case, CaseParty, CaseStaff
from handslag.foundation import public as foundation
from handslag.people import public as people

OWN_HAND = foundation.system("casework")
PROTECTED_PERSON = "protected_person"
DECIDED = "decided"


@foundation.operation
def restrict_case(
    *, case_id: UUID, account_ids: Sequence[UUID], because: str, by: foundation.Actor, at: datetime
) -> Case:
    """Close a case to all but the named accounts, by a manager's decision; `because` is told in its history.

    The responsible case worker is among the named unless left out by first taking the case from them.
    """
    case = locked_case(case_id, "restrict", by)
    named = {*account_ids, *([case.worker_id] if case.worker_id else [])}
    if not named:
        raise foundation.BadInput(
            "Name at least one who shall work in the case.",
            where="account_ids",
            do="Choose one or more colleagues.",
        )
    # A manager who is not among the named can close the case, but not read it afterwards.
    with foundation.acting(OWN_HAND):
        for account_id in named:
            _name(case, account_id, because=because, by=by, at=at)
        _restrict(case, DECIDED, len(named), by=by, at=at)
    return case


@foundation.operation
def lift_restriction(*, case_id: UUID, by: foundation.Actor, at: datetime) -> Case:
    """Open a restricted case to its unit again. Refused while a party has protected identity."""
    case = locked_case(case_id, "lift_restriction", by)
    if any(_is_protected(person_id) for person_id in _parties(case)):
        raise foundation.Refused(
            "A party of the case has protected identity.",
            do="The case stays closed as long as the protection holds.",
        )
    case.restricted, case.restricted_because, case.version = False, "", case.version + 1
    case.save(update_fields=["restricted", "restricted_because", "version"])
    events.tell(events.RestrictionLifted(case_id=case.id), by=by, at=at)
    return case


@foundation.operation
def name_staff(
    *, case_id: UUID, account_id: UUID, because: str, by: foundation.Actor, at: datetime
) -> CaseStaff:
    """Name a colleague for a case, also from another unit."""
    case = locked_case(case_id, "name_staff", by)
    return _name(case, account_id, because=because, by=by, at=at)


@foundation.operation
def unname_staff(*, case_id: UUID, account_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """End a colleague's named part in a case from now."""
    case = locked_case(case_id, "name_staff", by)
    held = _named(case.id, account_id)
    if held is None:
        raise foundation.NotFound("The colleague is not named for the case.", do="Choose one of the named.")
    held.valid_to = max(at, foundation.now(), held.valid_from + timedelta(microseconds=1))
    held.save(update_fields=["valid_to"])
    events.tell(events.StaffUnnamed(case_id=case.id, named_account_id=account_id), by=by, at=at)


@foundation.operation
def break_glass(
    *, case_id: UUID, reason: str, hours: int, by: foundation.Actor, at: datetime
) -> foundation.BreakGlass:
    """Read a case without the usual right, for a reason and some hours; the managers are told at once.

    Gives reading only. A case that is closed around a protected person does not open, and the answer does not
    tell: access that opens nothing looks the same. Every page read under it stands in the log for review.
    """
    glass = foundation.break_glass(case_id=case_id, reason=reason, hours=hours, by=by, at=at)
    # The foundation has told the manager of the one who broke it; the case's own manager is told here.
    with foundation.acting(OWN_HAND):
        case = Case.objects.filter(id=case_id).first()
        if case is not None:
            told = foundation.said("casework.glass_broken", number=case.number, hours=hours)
            for manager in set(foundation.managers_of(case.unit_id)) - {by.account_id}:
                foundation.notify(manager, told, link="/ledning/logg/", at=at)
    foundation.log_read(by, case_id=case_id, page="casework.break_glass", at=at, why="glass")
    return glass


@foundation.operation
def restrict_cases_of(
    *, person_id: UUID, named_account_ids: Sequence[UUID], by: foundation.Actor, at: datetime
) -> int:
    """Close every case in which a person is a party to all but the accounts named for the person.

    Closed cases are closed around them as well: their papers hold addresses too. Gives how many cases there are.
    """
    with foundation.acting(OWN_HAND):
        joined = CaseParty.objects.filter(person_id=person_id, valid_to__isnull=True).values_list(
            "case_id", flat=True
        )
        theirs = Case.objects.filter(Q(person_id=person_id) | Q(id__in=list(joined)))
        cases = list(Case.objects.select_for_update().filter(id__in=theirs.values("id")).order_by("id"))
        for case in cases:
            _close_around(case, set(named_account_ids), by=by, at=at)
    return len(cases)


def restrict_if_protected(case: Case, person_id: UUID, *, by: foundation.Actor, at: datetime) -> None:
    """Within an operation: close the case around a new party who is protected, to those named for them.

    With nobody named the case is still closed: then nobody but the party reads it until somebody is named.
    """
    with foundation.acting(OWN_HAND):
        if _is_protected(person_id):
            named = {
                grant.account_id
                for grant in people.grants_of(person_id, OWN_HAND)
                if grant.because == "named"
            }
            _close_around(case, {one for one in named if one is not None}, by=by, at=at)


def _close_around(case: Case, named: set[UUID], *, by: foundation.Actor, at: datetime) -> None:
    """Only those named for the protected person stay; a case around two such persons keeps those named for both."""
    now = foundation.now()
    present = CaseStaff.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), case=case)
    protected_already = case.restricted and case.restricted_because == PROTECTED_PERSON
    others = [one for one in _parties(case) if protected_already and _is_protected(one)]
    if len(others) > 1:
        named = named & {row.account_id for row in present}
    for row in present:
        if row.account_id not in named:
            row.valid_to = max(now, row.valid_from + timedelta(microseconds=1))
            row.save(update_fields=["valid_to"])
            events.tell(events.StaffUnnamed(case_id=case.id, named_account_id=row.account_id), by=by, at=at)
    for account_id in sorted(named):
        _name(case, account_id, because="casework.named.protected_person", by=by, at=at)
    if case.worker_id is not None and case.worker_id not in named:
        case.worker_id = None
        case.save(update_fields=["worker_id"])
    if not protected_already:
        _restrict(case, PROTECTED_PERSON, len(named), by=by, at=at)


def is_named_for(case_id: UUID, account_id: UUID) -> bool:
    """Whether an account is named for a case now."""
    return _named(case_id, account_id) is not None


def _restrict(case: Case, because: str, named: int, *, by: foundation.Actor, at: datetime) -> None:
    case.restricted, case.restricted_because, case.version = True, because, case.version + 1
    case.save(update_fields=["restricted", "restricted_because", "version"])
    events.tell(events.CaseRestricted(case_id=case.id, because=because, named=named), by=by, at=at)


def _name(case: Case, account_id: UUID, *, because: str, by: foundation.Actor, at: datetime) -> CaseStaff:
    held = _named(case.id, account_id)
    if held is not None:
        return held
    named = CaseStaff(
        case=case, account_id=account_id, because=because, valid_from=at, named_by_id=by.account_id
    )
    named.save(force_insert=True)
    events.tell(events.StaffNamed(case_id=case.id, named_account_id=account_id), by=by, at=at)
    return named


def _named(case_id: UUID, account_id: UUID) -> CaseStaff | None:
    now = foundation.now()
    held = CaseStaff.objects.filter(case_id=case_id, account_id=account_id)
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now)).first()


def _parties(case: Case) -> set[UUID]:
    parties = CaseParty.objects.filter(case=case, valid_to__isnull=True).values_list("person_id", flat=True)
    return {case.person_id, *parties}


def _is_protected(person_id: UUID) -> bool:
    with foundation.acting(OWN_HAND):
        return people.get_person(person_id, OWN_HAND).is_protected
