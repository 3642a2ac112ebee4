"""Events: declared, written in the transaction, never changed, sealed in a chain that shows any tampering."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor

BY = foundation.system("test")


@foundation.event("test.happened")
@dataclass(frozen=True)
class Happened:
    person_id: UUID
    days: int
    text: Any = None


@pytest.mark.django_db(databases=["default"])
class TestRecording:
    def test_an_event_holds_who_when_and_what(self) -> None:
        person = foundation.new_id()
        at = foundation.now()
        with foundation.acting(BY):
            row = foundation.record(Happened(person_id=person, days=14), by=BY, at=at)
            row.refresh_from_db()
        assert (row.kind, row.person_id, row.data, row.actor_kind, row.at) == (
            "test.happened",
            person,
            {"days": 14, "text": None},
            "system",
            at,
        )

    def test_an_event_of_another_actor_is_refused_by_the_database(self) -> None:
        with (
            pytest.raises(DatabaseError),
            foundation.acting(Actor(kind="resident", person_id=foundation.new_id())),
        ):
            foundation.record(Happened(person_id=foundation.new_id(), days=1), by=BY, at=foundation.now())

    def test_an_undeclared_event_and_a_rich_value_are_refused(self) -> None:
        with foundation.acting(BY):
            with pytest.raises(TypeError, match="not a declared event"):
                foundation.record(object(), by=BY, at=foundation.now())
            with pytest.raises(TypeError, match="ids, codes"):
                foundation.record(
                    Happened(person_id=foundation.new_id(), days=1, text={"name": "x"}),
                    by=BY,
                    at=foundation.now(),
                )

    def test_events_are_never_changed_even_by_the_owner(self) -> None:
        with foundation.acting(BY):
            row = foundation.record(
                Happened(person_id=foundation.new_id(), days=1), by=BY, at=foundation.now()
            )
            for sql in (
                "UPDATE foundation_event SET kind = 'x' WHERE id = %s",
                "DELETE FROM foundation_event WHERE id = %s",
            ):
                with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(sql, [row.id])

    def test_a_stranger_reads_no_event(self, intruder: psycopg.Connection[Any]) -> None:
        assert intruder.execute("SELECT count(*) FROM foundation_event").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            intruder.execute(
                "INSERT INTO foundation_event (kind, at, recorded_at, actor_kind, actor_name, data) VALUES ('x', now(), now(), 'system', '', '{}')"
            )


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_changed_event_breaks_the_seal() -> None:
    at = foundation.now()
    for _ in range(3):
        with foundation.acting(BY):
            foundation.record(Happened(person_id=foundation.new_id(), days=1), by=BY, at=at)
    sealed = foundation.seal_events(by=BY, at=at)
    assert sealed >= 3
    assert foundation.seal_events(by=BY, at=at) == 0
    seals, broken = foundation.verify_log()
    assert seals >= 1
    assert broken == []
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_event DISABLE TRIGGER foundation_event_never_change")
        cursor.execute(
            "UPDATE foundation_event SET data = '{\"days\": 2}' WHERE id = (SELECT max(id) FROM foundation_event)"
        )
        cursor.execute("ALTER TABLE foundation_event ENABLE TRIGGER foundation_event_never_change")
    assert len(foundation.verify_log()[1]) == 1
