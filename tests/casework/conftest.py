"""A case of income support, and small files of each kind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast

KIND = "test_support"


@pytest.fixture(scope="session", autouse=True)
def _kind() -> None:
    casework.register_case_kind(KIND, "TS", "Test support")


@pytest.fixture
def now() -> datetime:
    return foundation.now()


@pytest.fixture
def opened(cast: Cast, now: datetime) -> Callable[..., casework.Case]:
    """Opens a case, of Elin with Farid as co-applicant unless told otherwise."""

    def open_one(**told: Any) -> casework.Case:
        facts: dict[str, Any] = {
            "kind": KIND, "person_id": cast.elin.person_id, "unit_id": cast.support,
            "parties": [(cast.farid.person_id, "co_applicant")], "by": cast.asa, "at": now, **told,
        }  # fmt: skip
        return casework.open_case(**facts)

    return open_one


@pytest.fixture
def case(opened: Callable[..., casework.Case]) -> casework.Case:
    return opened()


def events_of(case: casework.Case) -> list[str]:
    """The kinds of the case's events, in order."""
    with foundation.acting(foundation.system("test")):
        rows = foundation.Event.objects.filter(case_id=case.id).order_by("id")
        return list(rows.values_list("kind", flat=True))
