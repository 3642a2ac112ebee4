"""What happens to accounts: somebody got in, did not get in, left, got or lost a role."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("account.logged_in")
@dataclass(frozen=True)
class LoggedIn:
    """A session began. `how`: demo, password, staff_oidc or resident_oidc."""

    who: UUID
    how: str


@foundation.event("account.log_in_failed")
@dataclass(frozen=True)
class LogInFailed:
    """Somebody did not get in. `name` and `address` are keyed digests, good for counting and for nothing else."""

    how: str
    because: str
    name: str = ""
    address: str = ""


@foundation.event("account.logged_out")
@dataclass(frozen=True)
class LoggedOut:
    """Every session of the account ended."""

    who: UUID


@foundation.event("account.role_given")
@dataclass(frozen=True)
class RoleGiven:
    """A role in a unit began; `source` says whether claims or an administrator gave it."""

    who: UUID
    role: str
    source: str
    unit_id: UUID


@foundation.event("account.role_ended")
@dataclass(frozen=True)
class RoleEnded:
    """A role in a unit ended, the first day without it being `on`."""

    who: UUID
    role: str
    on: date
    source: str
    unit_id: UUID


@foundation.event("account.second_factor_set")
@dataclass(frozen=True)
class SecondFactorSet:
    """A member of staff who logs in with a password has a second factor from now on."""

    who: UUID


@foundation.event("account.password_set")
@dataclass(frozen=True)
class PasswordSet:
    """An account of staff got a password, from an administrator or its owner."""

    who: UUID
