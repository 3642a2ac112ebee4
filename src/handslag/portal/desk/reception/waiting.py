"""What the reception has that waits for a manager, for the manager's start page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from handslag.child_protection import public as children
from handslag.foundation.public import Role
from handslag.portal.desk.reception.arrivals import receiving_units
from handslag.portal.shell.context import held_roles


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing to do: what, in which report, where it is done, and how urgent."""

    words: "str | Promise"
    number: str
    url: str
    colour: str
    one: children.WaitsForManager


def waits_for(request: Any) -> list[Waits]:
    """What waits for the actor as manager of units that take reports in; nothing for others."""
    managed = [(role, unit) for role, unit in held_roles(request) if role == Role.MANAGER]
    units = [one.id for one in receiving_units(managed)] if managed else []
    if not units:
        return []
    kinds = {
        "countersign": (_("A child is assessed to be in danger. Read it and countersign."), "danger"),
        "more_time": (_("A colleague asks for more time for a preliminary assessment. Decide it."), "warning"),
    }
    pages = {"countersign": "reception-countersign", "more_time": "reception-extend"}
    return [
        Waits(
            words=kinds[one.kind][0], number=one.number, colour=kinds[one.kind][1], one=one,
            url=reverse(pages[one.kind], args=[one.report_id, one.reported_child_id]),
        )
        for one in children.waits_for_manager(request.actor, units)
    ]  # fmt: skip
