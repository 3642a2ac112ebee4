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
    "too_young": _("Under {age}: told through the guardians"),
    "no_custody": _("Not registered as guardian today"),
    "kept_out": _("Kept out of what the case tells"),
}
WHY_NO_RECORD = {
    "restricted": _("No: the case is closed to all but named staff"),
    "protected": _("No: the child is protected, or it is not known"),
    "of_age": _("No: of age, or the day of birth is not known"),
    "kept_out": _("No: kept out of what the case tells"),
    "no_custody": _("No: not registered as guardian today"),
    "no_part": _("No: no longer a party of the case"),
    "secret": _("No: something is secret toward this guardian"),
    "held": _("No: the whole record is held back"),
    "no_sight": _("No: nobody has given sight of the record"),
    "given_before": _("No: the sight was given for a custody or a part in the case that has ended since"),
    "child_decides": _("No: the child decides itself and has not said yes"),
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
    with_account = casework.who_log_in(ids)
    age = casework.record_rule().told_from_age
    return [
        Told(
            one.person_id, names.get(one.person_id, ""), roles.get(one.role, one.role),
            str(WHY_NOT.get(one.why_not, "")).format(age=age), one.kept, one.person_id in with_account,
        )
        for one in receivers
    ]  # fmt: skip
