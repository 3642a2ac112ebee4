"""Hugo is protected: straight in SQL as the web's own role, signed in as each who is not named, no row of his is found."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs
from handslag.income_support import public as income_support
from handslag.income_support.operations import decisions
from tests.income_support import applying
from tests.income_support.deciding import rules

pytestmark = pytest.mark.django_db(databases=["default"])
COLUMNS = """
SELECT table_name, array_agg(column_name::text) FROM information_schema.columns JOIN pg_tables
  ON tablename = table_name AND schemaname = table_schema
WHERE table_schema = 'public' AND data_type = 'uuid' GROUP BY 1 ORDER BY 1
"""
UNNAMED = ["bjorn", "david", "frida", "goran", "rune", "ada", "board", "elin", "farid", "greta"]


@pytest.fixture
def hugo(cast, settings):
    """Hugo's application, paper, decision over the limit and payment; his person's and his case's id."""
    settings.DEMO, settings.HANDSLAG_ATTEST_LIMIT_KR = True, 1000
    rules(cast)
    applying.use()
    application = income_support.take_down_application(
        person_id=cast.hugo.person_id, month=applying.this_month(), answers=applying.ANSWERS, way="phone",
        came_in_on=foundation.today(), key=foundation.new_id(), papers=[("avi.txt", b"Hyra 5 200")], by=cast.asa,
        at=applying.now(),
    )  # fmt: skip
    jobs.fetch_registers(str(application.id))
    jobs.assess(str(application.id))
    casework.write_note(
        case_id=application.case_id, subject="Samtal", body="Hugo ringde.", by=cast.asa, at=applying.now()
    )
    decision = decisions.grant(
        application_id=application.id, reason="Styrkt", by=cast.asa, at=applying.now()
    )
    jobs.carry_out_decision(decision_id=str(decision.id))
    return cast.hugo.person_id, application.case_id


def rows_about(ids) -> Iterator[tuple[str, int]]:
    """Each table that the actor of the block may ask, and how many rows of it name the person or the case."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, names in cursor.fetchall():
            about = " OR ".join(f'"{name}" = ANY(%s::uuid[])' for name in names)
            try:
                with transaction.atomic():
                    cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {about}', [list(ids)] * len(names))
                    yield table, cursor.fetchone()[0]
            except ProgrammingError:
                continue


def test_the_named_case_worker_finds_him(cast, hugo):
    with foundation.acting(cast.asa):
        found = {table for table, number in rows_about(hugo) if number}
    assert found >= {
        "people_person", "casework_case", "casework_note", "casework_document", "casework_decision",
        "income_support_application", "income_support_assessment", "income_support_paymentorder",
    }  # fmt: skip


@pytest.mark.parametrize("who", UNNAMED)
def test_nobody_else_finds_a_row_of_his(cast, hugo, who):
    with foundation.acting(getattr(cast, who)):
        seen = dict(rows_about(hugo))
    assert len(seen) > 40, "too few tables could be asked for this to show anything"
    assert {table: number for table, number in seen.items() if number} == {}
