"""Keeping a case from a member of staff who is biased (jäv, FL 16-18), and a manager's decision that they may all the same."""

from datetime import datetime, timedelta
from uuid import UUID

from handslag.casework import events
from handslag.casework.access import managers_to_tell, readable_case
from handslag.casework.errors import PartNotFound
from handslag.casework.models import Case, CaseKeptFrom, CaseStaff
from handslag.casework.operations.cases import give_to
from handslag.foundation import public as foundation

OWN_HAND = foundation.system("casework")


@foundation.operation
def keep_case_from(*, case_id: UUID, account_id: UUID, by: foundation.Actor, at: datetime) -> CaseKeptFrom:
    """From now the account neither reads nor works in the case; whoever answered for it does so no more.

    The context that knows of the bias says so, as the system. The managers who are left are told when nobody answers
    for the case any more. Kept twice is once.
    """
    if not by.is_system:
        raise foundation.Refused("The system alone keeps a case from somebody.")
    case = Case.objects.select_for_update().get(id=case_id)
    held = CaseKeptFrom.objects.filter(case=case, account_id=account_id, ended_at__isnull=True).first()
    if held is not None:
        return held
    kept = CaseKeptFrom(case=case, account_id=account_id, kept_at=at)
    kept.save(force_insert=True)
    for named in CaseStaff.objects.filter(case=case, account_id=account_id, valid_to__isnull=True):
        named.valid_to = max(at, foundation.now(), named.valid_from + timedelta(microseconds=1))
        named.save(update_fields=["valid_to"])
        events.tell(events.StaffUnnamed(case_id=case.id, named_account_id=account_id), by=by, at=at)
    if case.worker_id == account_id:
        _take_from(case, by=by, at=at)
    told = events.CaseKeptFromStaff(kept_id=kept.id, unit_id=case.unit_id, kept_account_id=account_id)
    foundation.record(told, by=by, at=at)
    return kept


@foundation.operation
def end_keeping(*, kept_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """The reason is gone: the account stands again as its roles say. As the system."""
    if not by.is_system:
        raise foundation.Refused("The system alone keeps a case from somebody.")
    kept = CaseKeptFrom.objects.select_for_update().filter(id=kept_id, ended_at__isnull=True).first()
    if kept is None:
        return
    kept.ended_at = at
    kept.save(update_fields=["ended_at"])
    foundation.record(events.CaseKeptNoMore(kept_id=kept.id, kept_account_id=kept.account_id), by=by, at=at)


@foundation.operation
def allow_despite_bias(*, kept_id: UUID, because: str, by: foundation.Actor, at: datetime) -> CaseKeptFrom:
    """A manager of the case's unit decides that the member of staff may work in it all the same, with the reason (FL 17).

    Never for oneself. Raises PartNotFound, BadInput.
    """
    kept = CaseKeptFrom.objects.select_for_update().filter(id=kept_id, ended_at__isnull=True).first()
    if kept is None or kept.account_id == by.account_id:
        raise PartNotFound("Nothing is kept from anybody here.")
    case = readable_case(kept.case_id)
    foundation.require_role(by, foundation.Role.MANAGER, unit_id=case.unit_id)
    if not because.strip():
        raise foundation.BadInput(
            "Say why the colleague may work in the case all the same.",
            where="because",
            do="Write the reason.",
        )
    if kept.allowed_at is not None:
        return kept
    kept.allowed_by_id, kept.allowed_at, kept.allowed_because = by.account_id, at, because.strip()[:1000]
    kept.save(update_fields=["allowed_by", "allowed_at", "allowed_because"])
    allowed = events.AllowedDespiteBias(
        kept_id=kept.id, unit_id=case.unit_id, kept_account_id=kept.account_id
    )
    foundation.record(allowed, by=by, at=at)
    return kept


def is_allowed(case_id: UUID, account_id: UUID) -> bool:
    """Whether a manager has decided that a biased member of staff may work in the case."""
    with foundation.acting(OWN_HAND):
        held = CaseKeptFrom.objects.filter(case_id=case_id, account_id=account_id, ended_at__isnull=True)
        return held.filter(allowed_at__isnull=False).exists()


def find_kept_from(case_id: UUID, actor: foundation.Actor) -> list[CaseKeptFrom]:
    """From whom a case is kept; for the managers of its unit, and empty for anybody else."""
    with foundation.acting(actor):
        rows = CaseKeptFrom.objects.filter(case_id=case_id, ended_at__isnull=True)
        return list(rows.select_related("account", "allowed_by").order_by("kept_at", "id"))


def _take_from(case: Case, *, by: foundation.Actor, at: datetime) -> None:
    was = case.worker_id
    give_to(case, None, by=by, at=at)
    told = foundation.said("casework.worker_kept_away", number=case.number)
    for manager in managers_to_tell(case):
        if manager != was:
            foundation.notify(manager, told, link=f"/handlaggare/arende/{case.id}/", at=at)
