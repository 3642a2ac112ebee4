"""Opening, assigning, moving, closing and reopening a case."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from handslag.casework import events
from handslag.casework.access import locked_case
from handslag.casework.errors import CaseChangedMeanwhile, CaseMayNotClose, NotYours
from handslag.casework.kinds import case_kind, check_assignment, hindrances_from_above
from handslag.casework.models import Assignment, Case, CaseParty, CompletionRequest, Decision, Note
from handslag.casework.operations import restriction
from handslag.casework.states import CaseState, CompletionState, NoteState, PartyRole
from handslag.foundation import public as foundation
from handslag.people import public as people

Role = foundation.Role
OWN_HAND = foundation.system("casework")


@foundation.operation
def open_case(
    *,
    kind: str,
    person_id: UUID,
    unit_id: UUID,
    parties: Sequence[tuple[UUID, str]] = (),
    worker_id: UUID | None = None,
    by: foundation.Actor,
    at: datetime,
) -> Case:
    """Open a case about a person, with its parties, in a unit, and give it the next number of the year.

    The person becomes applicant unless `parties` gives another role. A resident opens only their own case. The
    unit gets the right to read the parties. A party with protected identity makes the case restricted at once.
    """
    if by.is_resident and by.person_id != person_id:
        raise NotYours
    if not by.is_resident:
        foundation.require_role(by, Role.CASE_WORKER, Role.MANAGER, Role.RECEPTION, unit_id=unit_id)
    # A resident may not write these rows, nor read the other parties: the system writes them for the one who asks.
    with foundation.acting(OWN_HAND) if by.is_resident else nullcontext():
        case = Case(
            number=_next_number(case_kind(kind).prefix, foundation.day_of(at).year),
            kind=kind, person_id=person_id, unit_id=unit_id, worker_id=worker_id, opened_at=at,
        )  # fmt: skip
        case.save(force_insert=True)
        events.tell(
            events.CaseOpened(case_id=case.id, person_id=person_id, unit_id=unit_id, kind=kind), by=by, at=at
        )
        roles = {person_id: PartyRole.APPLICANT.value, **dict(parties)}
        for party_id, role in roles.items():
            _join(case, party_id, role, by=by, at=at)
        if worker_id is not None and not _may_answer_for(case, worker_id):
            case.worker_id = None  # it waits in the unit until a manager assigns it
            case.save(update_fields=["worker_id"])
        _note_assignment(case, because="", by=by, at=at)
    return case


def _may_answer_for(case: Case, worker_id: UUID) -> bool:
    try:
        check_assignment(case.kind, case.id, worker_id)
    except foundation.Refused:
        return False
    return True


@foundation.operation
def add_party(*, case_id: UUID, person_id: UUID, role: str, by: foundation.Actor, at: datetime) -> CaseParty:
    """Make a person a party of an open case."""
    case = locked_case(case_id, "add_party", by)
    held = CaseParty.objects.filter(case=case, person_id=person_id, valid_to__isnull=True).first()
    if held is not None and held.role == role:
        return held
    if held is not None:
        _leave(held, by=by, at=at)
    return _join(case, person_id, role, by=by, at=at)


@foundation.operation
def remove_party(*, case_id: UUID, person_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """End a person's part in a case from now; what they sent and got stays theirs to read."""
    case = locked_case(case_id, "add_party", by)
    held = CaseParty.objects.filter(case=case, person_id=person_id, valid_to__isnull=True).first()
    if held is None or person_id == case.person_id:
        raise foundation.BadInput(
            "The person cannot leave the case.",
            where="person_id",
            do="Choose another party than the main person.",
        )
    _leave(held, by=by, at=at)


@foundation.operation
def assign_case(
    *, case_id: UUID, worker_id: UUID | None, because: str = "", version: int | None = None,
    by: foundation.Actor, at: datetime,
) -> Case:  # fmt: skip
    """Make a member of the unit's staff responsible, or nobody (`None`: the unit's queue)."""
    case = locked_case(case_id, "assign", by)
    _require_version(case, version)
    if worker_id == case.worker_id:
        return case
    if worker_id is not None:
        _require_worker(case, worker_id)
        check_assignment(case.kind, case.id, worker_id)
    give_to(case, worker_id, because=because, by=by, at=at)
    return case


@foundation.operation
def promise_day(*, case_id: UUID, on: date | None, by: foundation.Actor, at: datetime) -> Case:
    """Keep the day by which the person was promised an answer; None when nothing is promised any more.

    The context above promises and keeps: it calls this as the system, in the transaction of its own change.
    """
    case = locked_case(case_id, "promise", by)
    if case.promised_on == on:
        return case
    case.promised_on = on
    case.save(update_fields=["promised_on"])
    if on is not None:
        events.tell(
            events.DayPromised(case_id=case.id, person_id=case.person_id, promised_on=on), by=by, at=at
        )
    return case


@foundation.operation
def move_case(*, case_id: UUID, unit_id: UUID, because: str, by: foundation.Actor, at: datetime) -> Case:
    """Hand a case over to another unit's queue; the other unit gets the right to read its parties."""
    case = locked_case(case_id, "move_unit", by)
    if unit_id == case.unit_id:
        return case
    was, case.unit_id, case.worker_id = case.unit_id, unit_id, None
    with foundation.acting(OWN_HAND):
        _save(case, "unit_id", "worker_id")
        for party in CaseParty.objects.filter(case=case, valid_to__isnull=True):
            _let_unit_read(case, party.person_id, at=at)
        _note_assignment(case, because=because, by=by, at=at)
        moved = events.CaseMoved(case_id=case.id, person_id=case.person_id, unit_id=unit_id, was_unit_id=was)
        events.tell(moved, by=by, at=at)
    return case


@foundation.operation
def close_case(
    *, case_id: UUID, because: str, version: int | None = None, by: foundation.Actor, at: datetime
) -> Case:
    """Close a case in which nothing is left to do; `because` is a code. Raises CaseMayNotClose with what is left."""
    case = locked_case(case_id, "close", by)
    _require_version(case, version)
    left = hindrances(case)
    if left:
        raise CaseMayNotClose(left)
    case.state, case.closed_at, case.closed_because = CaseState.CLOSED, at, because
    _save(case, "state", "closed_at", "closed_because")
    closed = events.CaseClosed(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, kind=case.kind, because=because,
        days_open=(foundation.day_of(at) - foundation.day_of(case.opened_at)).days,
    )  # fmt: skip
    events.tell(closed, by=by, at=at)
    return case


@foundation.operation
def reopen_case(*, case_id: UUID, because: str, by: foundation.Actor, at: datetime) -> Case:
    """Open a closed case again; its clocks go on from where they were."""
    case = locked_case(case_id, "reopen", by)
    case.state, case.closed_at, case.closed_because = CaseState.OPEN, None, ""
    _save(case, "state", "closed_at", "closed_because")
    _note_assignment(case, because=because, by=by, at=at)
    reopened = events.CaseReopened(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, kind=case.kind
    )
    events.tell(reopened, by=by, at=at)
    return case


def hindrances(case: Case) -> list[dict[str, object]]:
    """What is not finished in a case, as stored sentences; empty when it may close."""
    said = foundation.said
    # A colleague's draft is not shown to the one who closes, but it counts.
    with foundation.acting(OWN_HAND):
        found = [
            (CompletionRequest.objects.filter(case=case, state=CompletionState.OPEN), "casework.hindrance.completion"),
            (Note.objects.filter(case=case, state=NoteState.DRAFT).exclude(body=""), "casework.hindrance.draft"),
            (
                # One that nobody is to be told of, each with a ground, is not left undone; nor one that a later one changed.
                Decision.objects.filter(
                    case=case, delivered_at__isnull=True, notices__isnull=True, replaced_by__isnull=True
                ),
                "casework.hindrance.undelivered",
            ),
        ]  # fmt: skip
        left = [said(code) for rows, code in found if rows.exists()]
        return left + hindrances_from_above(case.kind, case.id)


def _next_number(prefix: str, year: int) -> str:
    """The next number of a series. The series row stays locked until the transaction ends, so none is lost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_next_case_number(%s, %s)", [prefix, year])
        return f"{prefix}-{year}-{cursor.fetchone()[0]:05d}"


def _join(case: Case, person_id: UUID, role: str, *, by: foundation.Actor, at: datetime) -> CaseParty:
    if role not in PartyRole.values:
        raise foundation.BadInput(
            "There is no such part in a case.", where="role", do="Choose one of the parts."
        )
    party = CaseParty(
        case=case, person_id=person_id, role=role, has_insight=CaseParty.insight_of(role), valid_from=at
    )
    party.save(force_insert=True)
    _let_unit_read(case, person_id, at=at)
    events.tell(events.PartyJoined(case_id=case.id, person_id=person_id, role=role), by=by, at=at)
    restriction.restrict_if_protected(case, person_id, by=by, at=at)
    return party


def _leave(party: CaseParty, *, by: foundation.Actor, at: datetime) -> None:
    party.valid_to = at
    party.save(update_fields=["valid_to"])
    left = events.PartyLeft(case_id=party.case_id, person_id=party.person_id, role=party.role)
    events.tell(left, by=by, at=at)


def _let_unit_read(case: Case, person_id: UUID, *, at: datetime) -> None:
    with foundation.acting(OWN_HAND):
        people.grant_reading(person_id=person_id, unit_id=case.unit_id, because="party", by=OWN_HAND, at=at)


def give_to(
    case: Case, worker_id: UUID | None, *, because: str = "", by: foundation.Actor, at: datetime
) -> None:
    """Within an operation that has locked the case: who answers for it from now, with its row and its event."""
    was, case.worker_id = case.worker_id, worker_id
    _save(case, "worker_id")
    _note_assignment(case, because=because, by=by, at=at)
    assigned = events.CaseAssigned(
        case_id=case.id, person_id=case.person_id, unit_id=case.unit_id, worker_id=worker_id, was_worker_id=was
    )
    events.tell(assigned, by=by, at=at)


def _note_assignment(case: Case, *, because: str, by: foundation.Actor, at: datetime) -> None:
    Assignment(
        case=case,
        unit_id=case.unit_id,
        worker_id=case.worker_id,
        assigned_by_id=by.account_id,
        because=because,
        at=at,
    ).save(force_insert=True)


def _require_worker(case: Case, worker_id: UUID) -> None:
    """The responsible one works in the case's unit, and is named when the case is restricted."""
    worker = foundation.Actor(kind="staff", account_id=worker_id)
    if case.restricted:
        fits = restriction.is_named_for(case.id, worker_id)
    else:
        fits = any(
            foundation.has_role(worker, role, case.unit_id) for role in (Role.CASE_WORKER, Role.MANAGER)
        )
    if not fits:
        raise foundation.BadInput(
            "The one you chose does not work with this case's unit.",
            where="worker_id",
            do="Choose a case worker of the unit, or move the case first.",
        )


def _require_version(case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise CaseChangedMeanwhile


def _save(case: Case, *fields: str) -> None:
    case.version += 1
    case.save(update_fields=[*fields, "version"])
