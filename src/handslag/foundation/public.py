"""The front door of the foundation: everything that other contexts may use."""

from handslag.foundation.access import (
    has_role,
    log_read,
    log_reads,
    managers_of,
    may_decide,
    notices_of,
    notify,
    require_delegation,
    require_role,
    roles_of,
    staff_accounts,
)
from handslag.foundation.actor import VISITOR, Actor, acting, actor_key, current_actor, in_one_piece, system
from handslag.foundation.away import database_went_away
from handslag.foundation.clock import SWEDEN, clock_at, day_of, now, today
from handslag.foundation.errors import BadInput, Conflict, HandslagError, NotFound, Refused
from handslag.foundation.events import declared_events, event, on, record, seal_events, verify_log
from handslag.foundation.glass import break_glass, end_glass, glass_over
from handslag.foundation.ids import new_id
from handslag.foundation.models import (
    AccessEntry,
    Account,
    BreakGlass,
    DelegationRule,
    Event,
    LogReview,
    Notice,
    Role,
    RoleGrant,
    Unit,
)
from handslag.foundation.money import kr, money
from handslag.foundation.notices import accounts_delegated, end_notices, notify_once
from handslag.foundation.operation import in_operation, operation
from handslag.foundation.period import Month, Period
from handslag.foundation.ready import ready
from handslag.foundation.rows import find_row, insert_row, update_row
from handslag.foundation.said import said, tell, words

__all__ = [
    "SWEDEN",
    "VISITOR",
    "AccessEntry",
    "Account",
    "Actor",
    "BadInput",
    "BreakGlass",
    "Conflict",
    "DelegationRule",
    "Event",
    "HandslagError",
    "LogReview",
    "Month",
    "NotFound",
    "Notice",
    "Period",
    "Refused",
    "Role",
    "RoleGrant",
    "Unit",
    "accounts_delegated",
    "acting",
    "actor_key",
    "break_glass",
    "clock_at",
    "current_actor",
    "database_went_away",
    "day_of",
    "declared_events",
    "end_glass",
    "end_notices",
    "event",
    "find_row",
    "glass_over",
    "has_role",
    "in_one_piece",
    "in_operation",
    "insert_row",
    "kr",
    "log_read",
    "log_reads",
    "managers_of",
    "may_decide",
    "money",
    "new_id",
    "notices_of",
    "notify",
    "notify_once",
    "now",
    "on",
    "operation",
    "ready",
    "record",
    "require_delegation",
    "require_role",
    "roles_of",
    "said",
    "seal_events",
    "staff_accounts",
    "system",
    "tell",
    "today",
    "update_row",
    "verify_log",
    "words",
]
