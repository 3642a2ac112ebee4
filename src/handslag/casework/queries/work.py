"""The work list by legal clock, and the numbers of the wall."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from psycopg import sql

from handslag.casework.models import Case, Communication, CompletionRequest, Decision, LegalClock, Message
from handslag.casework.queries.pages import Page, page_of, read_place
from handslag.foundation import public as foundation

Whose = Literal["mine", "unit", "unassigned"]
Bucket = Literal["overdue", "today", "week", "later", "unclocked"]
Promise = Literal["", "today", "broken"]
BUCKETS: tuple[Bucket, ...] = ("overdue", "today", "week", "later", "unclocked")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One case in the work list. `bucket` tells how near the nearer of its two days is: the law's and the promised.

    `answers`: what the person has answered since the last decision (a communication or what was asked for). `promise`: the
    promised day is today or has passed; empty while there is time, or where nothing is promised.
    """

    case: Case
    bucket: Bucket
    unread_messages: int
    waits_for_person: bool
    person_is_late: bool
    answers: int = 0
    promise: Promise = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """By case: unread messages from the person, whether what is waited for is late, and answers since the last decision."""

    unread: Counter[UUID]
    waits: dict[UUID, bool]
    answers: Counter[UUID]


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What a worker's own open case is known by, and its nearest day."""

    id: UUID
    number: str
    attend_on: date | None


@dataclass(frozen=True, slots=True)
class Balance:
    """One number of the wall. measure: open (bucket: week, month, quarter, older), due (a bucket of the work
    list), opened, closed, decided (bucket: automated or by_hand). `kind` is a kind of case, or of decision. The
    contexts above count `state` (bucket: new, work, waits); what they leave is decided or followed."""

    measure: str
    kind: str
    bucket: str
    number: int


def bucket_of(due_on: date | None, today: date) -> Bucket:
    """How near a last day is: today's week means the seven days after today."""
    if due_on is None:
        return "unclocked"
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + WEEK else "later"


def find_work(
    actor: foundation.Actor, *, whose: Whose = "mine", unit_id: UUID | None = None, bucket: Bucket | None = None,
    kind: str | None = None, after: str | None = None, limit: int = 50,
) -> Page[WorkItem]:  # fmt: skip
    """Open cases by their nearest day, the law's or the one promised to the person; those without a day last.

    `mine`: where the actor is responsible. `unit`: all of the actor's units, or `unit_id`. `unassigned`: of
    those, what nobody is responsible for. Cost does not grow with the table: one walk along an index.
    """
    limit = max(1, min(limit, 200))
    today = foundation.today()
    with foundation.acting(actor):
        if whose == "mine" and actor.is_staff and actor.account_id and (kind, bucket, after) == (None,) * 3:
            found = _first_of_own(limit + 1)(actor.account_id)
        else:
            rows = work_of(actor, whose, unit_id)
            if kind is not None:
                rows = rows.filter(kind=kind)
            if bucket is not None:
                rows = rows.filter(_in_bucket(bucket, today))
            if after is not None:
                rows = rows.filter(_beyond(after, "attend_on"))
            found = list(_by_nearest_day(rows)[: limit + 1])
        page = page_of(found, limit, lambda case: [case.attend_on, case.id])
        return Page(_with_signs(page.rows, today), page.after)


def _by_nearest_day(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("worker", "unit").order_by(F("attend_on").asc(nulls_last=True), "id")


@cache
def _first_of_own(most: int) -> Callable[[UUID], list[Case]]:
    """What a work list that nobody has narrowed begins with."""

    def first(account_id: UUID) -> QuerySet[Case]:
        return _by_nearest_day(Case.objects.filter(state="open", worker_id=account_id))[:most]

    return foundation.ready(first)


def own_open_cases(actor: foundation.Actor) -> list[OwnCase]:
    """The open cases that the actor is responsible for, the nearest day first."""
    if not actor.is_staff or actor.account_id is None:
        return []
    with foundation.acting(actor):
        return [OwnCase(*row) for row in _own_by_day(actor.account_id)]


@foundation.ready
def _own_by_day(account_id: UUID) -> QuerySet[Case, tuple[UUID, str, date | None]]:
    rows = Case.objects.filter(state="open", worker_id=account_id)
    return rows.order_by(F("attend_on").asc(nulls_last=True), "id").values_list("id", "number", "attend_on")


def count_own(cases: Iterable[OwnCase]) -> dict[Bucket, int]:
    """How many of them lie in each bucket, as `count_work` tells of `mine`."""
    today = foundation.today()
    counts = Counter(bucket_of(case.attend_on, today) for case in cases)
    return {bucket: counts[bucket] for bucket in BUCKETS}


def count_work(
    actor: foundation.Actor, *, whose: Whose = "mine", unit_id: UUID | None = None
) -> dict[Bucket, int]:
    """How many open cases lie in each bucket; the unit's open cases are few enough to count."""
    today = foundation.today()
    with foundation.acting(actor):
        rows = work_of(actor, whose, unit_id).order_by().values_list("attend_on").annotate(cases=Count("id"))
        counts: Counter[Bucket] = Counter()
        for attend_on, cases in rows:
            counts[bucket_of(attend_on, today)] += cases
    return {bucket: counts[bucket] for bucket in BUCKETS}


def find_clocks(case_id: UUID, actor: foundation.Actor, *, open_only: bool = True) -> list[LegalClock]:
    """The clocks of one case by last day; duties "at once" without a number come last."""
    with foundation.acting(actor):
        rows = LegalClock.objects.filter(case_id=case_id)
        if open_only:
            rows = rows.filter(closed_on__isnull=True)
        return list(rows.order_by(F("last_day").asc(nulls_last=True), "id"))


def find_nearest_clocks(
    actor: foundation.Actor,
    *,
    whose: Whose = "unit",
    unit_id: UUID | None = None,
    until: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[LegalClock]:
    """The nearest clock of each open case that has one, by last day, up to and with the day `until`.

    Begins with those that are broken: what a manager looks at first. Walks the same index as the work list.
    """
    with foundation.acting(actor):
        rows = work_of(actor, whose, unit_id).filter(due_on__isnull=False)
        if until is not None:
            rows = rows.filter(due_on__lte=until)
        if after is not None:
            rows = rows.filter(_beyond(after))
        ordered = rows.order_by(F("due_on").asc(nulls_last=True), "id")
        page = page_of(list(ordered[: limit + 1]), limit, lambda case: [case.due_on, case.id])
        clocks = LegalClock.objects.filter(
            case_id__in=[case.id for case in page.rows],
            closed_on__isnull=True,
            counts=True,
            last_day__isnull=False,
        ).select_related("case__worker", "case__unit")
        nearest: dict[UUID, LegalClock] = {}
        for clock in clocks.order_by("last_day", "id"):
            nearest.setdefault(clock.case_id, clock)
        return Page([nearest[case.id] for case in page.rows if case.id in nearest], page.after)


def case_balance() -> list[Balance]:
    """The municipality's case balance for the wall: counts alone, by a function that tells nothing else."""
    return counted_by("handslag_case_balance")


def counted_by(function: str) -> list[Balance]:
    """The numbers that a database function of a context counts for the wall; `function` is its name in the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT measure, kind, bucket, number FROM {}()").format(sql.Identifier(function))
        )
        return [Balance(*row) for row in cursor.fetchall()]


def work_of(actor: foundation.Actor, whose: Whose, unit_id: UUID | None) -> QuerySet[Case]:
    """The open cases that are the actor's work: their own, their units', or nobody's there."""
    rows = Case.objects.filter(state="open")
    if not (actor.is_staff or actor.is_system):
        return rows.none()
    if whose == "mine":
        return rows.filter(worker_id=actor.account_id)
    units = [unit_id] if unit_id is not None else sorted({unit for _, unit in foundation.roles_of(actor)})
    rows = rows.filter(unit_id=units[0]) if len(units) == 1 else rows.filter(unit_id__in=units)
    return rows.filter(worker__isnull=True) if whose == "unassigned" else rows


def _in_bucket(bucket: Bucket, today: date) -> Q:
    return {
        "overdue": Q(attend_on__lt=today),
        "today": Q(attend_on=today),
        "week": Q(attend_on__gt=today, attend_on__lte=today + WEEK),
        "later": Q(attend_on__gt=today + WEEK),
        "unclocked": Q(attend_on__isnull=True),
    }[bucket]


def _beyond(after: str, day: str = "due_on") -> Q:
    on, case_id = read_place(after, date.fromisoformat, UUID)
    if on is None:
        return Q(**{f"{day}__isnull": True, "id__gt": case_id})
    return Q(**{f"{day}__gt": on}) | Q(**{day: on, "id__gt": case_id}) | Q(**{f"{day}__isnull": True})


def _with_signs(cases: Sequence[Case], today: date) -> list[WorkItem]:
    signs = signs_of([case.id for case in cases], today)
    return [work_item(case, signs, today) for case in cases]


def signs_of(ids: list[UUID], today: date) -> Signs:
    """What has come in, and what is waited for, in these cases; three statements."""
    unread = Counter(_unread_in(ids))
    waits: dict[UUID, bool] = {}
    answers: Counter[UUID] = Counter()
    for case_id, due_on, state in _asked_in(ids):
        if state == "answered":
            answers[case_id] += 1
        else:
            waits[case_id] = waits.get(case_id, False) or due_on < today
    answers.update(_answered_in(ids))
    return Signs(unread, waits, answers)


def work_item(case: Case, signs: Signs, today: date) -> WorkItem:
    """A case with what has come in."""
    return WorkItem(
        case=case,
        bucket=bucket_of(case.attend_on, today),
        unread_messages=signs.unread[case.id],
        waits_for_person=case.id in signs.waits,
        person_is_late=signs.waits.get(case.id, False),
        answers=signs.answers[case.id],
        promise=_promise(case.promised_on, today),
    )


@foundation.ready
def _unread_in(case_ids: list[UUID]) -> QuerySet[Message, UUID]:
    rows = Message.objects.filter(case_id__among=case_ids, direction="from_person", read_at__isnull=True)
    return rows.order_by().values_list("case_id", flat=True)


def _answered() -> Q:
    """What the person has answered since the last decision."""
    since = Decision.objects.filter(case_id=OuterRef("case_id"), decided_at__gte=OuterRef("answered_at"))
    return Q(~Exists(since), state="answered")


@foundation.ready
def _asked_in(case_ids: list[UUID]) -> QuerySet[CompletionRequest, tuple[UUID, date, str]]:
    asked = CompletionRequest.objects.filter(Q(state="open") | _answered(), case_id__among=case_ids)
    return asked.values_list("case_id", "due_on", "state")


@foundation.ready
def _answered_in(case_ids: list[UUID]) -> QuerySet[Communication, UUID]:
    rows = Communication.objects.filter(_answered(), case_id__among=case_ids)
    return rows.order_by().values_list("case_id", flat=True)


def _promise(promised_on: date | None, today: date) -> Promise:
    if promised_on is None or promised_on > today:
        return ""
    return "today" if promised_on == today else "broken"
