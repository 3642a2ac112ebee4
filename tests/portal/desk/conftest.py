"""Cases of the desk's tests: an application that a case worker has got, with its calculation."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.income_support.applying import ANSWERS
from tests.income_support.deciding import rules, with_worker

DEAR = {**ANSWERS["housing"], "rent_kr": "9900"}


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def made(cast: Cast) -> SimpleNamespace:
    """Elin's application with Åsa: everything is approved."""
    return _given(cast, cast.elin)


@pytest.fixture
def dear(cast: Cast) -> SimpleNamespace:
    """The same with a rent that is too high: 9 900 kr, of which 6 200 are approved."""
    return _given(cast, cast.elin, housing=DEAR)


@pytest.fixture
def rich(cast: Cast) -> SimpleNamespace:
    """The same, by somebody who looks for work and states savings."""
    return _given(cast, cast.elin, assets={"savings_kr": "1000", "has_car": "no"})


@pytest.fixture
def waive(cast: Cast) -> Callable[[Any], None]:
    """It is recorded that communication is obviously not needed."""

    def waived(made: Any) -> None:
        casework.waive_communication(
            case_id=made.case_id,
            matter_id=made.application.id,
            because="Uppenbart obehövligt",
            by=cast.asa,
            at=foundation.now(),
        )

    return waived


def _given(cast: Cast, resident: Any, **changed: Any) -> SimpleNamespace:
    rules(cast)
    found = with_worker(resident, cast.asa, **changed)
    found.case_id = found.application.case_id
    casework.assign_case(
        case_id=found.case_id, worker_id=cast.asa.account_id, by=cast.asa, at=foundation.now()
    )
    found.url = f"/handlaggare/arende/{found.case_id}/"
    found.calculation = f"{found.url}berakning/{found.application.id}/"
    return found
