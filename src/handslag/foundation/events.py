"""Declaring, recording, following, sealing and checking events."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from handslag.foundation.actor import Actor, acting, system
from handslag.foundation.clock import now
from handslag.foundation.models import Event
from handslag.foundation.operation import operation
from handslag.foundation.rows import insert_row

T = TypeVar("T", bound=type)
Follower = Callable[[Any, Actor, datetime], None]

_declared: dict[str, type] = {}
_kind_of: dict[type, str] = {}
_followers: dict[str, list[Follower]] = {}

PLAIN = (UUID, date, datetime, Decimal, str, int, bool, float, type(None))
OWN_COLUMNS = ("case_id", "person_id", "unit_id")
SEAL_BATCH = 5000


def event(kind: str) -> Callable[[T], T]:
    """Declare a frozen dataclass as the event `kind`. Fields hold ids, codes, numbers and days, never names."""

    def declare(declared: T) -> T:
        if _declared.setdefault(kind, declared) is not declared:
            raise ValueError(f"the event {kind!r} is declared twice")
        _kind_of[declared] = kind
        return declared

    return declare


def declared_events() -> dict[str, type]:
    """All events by kind; the reference in docs is made from it."""
    return dict(_declared)


def row_of(happened: Any, *, by: Actor, at: datetime, unit_id: UUID | None = None) -> Event:
    """The row of an event, not yet written."""
    if not is_dataclass(happened) or type(happened) not in _kind_of:
        raise TypeError(f"{type(happened).__name__} is not a declared event")
    kind = _kind_of[type(happened)]
    values = {field.name: getattr(happened, field.name) for field in fields(happened)}
    columns = {name: values.pop(name) for name in OWN_COLUMNS if name in values}
    if unit_id is not None:
        columns["unit_id"] = unit_id
    return Event(
        kind=kind,
        at=at,
        recorded_at=now(),
        actor_kind=by.kind,
        actor_name=by.name if by.is_system else "",
        account_id=by.account_id,
        data={name: _plain(kind, name, value) for name, value in values.items()},
        **columns,
    )


def record(happened: Any, *, by: Actor, at: datetime, unit_id: UUID | None = None) -> Event:
    """Write an event in the running transaction and tell its followers, who share that transaction."""
    row = row_of(happened, by=by, at=at, unit_id=unit_id)
    insert_row(row)
    for follower in _followers.get(row.kind, ()):
        follower(happened, by, at)
    return row


def on(kind: str) -> Callable[[Follower], Follower]:
    """Follow an event of a lower context; the follower runs in the same transaction and may refuse by raising."""

    def follow(follower: Follower) -> Follower:
        known = _followers.setdefault(kind, [])
        if follower not in known:
            known.append(follower)
        return follower

    return follow


@operation
def seal_events(*, by: Actor, at: datetime, most: int = SEAL_BATCH) -> int:
    """Seal the next batch of events into the chain; gives how many were sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_seal_events(%s)", [most])
        return int(cursor.fetchone()[0])


def verify_log() -> tuple[int, list[tuple[int, int]]]:
    """Recompute every seal: how many there are, and the event ranges whose seal does not hold."""
    with acting(system("verify-log")), connection.cursor() as cursor:
        cursor.execute("SELECT seal, first_event, last_event, whole FROM handslag_verify_seals()")
        rows = cursor.fetchall()
    return len(rows), [(first, last) for _, first, last, whole in rows if not whole]


def _plain(kind: str, name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(kind, name, item) for item in value]
    if not isinstance(value, PLAIN):
        raise TypeError(
            f"{kind}.{name}: an event holds ids, codes, numbers and days, not {type(value).__name__}"
        )
    return str(value) if isinstance(value, UUID | date | datetime | Decimal) else value
