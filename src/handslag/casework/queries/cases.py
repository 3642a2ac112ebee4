"""Reading a case, its parties and its staff."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from handslag.casework.access import readable_case
from handslag.casework.errors import CaseNotFound
from handslag.casework.models import Assignment, Case, CaseParty, CaseStaff
from handslag.casework.queries.pages import Page, page_of, read_place
from handslag.foundation import public as foundation


def get_case(case_id: UUID, actor: foundation.Actor, *, page: str | None = None) -> Case:
    """The case with its unit and worker; raises CaseNotFound. With `page`, the reading is entered in the log."""
    with foundation.acting(actor):
        readable_case(case_id)
        case = Case.objects.select_related("unit", "worker").get(id=case_id)
        if page is not None:
            log_case_read(case, actor, page)
        return case


def get_case_by_number(number: str, actor: foundation.Actor) -> Case:
    """The case with a number such as EB-2026-00001; raises CaseNotFound."""
    with foundation.acting(actor):
        case = Case.objects.select_related("unit", "worker").filter(number=number.strip().upper()).first()
        if case is None:
            raise CaseNotFound
        return case


def log_case_read(case: Case, actor: foundation.Actor, page: str, at: datetime | None = None) -> None:
    """Enter that a page about the case was read; `why` tells when broken glass gave the right."""
    glass = foundation.glass_over(actor, case_id=case.id) if actor.is_staff else None
    foundation.log_read(
        actor, person_id=case.person_id, case_id=case.id, page=page, at=at or foundation.now(),
        why="glass" if glass else ("protected" if case.restricted else ""),
    )  # fmt: skip


def find_cases_of(person_id: UUID, actor: foundation.Actor) -> list[Case]:
    """The cases in which a person is or was a party, newest first, as far as the actor may read them."""
    return find_cases_of_each([person_id], actor)[person_id]


def find_cases_of_each(person_ids: Iterable[UUID], actor: foundation.Actor) -> dict[UUID, list[Case]]:
    """The same for several persons, in two statements."""
    found: dict[UUID, list[Case]] = {person_id: [] for person_id in person_ids}
    if not found:
        return found
    with foundation.acting(actor):
        joined = set(_parts_in_cases(list(found)))
        cases = _cases_among(list(found), [case_id for _, case_id in joined])
    for case in cases:
        for person_id, own in found.items():
            if case.person_id == person_id or (person_id, case.id) in joined:
                own.append(case)
    return found


@foundation.ready
def _parts_in_cases(person_ids: list[UUID]) -> QuerySet[CaseParty, tuple[UUID, UUID]]:
    return CaseParty.objects.filter(person_id__among=person_ids).values_list("person_id", "case_id")


@foundation.ready
def _cases_among(person_ids: list[UUID], case_ids: list[UUID]) -> QuerySet[Case]:
    rows = Case.objects.filter(Q(person_id__among=person_ids) | Q(id__among=case_ids))
    return rows.select_related("unit", "worker").order_by("-opened_at", "-id")


def find_open_case(person_id: UUID, kind: str, actor: foundation.Actor) -> Case | None:
    """The person's open case of a kind, as its main person; the newest if several."""
    with foundation.acting(actor):
        rows = Case.objects.filter(person_id=person_id, kind=kind, state="open")
        return rows.order_by("-opened_at", "-id").first()


def find_parties(case_id: UUID, actor: foundation.Actor) -> list[CaseParty]:
    """The parties of a case now, main roles first. Their names come from people, within the actor's rights."""
    with foundation.acting(actor):
        now = foundation.now()
        rows = CaseParty.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), case_id=case_id)
        return sorted(rows, key=lambda party: (_ROLE_ORDER.index(party.role), party.valid_from))


def find_named_staff(case_id: UUID, actor: foundation.Actor) -> list[CaseStaff]:
    """Those named for a case now."""
    with foundation.acting(actor):
        rows = CaseStaff.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=foundation.now()), case_id=case_id
        )
        return list(rows.select_related("account").order_by("valid_from"))


def find_assignments(case_id: UUID, actor: foundation.Actor) -> list[Assignment]:
    """Who has been responsible, oldest first."""
    with foundation.acting(actor):
        rows = Assignment.objects.filter(case_id=case_id).select_related("worker", "unit", "assigned_by")
        return list(rows)


def find_history(
    case_id: UUID, actor: foundation.Actor, *, after: str | None = None, limit: int = 50
) -> Page[foundation.Event]:
    """What has happened in a case, newest first; for staff who read the case."""
    with foundation.acting(actor):
        readable_case(case_id)
        rows = foundation.Event.objects.filter(case_id=case_id)
        if after is not None:
            (event_id,) = read_place(after, int)
            rows = rows.filter(id__lt=event_id)
        return page_of(list(rows.order_by("-id")[: limit + 1]), limit, lambda event: [event.id])


_ROLE_ORDER = ("concerned", "applicant", "co_applicant", "representative", "guardian", "child", "other")
