"""Who is told, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people

WHY_NOT = {
    "too_young": _("Under 15: told through the guardians"),
    "no_custody": _("Not registered as guardian today"),
    "kept_out": _("Kept out of what the case tells"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whom the case concerns, with the name that the actor may see. `logs_in`: has an account here."""

    person_id: UUID
    name: str
    role: "str | Promise"
    why_not: "str | Promise"
    kept: casework.KeptOut | None
    logs_in: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What one of them gets to read."""

    told: Told
    texts: Sequence[Any]
    hidden: Sequence[casework.HiddenPassage]
    notice: casework.DecisionNotice | None = None
    fields: Sequence[Any] = ()


def told_who(receivers: Sequence[casework.Receiver], actor: foundation.Actor) -> list[Told]:
    """Each receiver in words."""
    ids = [one.person_id for one in receivers]
    names = people.names_of(ids, actor)
    roles = dict(casework.PartyRole.choices)
    with foundation.acting(actor):
        with_account = set(
            foundation.Account.objects.filter(person_id__in=ids, is_active=True).values_list(
                "person_id", flat=True
            )
        )
    return [
        Told(
            one.person_id, names.get(one.person_id, ""), roles.get(one.role, one.role),
            WHY_NOT.get(one.why_not, ""), one.kept, one.person_id in with_account,
        )
        for one in receivers
    ]  # fmt: skip
