"""What the statistics hold, who reads them, and that nothing in them tells who somebody is."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from handslag.analytics import public as analytics
from handslag.analytics.pseudonym import pseudonym
from handslag.config.place import place
from handslag.foundation import public as foundation
from tests.analytics.aid import decided
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])

# Every column of the schema and what it is; a new one is argued for here.
COLUMNS = {
    "case_key": "pseudonym", "person_key": "pseudonym", "decision_key": "pseudonym", "application_key": "pseudonym",
    "unit_id": "unit", "kind": "code", "type": "code", "outcome": "code", "state": "code", "automated": "code", "sex": "code",
    "age_band": "code", "month": "month", "opened_on": "day", "closed_on": "day", "decided_on": "day", "submitted_on": "day",
    "complete_on": "day", "period_from": "day", "period_to": "day", "minutes_to_decision": "number", "amount_kr": "number",
    "year": "year", "measure": "code", "number": "number",
    "single": "internal", "last_event": "internal", "at": "internal",
}  # fmt: skip


@pytest.fixture
def statistician(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the statistician's own role."""
    owner = connections["default"].settings_dict
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user="handslag_stats", password=place().password_of("handslag_stats"),
        dbname=owner["NAME"], autocommit=True,
    ) as there:  # fmt: skip
        yield there


def test_no_column_tells_who_somebody_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'stats'"
        )
        rows = cursor.fetchall()
    assert {column for _, column, _ in rows} == set(COLUMNS)
    assert not {data_type for _, _, data_type in rows} & {"jsonb", "json", "bytea", "ARRAY"}


def test_the_statistician_reads_the_schema_of_statistics_and_nothing_else(
    statistician: psycopg.Connection[Any],
) -> None:
    assert statistician.execute("SELECT count(*) FROM stats.case_fact").fetchone() is not None
    tables = statistician.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'stats')"
    ).fetchall()
    assert len(tables) > 50
    held = statistician.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'stats') "
        "AND (has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') "
        "OR has_any_column_privilege(format('%I.%I', schemaname, tablename), 'SELECT, INSERT, UPDATE'))"
    ).fetchall()
    assert held == []
    functions = statistician.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND has_function_privilege(oid, 'EXECUTE')"
    ).fetchall()
    assert functions == []
    for statement in (
        "SELECT given_name FROM people_person",
        "SELECT * FROM casework_note",
        "UPDATE stats.case_fact SET kind = 'x'",
        "CREATE TABLE stats.mine (id int)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            statistician.execute(statement)


def test_staff_and_residents_read_no_row_of_the_schema_and_write_none(cast: Cast) -> None:
    decided(cast)
    analytics.refresh_all(by=cast.system, at=foundation.now())
    for actor in (cast.asa, cast.carina, cast.board, cast.elin):
        with foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM stats.case_fact")
            assert cursor.fetchone() == (0,)
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(
                    "INSERT INTO stats.refreshed (last_event, at) VALUES (1, now()) ON CONFLICT (single) DO UPDATE SET last_event = 9"
                )


def test_pseudonyms_are_keyed_and_kept_apart(cast: Cast, settings: Any) -> None:
    mine = pseudonym("person", cast.elin.person_id)
    assert mine != cast.elin.person_id
    assert mine == pseudonym("person", cast.elin.person_id)
    assert mine != pseudonym("case", cast.elin.person_id)
    assert pseudonym("person", None) is None
    settings.HANDSLAG_STATS_KEY = "another"
    assert mine != pseudonym("person", cast.elin.person_id)


def test_nobody_but_the_system_refreshes(cast: Cast) -> None:
    for actor in (cast.asa, cast.ada, cast.elin):
        with pytest.raises(foundation.Refused):
            analytics.refresh_statistics(by=actor, at=foundation.now())
