"""Roles, the delegation order, and the log of reads."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from handslag.foundation.actor import Actor, acting, signed_here, system
from handslag.foundation.clock import now, today
from handslag.foundation.errors import Refused
from handslag.foundation.ids import new_id
from handslag.foundation.models import Account, DelegationRule, Notice, Role, RoleGrant
from handslag.foundation.ready import ready


def roles_of(actor: Actor, on: date | None = None) -> set[tuple[str, UUID]]:
    """The roles that an account of staff holds on a day, each with its unit."""
    if not actor.is_staff or actor.account_id is None:
        return set()
    return set(_held_roles(actor.account_id, on or today()))


@ready
def _held_roles(account_id: UUID, day: date) -> QuerySet[RoleGrant, tuple[str, UUID]]:
    held = RoleGrant.objects.filter(account_id=account_id, account__is_active=True, valid_from__lte=day)
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).values_list("role", "unit_id")


def has_role(actor: Actor, role: str, unit_id: UUID | None = None) -> bool:
    """Whether a member of staff holds a role today, in one unit or in any."""
    return any(held == role and unit_id in (None, unit) for held, unit in roles_of(actor))


def require_role(actor: Actor, *roles: str, unit_id: UUID | None = None) -> None:
    """Raise `Refused` unless the actor is the system or holds one of the roles today."""
    if actor.is_system:
        return
    if not any(role in roles and unit_id in (None, unit) for role, unit in roles_of(actor)):
        raise Refused("Your role does not allow this.", do="Ask your manager, or somebody who has the role.")


def may_decide(
    actor: Actor, decision_type: str, amount: Decimal | None, unit_id: UUID | None, on: date
) -> bool:
    """Whether the delegation order lets the actor make the decision (KL 6:37, 7:5); no row means no."""
    if actor.is_system:
        limits = _limits_of_automation(decision_type, on) if actor.name == "automation" else []
        return any(amount is None or limit is None or limit >= amount for limit in limits)
    rows = DelegationRule.objects.filter(decision_type=decision_type, valid_from__lte=on)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if amount is not None:
        rows = rows.filter(Q(max_amount_kr__isnull=True) | Q(max_amount_kr__gte=amount))
    held = {role for role, unit in roles_of(actor, on) if unit_id in (None, unit)}
    return rows.filter(automated=False, role__in=held).exists()


@ready
def _limits_of_automation(decision_type: str, on: date) -> QuerySet[DelegationRule, Decimal | None]:
    rows = DelegationRule.objects.filter(decision_type=decision_type, automated=True, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).values_list("max_amount_kr", flat=True)


def require_delegation(
    actor: Actor, decision_type: str, amount: Decimal | None, unit_id: UUID | None, on: date
) -> None:
    """Raise `Refused` when the delegation order does not let the actor make the decision."""
    if not may_decide(actor, decision_type, amount, unit_id, on):
        raise Refused(
            "The delegation order does not let you make this decision.",
            do="Hand it to somebody who may decide: your manager or the board's committee.",
        )


def log_read(
    actor: Actor,
    *,
    person_id: UUID | None = None,
    case_id: UUID | None = None,
    page: str,
    at: datetime | None = None,
    why: str = "",
) -> None:
    """Enter a read of a person's or case's page; one entry for each page opened (lag 2001:454 10 §)."""
    _enter_reads(actor, [person_id], [why], case_id=case_id, page=page, at=at)


def log_reads(actor: Actor, whys: Mapping[UUID, str], *, page: str, at: datetime | None = None) -> None:
    """The same on a page about several persons: one entry for each, with its why, in one statement."""
    if whys:
        _enter_reads(actor, list(whys), list(whys.values()), case_id=None, page=page, at=at)


def _enter_reads(
    actor: Actor,
    persons: list[UUID | None],
    whys: list[str],
    *,
    case_id: UUID | None,
    page: str,
    at: datetime | None,
) -> None:
    """Nobody's own hand writes in the log of reads: the process signs for it, in the name of the one who acts."""
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(
            "SELECT handslag_enter_reads(%s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::text[])",
            [
                signed_here(system("reads")), at or now(), actor.kind, actor.account_id, actor.person_id,
                page, case_id, persons, whys,
            ],
        )  # fmt: skip


def notify(account_id: UUID, text: dict[str, object], *, link: str = "", at: datetime) -> None:
    """Leave a notice for an account; it stays until acknowledged. Only the system may, so that nobody forges one."""
    with acting(system("notices")), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_notice (id, account_id, text, link, created_at) VALUES (%s, %s, %s, %s, %s)",
            [new_id(), account_id, json.dumps(text), link, at],
        )


def managers_of(unit_id: UUID) -> list[UUID]:
    """The accounts that manage a unit today."""
    day = today()
    held = RoleGrant.objects.filter(unit_id=unit_id, role=Role.MANAGER, valid_from__lte=day)
    return list(
        held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).values_list("account_id", flat=True)
    )


def notices_of(actor: Actor) -> list[Notice]:
    """The notices that an account has not yet acknowledged, newest first; of those that say the same of the same page the
    newest alone."""
    if actor.account_id is None:
        return []
    told: dict[tuple[str, str], Notice] = {}
    for one in _unacknowledged(actor.account_id):
        told.setdefault((repr(one.text), one.link or str(one.id)), one)
    return list(told.values())


@ready
def _unacknowledged(account_id: UUID) -> QuerySet[Notice]:
    rows = Notice.objects.filter(account_id=account_id, acknowledged_at__isnull=True)
    return rows.order_by("-created_at")


def staff_accounts(unit_id: UUID | None = None) -> list[Account]:
    """The accounts that hold a role today, in one unit or in any, by name."""
    day = today()
    held = RoleGrant.objects.filter(valid_from__lte=day, account__is_active=True)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    held = held.filter(unit_id=unit_id) if unit_id is not None else held
    return list(Account.objects.filter(id__in=held.values("account_id")).order_by("name"))
