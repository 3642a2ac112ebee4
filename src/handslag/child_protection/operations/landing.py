"""With which unit a report lands, and setting it."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import Q

from handslag.child_protection import report_events as events
from handslag.child_protection.models import ReceptionUnit
from handslag.child_protection.report_access import OWN_HAND, Role
from handslag.child_protection.report_errors import NobodyReceives
from handslag.child_protection.rules.office_hours import is_open
from handslag.foundation import public as foundation

CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class Landing:
    """The unit that gets a report now, the unit that keeps the files, and whether the office is closed."""

    unit_id: UUID
    day_unit_id: UUID
    municipality: str
    out_of_hours: bool


@foundation.operation
def set_reception(
    *, municipality: str, name: str, day_unit_id: UUID, on_call_unit_id: UUID | None, opens: time, closes: time,
    by: foundation.Actor, at: datetime,
) -> ReceptionUnit:  # fmt: skip
    """Say which unit receives a municipality's reports (its four digits) in office hours, and which at other hours."""
    foundation.require_role(by, Role.MANAGER, Role.ADMINISTRATOR)
    if len(municipality) != 4 or not municipality.isdecimal():
        raise foundation.BadInput(
            "A municipality's code has four digits.", where="municipality", do="Look the code up at SCB."
        )
    if opens >= closes:
        raise foundation.BadInput(
            "The office closes before it opens.", where="closes", do="Give the hours of one day."
        )
    day = foundation.day_of(at)
    with foundation.acting(OWN_HAND):
        held = ReceptionUnit.objects.filter(municipality=municipality, valid_to__isnull=True).first()
        if held is not None:
            held.valid_to = max(day, held.valid_from)
            held.save(update_fields=["valid_to"])
        row = ReceptionUnit(
            municipality=municipality, name=name.strip()[:80], day_unit_id=day_unit_id,
            on_call_unit_id=on_call_unit_id, opens=opens, closes=closes, valid_from=day,
        )  # fmt: skip
        row.save(force_insert=True)
    told = events.ReceptionSet(
        municipality=municipality, unit_id=day_unit_id, on_call_unit_id=on_call_unit_id,
        opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}",
    )  # fmt: skip
    events.tell(told, by=by, at=at)
    return row


def lands_with(municipality: str, at: datetime) -> Landing:
    """Where a report of the instant lands; without a municipality, with the first that is set.

    Where nothing is set, with the first unit that works with children. Raises NobodyReceives.
    """
    day = foundation.day_of(at)
    with foundation.acting(OWN_HAND):
        rows = ReceptionUnit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        if municipality:
            rows = rows.filter(municipality=municipality)
        row = rows.order_by("valid_from", "municipality").first()
        if row is None:
            unit = foundation.Unit.objects.filter(kind=CHILDREN).order_by("name").first()
            if unit is None or municipality:
                raise NobodyReceives
            return Landing(unit.id, unit.id, "", False)
    office = is_open(at.astimezone(foundation.SWEDEN), row.opens, row.closes)
    unit_id = row.day_unit_id if office or row.on_call_unit_id is None else row.on_call_unit_id
    return Landing(unit_id, row.day_unit_id, row.municipality, not office)


def office_is_open(day_unit_id: UUID, at: datetime) -> bool:
    """Whether the unit that keeps the files is at work."""
    with foundation.acting(OWN_HAND):
        row = ReceptionUnit.objects.filter(day_unit_id=day_unit_id, valid_to__isnull=True).first()
    return row is None or is_open(at.astimezone(foundation.SWEDEN), row.opens, row.closes)
