"""Who has read about a person, told to that person: when, from which unit, which page, and why if it was unusual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Actor, RoleGrant

MOST_SHOWN = 100
FAMILY_PAGES = ("desk.family", "desk.timeline", "desk.joint")


@dataclass(frozen=True)
class Reading:
    """One reading. `who` is the unit that the reader works in, not the reader's name."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class Working:
    """A unit that works with the person in a case that the person reads: who answers for it, and how closed it is."""

    case_number: str
    unit: str
    worker: str
    named: int


def working_with(cases: Sequence[casework.Case]) -> list[Working]:
    """Who works with the person, from the person's own open cases alone: what is not yet told shows nowhere here."""
    open_ones = [case for case in cases if case.is_open]
    # A resident may not read the list of staff; the unit, the responsible one and a number are told.
    with foundation.acting(foundation.system("record")):
        rows = casework.Case.objects.filter(id__in=[case.id for case in open_ones]).select_related(
            "unit", "worker"
        )
        return [
            Working(
                row.number,
                row.unit.name,
                row.worker.name if row.worker else "",
                casework.CaseStaff.objects.filter(case=row, valid_to__isnull=True).count()
                if row.restricted
                else 0,
            )
            for row in rows.order_by("opened_at", "id")
        ]


def readings_of(actor: Actor) -> list[Reading]:
    """The latest hundred readings of the person by others; their own are left out.

    The view of a whole family is opened for somebody else's sake too. A unit that does not work with the person is left
    out there, for everybody alike: else it would tell that a relative has turned to it (OSL 26:1).
    """
    mine = AccessEntry.objects.filter(person_id=actor.person_id).exclude(reader_person_id=actor.person_id)
    seen = mine.filter(~Q(page__in=FAMILY_PAGES) | Q(account_id__in=_those_who_work_with(actor.person_id)))
    entries = list(seen.order_by("-id")[:MOST_SHOWN])
    units = _units_of({entry.account_id for entry in entries if entry.account_id})
    return [Reading(entry.at, _who(entry, units), _what(entry.page), _why(entry.why)) for entry in entries]


def _those_who_work_with(person_id: UUID | None) -> list[UUID]:
    """The accounts of every unit that has, or had, a case of the person's own."""
    if person_id is None:
        return []
    with foundation.acting(foundation.system("record")):
        units = casework.Case.objects.filter(person_id=person_id).order_by().values("unit_id")
        return list(
            RoleGrant.objects.filter(unit_id__in=units).values_list("account_id", flat=True).distinct()
        )


def _units_of(accounts: set[UUID]) -> dict[UUID, str]:
    # A resident may not read the list of staff; the unit's name alone is told.
    with foundation.acting(foundation.system("record")):
        rows = RoleGrant.objects.filter(account_id__in=accounts).order_by("valid_from")
        return dict(rows.values_list("account_id", "unit__name"))


def _who(entry: AccessEntry, units: dict[UUID, str]) -> str:
    if entry.actor_kind == "system":
        return _("The automatic handling")
    if entry.actor_kind == "resident" and entry.page in ("citizen.journal", "citizen.paper"):
        return _("A guardian of yours")
    if entry.actor_kind == "resident":
        return _("Somebody who applies together with you")
    return (
        units.get(entry.account_id, _("The social services"))
        if entry.account_id
        else _("The social services")
    )


def _what(page: str) -> str:
    area = page.partition(".")[2] or page
    return {
        "case": _("Your case"),
        "person": _("The page about you"),
        "search": _("A search for your name or number"),
        "document": _("A paper in your case"),
        "journal": _("Your record"),
        "paper": _("A paper in your record"),
        "assessment": _("The calculation"),
        "family": _("The family view"),
        "decision": _("A decision"),
        "matter": _("Your application"),
        "co_sign": _("The application that both sign"),
    }.get(area, _("Your case"))


def _why(why: str) -> str:
    return {
        "glass": _("Opened without the usual right, with a stated reason. The manager has been told."),
        "protected": _("Read by staff who are named for you."),
    }.get(why, "")
