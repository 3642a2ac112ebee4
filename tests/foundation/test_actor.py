"""The database believes in an actor only with a signature of this process on this connection."""

import contextlib
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from handslag.foundation.actor import Actor, acting, current_actor, in_one_piece, signed, system
from handslag.foundation.clock import now
from handslag.foundation.errors import Refused
from handslag.foundation.ids import new_id
from handslag.foundation.models import Account
from handslag.foundation.operation import operation
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])


def kind() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT handslag_actor_kind()")
        return cursor.fetchone()[0]


def test_an_actor_holds_inside_the_block_and_not_after_it() -> None:
    with acting(system("test")):
        assert kind() == "system"
        with acting(Actor(kind="resident", person_id=new_id())):
            assert kind() == "resident"
        assert kind() == "system"
    assert kind() is None
    assert current_actor() is None


def test_the_system_under_another_of_its_names_is_told_to_nobody_again(
    django_assert_num_queries: Any,
) -> None:
    with acting(system("test")):
        with django_assert_num_queries(0), acting(system("other")):
            assert current_actor() == system("other")
            with acting(system("test")):
                assert current_actor() == system("test")
        with acting(Actor(kind="visitor")):
            assert kind() == "visitor"
            with acting(system("other")):
                assert kind() == "system"
            assert kind() == "visitor"
        assert (kind(), current_actor()) == ("system", system("test"))


def test_a_name_alone_makes_nobody_else_and_another_account_does(django_assert_num_queries: Any) -> None:
    account, other = new_id(), new_id()
    with acting(Actor(kind="staff", account_id=account)):
        named = Actor(kind="staff", account_id=account, name="Åsa")
        with django_assert_num_queries(0), acting(named):
            assert current_actor() == named
        with acting(Actor(kind="staff", account_id=other)), connection.cursor() as cursor:
            cursor.execute("SELECT handslag_account()")
            assert cursor.fetchone() == (other,)
        with acting(Actor(kind="resident", account_id=account)):
            assert kind() == "resident"
        assert kind() == "staff"


def test_an_error_inside_restores_the_outer_actor() -> None:
    with acting(system("test")):
        with pytest.raises(ValueError), acting(Actor(kind="visitor")):
            raise ValueError
        assert kind() == "system"
        assert current_actor() == system("test")


def test_an_error_of_the_database_inside_restores_the_outer_actor() -> None:
    from django.db import DatabaseError

    with acting(system("test")):
        with pytest.raises(DatabaseError), acting(Actor(kind="visitor")), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert kind() == "system"


@pytest.mark.django_db(databases=["default"], transaction=False)
def test_a_setting_that_a_session_makes_itself_counts_for_nothing(intruder: psycopg.Connection[Any]) -> None:
    mine = intruder.info.backend_pid
    for words in ("system||||", f"system|||x|{mine}|9999999999|" + "0" * 64, signed(system("x"), mine + 1)):
        intruder.execute("SELECT set_config('handslag.actor', %s, false)", [words])
        assert intruder.execute("SELECT handslag_actor_kind()").fetchone() == (None,)
        assert intruder.execute("SELECT count(*) FROM foundation_account").fetchone() == (0,)


def test_the_key_is_out_of_reach(intruder: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute("SELECT * FROM foundation_actor_key")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        intruder.execute("SELECT handslag_actor()")


def test_the_right_signature_is_believed() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('handslag.actor', %s, true)",
            [signed(system("x"), connection.connection.info.backend_pid)],
        )
        assert kind() == "system"


def test_in_one_piece_what_is_called_takes_no_savepoint_and_falls_with_the_whole(cast: Cast) -> None:
    @operation
    def inner(*, fails: bool, by: Actor, at: datetime) -> None:
        if fails:
            raise Refused("no")

    @operation
    @in_one_piece()
    def outer(*, fails: bool, by: Actor, at: datetime) -> None:
        with contextlib.suppress(Refused):
            inner(fails=fails, by=by, at=at)
        Account.objects.filter(username="asa").exists()

    with acting(cast.system) as by:
        with CaptureQueriesContext(connection) as told:
            outer(fails=False, by=by, at=now())
        assert [query["sql"].split()[0] for query in told.captured_queries] == [
            "SAVEPOINT",
            "SELECT",
            "RELEASE",
        ]
        with pytest.raises(TransactionManagementError):
            outer(fails=True, by=by, at=now())
        assert Account.objects.filter(username="asa").exists()  # what was before the operation goes on
