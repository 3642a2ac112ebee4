"""The reception's list, and what in it waits for a manager: narrowed to the actor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL

from handslag.casework import public as casework
from handslag.child_protection.models import PreliminaryProposal, ProtectionAssessment, Report
from handslag.child_protection.queries.reports import ReportedChildView, of_units, received_in, views_of
from handslag.child_protection.reception_settings import reception_settings
from handslag.child_protection.states import ReportState, TimeProposalState, Urgency
from handslag.foundation import public as foundation

Which = Literal["waiting", "mine", "all"]
MOST = 200
# The sections of what waits, in their order: danger; then what must be investigated and after it the rest, each with
# what is overdue or near its last day first (nearest day first) and the newest after it.
_SECTIONS = (
    (Urgency.DANGER, ""),
    (Urgency.VIOLENCE, "near"),
    (Urgency.VIOLENCE, "new"),
    (Urgency.OTHER, "near"),
    (Urgency.OTHER, "new"),
)
_WHICH_DAY = {"": "", "near": "AND r.decide_by <= %s", "new": "AND (r.decide_by > %s OR r.decide_by IS NULL)"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report in the reception's list; its last day is `report.decide_by`."""

    report: Report
    children: tuple[ReportedChildView, ...]
    duplicates: int

    @property
    def repeat_warning(self) -> bool:
        """Whether a child has been reported again and again, and nobody has answered."""
        return any(one.child.repeat_warned and not one.repeat_answered for one in self.children)


@dataclass(frozen=True, slots=True)
class WaitsForManager:
    """What a manager owes a child of a report: `countersign` danger, or answer a proposal for `more_time`."""

    kind: Literal["countersign", "more_time"]
    report_id: UUID
    number: str
    reported_child_id: UUID
    last_day: date | None


def find_arrivals(
    actor: foundation.Actor, *, which: Which = "waiting", unit_id: UUID | None = None, after: str | None = None,
    limit: int = 50,
) -> casework.Page[Arrival]:  # fmt: skip
    """The reception's list: `waiting` danger first, then violence or abuse, then the rest; within them what is overdue or
    near its last day, then the newest. `mine` is those of them that the actor has taken on or been given, a case worker's own
    too; `all` the newest first, with
    what is decided and joined. Costs the same however many reports there are: each section walks an index, and all of
    them are one statement."""
    limit = max(1, min(limit, MOST))
    with foundation.acting(actor):
        units = received_in(actor, unit_id, with_workers=which == "mine")
        alone = after is None and len(units) == 1
        if which == "all":
            if alone:
                return _arrivals(_first_of_all(limit + 1)(units[0]), limit, _place_of_all)
            rows = of_units(units) if after is None else of_units(units).filter(_beyond_all(after))
            ordered = rows.order_by("-received_at", "-id")[: limit + 1]
            return _arrivals(list(ordered), limit, _place_of_all)
        near = foundation.today() + timedelta(days=reception_settings().last_day_near_days)
        if alone and which == "waiting":
            found = _first_waiting(limit + 1)(units[0], near)
        else:
            taken_by = actor.account_id if which == "mine" else None
            found = list(_waiting(units, near, limit + 1, taken_by=taken_by, after=after))
        return _arrivals(found, limit, lambda one: _place_of_waiting(one, near))


def waits_for_manager(actor: foundation.Actor, unit_ids: Sequence[UUID]) -> list[WaitsForManager]:
    """What waits for a manager of these units in reports that the actor reads, the nearest last day first: danger that
    somebody else has assessed and nobody has countersigned, and proposals for more time."""
    day = foundation.today()
    with foundation.acting(actor):
        theirs = Q(child__report__unit_id__in=list(unit_ids)) | Q(
            child__report__day_unit_id__in=list(unit_ids)
        )
        latest = ProtectionAssessment.objects.filter(child=OuterRef("child")).order_by("-assessed_at", "-id")
        unsigned = ProtectionAssessment.objects.filter(theirs, danger=True, countersigned_at__isnull=True)
        unsigned = unsigned.filter(id=Subquery(latest.values("id")[:1])).exclude(
            assessed_by_id=actor.account_id
        )
        unsigned = unsigned.exclude(child__report__state=ReportState.MERGED)
        asked = PreliminaryProposal.objects.filter(theirs, state=TimeProposalState.WAITING)
        columns = ("child__report_id", "child__report__number", "child_id", "child__due_on")
        signs = [WaitsForManager("countersign", *row) for row in unsigned.values_list(*columns)[:MOST]]
        more = [WaitsForManager("more_time", *row) for row in asked.values_list(*columns)[:MOST]]
    return sorted([*signs, *more], key=lambda one: (one.kind, one.last_day or day, one.number))


@cache
def _first_waiting(most: int) -> Callable[[UUID, date], list[Report]]:
    def first(unit_id: UUID, near: date) -> QuerySet[Report]:
        return _waiting([unit_id], near, most)

    return foundation.ready(first)


@cache
def _first_of_all(most: int) -> Callable[[UUID], list[Report]]:
    def first(unit_id: UUID) -> QuerySet[Report]:
        return of_units([unit_id]).order_by("-received_at", "-id")[:most]

    return foundation.ready(first)


def _waiting(
    units: Sequence[UUID], near: date, most: int, *, taken_by: UUID | None = None, after: str | None = None
) -> QuerySet[Report]:
    """What waits, in order: each section gives its first from its own index, and the first of them all are kept."""
    first, beyond = 0, ""
    place: list[Any] = []
    if after is not None:
        first, beyond, place = _read_place(after)
    parts: list[str] = []
    given: list[Any] = []
    for nth, (urgency, day) in enumerate(_SECTIONS):
        if nth < first:
            continue
        mine = "" if taken_by is None else "AND r.taken_by_id = %s"
        unit = "r.unit_id = %s" if len(units) == 1 else "r.unit_id = ANY(%s::uuid[])"
        order = "r.decide_by, " if day == "near" else ""
        parts.append(
            f"(SELECT r.id FROM child_protection_report r WHERE r.state = 'received' AND {unit} AND r.urgency = {urgency:d} "
            f"{_WHICH_DAY[day]} {mine} {beyond if nth == first else ''} "
            f"ORDER BY {order}r.received_at DESC, r.id DESC LIMIT {most:d})"
        )
        given += [units[0] if len(units) == 1 else list(units), *([near] if day else [])]
        given += [*([] if taken_by is None else [taken_by]), *(place if nth == first else [])]
    rows = Report.objects.select_related("unit", "taken_by", "kept_by").filter(
        id__in=RawSQL(" UNION ALL ".join(parts), given)  # noqa: S611 - fixed words, values apart
    )
    is_near = Q(decide_by__lte=near) & ~Q(urgency=Urgency.DANGER)
    nearness = Case(When(is_near, then=Value(0)), default=Value(1))
    day_if_near = Case(When(is_near, then=F("decide_by")), default=Value(None))
    return rows.order_by("urgency", nearness, day_if_near, "-received_at", "-id")[:most]


def _section_of(report: Report, near: date) -> int:
    if report.urgency == Urgency.DANGER:
        return 0
    is_near = report.decide_by is not None and report.decide_by <= near
    return _SECTIONS.index((Urgency(report.urgency), "near" if is_near else "new"))


def _place_of_waiting(report: Report, near: date) -> list[Any]:
    section = _section_of(report, near)
    day = report.decide_by if _SECTIONS[section][1] == "near" else None
    return [section, day, report.received_at, report.id]


def _place_of_all(report: Report) -> list[Any]:
    return [report.received_at, report.id]


def _read_place(after: str) -> tuple[int, str, list[Any]]:
    """The section that a place stands in, what is beyond it there, and the values of that."""
    section, day, received_at, report_id = casework.read_place(
        after, int, date.fromisoformat, casework.moment, UUID
    )
    if section not in range(len(_SECTIONS)) or (day is None) == (_SECTIONS[section][1] == "near"):
        raise foundation.BadInput(
            "The place in the list is not known.", where="after", do="Open the list from its beginning."
        )
    later = "(r.received_at < %s OR (r.received_at = %s AND r.id < %s))"
    beyond = [received_at, received_at, report_id]
    if day is None:
        return section, f"AND {later}", beyond
    return section, f"AND (r.decide_by > %s OR (r.decide_by = %s AND {later}))", [day, day, *beyond]


def _beyond_all(after: str) -> Q:
    received_at, report_id = casework.read_place(after, casework.moment, UUID)
    return Q(received_at__lt=received_at) | Q(received_at=received_at, id__lt=report_id)


def _arrivals(
    found: list[Report], limit: int, place: Callable[[Report], list[Any]]
) -> casework.Page[Arrival]:
    page = casework.page_of(found, limit, place)
    children = views_of(page.rows)
    joined = _joined_with([report.id for report in page.rows])
    return casework.Page(
        [Arrival(report, children.get(report.id, ()), joined.count(report.id)) for report in page.rows],
        page.after,
    )


@foundation.ready
def _joined_with(report_ids: list[UUID]) -> QuerySet[Report, UUID | None]:
    return Report.objects.filter(duplicate_of_id__among=report_ids).values_list("duplicate_of_id", flat=True)
