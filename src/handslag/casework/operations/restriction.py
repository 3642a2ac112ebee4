"""Cases that only named staff read: for a protected person, or by a decision; and broken glass."""

from collections.abc import Sequence
from datetime import datetime
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
            "Name at least one who shall work in the case.", where="account_ids", do="Choose one or more colleagues."
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
            "A party of the case has protected identity.", do="The case stays closed as long as the protection holds."
        )
    case.restricted, case.restricted_because, case.version = False, "", case.version + 1
    case.save(update_fields=["restricted", "restricted_because", "version"])
    foundation.record(events.RestrictionLifted(case_id=case.id), by=by, at=at)
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
    held.valid_to = max(at, foundation.now())
    held.save(update_fields=["valid_to"])
    foundation.record(events.StaffUnnamed(case_id=case.id, named_account_id=account_id), by=by, at=at)


@foundation.operation
def break_glass(
    *, case_id: UUID, reason: str, hours: int, by: foundation.Actor, at: datetime
) -> foundation.BreakGlass:
    """Read a case without the usual right, for a reason and some hours; the managers are told at once.

    Gives reading only. A case that is closed around a protected person does not open. Every page read under
    it stands in the log for review.
    """
    with foundation.acting(OWN_HAND):
        case = Case.objects.filter(id=case_id).first()
        units_managers = foundation.managers_of(case.unit_id) if case else []
    glass = foundation.break_glass(case_id=case_id, reason=reason, hours=hours, by=by, at=at)
    if case is None or case.restricted_because == PROTECTED_PERSON:
        raise foundation.Refused(
            "This case cannot be opened that way.", do="Call the unit's manager, or the on-call manager."
        )
    # The foundation has told the manager of the one who broke it; the case's own manager is told here.
    with foundation.acting(OWN_HAND):
        for manager in set(units_managers) - {by.account_id}:
            foundation.notify(
                manager, foundation.said("casework.glass_broken", number=case.number, hours=hours),
                link="/ledning/logg/", at=at,
            )  # fmt: skip
    foundation.log_read(by, case_id=case_id, page="casework.break_glass", at=at, why="glass")
    return glass


@foundation.operation
def restrict_cases_of(*, person_id: UUID, by: foundation.Actor, at: datetime) -> int:
    """Close every case in which a person with protected identity is a party, and give how many were closed.

    Closed cases are closed around them as well: their papers hold addresses too.
    """
    with foundation.acting(OWN_HAND):
        theirs = Case.objects.filter(
            Q(person_id=person_id) | Q(parties__person_id=person_id, parties__valid_to__isnull=True)
        )
        changed = 0
        for case in Case.objects.select_for_update().filter(id__in=theirs.values("id")).order_by("id"):
            changed += restrict_if_protected(case, person_id, by=by, at=at)
    return changed


def restrict_if_protected(case: Case, person_id: UUID, *, by: foundation.Actor, at: datetime) -> bool:
    """Within an operation: close the case when the person is protected, with the person's named staff.

    Answers whether it changed. With nobody named the case is still closed: then the system alone reads it
    until a manager of protected persons names somebody.
    """
    with foundation.acting(OWN_HAND):
        if not _is_protected(person_id):
            return False
        named = people.named_staff(person_id)
        for account_id in named:
            _name(case, account_id, because="casework.named.protected_person", by=by, at=at)
        if case.restricted and case.restricted_because == PROTECTED_PERSON:
            return False
        _restrict(case, PROTECTED_PERSON, len(named), by=by, at=at)
        if case.worker_id is not None and case.worker_id not in named:
            case.worker_id = None
            case.save(update_fields=["worker_id"])
    return True


def is_named_for(case_id: UUID, account_id: UUID) -> bool:
    """Whether an account is named for a case now."""
    return _named(case_id, account_id) is not None


def _restrict(case: Case, because: str, named: int, *, by: foundation.Actor, at: datetime) -> None:
    case.restricted, case.restricted_because, case.version = True, because, case.version + 1
    case.save(update_fields=["restricted", "restricted_because", "version"])
    foundation.record(events.CaseRestricted(case_id=case.id, because=because, named=named), by=by, at=at)


def _name(case: Case, account_id: UUID, *, because: str, by: foundation.Actor, at: datetime) -> CaseStaff:
    held = _named(case.id, account_id)
    if held is not None:
        return held
    named = CaseStaff(
        case=case, account_id=account_id, because=because, valid_from=at, named_by_id=by.account_id
    )
    named.save(force_insert=True)
    foundation.record(events.StaffNamed(case_id=case.id, named_account_id=account_id), by=by, at=at)
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
        return people.is_protected(person_id)
