"""Opening a joint matter, naming its team, joining cases to it, letting the team know, and closing it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handslag.casework import public as casework
from handslag.coordination import events
from handslag.coordination.access import hand_of, led_matter, open_matter, own_part, require_work_in
from handslag.coordination.models import JointMatter, JointMember, JointPart
from handslag.coordination.states import JointClosing, JointKind, JointRole
from handslag.foundation import public as foundation

TEAM = (foundation.Role.CASE_WORKER, foundation.Role.MANAGER, foundation.Role.RECEPTION)


@foundation.operation
def open_joint_matter(
    *, kind: str, case_id: UUID, role: str, known_to_team: bool = False, member_ids: Sequence[UUID] = (),
    by: foundation.Actor, at: datetime,
) -> JointMatter:  # fmt: skip
    """Open a joint matter from a case that the actor works in; the actor leads it, and colleagues are named.

    The matter holds no name and no text. Each member joins their own cases.
    """
    if kind not in JointKind.values:
        raise foundation.BadInput("Choose what the joint work is.", where="kind")
    case = casework.get_case(case_id, by)
    require_work_in(case, by)
    matter = JointMatter(kind=kind, unit_id=case.unit_id, opened_by_id=hand_of(by), opened_at=at)
    matter.save(force_insert=True)
    opened = events.JointOpened(matter_id=matter.id, unit_id=case.unit_id, kind=kind)
    foundation.record(opened, by=by, at=at)
    for account_id in dict.fromkeys([hand_of(by), *member_ids]):
        _name(matter, account_id, by=by, at=at)
    _join(matter, case_id, role, known_to_team, by=by, at=at)
    return matter


@foundation.operation
def name_member(*, matter_id: UUID, account_id: UUID, by: foundation.Actor, at: datetime) -> JointMember:
    """Name a colleague for the matter: for the one who opened it, and managers of that unit."""
    return _name(led_matter(matter_id, by), account_id, by=by, at=at)


@foundation.operation
def remove_member(*, matter_id: UUID, account_id: UUID, by: foundation.Actor, at: datetime) -> None:
    """The colleague reads nothing of the matter from now. Whoever opened it stays until it is closed."""
    matter = led_matter(matter_id, by)
    held = JointMember.objects.filter(matter=matter, account_id=account_id, valid_to__isnull=True).first()
    if held is None or account_id == matter.opened_by_id:
        raise foundation.BadInput("Choose one of the other members.", where="account_id")
    held.valid_to = max(at, held.valid_from)
    held.save(update_fields=["valid_to"])
    left = events.JointMemberLeft(matter_id=matter.id, member_account_id=account_id)
    foundation.record(left, by=by, at=at)


@foundation.operation
def add_part(
    *, matter_id: UUID, case_id: UUID, role: str, known_to_team: bool = False, by: foundation.Actor, at: datetime
) -> JointPart:  # fmt: skip
    """Let a case that the actor works in take part. Unless `known_to_team`, only those who read the case see it."""
    matter = open_matter(matter_id)
    require_work_in(casework.get_case(case_id, by), by)
    return _join(matter, case_id, role, known_to_team, by=by, at=at)


@foundation.operation
def let_team_know(*, part_id: UUID, known_to_team: bool, by: foundation.Actor, at: datetime) -> JointPart:
    """Let the team know of the part, or hide it again; for those who work in its case."""
    part = own_part(part_id, by)
    part.known_to_team = known_to_team
    part.save(update_fields=["known_to_team"])
    changed = events.JointPartChanged(
        case_id=part.case_id, matter_id=part.matter_id, part_id=part.id, known_to_team=known_to_team
    )
    foundation.record(changed, by=by, at=at)
    return part


@foundation.operation
def end_part(*, part_id: UUID, by: foundation.Actor, at: datetime) -> JointPart:
    """The case takes part no more; what it told the others stays told."""
    part = own_part(part_id, by)
    part.ended_at = at
    part.save(update_fields=["ended_at"])
    ended = events.JointPartEnded(case_id=part.case_id, matter_id=part.matter_id, part_id=part.id)
    foundation.record(ended, by=by, at=at)
    return part


@foundation.operation
def close_joint_matter(*, matter_id: UUID, because: str, by: foundation.Actor, at: datetime) -> JointMatter:
    """End the joint work. Members go on reading what they were told; nothing is added."""
    matter = led_matter(matter_id, by)
    if because not in JointClosing.values:
        raise foundation.BadInput("Choose why the joint matter is closed.", where="because")
    matter.closed_at, matter.closed_because = at, because
    matter.save(update_fields=["closed_at", "closed_because"])
    closed = events.JointClosed(matter_id=matter.id, unit_id=matter.unit_id, because=because)
    foundation.record(closed, by=by, at=at)
    return matter


def _name(matter: JointMatter, account_id: UUID, *, by: foundation.Actor, at: datetime) -> JointMember:
    held = JointMember.objects.filter(matter=matter, account_id=account_id, valid_to__isnull=True).first()
    if held is not None:
        return held
    colleague = foundation.Actor(kind="staff", account_id=account_id)
    if not any(foundation.has_role(colleague, role) for role in TEAM):
        raise foundation.BadInput(
            "The one you chose does not work with cases.", where="members", do="Choose a case worker."
        )
    member = JointMember(matter=matter, account_id=account_id, named_by_id=by.account_id, valid_from=at)
    member.save(force_insert=True)
    named = events.JointMemberNamed(matter_id=matter.id, member_account_id=account_id)
    foundation.record(named, by=by, at=at)
    if account_id != by.account_id:
        told = foundation.said("coordination.named")
        foundation.notify(account_id, told, link=f"/handlaggare/gemensamt/{matter.id}/", at=at)
    return member


def _join(
    matter: JointMatter, case_id: UUID, role: str, known: bool, *, by: foundation.Actor, at: datetime
) -> JointPart:
    if role not in JointRole.values:
        raise foundation.BadInput("Choose what the case is in the joint work.", where="role")
    part = JointPart(
        matter=matter, case_id=case_id, role=role, known_to_team=known, contact_id=hand_of(by), added_at=at
    )
    try:
        with transaction.atomic():
            part.save(force_insert=True)
    except IntegrityError as fault:
        if "jointpart_once" not in str(fault):
            raise
        raise foundation.BadInput("The case takes part already.", where="case") from None
    added = events.JointPartAdded(case_id=case_id, matter_id=matter.id, part_id=part.id, known_to_team=known)
    foundation.record(added, by=by, at=at)
    return part
