"""Notices of one page to several persons: told once to each, and gone from everybody when it has been seen to."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from handslag.foundation.access import notify
from handslag.foundation.actor import acting, system
from handslag.foundation.models import DelegationRule, Notice, RoleGrant


def notify_once(accounts: Iterable[UUID], text: dict[str, object], *, link: str, at: datetime) -> int:
    """Leave a notice with a link for each account that has never had one with it; gives how many were told."""
    with acting(system("notices")):
        told = set(Notice.objects.filter(link=link).values_list("account_id", flat=True))
        new = [account_id for account_id in dict.fromkeys(accounts) if account_id not in told]
        for account_id in new:
            notify(account_id, text, link=link, at=at)
    return len(new)


def end_notices(*, link: str, at: datetime) -> int:
    """What the link leads to is done: nobody is reminded of it any more. Gives how many notices that was."""
    with acting(system("notices")):
        return Notice.objects.filter(link=link, acknowledged_at__isnull=True).update(acknowledged_at=at)


def accounts_delegated(decision_type: str, on: date, *, roles: Collection[str]) -> list[UUID]:
    """The accounts that hold, on the day and in any unit, one of the roles, if the delegation order gives it the decision."""
    holds = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    with acting(system("notices")):
        order = DelegationRule.objects.filter(holds, decision_type=decision_type, role__in=roles, automated=False, valid_from__lte=on)
        held = RoleGrant.objects.filter(
            holds, role__in=list(order.values_list("role", flat=True)), valid_from__lte=on, account__is_active=True
        )
        return list(held.order_by("account_id").values_list("account_id", flat=True).distinct())
