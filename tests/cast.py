"""The standing cast of the tests: the same people as in the demo municipality."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handslag.demo.cast import make_cast as make_demo_cast
from handslag.demo.who import ADULTS, CHILDREN, ON_CALL, SUPPORT, identity_number
from handslag.foundation import public as foundation
from handslag.foundation.public import Actor

__all__ = ["Cast", "identity_number", "make_cast"]


@dataclass(frozen=True)
class Cast:
    """Actors by first name, and the two units that the tests speak of."""

    asa: Actor
    bjorn: Actor
    carina: Actor
    david: Actor
    vera: Actor
    ivar: Actor
    sam: Actor
    maja: Actor
    eva: Actor
    olle: Actor
    frida: Actor
    goran: Actor
    rune: Actor
    ada: Actor
    board: Actor
    elin: Actor
    farid: Actor
    greta: Actor
    hugo: Actor
    tina: Actor
    system: Actor
    support: UUID
    children: UUID
    adults: UUID
    on_call: UUID


def make_cast() -> Cast:
    """Make the cast through the same operations as the product."""
    by = foundation.system("test")
    made = make_demo_cast(by=by, at=foundation.now())
    actors: dict[str, Any] = dict(made.actors)
    return Cast(
        **actors,
        system=by,
        support=made.units[SUPPORT],
        children=made.units[CHILDREN],
        adults=made.units[ADULTS],
        on_call=made.units[ON_CALL],
    )
