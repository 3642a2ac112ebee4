"""What a child has asked is kept from guardians, for staff who read the file; and whether somebody may ask."""

from dataclasses import dataclass
from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.models import ChildWish
from handslag.casework.operations.child_wishes import is_child
from handslag.casework.operations.record import guardians_of
from handslag.foundation import public as foundation
from handslag.people import public as people


@dataclass(frozen=True, slots=True)
class OwnGuardian:
    """A guardian of the child who is logged in."""

    person_id: UUID
    name: str


def find_wishes(case_id: UUID, actor: foundation.Actor) -> list[ChildWish]:
    """The wishes of the child that are weighed in a file, newest first. Raises CaseNotFound."""
    with foundation.acting(actor):
        readable_case(case_id)
        rows = ChildWish.objects.filter(case_id=case_id)
        return list(
            rows.select_related("note", "recorded_by", "weighed_by", "reviewed_by").order_by(
                "-asked_at", "-id"
            )
        )


def may_ask_to_keep(actor: foundation.Actor) -> bool:
    """Whether somebody who is logged in is a child, of any age."""
    if not actor.is_resident or actor.person_id is None:
        return False
    born = people.get_person(actor.person_id, actor).born
    return born is not None and is_child(born, foundation.today())


def guardians_to_keep_from(actor: foundation.Actor) -> list[OwnGuardian]:
    """The registered guardians of a child who is logged in, by name; of anybody else nobody."""
    if actor.person_id is None or not may_ask_to_keep(actor):
        return []
    names = people.names_of(guardians_of(actor.person_id), foundation.system("record"))
    return [OwnGuardian(one, names[one]) for one in sorted(names, key=lambda one: names[one])]
