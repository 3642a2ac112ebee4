"""A worker's own open cases: what is to be done today first, then the rest by day; and whom they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from handslag.casework.models import Case
from handslag.casework.queries.pages import Page, page_of, read_place
from handslag.casework.queries.work import OwnCase, Signs, WorkItem, signs_of, work_item
from handslag.foundation import public as foundation

MOST_LOOKED_THROUGH = 200


@dataclass(frozen=True, slots=True)
class OwnWork:
    """`today`: what is late or due, what has been answered or written, and where the person is late. `rest`: a page of
    the others, the nearest day first; no case is in both, on any page. `more_today`: so many of today's do not fit
    and stand among the rest."""

    today: list[WorkItem]
    rest: Page[WorkItem]
    more_today: int = 0


@dataclass(frozen=True, slots=True)
class OwnPerson:
    """Somebody in one of a worker's own open cases."""

    person_id: UUID
    case_id: UUID
    number: str


def find_own_work(
    own: Sequence[OwnCase],
    actor: foundation.Actor,
    *,
    after: str | None = None,
    limit: int = 20,
    most_today: int = 20,
) -> OwnWork:
    """The day's work out of `own_open_cases`. Four statements, however many cases there are.

    Of what has come in, the nearest 200 cases are looked through. Raises BadInput for a place that is not known.
    """
    today = foundation.today()
    with foundation.acting(actor):
        signs = signs_of([case.id for case in own[:MOST_LOOKED_THROUGH]], today)
        waiting = [case for case in own if _is_for_today(case, signs, today)]
        first = waiting[:most_today]
        shown = {case.id for case in first}
        rest = [case for case in own if case.id not in shown]
        if after is not None:
            rest = _beyond(rest, after)
        page = page_of(rest, limit, lambda case: [case.attend_on, case.id])
        wanted = [*([] if after else first), *page.rows]
        rows = {case.id: case for case in _cases_with([case.id for case in wanted])} if wanted else {}

    def items(cases: Sequence[OwnCase]) -> list[WorkItem]:
        return [work_item(rows[case.id], signs, today) for case in cases if case.id in rows]

    return OwnWork(
        today=[] if after else items(first),
        rest=Page(items(page.rows), page.after),
        more_today=len(waiting) - len(first),
    )


def find_own_persons(actor: foundation.Actor) -> list[OwnPerson]:
    """Who the actor's own open cases are about, and who is a party in them; one statement."""
    if not actor.is_staff or actor.account_id is None:
        return []
    with foundation.acting(actor):
        rows = _own_persons(actor.account_id)
    pairs = {(person, case_id, number) for main, party, case_id, number in rows for person in (main, party)}
    told = [OwnPerson(person, case_id, number) for person, case_id, number in pairs if person is not None]
    return sorted(told, key=lambda one: one.number)


def _is_for_today(case: OwnCase, signs: Signs, today: date) -> bool:
    if case.attend_on is not None and case.attend_on <= today:
        return True
    return bool(signs.answers[case.id] or signs.unread[case.id] or signs.waits.get(case.id, False))


def _beyond(cases: Sequence[OwnCase], after: str) -> list[OwnCase]:
    on, case_id = read_place(after, date.fromisoformat, UUID)
    place = _place(on, case_id)
    return [case for case in cases if _place(case.attend_on, case.id) > place]


def _place(on: date | None, case_id: UUID) -> tuple[bool, date, UUID]:
    """Where a case stands: by day, those without one last."""
    return on is None, on or date.max, case_id


@foundation.ready
def _cases_with(ids: list[UUID]) -> QuerySet[Case]:
    return Case.objects.filter(id__among=ids).select_related("worker", "unit")


@foundation.ready
def _own_persons(account_id: UUID) -> QuerySet[Case, tuple[UUID, UUID | None, UUID, str]]:
    rows = Case.objects.filter(state="open", worker_id=account_id)
    ordered = rows.order_by(F("attend_on").asc(nulls_last=True), "id")
    return ordered.values_list("person_id", "parties__person_id", "id", "number")[:2000]
