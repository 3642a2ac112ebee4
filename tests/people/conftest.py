"""Words for the tests of people: a free identity number, and a newly registered person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from handslag.foundation import public as foundation
from handslag.people import public as people
from tests.cast import Cast, identity_number

Register = Callable[..., people.Person]
_turns = count(1)


@pytest.fixture
def free_number() -> Callable[[], tuple[date, str]]:
    """A day of birth and a woman's test number that nobody in the cast has."""

    def take() -> tuple[date, str]:
        turn = next(_turns)
        born = date(1950 + turn % 40, 1 + turn % 12, 1 + turn % 28)
        return born, identity_number(born, "woman", nth=1 + turn % 8)

    return take


@pytest.fixture
def register(cast: Cast) -> Register:
    """Register a woman named Nora Ny, or as told, by the system unless told."""

    def make(**told: Any) -> people.Person:
        told = {
            "given_name": "Nora",
            "family_name": "Ny",
            "born": None,
            "sex": "unknown",
            "identity_number": None,
            "protection": "none",
            "by": cast.system,
            "at": foundation.now(),
            **told,
        }
        return people.register_person(**told)

    return make
