"""Who has read about a person, told to that person: when, from which unit, which page, and why if it was unusual."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Actor, RoleGrant

MOST_SHOWN = 100


@dataclass(frozen=True)
class Reading:
    """One reading. `who` is the unit that the reader works in, not the reader's name."""

    at: datetime
    who: str
    what: str
    why: str


def readings_of(actor: Actor) -> list[Reading]:
    """The latest hundred readings of the person by others; their own are left out."""
    entries = list(
        AccessEntry.objects.filter(person_id=actor.person_id)
        .exclude(reader_person_id=actor.person_id)
        .order_by("-id")[:MOST_SHOWN]
    )
    units = _units_of({entry.account_id for entry in entries if entry.account_id})
    return [Reading(entry.at, _who(entry, units), _what(entry.page), _why(entry.why)) for entry in entries]


def _units_of(accounts: set[UUID]) -> dict[UUID, str]:
    # A resident may not read the list of staff; the unit's name alone is told.
    with foundation.acting(foundation.system("record")):
        rows = RoleGrant.objects.filter(account_id__in=accounts).order_by("valid_from")
        return dict(rows.values_list("account_id", "unit__name"))


def _who(entry: AccessEntry, units: dict[UUID, str]) -> str:
    if entry.actor_kind == "system":
        return _("The automatic handling")
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
