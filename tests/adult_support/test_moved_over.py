"""What stood there before: reported adults who were called applicants, and the six months of advice that nobody decides on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast

MOVED = import_module("handslag.adult_support.migrations.0006_reported_adults_and_advice")
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def before(cast: Cast, settings: Any) -> Iterator[dict[str, UUID]]:
    """A report, and two applications, as they were taken in before."""
    settings.HANDSLAG_DEBT_COUNSELLING_DECIDES = True
    made = {}
    for kind, came_as in (("addiction", "report"), ("partner_violence", "own"), ("debt_counselling", "own")):
        matter = adults.receive_matter(
            kind=kind, person_id=cast.greta.person_id, unit_id=cast.adults, came_as=came_as, told="Berättat",
            sent_key=uuid4(), by=cast.vera, at=AT,
        )  # fmt: skip
        made[kind] = matter.case_id
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE casework_caseparty SET role = 'applicant' WHERE role = 'concerned'")
        assert cursor.rowcount == 1
    settings.HANDSLAG_DEBT_COUNSELLING_DECIDES = False
    yield made


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_parts_and_times_are_put_right_and_nothing_else(before: dict[str, UUID]) -> None:
    class Owner:
        @staticmethod
        def execute(sql: str) -> None:
            with connections["owner"].cursor() as cursor:
                cursor.execute(sql)

    Owner.execute(MOVED.CONCERNED)
    MOVED.end_times_of_advice(None, Owner)
    with foundation.acting(foundation.system("test")):
        parts = dict(casework.CaseParty.objects.values_list("case_id", "role"))
        clocks = dict(casework.LegalClock.objects.filter(rule="FL12").values_list("case_id", "state"))
        due = dict(casework.Case.objects.values_list("id", "due_rule"))
    assert parts == {
        before["addiction"]: "concerned",
        before["partner_violence"]: "applicant",
        before["debt_counselling"]: "applicant",
    }
    assert clocks == {before["partner_violence"]: "running", before["debt_counselling"]: "lapsed"}
    assert due == {
        before["addiction"]: "",
        before["partner_violence"]: "FL12",
        before["debt_counselling"]: "",
    }
