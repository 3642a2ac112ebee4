"""What a child has asked is kept from guardians, for staff who read the file; and whether somebody may ask."""

from dataclasses import dataclass
from uuid import UUID

from handslag.casework.access import readable_case
from handslag.casework.errors import MaskingStopped
from handslag.casework.models import ChildWish
from handslag.casework.operations.child_wishes import is_child
from handslag.casework.operations.masked_notes import RestOfNote, rest_of
from handslag.casework.operations.record import guardians_of
from handslag.foundation import public as foundation
from handslag.people import public as people


@dataclass(frozen=True, slots=True)
class OwnGuardian:
    """A guardian of the child who is logged in."""

    person_id: UUID
    name: str


def find_wishes(
    case_id: UUID, actor: foundation.Actor, *, with_rest_of: UUID | None = None
) -> list[ChildWish]:
    """The wishes of the child that are weighed in a file, newest first. Of the one `with_rest_of`, `rest` holds what each
    guardian would read of the note without its words (`RestOfNote`); empty where the note stays closed whole. Raises
    CaseNotFound."""
    with foundation.acting(actor):
        readable_case(case_id)
        rows = ChildWish.objects.filter(case_id=case_id)
        ordered = rows.select_related("note", "recorded_by", "weighed_by", "reviewed_by")
        wishes = list(ordered.order_by("-asked_at", "-id"))
        for wish in wishes:
            if wish.id == with_rest_of:
                wish.rest = _rest(wish)
        return wishes


def _rest(wish: ChildWish) -> tuple[RestOfNote, ...]:
    note = wish.note
    if note is None or not wish.passage:
        return ()
    readers = [wish.toward_id] if wish.toward_id is not None else sorted(guardians_of(wish.person_id))
    try:
        rests = [rest_of(note, [wish], one, foundation.now()) for one in readers if one is not None]
    except MaskingStopped:
        return ()
    return tuple(one for one in rests if one is not None)


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
