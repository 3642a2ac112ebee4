"""Which moves a payment order may make, and who makes them."""

from __future__ import annotations

from handslag.foundation.public import Refused
from handslag.income_support.models.payments import OrderState

S = OrderState
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "attest": (frozenset({S.PLANNED}), S.ORDERED),
    "file": (frozenset({S.ORDERED}), S.FILED),
    "unfile": (frozenset({S.FILED}), S.ORDERED),
    "release": (frozenset({S.FILED}), S.RELEASED),
    "pay": (frozenset({S.RELEASED}), S.PAID),
    "reject": (frozenset({S.RELEASED}), S.REJECTED),
    # A payment that the bank took on can come back later (the account is closed on the day of payment).
    "return": (frozenset({S.PAID}), S.REJECTED),
    "retry": (frozenset({S.REJECTED}), S.ORDERED),
    # What was stopped goes on, and is attested once more when it must be.
    "resume": (frozenset({S.STOPPED}), S.ORDERED),
    "resume_to_attest": (frozenset({S.STOPPED}), S.PLANNED),
    "stop": (frozenset({S.PLANNED, S.ORDERED, S.REJECTED}), S.STOPPED),
}


class PaymentMoveRefused(Refused):
    """The order is not in a state from which it may do this."""

    def __init__(self, state: str) -> None:
        super().__init__(
            "The payment cannot do this now: it is in the state “{state}”.",
            do="Open the payment again and see what has happened to it.",
            values={"state": str(OrderState(state).label)},
        )


def next_state(move: str, state: str) -> str:
    """The state after the move; raises PaymentMoveRefused."""
    allowed, target = MOVES[move]
    if state not in allowed:
        raise PaymentMoveRefused(state)
    return target
