"""Who may do what in a case, beside what the database itself refuses."""

from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from handslag.casework.errors import CaseNotFound, MoveRefused, NotYours
from handslag.casework.models import Case, CaseParty, CaseStaff, Communication
from handslag.casework.states import MOVES, Who
from handslag.foundation import public as foundation

_BY_ROLE = {
    foundation.Role.CASE_WORKER.value: Who.WORKER,
    foundation.Role.MANAGER.value: Who.MANAGER,
    foundation.Role.RECEPTION.value: Who.RECEPTION,
}


def parts_in(case: Case, actor: foundation.Actor) -> set[Who]:
    """In which parts the actor stands in the case.

    In a restricted case the unit's roles count only for those named; a named colleague from another unit
    acts with the role they hold there.
    """
    if actor.is_system:
        return {Who.SYSTEM}
    if actor.is_resident:
        return {Who.PARTY} if is_party(case.id, actor.person_id) else set()
    if not actor.is_staff:
        return set()
    held = foundation.roles_of(actor)
    if is_named(case.id, actor):
        return {_BY_ROLE[role] for role, _ in held if role in _BY_ROLE}
    if case.restricted:
        return set()
    return {_BY_ROLE[role] for role, unit in held if role in _BY_ROLE and unit == case.unit_id}


def is_party(case_id: UUID, person_id: UUID | None) -> bool:
    """Whether a person is a party with insight now."""
    if person_id is None:
        return False
    now = foundation.now()
    held = CaseParty.objects.filter(
        case_id=case_id, person_id=person_id, has_insight=True, valid_from__lte=now
    )
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now)).exists()


def is_named(case_id: UUID, actor: foundation.Actor) -> bool:
    """Whether an account is named for the case now."""
    if actor.account_id is None:
        return False
    return _named_now(case_id).filter(account_id=actor.account_id).exists()


def _named_now(case_id: UUID) -> QuerySet[CaseStaff]:
    return CaseStaff.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=foundation.now()), case_id=case_id)


def those_to_tell(case: Case) -> list[UUID]:
    """Who is told when something happens in a case: who is responsible, else the unit's managers.

    Of a closed case nobody but those who are named for it: a number alone would tell others that there is one.
    """
    if case.worker_id is not None:
        return [case.worker_id]
    managers = managers_to_tell(case)
    return managers or _named_accounts(case) if case.restricted else managers


def managers_to_tell(case: Case) -> list[UUID]:
    """The unit's managers; of a closed case those of them who are named for it."""
    managers = foundation.managers_of(case.unit_id)
    if not case.restricted:
        return managers
    named = _named_accounts(case)
    return [account_id for account_id in managers if account_id in named]


def _named_accounts(case: Case) -> list[UUID]:
    return list(_named_now(case.id).values_list("account_id", flat=True))


def may(act: str, case: Case, actor: foundation.Actor) -> bool:
    """Whether the table of moves lets the actor do the act in the case as it stands."""
    move = MOVES[act]
    return case.state in move.states and bool(move.who & parts_in(case, actor))


def require_move(act: str, case: Case, actor: foundation.Actor) -> None:
    """Raise `NotYours` or `MoveRefused` unless `may` holds."""
    move = MOVES[act]
    if not move.who & parts_in(case, actor):
        raise NotYours
    if case.state not in move.states:
        raise MoveRefused(state=case.state)


def readable_case(case_id: UUID) -> Case:
    """The case as the present actor may read it; raises CaseNotFound."""
    case = foundation.find_row(Case, case_id)
    if case is None:
        raise CaseNotFound
    return case


def locked_case(case_id: UUID, act: str, actor: foundation.Actor) -> Case:
    """The case locked for a change by an actor who may do the act.

    Raises CaseNotFound for one who may not read it, and NotYours for one who reads but may not write.
    """
    case = foundation.find_row(Case, case_id, lock=True)
    if case is None:
        readable_case(case_id)
        raise NotYours
    require_move(act, case, actor)
    return case


def case_for(case_id: UUID, act: str, actor: foundation.Actor) -> Case:
    """The case, unlocked, for an act of an actor who may do it."""
    case = readable_case(case_id)
    require_move(act, case, actor)
    return case


def case_told_of(case_id: UUID, act: str, actor: foundation.Actor) -> Case:
    """The case for an act of somebody who was told something of it before a decision.

    A guardian is told without reading the case: what they may do is answer, so the system reads it for them. Anybody
    else is asked as for any act. Raises MoveRefused for a closed case, Refused when the answer is in, CaseNotFound, NotYours.
    """
    if not actor.is_resident or is_party(case_id, actor.person_id) or not _was_told_in(case_id):
        return case_for(case_id, act, actor)
    with foundation.acting(foundation.system("casework")):
        case = readable_case(case_id)
    if case.state not in MOVES[act].states:
        raise MoveRefused(state=case.state)
    if act == "add_document" and not _holds("handslag_may_answer_in", case_id):
        raise foundation.Refused(
            "Your answer has come in already, or we have gone on.", do="Call us if there is more to tell."
        )
    return case


def _was_told_in(case_id: UUID) -> bool:
    return Communication.objects.filter(case_id=case_id, answer_until__isnull=False).exists() and _holds(
        "handslag_told_here", case_id
    )


def _holds(function: str, case_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [case_id])
        return bool(cursor.fetchone()[0])
