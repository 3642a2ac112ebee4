"""What an account may know of itself."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from handslag.foundation import public as foundation
from handslag.foundation.public import AccessEntry, Actor, RoleGrant
from handslag.portal.account import second_factor
from handslag.portal.account.sessions import LOG_IN


@dataclass(frozen=True)
class SecondFactor:
    """How the account is guarded: by codes of an app here, or by whoever let it in (`elsewhere`)."""

    elsewhere: bool
    joined: bool
    codes_left: int


def own_roles(actor: Actor) -> list[RoleGrant]:
    """The roles that the account holds today, by unit."""
    if not actor.is_staff or actor.account_id is None:
        return []
    day = foundation.today()
    held = RoleGrant.objects.filter(account_id=actor.account_id, valid_from__lte=day).select_related("unit")
    return list(held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("unit__name", "role"))


def own_reads(actor: Actor, *, before: int | None, limit: int) -> list[AccessEntry]:
    """The account's own reads of persons' and cases' pages, newest first; one more than asked for shows that there are more."""
    reads = AccessEntry.objects.filter(account_id=actor.account_id)
    if before is not None:
        reads = reads.filter(id__lt=before)
    return list(reads.order_by("-id")[: limit + 1])


def second_factor_of(account: Any) -> SecondFactor:
    """How the account is guarded."""
    with foundation.acting(LOG_IN):
        joined = second_factor.has_second_factor(account)
        left = second_factor.codes_left(account.pk) if joined else 0
    return SecondFactor(elsewhere=not account.password or not account.has_usable_password(), joined=joined, codes_left=left)
