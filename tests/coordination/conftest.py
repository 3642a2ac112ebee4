"""Families for the tests of coordination."""

from __future__ import annotations

from datetime import datetime

import pytest

from handslag.foundation import public as foundation
from tests.cast import Cast
from tests.coordination.families import People, make_family, register_kinds


@pytest.fixture(scope="session", autouse=True)
def _kinds() -> None:
    register_kinds()


@pytest.fixture
def now() -> datetime:
    return foundation.now()


@pytest.fixture
def folk(cast: Cast, now: datetime) -> People:
    return People(cast.system, now)


@pytest.fixture
def family(cast: Cast) -> People:
    return make_family(cast)
