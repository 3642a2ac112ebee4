"""Who acts: a member of staff, a resident, a visitor without a name, or the system under a stated name."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

Kind = Literal["staff", "resident", "system", "visitor"]

SIGNATURE_HOLDS_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who reads or writes. Rights are looked up in the database by account, never carried here."""

    kind: Kind
    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_resident(self) -> bool:
        return self.kind == "resident"

    @property
    def is_system(self) -> bool:
        return self.kind == "system"


VISITOR = Actor(kind="visitor")

_in_one_piece: ContextVar[bool] = ContextVar("handslag_in_one_piece", default=False)
_current: ContextVar[Actor | None] = ContextVar("handslag_actor", default=None)


def system(name: str) -> Actor:
    """The system itself under the name of what it does: `automation`, `registers`, `demo`."""
    return Actor(kind="system", name=name)


def current_actor() -> Actor | None:
    """Who acts in this thread, or None outside every `acting` block."""
    return _current.get()


@contextmanager
def acting(actor: Actor, *, whole: bool = False) -> Iterator[Actor]:
    """Open a transaction in which the database knows the actor; blocks nest and restore the outer actor.

    The database believes a signature made with the process's key and bound to this very connection,
    so a session that only holds the database role's password is nobody (ADR 2).

    A block inside one of an actor with the same rights (the same account and person under any name; the system under
    another of its names) is that same transaction and costs nothing. With `whole`, as in an operation, it is a
    savepoint of its own, so that what fails in it is undone alone; but not within `in_one_piece`.
    """
    within = connection.in_atomic_block
    told: Actor | None = getattr(connection, "handslag_actor", None)
    is_known = within and told is not None and _rights_of(told) == _rights_of(actor)
    if is_known and not whole:
        token = _current.set(actor)
        try:
            yield actor
        finally:
            _current.reset(token)
        return
    with transaction.atomic(savepoint=not (is_known and _in_one_piece.get())):
        if not is_known:
            _tell_database(actor)
            connection.handslag_actor = actor  # type: ignore[attr-defined]
        token = _current.set(actor)
        try:
            yield actor
            if within and not is_known and not connection.needs_rollback:
                _tell_database(told)
        finally:
            # After an error the rollback of this block restores the database's own setting.
            connection.handslag_actor = told  # type: ignore[attr-defined]
            _current.reset(token)


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Within an operation that catches no fault of those it calls: they stand or fall with it, without savepoints.

    A fault in one of them fells the whole, also when somebody does catch it: the database then refuses to go on.
    """
    token = _in_one_piece.set(True)
    try:
        yield
    finally:
        _in_one_piece.reset(token)


def _rights_of(actor: Actor) -> tuple[str, UUID | None, UUID | None]:
    """Everything by which the database tells actors apart; the name is for the log alone."""
    if actor.is_system:
        return "system", None, None
    return actor.kind, actor.account_id, actor.person_id


def signed(actor: Actor, backend: int) -> str:
    """The words that make the database believe in an actor on the connection with this process number."""
    until = int(time.time()) + SIGNATURE_HOLDS_SECONDS
    name = actor.name.replace("|", " ")
    said = f"{actor.kind}|{actor.account_id or ''}|{actor.person_id or ''}|{name}|{backend}|{until}"
    return f"{said}|{hmac.new(actor_key(), said.encode(), hashlib.sha256).hexdigest()}"


def signed_here(actor: Actor) -> str:
    """The same for the present connection."""
    return signed(actor, _backend())


def actor_key() -> bytes:
    """The key of the signatures, derived from the installation's secret."""
    return _derived(str(settings.SECRET_KEY))


@lru_cache(maxsize=4)
def _derived(secret: str) -> bytes:
    return hashlib.sha256(b"handslag actor" + secret.encode()).digest()


def _backend() -> int:
    connection.ensure_connection()
    raw: Any = connection.connection
    return int(raw.info.backend_pid)


def _tell_database(actor: Actor | None) -> None:
    words = signed_here(actor) if actor is not None else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('handslag.actor', %s, true)", [words])
