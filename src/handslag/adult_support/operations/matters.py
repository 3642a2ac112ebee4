"""Receiving an adult's application or report, and closing the case."""

from datetime import datetime
from uuid import UUID

from handslag.adult_support import events
from handslag.adult_support.closing import excused, missing_steps
from handslag.adult_support.decision_rules import is_decided, may_be_left_out
from handslag.adult_support.errors import NoSuchKind, NoSuchReason, NothingTold, WordsMissing
from handslag.adult_support.kinds import KINDS, closing_reasons
from handslag.adult_support.models import AdultMatter, CameAs, ChildrenSeen, ClosedWithout
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people

DOOR = foundation.system("adult_support")


@foundation.operation
def receive_matter(
    *,
    kind: str,
    person_id: UUID,
    unit_id: UUID,
    came_as: str,
    told: str,
    told_by: str = "",
    children_seen: str = ChildrenSeen.UNKNOWN,
    sent_key: UUID,
    by: foundation.Actor,
    at: datetime,
) -> AdultMatter:
    """Open a case about an adult on what was asked for or reported, in the actor's unit.

    The unit needs no right to read the person before: whoever turns to us is taken in, and the case gives the right. The
    same `sent_key` again gives the same matter. Whoever asks is the case's applicant, whoever is reported the one it
    concerns. An application of a kind that is decided sets off the time of FL 12; advice that nobody decides on sets off
    none. Raises BadInput, Refused for one without a role in the unit, and PersonNotFound for a protected person whom the
    actor is not named for, as if there were none.
    """
    known = AdultMatter.objects.filter(sent_key=sent_key).select_related("case").first()
    if known is not None:
        return known
    if kind not in KINDS:
        raise NoSuchKind
    if not told.strip():
        raise NothingTold
    _require_reachable(person_id, by)
    part = casework.PartyRole.APPLICANT if came_as == CameAs.OWN else casework.PartyRole.CONCERNED
    case = casework.open_case(
        kind=kind, person_id=person_id, unit_id=unit_id, parties=[(person_id, part.value)],
        worker_id=by.account_id, by=by, at=at,
    )  # fmt: skip
    matter = AdultMatter(
        case=case,
        came_as=CameAs(came_as),
        told=told.strip(),
        told_by=told_by.strip(),
        children_seen=ChildrenSeen(children_seen),
        received_at=at,
        recorded_by_id=by.account_id,
        sent_key=sent_key,
    )
    matter.save(force_insert=True)
    if came_as == CameAs.OWN and is_decided(kind, foundation.day_of(at)):
        casework.start_clock(
            case_id=case.id, rule="FL12", about=matter.id, starts_on=foundation.day_of(at), by=by, at=at
        )
    came = events.ApplicationReceived if came_as == CameAs.OWN else events.ReportReceived
    received = came(
        case_id=case.id,
        person_id=person_id,
        unit_id=unit_id,
        kind=kind,
        came_as=came_as,
        children_seen=children_seen,
    )
    foundation.record(received, by=by, at=at)
    return matter


def _require_reachable(person_id: UUID, by: foundation.Actor) -> None:
    """Raise PersonNotFound unless the actor reads the person, or could be told that there is such a person."""
    if people.may_read_person(by, person_id):
        return
    if str(people.get_person(person_id, DOOR).protection) != "none":
        raise people.PersonNotFound


@foundation.operation
def close_matter(
    *,
    case_id: UUID,
    because: str,
    without_because: str = "",
    version: int | None = None,
    by: foundation.Actor,
    at: datetime,
) -> casework.Case:
    """Close an adult's case by a reason of its kind.

    A step that the case's process requires and that is missing holds it open; a reason of `decision_rules.may_be_left_out`
    lets it be missing, when `without_because` says why. Raises CaseMayNotClose, naming what is left, and WordsMissing.
    """
    case = casework.get_case(case_id, by)
    if because not in closing_reasons(case.kind):
        raise NoSuchReason
    missing = missing_steps(case_id)
    left_out = missing if set(missing) <= may_be_left_out(because) else []
    if left_out and not without_because.strip():
        raise WordsMissing(where="without_because")
    matter = AdultMatter.objects.filter(case_id=case_id).first()
    if matter is not None and matter.came_as == CameAs.OWN:
        # An application that falls undecided ends the duty; one that is handled by closing meets it.
        end = casework.lapse_clock if "decided" in left_out else casework.stop_clock
        end(case_id=case_id, rule="FL12", about=matter.id, on=foundation.day_of(at), by=by, at=at)
    with excused(left_out):
        closed = casework.close_case(case_id=case_id, because=because, version=version, by=by, at=at)
    if left_out:
        ClosedWithout(
            case_id=case_id, because=because, steps=left_out, why=without_because.strip(), closed_at=at,
            closed_by_id=by.account_id,
        ).save(force_insert=True)  # fmt: skip
    told = events.MatterClosed(
        case_id=case_id, person_id=case.person_id, kind=case.kind, because=because, without=",".join(left_out)
    )
    foundation.record(told, by=by, at=at)
    return closed
