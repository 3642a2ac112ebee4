"""Accounts, units and roles; events; the log of reads; notices."""

from handslag.foundation.models.access import AccessEntry, BreakGlass, LogReview, Notice
from handslag.foundation.models.accounts import Account, DelegationRule, Role, RoleGrant, Unit
from handslag.foundation.models.events import Event, Seal
from handslag.foundation.models.history import RowHistory

__all__ = [
    "AccessEntry",
    "Account",
    "BreakGlass",
    "DelegationRule",
    "Event",
    "LogReview",
    "Notice",
    "Role",
    "RoleGrant",
    "RowHistory",
    "Seal",
    "Unit",
]
