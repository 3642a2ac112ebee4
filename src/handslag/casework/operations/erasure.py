"""Erasing files on purpose (gallring, SoL 16 kap.): the system proposes, a person approves, the system carries it out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from handslag.casework import events
from handslag.casework.errors import ErasureNotFound, NotYourList
from handslag.casework.models import Case, CaseParty, ErasureItem, ErasureList
from handslag.casework.models.erasure import ItemState, ListState
from handslag.casework.operations.child_wishes import keep_wishes_of
from handslag.casework.retention import falls, keep_apart, parts_to_erase, record_of, retention_file
from handslag.casework.rules.retention import Falls, FileFacts
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.people import public as people

CASES_AT_A_TIME = 500
SHORTEST_YEARS = 5  # no rule erases anything closed later than so; a narrower walk over the closed cases
OPEN_ITEMS = (ItemState.PROPOSED, ItemState.APPROVED)


@foundation.operation
def propose_erasure(*, on: date, by: Actor, at: datetime) -> list[UUID]:
    """Make one list for each unit of the files that fall due by a day, and tell who may approve it.

    A file that stands on a list already, or that somebody has said is to be kept, is not proposed again.
    """
    foundation.require_role(by)
    due: dict[UUID, list[tuple[Case, FileFacts, Falls]]] = defaultdict(list)
    for cases in _closed_long_ago(on):
        for case, facts in _facts_of(cases):
            answer = falls(facts, on)
            if answer.answer == "erase":
                due[case.unit_id].append((case, facts, answer))
    made = []
    for unit_id, found in sorted(due.items()):
        one = ErasureList(unit_id=unit_id, for_day=on, made_at=at)
        one.save(force_insert=True)
        for case, facts, answer in found:
            if answer.duty_on is None or answer.done_by is None:
                continue
            ErasureItem(
                list=one, case_uuid=case.id, restricted=case.restricted, record=facts.record, last_note_on=facts.last_note_on,
                duty_on=answer.duty_on, done_by=answer.done_by, source=answer.source, status=answer.status,
            ).save(force_insert=True)  # fmt: skip
        foundation.record(events.ErasureProposed(list_id=one.id, unit_id=unit_id, files=len(found)), by=by, at=at)
        for account_id in _approvers(unit_id):
            foundation.notify(account_id, foundation.said("casework.erasure_list", files=len(found)), link="/ledning/gallring/", at=at)
        made.append(one.id)
    return made


@foundation.operation
def keep_from_erasure(*, item_id: UUID, because: str, by: Actor, at: datetime) -> ErasureItem:
    """Take a file off the list, with the reason why it is to be kept; it is not proposed again."""
    reason = " ".join(because.split())
    if len(reason) < 5:
        raise foundation.BadInput("Say why the file is to be kept.", where="because", do="One sentence is enough.")
    item = ErasureItem.objects.select_for_update().filter(id=item_id).first()
    if item is None:
        raise ErasureNotFound
    _require_approver(by, item.list.unit_id)
    if item.state != ItemState.PROPOSED:
        raise foundation.Conflict("This file is no longer on the list.", do="Open the list again.")
    item.state, item.because, item.decided_by_id = ItemState.KEPT, reason[:500], by.account_id
    item.save(update_fields=["state", "because", "decided_by"])
    foundation.record(events.KeptFromErasure(list_id=item.list_id, unit_id=item.list.unit_id), by=by, at=at)
    return item


@foundation.operation
def approve_erasure(*, list_id: UUID, files: int, by: Actor, at: datetime) -> int:
    """Approve that the proposed files of a list are erased; gives how many. There is no way back.

    `files` is how many the approver saw: another number now is a Conflict. Files that the approver may not see
    (cases closed to all but named staff) stay on the list until somebody named approves them.
    """
    one = ErasureList.objects.select_for_update().filter(id=list_id).first()
    if one is None:
        raise ErasureNotFound
    _require_approver(by, one.unit_id)
    items = list(ErasureItem.objects.select_for_update().filter(list=one, state=ItemState.PROPOSED))
    if one.state == ListState.DONE or len(items) != files or not items:
        raise foundation.Conflict("The list has changed since you opened it.", do="Look through it again.")
    for item in items:
        item.state, item.decided_by_id = ItemState.APPROVED, by.account_id
        item.save(update_fields=["state", "decided_by"])
    if one.state == ListState.PROPOSED:
        one.state, one.approved_by_id, one.approved_at = ListState.APPROVED, by.account_id, at
        one.save(update_fields=["state", "approved_by", "approved_at"])
    foundation.record(events.ErasureApproved(list_id=one.id, unit_id=one.unit_id, files=len(items)), by=by, at=at)
    from handslag.casework.jobs import erase_list

    erase_list.defer(list_id=str(one.id))
    return len(items)


@foundation.operation
def erase_file(*, item_id: UUID, by: Actor, at: datetime) -> int:
    """Erase one approved file, with everything that the contexts above keep of it and the persons whom nothing else concerns.

    Gives the number of rows. What has been written or opened since the approval is kept, and told on the list.
    """
    foundation.require_role(by)
    item = ErasureItem.objects.select_for_update().select_related("list").filter(id=item_id, state=ItemState.APPROVED).first()
    if item is None:
        return 0
    case = Case.objects.select_for_update().filter(id=item.case_uuid).first()
    facts = next((facts for _, facts in _facts_of([case])), None) if case is not None else None
    if case is None or facts is None or falls(facts, foundation.day_of(at)).answer != "erase":
        return _failed(item, "changed")
    persons = {case.person_id, *CaseParty.objects.filter(case=case).values_list("person_id", flat=True)}
    try:
        with transaction.atomic():
            keep_apart(case.id, at)
            keep_wishes_of(case)
            rows = _erase_parts(case.id)
    except IntegrityError:
        return _failed(item, "still_used")
    erased_persons = _erase_persons(sorted(persons))
    item.state, item.rows, item.erased_at = ItemState.ERASED, rows, at
    item.save(update_fields=["state", "rows", "erased_at"])
    happened = events.FileErased(case_id=item.case_uuid, unit_id=item.list.unit_id, rows=rows, persons=erased_persons)
    foundation.record(happened, by=by, at=at)
    return rows


@foundation.operation
def finish_list(*, list_id: UUID, by: Actor, at: datetime) -> bool:
    """Close a list of which nothing more is proposed or approved; gives whether it was closed now."""
    foundation.require_role(by)
    one = ErasureList.objects.select_for_update().filter(id=list_id, state=ListState.APPROVED).first()
    if one is None or ErasureItem.objects.filter(list=one, state__in=OPEN_ITEMS).exists():
        return False
    one.state, one.done_at = ListState.DONE, at
    one.save(update_fields=["state", "done_at"])
    erased = ErasureItem.objects.filter(list=one, state=ItemState.ERASED).count()
    failed = ErasureItem.objects.filter(list=one, state=ItemState.FAILED).count()
    foundation.record(events.ErasureDone(list_id=one.id, unit_id=one.unit_id, erased=erased, failed=failed), by=by, at=at)
    return True


@foundation.operation
def forget_leftovers(*, by: Actor, at: datetime) -> int:
    """Erase what belongs to no file and nobody needs: empty drafts of notes, notices that were read, finished jobs."""
    foundation.require_role(by)
    days = {name: timedelta(days=number) for name, number in retention_file()["leftovers"].items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_forget_empty_drafts(%s)", [at - days["empty_note_drafts"]])
        gone = int(cursor.fetchone()[0])
        cursor.execute("SELECT handslag_forget_leftovers(%s, %s)", [at - days["acknowledged_notices"], at - days["finished_jobs"]])
        gone += int(cursor.fetchone()[0])
    if gone:
        foundation.record(events.LeftoversErased(rows=gone), by=by, at=at)
    return gone


def _closed_long_ago(on: date) -> Iterator[list[Case]]:
    """Closed cases that could fall due, a batch at a time; what stands on a list or is kept is left out."""
    latest = datetime(on.year - SHORTEST_YEARS, on.month, min(on.day, 28), tzinfo=foundation.SWEDEN) + timedelta(days=4)
    listed = ErasureItem.objects.filter(state__in=[*OPEN_ITEMS, ItemState.KEPT]).values("case_uuid")
    rows = Case.objects.filter(state="closed", closed_at__lt=latest).exclude(id__in=listed).select_related("person").order_by("id")
    after: UUID | None = None
    while batch := list((rows.filter(id__gt=after) if after else rows)[:CASES_AT_A_TIME]):
        yield batch
        after = batch[-1].id


def _facts_of(cases: Sequence[Case]) -> Iterator[tuple[Case, FileFacts]]:
    """What the rule asks of each file. Other files of the same person hold it while they go on."""
    persons = {case.person_id for case in cases}
    others = list(Case.objects.filter(person_id__in=persons).values_list("id", "person_id", "state"))
    notes = _last_notes([id_ for id_, _, _ in others])
    by_person: dict[UUID, list[tuple[UUID, date | None]]] = defaultdict(list)
    for id_, person_id, state in others:
        ended = notes[id_][1] if state == "closed" and id_ in notes else None
        by_person[person_id].append((id_, ended))
    for case in cases:
        if case.id not in notes:
            continue
        last_note, ended = notes[case.id]
        yield case, FileFacts(
            record=record_of(case.kind, case.id),
            closed_on=foundation.day_of(case.closed_at) if case.closed_at else None,
            last_note_on=last_note,
            circumstances_ended_on=ended,
            born=case.person.born,
            others_ended_on=tuple(day for id_, day in by_person[case.person_id] if id_ != case.id),
        )


def _last_notes(case_ids: Sequence[UUID]) -> dict[UUID, tuple[date, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, last_at, ended_on FROM handslag_last_notes(%s)", [list(case_ids)])
        return {id_: (foundation.day_of(last_at), ended) for id_, last_at, ended in cursor.fetchall()}


def _erase_parts(case_id: UUID) -> int:
    rows = 0
    with connection.cursor() as cursor:
        for context in parts_to_erase():
            cursor.execute("SELECT handslag_erase_part(%s, %s)", [case_id, context])
            rows += int(cursor.fetchone()[0])
    return rows


def _erase_persons(person_ids: Sequence[UUID]) -> int:
    """Persons whom no other file concerns; born on a day that research keeps, or unknown when, they stay."""
    concerned = set(CaseParty.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))
    concerned |= set(Case.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))
    return sum(people.erase_person(person_id) for person_id in person_ids if person_id not in concerned)


def _failed(item: ErasureItem, why: str) -> int:
    item.state, item.because = ItemState.FAILED, why
    item.save(update_fields=["state", "because"])
    return 0


def _approvers(unit_id: UUID) -> list[UUID]:
    if str(settings.HANDSLAG_ERASURE_APPROVER) == Role.MANAGER.value:
        return foundation.managers_of(unit_id)
    held = foundation.RoleGrant.objects.filter(role=Role.ADMINISTRATOR, valid_from__lte=foundation.today(), valid_to__isnull=True)
    return sorted(set(held.values_list("account_id", flat=True)))


def may_approve_erasure(actor: Actor, unit_id: UUID) -> bool:
    """Whether the actor approves lists of a unit: its manager, or the administrator where the municipality has set so."""
    role = Role(str(settings.HANDSLAG_ERASURE_APPROVER))
    return actor.is_staff and foundation.has_role(actor, role, unit_id if role == Role.MANAGER else None)


def _require_approver(actor: Actor, unit_id: UUID) -> None:
    if not may_approve_erasure(actor, unit_id):
        raise NotYourList
